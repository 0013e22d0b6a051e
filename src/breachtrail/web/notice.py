"""One notice: its facts, its trail, the organisation's others, and the row as the register published it."""

from dataclasses import dataclass

from breachtrail.errors import QuestionError
from breachtrail.ledger.asof import NOT_SHOWN, Coverage, Row
from breachtrail.notices.shape import NAMES, PLACEHOLDERS
from breachtrail.registers.published import PublishedRow
from breachtrail.report.organisation import printed_name
from breachtrail.web import listing
from breachtrail.web.page import Page
from breachtrail.web.visit import Visit
from breachtrail.wording import changes
from breachtrail.wording import trail as wording

#: Columns whose change a trail tells, the description's words aside.
_TOLD = tuple(name for name in NAMES if name != "description")
_OTHERS = 20
#: A chance of a revision that a page speaks of; after four years a notice has next to none.
LEAST_CHANCE = 0.01


@dataclass(frozen=True)
class Step:
    """One version: between which looks it came to be, what it changed, and the snapshot that showed it."""

    when: str
    looks: str
    individuals: str
    is_placeholder: bool
    gained: str
    status: str
    changes: tuple[str, ...]
    rung: str
    snapshot: str
    window: str
    fetched_from: str
    published: PublishedRow | None


def page(visit: Visit, wanted: str) -> Page:
    """``/notices/<id>``; a former id leads to the same notice."""
    notice = of(visit, wanted)
    trail = [version for version in notice["trail"] if version["known_from"] <= visit.day]
    if not trail:
        raise QuestionError(
            f"The notice {wanted} was first seen on {notice['first_seen']}, after {visit.day}.",
            "not_yet",
            first=notice["first_seen"],
            day=visit.day,
        )
    looks = [look for look in visit.sight.looks if look.taken_on <= visit.day]
    now = trail[-1]
    line = listing.lines(visit, [{**now, "id": notice["id"], "first_seen": notice["first_seen"]}])[0]
    filed = visit.ledger.filed_by(now["name"], visit.day)
    others = [row for row in filed if row["id"] != notice["id"]]
    steps = _steps(visit, trail, looks)
    key = visit.ledger.organisation_key(now["name"])
    return Page(
        printed_name(now["name"], visit.phrases) or visit.say("no_name"),
        "notice.html",
        {
            "notice": now,
            "id": notice["id"],
            "line": line,
            "facts": _facts(visit, now),
            "steps": steps,
            "story": wording.story(trail, visit.phrases),
            "chart": wording.chart(trail, looks, phrases=visit.phrases, name="chart-trail", as_of=visit.day),
            "prospect": _prospect(visit, notice["id"]),
            "is_hidden": now["status"] in NOT_SHOWN,
            "later": len(notice["trail"]) - len(trail),
            "newest": visit.here.put_to(None),
            "others": listing.lines(visit, others[:_OTHERS]),
            "many": len(others),
            "organisation": key and visit.here.to(f"organisations/{key}"),
        },
    )


def of(visit: Visit, wanted: str) -> Row:
    """The notice with this id, or with this former id, and its whole trail. Raises QuestionError if there is none."""
    found = visit.ledger.notice(wanted)
    if found is None:
        raise QuestionError(
            f"{wanted[:120]!r} is no id of a notice. Search for the name of who filed.", "no_notice", seen=wanted[:120]
        )
    return found


def _facts(visit: Visit, now: Row) -> list[tuple[str, str]]:
    """What the register says, as headings and texts."""
    phrases = visit.phrases

    def words(column: str, name: str) -> str:
        return phrases.numbers.listed([phrases.heading(one, name) for one in now[column] or ()]) or "–"

    return [
        (visit.say("fact.name"), now["name"] or "–"),
        (phrases.heading("entity_type", "dimension"), phrases.heading(now["entity_type"] or "", "entity_type")),
        (phrases.heading("state", "dimension"), phrases.heading(now["state"] or "", "state")),
        (visit.say("fact.submitted_on"), phrases.numbers.day(now["submitted_on"]) if now["submitted_on"] else "–"),
        (phrases.heading("breach_type", "dimension"), words("breach_types", "breach_type")),
        (phrases.heading("location", "dimension"), words("locations", "location")),
        (
            phrases.heading("business_associate", "dimension"),
            phrases.heading(now["business_associate"] or "", "business_associate"),
        ),
        (phrases.heading("status", "dimension"), phrases.heading(now["status"], "status")),
    ]


def _steps(visit: Visit, trail: list[Row], looks: list[Coverage]) -> list[Step]:
    """The trail as lines, the newest first."""
    steps = []
    before: Row | None = None
    for place, version in enumerate(trail):
        differs = [name for name in (*_TOLD, "description") if before and version[name] != before[name]]
        if before and version["status"] != before["status"]:
            differs.append("status")
        told = changes.differences(before, version, differs, visit.here.language) if before else []
        gained = (version["individuals"] or 0) - (before["individuals"] or 0) if before else 0
        row = version["row"]
        when, told_by = wording.between(trail, place, looks, visit.phrases)
        steps.append(
            Step(
                when=when,
                looks=told_by,
                individuals=listing.count(visit, version["individuals"]),
                is_placeholder=version["individuals"] in PLACEHOLDERS,
                gained=visit.phrases.numbers.signed(gained) if gained else "",
                status=visit.phrases.heading(version["status"], "status"),
                changes=tuple(told),
                rung=visit.phrases.say(f"rung.{_key(version['rung'])}"),
                snapshot=version["snapshot"] or "",
                window=_window(version),
                fetched_from=version["fetched_from"] or "",
                published=visit.ledger.published(version["snapshot"], row) if row is not None else None,
            )
        )
        before = version
    return steps[::-1]


def _prospect(visit: Visit, id: str) -> tuple[list[str], list[str]] | None:
    """What may still become of the count, and what that rests on; None where that is next to nothing, or not known.

    A site of plain files does not tell it: its page of a notice stands as long as the notice does, and this moves daily.
    """
    from breachtrail.wording import prospect

    if not visit.here.writer.is_live:
        return None
    try:
        told = visit.ledger.prospect(id, as_of=visit.day)
    except QuestionError:
        return None
    return prospect.page(told, visit.phrases) if told.chance >= LEAST_CHANCE else None


def _key(rung: str) -> str:
    return rung.replace(",", "").replace(" ", "_")


def _window(version: Row) -> str:
    """The days between which the snapshot was taken, where that is not one day."""
    first, last = version["taken_not_before"], version["taken_not_after"]
    return "" if first is None or first == last else f"{first} – {last}"
