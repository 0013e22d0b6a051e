"""What must hold between the figures of any ledger, whatever stands in it (Hypothesis makes them up)."""

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up import MadeUpRegister, Row

import breachtrail
from breachtrail.questions import catalog

TYPES = ("Theft", "Loss", "Hacking/IT Incident", "Improper Disposal", "Unknown")
PLACES = ("Email", "Laptop", "Network Server", "Paper/Films", "Other")
SINGLE = [name for name, dimension in catalog.dimensions().items() if not dimension.each]
SEVERAL = [name for name, dimension in catalog.dimensions().items() if dimension.each]
FIRST = date(2022, 1, 1)


def joined(values: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(values), max_size=3, unique=True).map(", ".join)


made_up_rows = st.lists(
    st.builds(
        Row,
        name=st.text("abcdefg =+", min_size=1, max_size=12).filter(
            lambda name: any(letter.isalpha() for letter in name)
        ),
        state=st.sampled_from(("TX", "CA", "NY", "PR", "")),
        entity_type=st.sampled_from(("Healthcare Provider", "Health Plan", "Business Associate", "")),
        individuals=st.sampled_from((500, 501, "")) | st.integers(0, 10**8),
        submitted_on=st.integers(0, 800).map(lambda days: FIRST + timedelta(days=days)),
        breach_types=joined(TYPES),
        locations=joined(PLACES),
        business_associate=st.sampled_from(("Yes", "No", "")),
        description=st.sampled_from(
            ("", "Names were exposed.", "A laptop.", "Names and diagnoses of patients were stolen.")
        ),
    ),
    min_size=1,
    max_size=14,
)


def opened(folder: str, first: list[Row], later: list[Row]) -> breachtrail.Ledger:
    register = MadeUpRegister(Path(folder) / "home")
    register.look("2024-04-01", under_investigation=first)
    # Its own row keeps the archive from being the same bytes as the other list, which would be refused.
    register.look("2024-06-01", under_investigation=later, archive=[*first[::2], Row(name="Archived only")])
    return register.open()


def answers(ledger: breachtrail.Ledger, **asked: Any) -> tuple[int, int]:
    (row,) = ledger.ask("notices", "individuals", **asked).rows
    return row


@settings(max_examples=settings.default.max_examples // 6)
@given(made_up_rows, made_up_rows, st.sampled_from(("2024-04-01", "2024-05-01", "2024-06-01")))
def test_parts_add_up_to_the_whole(first: list[Row], later: list[Row], as_of: str) -> None:
    with tempfile.TemporaryDirectory() as folder, opened(folder, first, later) as ledger:
        asked = {"as_of": as_of}
        notices, individuals = answers(ledger, **asked)
        listed = ledger.notices(**asked)
        assert (notices, individuals) == (len(listed), sum(one["individuals"] or 0 for one in listed))
        for name in SINGLE:
            rows = ledger.ask("notices", "individuals", "share", "individuals_share", by=name, **asked).records()
            assert sum(row["notices"] for row in rows) == notices
            assert sum(row["individuals"] for row in rows) == individuals
            if notices:
                assert sum(row["share"] for row in rows) == pytest.approx(1)
            if individuals:
                assert sum(row["individuals_share"] for row in rows) == pytest.approx(1)
        for name in SEVERAL:
            answer = ledger.ask("notices", "share", by=name, **asked)
            parts = sum(row["notices"] for row in answer.records())
            assert parts >= notices
            told = answer.caveat("several_values")
            assert (told is not None) == (parts > notices)
            if told is not None:
                assert told.values["of"] == notices
                assert sum(row["share"] for row in answer.records()) > 1


@settings(max_examples=settings.default.max_examples // 6)
@given(made_up_rows, made_up_rows, st.sampled_from(SINGLE + SEVERAL))
def test_what_holds_and_what_does_not_hold_are_all(first: list[Row], later: list[Row], name: str) -> None:
    """A condition and its opposite share out the notices; a value's condition counts what its group counts."""
    with tempfile.TemporaryDirectory() as folder, opened(folder, first, later) as ledger:
        whole = answers(ledger)
        for row in ledger.ask("notices", "individuals", by=name).records():
            value = str(row[name])
            if name == "information_type" or (name == "placeholder" and value == "unknown"):
                continue
            yes, no = (answers(ledger, where=[f"{name}{operator}{value}"]) for operator in ("=", "!="))
            assert yes == (row["notices"], row["individuals"])
            if name != "status":  # a condition on the status also finds what the register does not show
                assert (yes[0] + no[0], yes[1] + no[1]) == whole


@settings(max_examples=settings.default.max_examples // 6)
@given(made_up_rows, made_up_rows)
def test_views_and_months_share_out_the_whole(first: list[Row], later: list[Row]) -> None:
    with tempfile.TemporaryDirectory() as folder, opened(folder, first, later) as ledger:
        whole = answers(ledger)
        by_status = dict(ledger.ask("notices", by="status").rows)
        views = sum(answers(ledger, view=view)[0] for view in ("under_investigation", "archive"))
        assert views + by_status.get("closed", 0) == whole[0]
        for row in ledger.ask("notices", "individuals", by="month").records()[:5]:
            assert answers(ledger, month=row["month"]) == (row["notices"], row["individuals"])
