"""Everything that was filed under one name, dress aside; who belongs together under other names is not known yet."""

from breachtrail.errors import QuestionError
from breachtrail.report.organisation import printed_name
from breachtrail.web import listing
from breachtrail.web.page import Page
from breachtrail.web.visit import Visit

#: Rows of one page; no organisation has filed more under one name.
MOST = 500


def page(visit: Visit, key: str) -> Page:
    """``/organisations/<letters and digits of the name>``"""
    filed = visit.ledger.filed_by(key, visit.day)
    if not filed:
        raise QuestionError(
            f"No notice was ever filed under a name of the letters {key[:80]!r}, as far as was known on {visit.day}.",
            "no_filer",
            seen=key[:80],
            day=visit.day,
        )
    shown = [row for row in filed if row["status"] not in ("missing", "unlisted")]
    names = list(dict.fromkeys(row["name"] for row in filed if row["name"]))
    return Page(
        printed_name(filed[0]["name"], visit.phrases),
        "organisation.html",
        {
            "rows_found": listing.lines(visit, filed[:MOST]),
            "names": names,
            "notices": len(shown),
            "individuals": sum(row["individuals"] or 0 for row in shown),
            "hidden": len(filed) - len(shown),
        },
    )
