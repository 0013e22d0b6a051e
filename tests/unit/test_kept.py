"""claims.yml: what is written is read back as it was, and what cannot be understood is refused by its number."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from handmade import FIRST, article, claim

import breachtrail
from breachtrail.claims import kept
from breachtrail.claims.check import check
from breachtrail.claims.claim import ClaimKind, Read
from breachtrail.errors import ArticleRefused

CLAIMS = (
    claim(37),
    claim(180_000_000, measure="individuals", hedge="nearly", step=10_000_000),
    claim(12, "state=TX", rank=1, ranked="state"),
    claim("0.32", "state=TX", kind=ClaimKind.SHARE, whole=claim(1).question, step="0.01"),
    claim("0.333333333333333333333", "state=TX", kind=ClaimKind.CHANGE, whole=claim(1, year=2023).question, direction="up", step="0.01"),
    claim(500, upper=540, hedge="about", view="archive"),
    claim(2_300_000, measure="individuals", organisation="Mega Health, Inc.", step=100_000, year=None),
    claim(9, "breach_type=Hacking/IT Incident", "individuals>=1000"),
    claim(None, "state=TX", rank=1, ranked="state", kind=ClaimKind.RANK),
)  # fmt: skip


def test_what_is_written_is_read_back(claimed: breachtrail.Ledger, tmp_path: Path) -> None:
    first = check(claimed, article("x"), Read(CLAIMS, (), ()))
    path = tmp_path / "claims.yml"
    path.write_text(kept.written(first), encoding="utf-8")
    told, read = kept.load(path)
    assert (told.title, told.published, told.language) == ("A title", FIRST, "en")
    second = check(claimed, told, read)
    assert [one.verdict for one in second.claims] == [one.verdict for one in first.claims]
    for one, other in zip(read.claims, CLAIMS, strict=True):
        assert (one.kind, one.question, one.whole, one.rank, one.ranked, one.direction, one.organisation) == (
            other.kind, other.question, other.whole, other.rank, other.ranked, other.direction, other.organisation,
        )  # fmt: skip
        for name in ("value", "upper", "step", "hedge", "unit", "text"):
            assert getattr(one.figure, name, None) == getattr(other.figure, name, None)
    assert kept.written(second).split("claims:")[1] == kept.written(first).split("claims:")[1]


def test_the_day_can_be_told(tmp_path: Path) -> None:
    path = tmp_path / "claims.yml"
    path.write_text("claims: []\n")
    assert kept.load(path)[0].published is None
    assert kept.load(path, date(2025, 1, 1))[0].published == date(2025, 1, 1)


ENTRY = {"text": "9 breaches", "question": "{measure: notices}", "value": "9"}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"value": None}, "claim 1: 'value' is missing"),
        ({"value": "many"}, "claim 1: Invalid literal"),
        ({"value": "-1"}, "never below 0"),
        ({"step": "0"}, "a step always above"),
        ({"hedge": "perhaps"}, "'perhaps' is not a valid Hedge"),
        ({"kind": "share"}, "a share needs whole"),
        ({"whole": "{measure: notices}"}, "a count takes no whole"),
        ({"note": "hello"}, "'note' is not known"),
        ({"question": "{measure: wonders}"}, "There is no measure 'wonders'"),
        ({"question": "{measure: notices, where: [planet=Mars]}"}, "planet"),
        ({"question": "{measure: notices, from: yesterday}"}, "'yesterday' is no day"),
        ({"question": "{measure: notices, view: attic}"}, "no view 'attic'"),
        ({"question": "{measure: notices, when: now}"}, "'when' is not known in a question"),
        ({"question": "notices"}, "a question is a mapping"),
    ],
)
def test_an_entry_that_cannot_be_understood_is_refused(tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    fields = {name: value for name, value in {**ENTRY, **change}.items() if value is not None}
    path = tmp_path / "claims.yml"
    path.write_text("claims:\n- " + "\n  ".join(f"{name}: {value}" for name, value in fields.items()) + "\n")
    with pytest.raises(ArticleRefused, match=reason.replace("[", r"\[")):
        kept.load(path)


@pytest.mark.parametrize("text", ["", "- 1", "claims: 7", "claims: [1]", "{", "claims: [{text: a}]"])
def test_a_file_of_something_else_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "claims.yml"
    path.write_text(text)
    with pytest.raises(ArticleRefused, match=r"claims\.yml"):
        kept.load(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArticleRefused, match="cannot be read"):
        kept.load(tmp_path / "none.yml")
