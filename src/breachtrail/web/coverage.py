"""What was looked at when, and what was not: every snapshot, the gaps between them, and the rows that could not be read."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from breachtrail.ledger.asof import Coverage, Row
from breachtrail.web.page import Page
from breachtrail.web.visit import Visit
from breachtrail.wording.looks import looks as picture

#: Days without a look that are called a gap.
GAP = 45
#: Held rows that are shown.
MOST_HELD = 200


@dataclass(frozen=True)
class Gap:
    """A stretch without any look; ``url`` shows what had changed by its end."""

    before: date
    after: date
    days: int
    url: str


@dataclass(frozen=True)
class Held:
    """A row that could not be read honestly: where it stands, why, and what stood there."""

    place: str
    why: str
    raw: str


def page(visit: Visit) -> Page:
    """``/coverage``"""
    looks = [look for look in visit.sight.looks if look.taken_on <= visit.day]
    gaps = _gaps(visit, looks)
    answer = visit.ask("notices")
    held = visit.ledger.held(limit=MOST_HELD, register=visit.ledger.register, as_of=visit.day)
    return Page(
        visit.say("coverage.title"),
        "coverage.html",
        {
            "looks": looks[::-1],
            "chart": picture(
                looks, [(gap.before, gap.after) for gap in gaps], phrases=visit.phrases, name="chart-looks",
                title=visit.phrases.say("pages.coverage.picture"),
                caption=visit.phrases.say("pages.coverage.caption", gap=GAP),
            ),
            "gaps": sorted(gaps, key=lambda gap: -gap.days),
            "gap": GAP,
            "last": [(view, look, (visit.day - look.taken_on).days if look else 0) for view, look in answer.observed.items()],
            "rows": sum(look.rows for look in looks),
            "accepted": sum(look.accepted for look in looks),
            "held": [_held(visit, row) for row in held],
            "many_held": sum(look.held for look in looks),
        },
    )  # fmt: skip


def _gaps(visit: Visit, looks: list[Coverage]) -> list[Gap]:
    days = sorted({look.taken_on for look in looks})
    return [
        Gap(before, after, (after - before).days, visit.here.to("changes", since=str(before), until=str(after)))
        for before, after in pairwise(days)
        if (after - before).days > GAP
    ]


def _held(visit: Visit, row: Row) -> Held:
    field = visit.phrases.say(f"terminal.column.{row['field']}") if row["rule"] == "unknown_word" else row["field"]
    why = visit.phrases.say(f"rule.{row['rule']}", field=field, seen=row["seen"])
    return Held(f"{row['snapshot']}#{row['row']}", why, row["raw"])
