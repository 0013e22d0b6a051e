"""The ladder against pairs of rows that were labelled by hand before it ran on them (``hard_pairs.tsv``).

The easy mass is left out of those labels, so what is measured here describes hard cases, not the register. For each
pair of days a ledger is made of these two days alone; what the ladder joins is overheard where it is called.
``pytest -s`` prints the tables of ``docs/method.md``.
"""

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from breachtrail import pipeline
from breachtrail.ledger import append, rungs
from breachtrail.ledger.match import match

Place = tuple[str, int]

#: The rungs in their order, with the right joins that each must make at least (measured, less a tenth, rounded up).
JOINS = {
    rungs.SAME_CONTENT: 106,
    rungs.SAME_NAME_AND_COUNT: 21,
    rungs.SAME_NAME: 21,
    rungs.RENAMED: 129,
    rungs.SAME_COUNT: 32,
    rungs.SAME_COUNT_OTHER_STATE: 13,
    rungs.RENAMED_AND_REVISED: 38,
    rungs.TWIN: 4,
    rungs.LAST_OF_DAY_AND_STATE: 3,
}


@dataclass(frozen=True)
class Label:
    """What a person decided: ``same``, ``different``, ``gone`` (the newer day has it nowhere) or ``undecidable``."""

    older: Place
    newer: Place | None
    days: tuple[str, str]
    label: str
    kind: str
    confidence: str


@dataclass(frozen=True)
class Verdict:
    """A label, the rung by which its older row was joined (None if it was not), and whether that was right."""

    label: Label
    rung: str | None
    right: bool


def labels() -> list[Label]:
    path = Path(__file__).with_name("hard_pairs.tsv")
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            Label(
                (line["older_file"], int(line["older_row"])),
                (line["newer_file"], int(line["newer_row"])) if line["newer_row"] else None,
                (line["older_file"][:10], line["newer_file"][:10]),
                line["label"],
                line["kind"],
                line["confidence"],
            )
            for line in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


class Overheard:
    """Two days brought into a new ledger, with every join that the ladder made between and within them."""

    def __init__(self, home: Path, files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
        self.joins: list[tuple[Place, Place, str]] = []
        self._shown_once: dict[Place, Place] = {}
        with monkeypatch.context() as listening:
            listening.setattr(append, "match", self._listen)
            done = pipeline.ingest(home, files)
        assert [file.refused for file in done.files if file.refused] == []

    def _listen(self, engine: duckdb.DuckDBPyConnection, older: str, newer: str, **told: Any) -> None:
        match(engine, older, newer, **told)
        names = dict(engine.execute("SELECT snapshot, sha256 FROM snapshot").fetchall())
        if older == "yesterday":
            first = engine.execute("SELECT notice, snapshot, \"row\" FROM version WHERE rung = 'new'").fetchall()
            at = {notice: (names[snapshot], row) for notice, snapshot, row in first}
        else:
            rows = engine.execute(f"SELECT key, snapshot, row FROM {older}").fetchall()
            at = {key: (names[snapshot], row) for key, snapshot, row in rows}
        joined = engine.execute(
            f"SELECT pair.older, today.snapshot, today.row, rung FROM partner AS pair "
            f"JOIN {newer} AS today ON today.key = pair.newer"
        ).fetchall()
        for key, snapshot, row, rung in joined:
            if older == "yesterday":
                self.joins.append((at[key], (names[snapshot], row), rung))
            else:
                self._shown_once[names[snapshot], row] = at[key]

    def once(self, place: Place) -> Place:
        """The row that stands for a notice which two files of one day show."""
        return self._shown_once.get(place, place)


@pytest.fixture(scope="module")
def verdicts(manifest: list[dict[str, str]], shared: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Verdict]:
    """What the ladder makes of every label that can be right or wrong."""
    folder, found = shared / "data" / "ocr", []
    sha256 = {line["file"]: line["sha256"] for line in manifest}
    by_days: dict[tuple[str, str], list[Label]] = defaultdict(list)
    for label in labels():
        by_days[label.days].append(label)
    with pytest.MonkeyPatch.context() as monkeypatch:
        for days, some in by_days.items():
            files = [folder / line["file"] for line in manifest if line["taken_on"] in days]
            heard = Overheard(tmp_path_factory.mktemp("-".join(days)), files, monkeypatch)
            joins = {heard.once(older): (heard.once(newer), rung) for older, newer, rung in heard.joins}
            for label in some:
                partner, rung = joins.get(heard.once((sha256[label.older[0]], label.older[1])), (None, None))
                meant = heard.once((sha256[label.newer[0]], label.newer[1])) if label.newer else None
                right = {"same": partner == meant, "different": partner != meant, "gone": partner is None}
                if label.label in right:
                    found.append(Verdict(label, rung, right[label.label]))
    return found


def precision_of(verdicts: list[Verdict], rung: str) -> tuple[int, int]:
    """Joins of a rung that are right, and that are wrong; a row kept from one wrong partner proves no join right."""
    some = [verdict for verdict in verdicts if verdict.rung == rung]
    return sum(one.right and one.label.label == "same" for one in some), sum(not one.right for one in some)


def recall_of(verdicts: list[Verdict]) -> float:
    same = [verdict for verdict in verdicts if verdict.label.label == "same"]
    return sum(verdict.right for verdict in same) / len(same)


def tables(verdicts: list[Verdict]) -> Iterator[str]:
    """What ``docs/method.md`` prints."""
    same = sum(verdict.label.label == "same" for verdict in verdicts)
    all_right = all_wrong = 0
    yield "\n| rung | right | wrong | precision | recall so far |\n| --- | ---: | ---: | ---: | ---: |"
    for rung in JOINS:
        right, wrong = precision_of(verdicts, rung)
        all_right, all_wrong = all_right + right, all_wrong + wrong
        precision = f"{right / (right + wrong):.3f}" if right + wrong else "–"
        yield f"| {rung} | {right} | {wrong} | {precision} | {all_right / same:.3f} |"
    yield f"| all | {all_right} | {all_wrong} | {all_right / (all_right + all_wrong):.3f} | {all_right / same:.3f} |"
    yield "\n| kind | label | right | wrong |\n| --- | --- | ---: | ---: |"
    counted = Counter((one.label.kind, one.label.label, one.right) for one in verdicts)
    for kind, label in sorted({(kind, label) for kind, label, _ in counted}):
        yield f"| {kind} | {label} | {counted[kind, label, True]} | {counted[kind, label, False]} |"


def wrong_ones(verdicts: list[Verdict]) -> list[str]:
    return [
        f"{one.label.older} of {one.label.days[0]}, {one.label.newer or 'nowhere'} on {one.label.days[1]}: "
        f"{one.label.label} ({one.label.kind}, {one.label.confidence}), but joined by: {one.rung}"
        for one in verdicts
        if not one.right
    ]


def test_every_label_that_can_be_right_or_wrong_is_tried(verdicts: list[Verdict]) -> None:
    sys.stdout.write("\n".join([*tables(verdicts), "", *wrong_ones(verdicts), ""]))
    tried = Counter(verdict.label.label for verdict in verdicts)
    assert tried == Counter(label.label for label in labels() if label.label != "undecidable")
    assert tried == {"same": 404, "different": 131, "gone": 40}
    assert len({verdict.label.days for verdict in verdicts}) == 22


def test_no_sure_label_is_contradicted(verdicts: list[Verdict]) -> None:
    assert wrong_ones([verdict for verdict in verdicts if verdict.label.confidence == "sure"]) == []


def test_hardly_a_likely_one_is(verdicts: list[Verdict]) -> None:
    likely = [verdict for verdict in verdicts if verdict.label.confidence == "likely"]
    assert len(likely) >= 30
    assert len(wrong_ones(likely)) <= 1


@pytest.mark.parametrize(("rung", "joins"), JOINS.items())
def test_each_rung_joins_what_it_should_and_hardly_anything_else(
    verdicts: list[Verdict], rung: str, joins: int
) -> None:
    right, wrong = precision_of(verdicts, rung)
    assert right >= joins
    assert wrong <= 1


def test_nearly_every_notice_is_found_again(verdicts: list[Verdict]) -> None:
    assert recall_of(verdicts) >= 0.995
