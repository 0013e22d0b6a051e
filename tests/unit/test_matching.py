"""Which rows are one person: written in one way and in another, they are; unreadable, they are nobody."""

import pytest

from breachtrail.errors import SketchError
from breachtrail.people.matching import matched
from breachtrail.questions import engine

HEADERS = ["Last Name", "FIRST_NAME", "DOB"]


def person(family: str | None, given: str | None, birth: str | None) -> str | None:
    rule = matched(HEADERS, {})
    with engine.apart() as run:
        source = '(SELECT $a AS "Last Name", $b AS "FIRST_NAME", $c AS "DOB")'
        [(found,)] = run(f"SELECT person FROM ({rule.told(source)})", {"a": family, "b": given, "c": birth})
    return found


@pytest.mark.parametrize(
    ("family", "given", "birth"),
    [
        ("ONEIL", "mary", "1980-02-03"),
        ("O'Neil", "Mary Ann", "02/03/1980"),
        (" O’Neil Jr.", "Mary-Ann", "19800203"),
        ("ONeil, III", "Mary (Molly)", "1980-02-03 00:00:00"),
        ("Ó Néil", "MARY J.", "1980/02/03"),
    ],
)
def test_dress_makes_no_other_person(family: str, given: str, birth: str) -> None:
    assert person(family, given, birth) == person("oneil", "Mary", "1980-02-03") is not None


@pytest.mark.parametrize(
    ("family", "given", "birth"),
    [
        ("Neil", "Mary", "1980-02-03"),
        ("ONeil", "Maria", "1980-02-03"),
        ("ONeil", "Mary", "1980-02-04"),
        ("ONeil", "M", "1980-02-03"),
    ],
)
def test_another_name_or_day_is_another_person(family: str, given: str, birth: str) -> None:
    assert person(family, given, birth) not in (None, person("oneil", "Mary", "1980-02-03"))


@pytest.mark.parametrize(
    ("family", "given", "birth"),
    [
        ("", "Mary", "1980-02-03"), (None, "Mary", "1980-02-03"), ("ONeil", " - ", "1980-02-03"), ("ONeil", "", "1980-02-03"),
        ("ONeil", "Mary", ""), ("ONeil", "Mary", None), ("ONeil", "Mary", "1879-12-31"), ("ONeil", "Mary", "2999-01-01"),
        ("ONeil", "Mary", "02/30/1980"), ("ONeil", "Mary", "unknown"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_nobody(family: str | None, given: str | None, birth: str | None) -> None:
    assert person(family, given, birth) is None


def test_names_of_other_letters_are_kept() -> None:
    assert person("李", "伟", "1990-01-01") not in (None, person("王", "伟", "1990-01-01"))


def test_a_column_that_is_not_known_is_asked_for() -> None:
    with pytest.raises(SketchError, match="none of its columns is known as one"):
        matched(["name", "dob"], {})
    with pytest.raises(SketchError, match="would all do"):
        matched(["last", "surname", "first", "dob"], {})
    with pytest.raises(SketchError, match="has no column 'x'"):
        matched(HEADERS, {"family": "x"})
    with pytest.raises(SketchError, match="not by both"):
        matched(HEADERS, {"family": "Last Name", "id": "DOB"})
    assert matched(["a", "first", "dob"], {"family": "a"}).columns["family"] == "a"


def test_a_number_is_matched_by_its_letters_and_digits() -> None:
    rule = matched(["ssn"], {"id": "ssn"})
    with engine.apart() as run:
        source = "(SELECT unnest(['123-45-6789', '123 45 6789', 'x1', '--', NULL]) AS ssn)"
        assert [row[0] for row in run(f"SELECT person FROM ({rule.told(source)})", {})] == [
            "123456789", "123456789", "X1", None, None,
        ]  # fmt: skip
