"""What was revised since the last look, and what moved the total."""

from datetime import date

from breachtrail.ledger.asof import Row
from breachtrail.ledger.movement import Movement, gained
from breachtrail.questions.ask import Answer
from breachtrail.report.draft import Draft
from breachtrail.report.organisation import printed_name

#: So many revisions are listed.
LISTED = 8


def tell(draft: Draft) -> None:
    """The changes between the last two looks, and since the first look after the period's end."""
    days = sorted({look.taken_on for look in draft.scope.looks})
    if len(days) < 2:
        draft.say(draft.text("one_look", day=days[0]))
        return
    since, until = days[-2:]
    _last_looks(draft, since, until)
    after_the_end = [day for day in days if day > draft.scope.last]
    if after_the_end and after_the_end[0] < since:
        _since_the_end(draft, after_the_end[0], until)


def _last_looks(draft: Draft, since: date, until: date) -> None:
    movement = _movement(draft, since, until)
    before, after = draft.ask("notices", "individuals", as_of=since), draft.ask("notices", "individuals", as_of=until)
    [was], [is_now] = before.records(), after.records()
    if not was["notices"]:
        draft.say(draft.text("none_before", since=since, until=until))
        return
    draft.say(
        draft.text(
            "lead", since=since, until=until, notices_before=was["notices"], notices_after=is_now["notices"],
            before=was["individuals"], after=is_now["individuals"],
        ),
        *_told(draft, movement),
    )  # fmt: skip
    if not movement.is_none:
        draft.say(*_views(draft, before, after))
    if movement.revised:
        _table(draft, movement.revised[:LISTED], since, until)


def _since_the_end(draft: Draft, since: date, until: date) -> None:
    movement = _movement(draft, since, until)
    if not movement.revised:
        return
    [was] = draft.ask("notices", "individuals", as_of=since).records()
    [is_now] = draft.ask("notices", "individuals", as_of=until).records()
    draft.say(
        draft.text(
            "since_the_end", since=since, until=until, known=was["notices"], revised=len(movement.revised),
            raised=len(movement.raised), lowered=len(movement.lowered), before=was["individuals"], after=is_now["individuals"],
        )
    )  # fmt: skip


def _movement(draft: Draft, since: date, until: date) -> Movement:
    return Movement.of(draft.ledger.changes(since, until, where=draft.scope.condition))


def _told(draft: Draft, movement: Movement) -> list[str]:
    told = []
    if movement.appeared:
        told.append(draft.text("appeared", count=len(movement.appeared), individuals=gained(movement.appeared)))
    if movement.revised:
        told.append(
            draft.text(
                "revised", count=len(movement.revised), raised=len(movement.raised), lowered=len(movement.lowered),
                more=gained(movement.raised), less=-gained(movement.lowered),
            )
        )  # fmt: skip
    if movement.gone:
        told.append(draft.text("gone", count=len(movement.gone), individuals=-gained(movement.gone)))
    if movement.returned:
        told.append(draft.text("returned", count=len(movement.returned), individuals=gained(movement.returned)))
    if movement.moved:
        told.append(draft.text("moved", count=len(movement.moved)))
    return told or [draft.text("unmoved")]


def _views(draft: Draft, before: Answer, after: Answer) -> list[str]:
    """The views that had not been looked at on the earlier day, so that older changes show only now."""
    told = []
    for view, look in after.observed.items():
        earlier, since = before.observed[view], before.question.as_of
        assert since is not None
        if look is None or look.taken_on <= since:
            continue
        if earlier is None:
            told.append(draft.text("first_view", view=view, until=look.taken_on))
        elif earlier.taken_on < since:
            told.append(draft.text("older_view", view=view, since=since, taken_on=earlier.taken_on))
    return told


def _table(draft: Draft, revised: tuple[Row, ...], since: date, until: date) -> None:
    rows = [
        [
            printed_name(one["after"]["name"], draft.phrases),
            _count(draft, one["before"]["individuals"]),
            _count(draft, one["after"]["individuals"]),
            draft.numbers.signed(one["gained"]),
        ]
        for one in revised
    ]
    columns = [
        draft.text("column.name"),
        draft.text("column.known", day=since),
        draft.text("column.known", day=until),
        draft.text("column.gained"),
    ]
    draft.listing(draft.text("table"), columns, rows, names=[{0: f"notices/{one['id']}"} for one in revised])


def _count(draft: Draft, figure: int | None) -> str:
    return "–" if figure is None else draft.numbers.count(figure)
