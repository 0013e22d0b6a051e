"""Against the same period of the year before, as known at the same distance."""

from typing import Any

from breachtrail.report.comparison import Comparison
from breachtrail.report.draft import Draft
from breachtrail.report.scope import EARLIEST, Scope

MEASURES = ("notices", "individuals", "median", "placeholders")


def tell(draft: Draft) -> None:
    """How the period stands to the one a year before."""
    scope = draft.scope
    comparison = Comparison.of(scope, draft.ledger)
    earlier = Scope(scope.year - 1, scope.month, scope.as_of, scope.looks)
    name = earlier.name(draft.numbers)
    if earlier.first < EARLIEST:
        draft.say(draft.text("partial", before=name, began=EARLIEST))
        return
    answer = draft.ask(*MEASURES)
    if None in answer.observed.values():
        draft.say(draft.text("unseen", before=name))
        return
    [now] = answer.records()
    [known_now] = draft.ask(*MEASURES, scope=earlier).records()
    if not known_now["notices"]:
        draft.say(draft.text("nothing", before=name))
        return
    if comparison.before is None:
        draft.say(draft.text("unknown", before=name, day=comparison.day, first_look=scope.looks[0].taken_on))
    elif not comparison.is_told:
        draft.say(draft.text("incomparable", before=name, day=comparison.day, looks=_looks(draft, comparison.before)))
    if not comparison.is_told:
        draft.say(draft.text("now", before=name, as_of=scope.as_of, **known_now))
        return
    assert comparison.before is not None
    [then] = draft.ask(*MEASURES, scope=comparison.before).records()
    draft.say(
        draft.text("lead", before=name, as_of=scope.as_of, day=comparison.day),
        draft.text("notices", before=name, then=then["notices"], now=now["notices"]),
        draft.text("individuals", before=name, then=then["individuals"], now=now["individuals"]),
    )
    draft.say(
        draft.text("looks", day=comparison.day, looks=_looks(draft, comparison.before)),
        _distance(draft, comparison, name),
    )
    draft.say(draft.text("now", before=name, as_of=scope.as_of, **known_now))
    _table(draft, comparison, then, now, known_now)


def _distance(draft: Draft, comparison: Comparison, before: str) -> str:
    name = "near" if comparison.is_near else "far" if comparison.gap > 0 else "older"
    return draft.text(name, before=before, gap=abs(comparison.gap))


def _looks(draft: Draft, scope: Scope) -> list[str]:
    answer = draft.ask("notices", scope=scope)
    return [
        draft.text("look", view=view, taken_on=look.taken_on) if look else draft.text("no_look", view=view)
        for view, look in answer.observed.items()
    ]


def _table(
    draft: Draft, comparison: Comparison, then: dict[str, Any], now: dict[str, Any], known_now: dict[str, Any]
) -> None:
    before = comparison.before
    assert before is not None
    columns = [
        draft.text("column.measure"),
        draft.text("column.known", name=draft.period, day=draft.scope.as_of),
        draft.text("column.known", name=before.name(draft.numbers), day=before.as_of),
        draft.text("column.known", name=before.name(draft.numbers), day=draft.scope.as_of),
    ]
    rows = [
        [
            draft.phrases.heading(measure, "measure"),
            *("–" if one[measure] is None else draft.numbers.count(one[measure]) for one in (now, then, known_now)),
        ]
        for measure in MEASURES
    ]
    draft.listing(draft.text("table", before=before.name(draft.numbers)), columns, rows)
