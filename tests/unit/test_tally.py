"""What is counted by kept bits is what one statement counts, whatever is asked."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from asked import small_register
from hypothesis import given
from hypothesis import strategies as st

import breachtrail
from breachtrail.ledger.store import Head
from breachtrail.questions import condition, engine, tally
from breachtrail.questions.condition import Condition

COUNTS = st.sampled_from([0, 1, 499, 500, 501, 700, 999, 1000, 1500, 3000, 1_999_999, 2_000_000, 2_097_152, 2**40, -1])
BOUNDS = st.one_of(
    st.builds(Condition, st.just("individuals"), st.sampled_from([">=", "<=", ">", "<"]), st.tuples(COUNTS)),
    st.builds(Condition, st.just("individuals"), st.sampled_from(["=", "!="]), st.lists(COUNTS, min_size=1).map(tuple)),
)
WORDED = st.sampled_from(
    [
        *(Condition("state", how, states) for how in ("=", "!=") for states in [("TX",), ("", "CA"), ("NY", "OK")]),
        *(Condition("breach_type", how, ("Theft",)) for how in ("=", "!=")),
        Condition("location", "=", ("Email", "")),
        Condition("size_band", "=", ("unknown",)),
        Condition("placeholder", "!=", ("yes",)),
        Condition("status", "=", ("unlisted", "missing")),
        Condition("name", "=", ("=Cell, Inc.",)),
        Condition("name", "~", ("a",)),
        Condition("information_type", "=", ("Social Security numbers",)),
    ]
)
PERIODS: list[dict[str, Any]] = [
    *({}, {"year": 2024}, {"month": "2024-03"}, {"submitted_to": "2024-02-20"}, {"same_days": True}),
    {"submitted_from": "2023-05-06", "submitted_to": "2024-01-10"},
]
DAYS = st.sampled_from(["2024-06-01", "2024-08-31", "2024-09-01", "2024-12-01", "2025-01-02"])
SPLITS = st.sampled_from(["", "state", "breach_type", "location", "information_type"])


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A ledger that was asked before, and another opening of it that always asks by statements."""
    home = small_register(tmp_path_factory.mktemp("tally") / "home").home
    with breachtrail.open(home) as counting, breachtrail.open(home) as stating:
        counting.ask("notices")
        tally.of(stating.head).fits = lambda _: False  # type: ignore[method-assign]
        yield counting, stating


@given(
    where=st.lists(st.one_of(BOUNDS, WORDED), max_size=3), period=st.sampled_from(PERIODS), as_of=DAYS, by=SPLITS,
    view=st.sampled_from([None, None, "archive"]),
)  # fmt: skip
def test_both_ways_tell_the_same(
    kept: Any, where: list[Condition], period: dict[str, Any], as_of: str, by: str, view: str | None
) -> None:
    asked = {"by": [by] if by else [], "where": where, "as_of": as_of, "view": view, **period}
    counted, stated = (ledger.ask("notices", "individuals", **asked) for ledger in kept)
    assert counted == stated


VALUES = [-1, 0, 499, 500, 501, 1000, 1999, 2_000_000, 2_097_151, 2_097_152, 2**40, 2**40 + 500]


@pytest.mark.parametrize("operator", [">=", "<=", ">", "<", "=", "!="])
def test_a_count_is_compared_as_the_engine_compares_it(kept: Any, operator: str) -> None:
    """No version has 1,999 individuals; each bound is tried alone, and two at once where several can be named."""
    counting, _ = kept
    values = [(one,) for one in VALUES] + [(500, 1000), (501, 2**40)]
    for bound in (Condition("individuals", operator, told) for told in values):
        [[stated]] = counting._engine.execute(
            f"SELECT count(*) FROM version WHERE {condition.part(bound, 0)}",
            {f"where_0_{nth}": value for nth, value in enumerate(bound.values)},
        ).fetchall()
        head = tally.of(counting.head)
        assert head.fits(counting._engine)
        assert head.within(counting._engine, bound).bit_count() == stated, bound


@pytest.fixture
def asked_of_the_engine(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement from here on."""
    seen: list[str] = []
    run = engine.run

    def seeing(ledger: Any, text: str, parameters: Any) -> Any:
        seen.append(text)
        return run(ledger, text, parameters)

    monkeypatch.setattr(engine, "run", seeing)
    return seen


def test_what_was_asked_before_in_other_company_needs_no_statement_but_the_answers(
    ledger: Any, asked_of_the_engine: list[str]
) -> None:
    for asked in ({"state": "TX"}, {"state": "CA", "individuals": 500}):
        ledger.ask("notices", where=asked, month="2024-02")
    asked_of_the_engine.clear()
    answer = ledger.ask("notices", where=["state=CA", "individuals>=77"], month="2024-02", as_of="2025-01-02")
    [statement] = asked_of_the_engine
    assert statement.startswith("WITH counted")
    assert answer.caveat("not_shown").values == {"notices": 1}


def test_who_asks_once_and_who_asks_a_large_ledger_is_told_by_one_statement(
    ledger: Any, asked_of_the_engine: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.ask("notices", where="state=TX")
    assert not any("bitstring" in text for text in asked_of_the_engine)
    monkeypatch.setattr(tally, "MOST_VERSIONS", 5)
    ledger.ask("notices", where="state=CA")
    assert not any("bitstring" in text for text in asked_of_the_engine)


def test_no_value_of_a_visitor_stands_in_a_statement(ledger: Any, asked_of_the_engine: list[str]) -> None:
    for name in ("a", "b", "x'; DROP TABLE version; --", "$as_of", "$register"):
        ledger.ask("notices", where=[f"name={name}", "individuals<=9876"])
    assert any("bitstring" in text for text in asked_of_the_engine)
    assert not any("DROP" in text or "9876" in text for text in asked_of_the_engine)


def test_what_is_kept_is_bounded(ledger: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tally, "MOST_CONDITIONS", 12)
    for day in range(1, 29):
        ledger.ask("notices", submitted_from=date(2024, 1, day), where=f"individuals>{day}")
    assert len(tally.of(ledger.head)._kept) == 12


def test_equal_states_of_two_files_have_bits_of_their_own(asked_home: Path) -> None:
    heads = [Head(1, "same") for _ in range(2)]
    assert tally.of(heads[0]) is tally.of(heads[0]) is not tally.of(heads[1])
    for _ in range(50):  # as long as the bits are kept, no other head can take the place of theirs in memory
        assert tally.of(Head(1, "same")).head.content == "same"
    assert tally.of(heads[1]).head is heads[1]


def test_many_ask_at_once(asked_home: Path) -> None:
    with breachtrail.open(asked_home) as ledger, ThreadPoolExecutor(8) as pool:
        readers = [ledger.also() for _ in range(8)]
        asked = [{"where": f"individuals>={least}", "by": "location"} for least in (0, 500, 501, 1500)]

        def ask(place: int) -> list[Any]:
            return [readers[place].ask("notices", **one) for one in asked]

        told = list(pool.map(ask, range(8)))
        for reader in readers:
            reader.close()
    assert all(one == told[0] for one in told)
    assert told[0][0].value is not None
