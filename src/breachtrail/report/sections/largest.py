"""The largest notices with their numbers, and what became of each number since it was first known."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from breachtrail.ledger.asof import Row
from breachtrail.notices.shape import PLACEHOLDERS
from breachtrail.report.draft import Draft
from breachtrail.report.organisation import printed_name
from breachtrail.wording import charts

MILLION = 1_000_000
#: At least so many are listed, and all of a million and more.
LISTED = 10
#: So many are named in one sentence, and in two; the table has the rest.
NAMED, NAMED_AT_MOST = 12, 20
#: So many trails are told in words, and drawn.
TOLD, DRAWN = 3, 8


@dataclass(frozen=True)
class Trail:
    """What a notice's number was from its first sight to the report's day.

    steps: pairs of the day of the look that showed a number first, and the number
    """

    notice: Row
    steps: tuple[tuple[date, int], ...]

    @classmethod
    def of(cls, draft: Draft, notice: Row) -> "Trail":
        """The trail of a notice up to the report's day."""
        shown = draft.ledger.notice(notice["id"])
        assert shown is not None
        steps: list[tuple[date, int]] = []
        for version in shown["trail"]:
            figure = version["individuals"]
            if (
                version["known_from"] <= draft.scope.as_of
                and figure is not None
                and (not steps or steps[-1][1] != figure)
            ):
                steps.append((version["known_from"], figure))
        return cls(notice, tuple(steps))

    @property
    def is_revised(self) -> bool:
        """Whether the number was ever another one."""
        return len(self.steps) > 1

    @property
    def distance(self) -> int:
        """How far the number moved from the first to the last."""
        return abs(self.steps[-1][1] - self.steps[0][1]) if self.steps else 0


def tell(draft: Draft) -> None:
    """The largest notices of the period."""
    millions = draft.ask("notices", "individuals", where=[f"individuals>={MILLION}"]).records()[0]
    count = max(LISTED, millions["notices"])
    asked: dict[str, Any] = {**draft.scope.asked, "as_of": draft.scope.as_of}
    found = draft.ledger.notices(**asked, where=["individuals>=1"], limit=count)
    if not found:
        draft.say(draft.text("none"))
        return
    smallest = [f"individuals>={found[-1]['individuals']}"]
    found = draft.ledger.notices(**asked, where=smallest)  # with those that share the last place
    draft.ask("notices", "individuals", by=["name"], where=smallest)
    whole = draft.ask("individuals").value()
    first, *others = [{**one, "name": printed_name(one["name"], draft.phrases)} for one in found]
    draft.say(draft.text("lead", **_values(first), whole=whole))
    _name(draft, others, millions)
    trails = [Trail.of(draft, notice) for notice in found]
    _table(draft, trails)
    _became(draft, trails)


def _values(notice: Row) -> dict[str, Any]:
    return {name: notice[name] or "" for name in ("name", "state", "entity_type")} | {
        "individuals": notice["individuals"],
        "submitted_on": notice["submitted_on"],
    }


def _name(draft: Draft, others: list[Row], millions: dict[str, Any]) -> None:
    named = [draft.text("item", name=one["name"], individuals=one["individuals"]) for one in others]
    if millions["notices"] > 1:
        reach = millions["notices"] - 1
        draft.say(draft.text("millions", **millions, named=named[: min(NAMED, reach)]))
        if reach > NAMED_AT_MOST:
            draft.say(draft.text("rest", notices=reach - NAMED))
        elif reach > NAMED:
            draft.say(draft.text("also", named=named[NAMED:reach]))
    elif named:
        draft.say(draft.text("next", named=named[: LISTED - 1]))


def _table(draft: Draft, trails: list[Trail]) -> None:
    columns = ("name", "individuals", "first", "submitted_on", "state")
    rows = [
        [
            " ".join(trail.notice["name"].split()),
            draft.numbers.count(trail.notice["individuals"]),
            draft.numbers.count(trail.steps[0][1]) if trail.is_revised else "–",
            draft.numbers.day(trail.notice["submitted_on"]),
            draft.phrases.heading(trail.notice["state"] or "", "state"),
        ]
        for trail in trails
    ]
    names = [
        {0: f"notices/{trail.notice['id']}", **({4: f"states/{state}"} if (state := trail.notice["state"]) else {})}
        for trail in trails
    ]
    draft.listing(
        draft.text("table"), [draft.text(f"column.{name}") for name in columns], rows, texts=(0, 3, 4), names=names
    )


def _told_apart(draft: Draft, steps: tuple[tuple[date, int], ...]) -> list[tuple[date, int]]:
    """The steps without those that read as the one before: 9,209,000 after 9,196,000 is 9.2 million again."""
    told: list[tuple[date, int]] = []
    for seen, figure in steps:
        if not told or draft.numbers.rough(figure) != draft.numbers.rough(told[-1][1]):
            told.append((seen, figure))
    return told


def _became(draft: Draft, trails: list[Trail]) -> None:
    revised = [trail for trail in trails if trail.is_revised]
    draft.say(draft.text("revised" if revised else "unrevised", listed=len(trails), revised=len(revised)))
    furthest = sorted(revised, key=lambda trail: -trail.distance)
    for trail in [one for one in furthest if len(_told_apart(draft, one.steps)) > 1][:TOLD]:
        (seen, first), *later = _told_apart(draft, trail.steps)
        draft.say(
            draft.text(
                "trail",
                name=printed_name(trail.notice["name"], draft.phrases),
                submitted_on=trail.notice["submitted_on"],
                first=first,
                is_placeholder=first in PLACEHOLDERS,
                seen=seen,
                later=[draft.text("step", figure=figure, seen=day) for day, figure in later],
            )
        )
    drawn = [trail for trail in revised if all(figure > 0 for _, figure in trail.steps)]
    if drawn:
        chosen = [trail for trail in furthest if trail in drawn][:DRAWN]
        rows = [
            {"name": printed_name(trail.notice["name"], draft.phrases), "steps": [figure for _, figure in trail.steps]}
            for trail in chosen
        ]
        draft.draw(
            charts.revisions(
                rows,
                phrases=draft.phrases,
                name="chart-revisions",
                title=draft.text("chart"),
                caption=draft.text("chart_caption", as_of=draft.scope.as_of),
            )
        )
