"""What asking must show on the real exports: figures that were published, and figures counted here with the csv module.

Only facts are asserted: file names, names of organisations, days, counts.
"""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import breachtrail

NAME, STATE, TYPE = "Name of Covered Entity", "State", "Covered Entity Type"
COUNT, DAY = "Individuals Affected", "Breach Submission Date"
BREACH, PLACE, ASSOCIATE = "Type of Breach", "Location of Breached Information", "Business Associate Present"


@pytest.fixture(scope="module")
def ledger(real_ledger: Path) -> Iterator[breachtrail.Ledger]:
    with breachtrail.open(real_ledger) as opened:
        yield opened


@pytest.fixture(scope="module")
def rows_of(shared: Path) -> Callable[[str], list[dict[str, str]]]:
    """The rows of an export, as the csv module reads them."""

    def read(name: str) -> list[dict[str, str]]:
        with (shared / "data" / "ocr" / name).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    return read


def day_of(row: dict[str, str]) -> date:
    text = row[DAY].strip()
    return date.fromisoformat(text[:10]) if "-" in text else datetime.strptime(text, "%m/%d/%Y").date()


def count_of(row: dict[str, str]) -> int:
    return int(float(row[COUNT])) if row[COUNT].strip() else 0


# Totals


def test_the_year_2024_as_known_last(ledger: breachtrail.Ledger) -> None:
    answer = ledger.ask("notices", "individuals", year=2024)
    assert answer.rows == ((741, 289_846_372),)
    assert answer.question.register == "us_hhs_ocr"


@pytest.mark.parametrize(
    ("as_of", "notices", "individuals"), [("2024-12-08", 556, 168_823_207), ("2024-11-06", 507, 166_032_313)]
)
def test_the_open_cases_alone_and_the_trap_they_are(
    ledger: breachtrail.Ledger, as_of: str, notices: int, individuals: int
) -> None:
    answer = ledger.ask("notices", "individuals", year=2024, as_of=as_of, view="under_investigation")
    assert answer.rows == ((notices, individuals),)
    assert answer.caveat("one_view") is not None
    whole = ledger.ask("notices", "individuals", year=2024, as_of=as_of)
    assert whole.rows[0] > answer.rows[0]


@pytest.mark.parametrize(
    ("first", "last", "as_of", "figures"),
    [
        ("2024-04-01", "2024-04-30", "2024-05-28", (54, 15_349_203, 5)),
        ("2024-09-01", "2024-09-30", "2024-10-16", (34, 4_839_018, 4)),
        ("2024-01-01", "2024-09-30", "2024-10-16", (531, 63_738_063, 52)),
    ],
)
def test_published_figures_come_back_as_of_their_day(
    ledger: breachtrail.Ledger, first: str, last: str, as_of: str, figures: tuple[int, int, int]
) -> None:
    asked = {"submitted_from": first, "submitted_to": last}
    assert ledger.ask("notices", "individuals", "placeholders", as_of=as_of, **asked).rows == (figures,)
    assert ledger.ask("notices", "individuals", "placeholders", **asked).rows != (figures,)


def test_fresh_months_are_short_and_say_so(ledger: breachtrail.Ledger, manifest: list[dict[str, str]]) -> None:
    """September 2024, as known when it had just ended and ever since."""
    days = sorted({line["taken_on"] for line in manifest if line["taken_on"] >= "2024-10-16"})
    counts = [ledger.ask("notices", month="2024-09", as_of=day) for day in days]
    assert counts[0].caveat("fresh") is not None
    assert counts[-1].caveat("fresh") is None
    assert counts[0].value() < counts[-1].value()


def test_filed_by_an_associate_is_another_question_than_involving_one(ledger: breachtrail.Ledger) -> None:
    assert ledger.ask("notices", year=2024, where={"entity_type": "Business Associate"}).value() == 118
    assert ledger.ask("notices", year=2024, where={"business_associate": "Yes"}).value() == 222


# Against a direct count of the same rows


FILES = [
    ("2024-11-06_under_investigation.csv", {"as_of": "2024-11-06", "view": "under_investigation"}),
    ("2024-12-08_under_investigation.csv", {"as_of": "2024-12-08", "view": "under_investigation"}),
    ("2026-07-09_both_derived.csv", {"as_of": "2026-07-09"}),
]
COLUMNS = [
    ("breach_type", BREACH),
    ("location", PLACE),
    ("state", STATE),
    ("entity_type", TYPE),
    ("business_associate", ASSOCIATE),
]


@pytest.mark.parametrize(("dimension", "column"), COLUMNS, ids=[dimension for dimension, _ in COLUMNS])
@pytest.mark.parametrize(("name", "asked"), FILES, ids=[name for name, _ in FILES])
def test_a_split_is_what_a_direct_count_gives(
    ledger: breachtrail.Ledger, rows_of: Any, name: str, asked: dict[str, str], dimension: str, column: str
) -> None:
    notices: Counter[str] = Counter()
    individuals: Counter[str] = Counter()
    rows = [row for row in rows_of(name) if day_of(row).year == 2024]
    for row in rows:
        several = dimension in ("breach_type", "location")
        for value in {part.strip() for part in (row[column].split(",") if several else [row[column]])}:
            notices[value] += 1
            individuals[value] += count_of(row)
    answer = ledger.ask("notices", "individuals", "share", by=dimension, year=2024, **asked)
    assert {row[0]: row[1] for row in answer.rows} == dict(notices)
    assert {row[0]: row[2] for row in answer.rows} == dict(individuals)
    assert [row[3] for row in answer.rows] == pytest.approx([notices[row[0]] / len(rows) for row in answer.rows])
    assert (answer.caveat("several_values") is not None) == (sum(notices.values()) > len(rows))


def test_size_and_placeholders_are_what_a_direct_count_gives(ledger: breachtrail.Ledger, rows_of: Any) -> None:
    sizes = [count_of(row) for row in rows_of("2026-07-09_both_derived.csv") if day_of(row).year == 2024]
    answer = ledger.ask("largest", "mean", "median", "placeholders", year=2024)
    middle = sorted(sizes)[len(sizes) // 2]
    assert answer.rows == (
        (max(sizes), pytest.approx(sum(sizes) / len(sizes)), middle, sum(size in (500, 501) for size in sizes)),
    )


def test_every_day_with_both_views_gives_what_its_files_give(
    ledger: breachtrail.Ledger, manifest: list[dict[str, str]]
) -> None:
    """By the manifest's own counts: notices of 2024 and their individuals in the two files of the day together."""
    by_day: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    for line in manifest:
        by_day[line["taken_on"]][line["view"]] = line
    whole = {
        day: views for day, views in by_day.items() if {"archive", "under_investigation"} <= set(views) and day > "2024"
    }
    assert len(whole) == 2
    for day, views in whole.items():
        lines = [views["archive"], views["under_investigation"]]
        expected = tuple(
            sum(int(line[column]) for line in lines) for column in ("rows_submitted_2024", "individuals_2024")
        )
        assert ledger.ask("notices", "individuals", year=2024, as_of=day).rows == (expected,)


@pytest.mark.parametrize("view", ["under_investigation", "archive"])
def test_every_single_list_gives_what_its_file_gives(
    ledger: breachtrail.Ledger, manifest: list[dict[str, str]], view: str
) -> None:
    lines = [line for line in manifest if line["view"] == view]
    assert len(lines) >= 9
    for line in lines:
        asked = {"as_of": line["taken_on"], "view": view}
        if line["rows_submitted_2024"] != "0":
            expected = (int(line["rows_submitted_2024"]), int(line["individuals_2024"]))
            assert ledger.ask("notices", "individuals", year=2024, **asked).rows == (expected,), line["file"]
        assert ledger.ask("notices", **asked).value() == int(line["rows"]), line["file"]


# Trails


def test_change_healthcare_is_one_notice_throughout(ledger: breachtrail.Ledger) -> None:
    (notice,) = [one for one in ledger.show("change healthcare") if one["submitted_on"] == date(2024, 7, 19)]
    steps = [(one["individuals"], one["snapshot"].rsplit("/", 1)[0]) for one in notice["trail"]]
    assert steps == [
        (500, "us_hhs_ocr/2024-10-16/under_investigation"),
        (100_000_000, "us_hhs_ocr/2024-11-06/under_investigation"),
        (190_000_000, "us_hhs_ocr/2025-04-12/under_investigation"),
        (192_700_000, "us_hhs_ocr/2026-04-15/under_investigation"),
    ]
    found = list(ledger.notices(year=2024, where="individuals>=100000000"))
    assert [one["id"] for one in found] == [notice["id"]]


def test_unite_here_fell(ledger: breachtrail.Ledger) -> None:
    (notice,) = [one for one in ledger.show("UNITE HERE") if one["submitted_on"] == date(2024, 2, 23)]
    counts = [one["individuals"] for one in notice["trail"]]
    assert list(dict.fromkeys(counts)) == [791_273, 95_797]


def test_philips_respironics_three_of_one_day_stay_three(ledger: breachtrail.Ledger) -> None:
    asked = {"where": "name~Philips Respironics", "submitted_from": "2024-04-16", "submitted_to": "2024-04-16"}
    for day in ("2024-05-28", "2024-07-06", "2024-10-16", "2026-07-09"):
        found = ledger.notices(as_of=day, **asked)
        assert [one["individuals"] for one in found] == [7539, 5576, 1338]
        assert len({one["id"] for one in found}) == 3
    assert (
        len({one["id"] for one in ledger.show("Philips Respironics") if one["submitted_on"] == date(2024, 4, 16)}) == 3
    )


def test_alvarias_thirteen_stay_thirteen(ledger: breachtrail.Ledger) -> None:
    asked = {"where": "name~Alvaria", "submitted_from": "2023-05-26", "submitted_to": "2023-05-26"}
    days = ("2023-12-15", "2024-05-28", "2024-07-06", "2024-10-16", "2026-07-09")
    ids = [{one["id"] for one in ledger.notices(as_of=day, **asked)} for day in days]
    assert [len(found) for found in ids] == [13] * len(days)
    assert len(set.union(*ids)) == 13


# Changes, against a direct comparison of the two files


def test_changes_between_two_exports_are_complete_and_right(ledger: breachtrail.Ledger, rows_of: Any) -> None:
    def key(name: str, state: str, day: date) -> tuple[str, str, date]:
        return re.sub(r"\W+", "", name).casefold(), state.strip(), day

    def listed(file: str) -> dict[tuple[str, str, date], list[dict[str, str]]]:
        rows = defaultdict(list)
        for row in rows_of(file):
            rows[key(row[NAME], row[STATE], day_of(row))].append(row)
        return rows

    old, new = (listed(f"2024-{day}_under_investigation.csv") for day in ("11-06", "12-08"))
    came = {one: len(new[one]) for one in new if one not in old}
    left = {one: len(old[one]) for one in old if one not in new}
    revised = {
        one: (count_of(old[one][0]), count_of(new[one][0]))
        for one in old
        if one in new and len(old[one]) == 1 and count_of(old[one][0]) != count_of(new[one][0])
    }
    assert {one for one in old if len(old[one]) != len(new.get(one, old[one]))} == set()  # twins stayed twins

    found = ledger.changes("2024-11-06", "2024-12-08")
    by_kind = defaultdict(list)
    for one in found:
        by_kind[one["kind"]].append(one)

    def key_of(version: dict[str, Any]) -> tuple[str, str, date]:
        return key(version["name"], version["state"] or "", version["submitted_on"])

    # Two of what came and two of what left are the same two notices under a new name, with day, state and count as before.
    renamed = [one for one in by_kind["changed"] if "name" in one["differs"]]
    assert len(renamed) == 2
    for one in renamed:
        before, after = one["before"], one["after"]
        assert (before["submitted_on"], before["state"], before["individuals"]) == (
            after["submitted_on"],
            after["state"],
            after["individuals"],
        )
        came[key_of(after)] -= 1
        left[key_of(before)] -= 1
    assert Counter(key_of(one["after"]) for one in by_kind["appeared"]) == +Counter(came)
    assert Counter(key_of(one["before"]) for one in by_kind["moved"]) == +Counter(left)
    assert {(one["before"]["status"], one["after"]["status"]) for one in by_kind["moved"]} == {
        ("under_investigation", "closed")
    }
    assert {
        key_of(one["before"]): (one["before"]["individuals"], one["after"]["individuals"])
        for one in by_kind["changed"]
        if "individuals" in one["differs"]
    } == revised
    assert Counter({kind: len(ones) for kind, ones in by_kind.items()}) == {"appeared": 75, "moved": 79, "changed": 6}
    before, after = (ledger.ask("individuals", as_of=day).value() for day in ("2024-11-06", "2024-12-08"))
    assert sum(one["gained"] for one in found) == after - before
