"""New and revised notices as feeds, Atom and JSON Feed, for any selection: what happened at each look, the newest first."""

from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise
from zoneinfo import ZoneInfo

from breachtrail.ledger.asof import Row
from breachtrail.report.organisation import printed_name
from breachtrail.web.page import templates
from breachtrail.web.selection import Selection
from breachtrail.web.visit import Visit
from breachtrail.wording import changes
from breachtrail.wording.letters import fit

#: Looks that a feed goes back, and entries that it has.
LOOKS, ENTRIES = 6, 100
#: Days are US Eastern, end of day.
_EASTERN = ZoneInfo("America/New_York")


@dataclass(frozen=True)
class Entry:
    """One notice at one look: new, back, revised or gone."""

    id: str
    path: str
    title: str
    text: str
    at: datetime


def entries(visit: Visit, selection: Selection) -> list[Entry]:
    """What the newest looks brought, by look and then by weight."""
    days = [day for day in visit.sight.days if day <= visit.day][: LOOKS + 1]
    told: list[Entry] = []
    for until, since in pairwise(days):
        for one in visit.ledger.changes(since, until, where=selection.where()):
            if one["kind"] != "moved" and len(told) < ENTRIES:
                told.append(_entry(visit, one, until))
    return told


def _entry(visit: Visit, one: Row, day: date) -> Entry:
    says = one["after"] or one["before"]
    name = printed_name(says["name"] or "", visit.phrases) or visit.say("no_name")
    what = changes.what(one, visit.here.language)
    kind = visit.phrases.say(f"terminal.kind.{one['kind']}")
    return Entry(
        id=f"{one['id']}@{day}",
        path=f"notices/{one['id']}",
        title=fit(visit.say("feeds.title", kind=kind, name=name, what=what)),
        text=fit(visit.say(
            "feeds.text", name=says["name"] or "–", what=what, kind=kind, day=day,
            state=visit.phrases.heading(says["state"] or "", "state"), submitted_on=says["submitted_on"],
        )),
        at=datetime.combine(day, time(23, 59), _EASTERN),
    )  # fmt: skip


def atom(visit: Visit, selection: Selection, base: str) -> str:
    """The feed as Atom (RFC 4287); ``base`` is the address of the site, without a slash at its end."""
    found = entries(visit, selection)
    template = templates(visit.here.language, visit.ledger.register).get_template("feed.atom")
    return template.render(
        entries=found, base=base, here=visit.here, selection=selection, updated=_updated(visit, found)
    )


def json_feed(visit: Visit, selection: Selection, base: str) -> dict[str, object]:
    """The feed as JSON Feed 1.1."""
    here = visit.here
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": visit.say("feeds.name"),
        "language": visit.here.language,
        "home_page_url": base + here.to("notices", **selection.query),
        "feed_url": base + here.served(f"feeds/{here.language}/notices.json", **selection.query),
        "items": [
            {"id": one.id, "url": base + here.to(one.path), "title": one.title, "content_text": one.text,
             "date_published": one.at.isoformat()}
            for one in entries(visit, selection)
        ],
    }  # fmt: skip


def _updated(visit: Visit, found: list[Entry]) -> datetime:
    return found[0].at if found else datetime.combine(visit.day, time(23, 59), _EASTERN)
