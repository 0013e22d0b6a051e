"""Bounds of an answer on a day between two looks, over every way in which a notice can have lived around that day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path

import duckdb
import pytest
from made_up import MadeUpRegister, Row

import breachtrail
from breachtrail.ledger.store import Store
from breachtrail.questions import bracket, condition
from breachtrail.questions.bracket import BOUNDED, LISTS, Asked
from breachtrail.questions.question import Question

BEFORE, DAY, AFTER, LAST = (date(2024, 3, 1), date(2024, 4, 1), date(2024, 5, 1), date(2024, 8, 1))
VIEWS = ("under_investigation", "archive")
NOTICES = Question(("notices",), (), (), date(2024, 1, 1), date(2024, 12, 31))


@dataclass(frozen=True)
class Life:
    """When a notice was posted, closed and revised: 0 before the first look, 1 before the day, 2 after it, 3 later, 4 never."""

    posted: int
    closed: int
    revised: int

    @property
    def name(self) -> str:
        return f"Clinic {'ABCDE'[self.posted]}{'ABCDE'[self.closed]}{'ABCDE'[self.revised]}"

    def row(self, moment: int) -> Row:
        """What a list says after the events numbered up to ``moment``."""
        return Row(
            name=self.name,
            individuals=5000 if self.revised <= moment else 500,
            submitted_on=date(2024, 2, 1 + 5 * self.posted + self.closed),
            state=("TX", "CA", "NY", "FL", "OH")[self.closed],
        )

    def view(self, moment: int) -> str | None:
        """The list in which it then stands."""
        if self.posted > moment:
            return None
        return "archive" if self.closed <= moment else "under_investigation"


LIVES = [
    Life(posted, closed, revised)
    for posted, closed, revised in product(range(4), range(5), range(5))
    if closed >= posted and (revised > posted or revised == 4)
]


def looked(home: Path, before: tuple[str, ...], after: tuple[str, ...]) -> MadeUpRegister:
    """A register of all lives that was looked at before and after the day, at these views."""
    register = MadeUpRegister(home)
    for day, moment, views in ((BEFORE, 0, before), (AFTER, 2, after), (LAST, 3, VIEWS)):
        if views:
            lists = {view: [life.row(moment) for life in LIVES if life.view(moment) == view] for view in views}
            register.look(str(day), lists)
    return register


@pytest.fixture(scope="module", params=[(VIEWS, VIEWS), (VIEWS, VIEWS[:1]), (VIEWS, ()), (VIEWS[:1], VIEWS)], ids=str)
def ledger(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[breachtrail.Ledger]:
    """A ledger of all lives, with this or that list looked at around the day."""
    with looked(tmp_path_factory.mktemp("bracket") / "home", *request.param).open() as opened:
        yield opened


def asked(*written: str, measure: str = "notices") -> Asked:
    return Asked(
        Question((measure,), (), tuple(map(condition.parse, written)), NOTICES.submitted_from, NOTICES.submitted_to)
    )


def test_the_truth_of_every_life_lies_in_its_bounds(ledger: breachtrail.Ledger) -> None:
    found = ledger.bracketed([asked(f"name={life.name}") for life in LIVES], as_of=DAY)
    for life, one in zip(LIVES, found, strict=True):
        view, row = life.view(1), life.row(1)
        for listed in LISTS:
            counts = view is not None and listed in (None, view)
            low, high = one.bounds[listed]["notices"]
            assert low <= counts <= high <= 1, (life, listed)
            low, high = one.bounds[listed]["individuals"]
            assert low <= counts * int(row.individuals) <= high, (life, listed)


def test_the_truth_of_sums_lies_in_their_bounds(ledger: breachtrail.Ledger) -> None:
    asks = [asked(), *(asked(f"state={state}") for state in ("TX", "CA", "NY", "FL", "OH")), asked("individuals>=1000")]
    for ask, one in zip(asks, ledger.bracketed(asks, as_of=DAY), strict=True):
        for listed in LISTS:
            there = [life.row(1) for life in LIVES if (view := life.view(1)) and listed in (None, view)]
            match = [row for row in there if all(_meets(row, str(term)) for term in ask.question.conditions)]
            sizes = [int(row.individuals) for row in match]
            truth = {"notices": len(match), "individuals": sum(sizes), "largest": max(sizes, default=0)}
            for measure in BOUNDED:
                low, high = one.bounds[listed][measure]
                assert low <= truth[measure] <= high, (str(ask), listed, measure)


def _meets(row: Row, term: str) -> bool:
    return row.state == term.removeprefix("state=") if term.startswith("state") else int(row.individuals) >= 1000


def test_what_both_looks_agree_on_is_sure(ledger: breachtrail.Ledger) -> None:
    """A case that was archived before the first look, and one that is open beyond the last, leave no doubt."""
    [archived, still_open] = ledger.bracketed([asked("name=Clinic AAE"), asked("name=Clinic AEE")], as_of=DAY)
    archive_was_seen = any(look.view == "archive" and look.taken_on <= DAY for look in ledger.coverage())
    assert archived.bounds[None]["notices"] == (int(archive_was_seen), 1)
    assert still_open.bounds[None]["notices"] == (1, 1)
    assert still_open.bounds["archive"]["notices"][0] == 0


def test_bounds_are_the_figure_on_a_day_when_both_lists_were_looked_at(ledger: breachtrail.Ledger) -> None:
    [one] = ledger.bracketed([asked()], as_of=LAST, now=LAST)
    figures = {measure: ledger.ask(measure, year=2024, as_of=LAST).value() for measure in BOUNDED}
    assert one.bounds[None] == {measure: (figure, figure) for measure, figure in figures.items()}
    assert {measure: one.now[measure] for measure in BOUNDED} == figures


def test_answers_are_those_of_ask(ledger: breachtrail.Ledger) -> None:
    terms = [(), ("state=CA",), ("individuals>=1000", "state!=TX"), ("name~clinic ab",)]
    measures = ("notices", "individuals", "largest", "mean", "median", "placeholders")
    for view in (None, *VIEWS):
        asks = [Asked(Question(("notices",), (), tuple(map(condition.parse, some)), view=view)) for some in terms]
        for some, one in zip(terms, ledger.bracketed(asks, as_of=DAY, now=LAST), strict=True):
            for day, answer in ((DAY, one.then), (LAST, one.now)):
                asked_for = ledger.ask(*measures, where=list(some), as_of=day, view=view)
                assert answer == dict(zip(measures, asked_for.rows[0], strict=True)), (some, view, day)


def test_what_is_shown_gives_the_same_in_a_bare_engine(tmp_path: Path) -> None:
    register = looked(tmp_path / "home", VIEWS, VIEWS)
    ask = asked("state=CA")
    with register.open() as opened:
        [one] = opened.bracketed([ask], as_of=DAY)
    store = Store(register.home)
    with duckdb.connect(str(store.path(store.head().generation)), read_only=True) as bare:
        [row] = bare.sql(bracket.shown(ask, "us_hhs_ocr", DAY)).fetchall()
    bounds = [tuple(map(int, row[place : place + 2])) for place in range(1, len(row), 2)]
    assert bounds == [one.bounds[listed][measure] for listed in LISTS for measure in BOUNDED]


def test_nothing_asked_is_nothing_answered(ledger: breachtrail.Ledger) -> None:
    assert ledger.bracketed([], as_of=DAY) == []


def test_by_the_day_of_first_sight(ledger: breachtrail.Ledger) -> None:
    """Nothing was first seen in April by a look in April, but whatever came up in May may have been posted then."""
    april = Question(("notices",), (), (), date(2024, 4, 1), date(2024, 4, 30))
    [by_submission, by_sight] = ledger.bracketed([Asked(april), Asked(april, posted=True)], as_of=LAST)
    assert by_submission.bounds[None]["notices"] == (0, 0)
    low, high = by_sight.bounds[None]["notices"]
    assert low == 0 < high


def test_besides_counts_the_rest(ledger: breachtrail.Ledger) -> None:
    texas = asked("state=TX").question
    [whole, part, rest] = ledger.bracketed([Asked(NOTICES), Asked(texas), Asked(NOTICES, besides=texas)], as_of=LAST)
    assert part.bounds[None]["notices"][0] + rest.bounds[None]["notices"][0] == whole.bounds[None]["notices"][0]


def test_a_single_value_leaves_out_cells_with_several(tmp_path: Path) -> None:
    register = MadeUpRegister(tmp_path / "home")
    rows = [
        Row(name="One", locations="Email"),
        Row(name="Two", locations="Email, Laptop", submitted_on=date(2024, 5, 1)),
    ]
    register.look("2024-06-01", under_investigation=rows, archive=[Row(name="Three", locations="Laptop")])
    question = Question(("notices",), (), (condition.parse("location=Email"),))
    with register.open() as opened:
        found = opened.bracketed([Asked(question), Asked(question, single=True)], as_of=date(2024, 6, 1))
    assert [one.bounds[None]["notices"] for one in found] == [(2, 2), (1, 1)]
