"""The word list that reads kinds of information from descriptions, against 150 descriptions read by hand.

The labels were made before the word list saw them, by somebody else (docs/method.md). Floors are a point below what was
measured on 2026-11-24, so that a change of the list that loses something fails here.
"""

import csv
from pathlib import Path

import duckdb
import pytest

from breachtrail.notices.vocabulary import Vocabulary

LABELS = Path(__file__).with_name("described_information.tsv")
ENCODINGS = {"2024-10-16_archive.csv": "cp1252", "2019-04-13_archive.csv": "utf-8"}
#: kind → (precision, recall) that the list must reach.
FLOORS = {
    "names": (0.98, 0.99),
    "contact": (0.955, 0.975),
    "birth_dates": (0.99, 0.99),
    "ssn": (0.99, 0.99),
    "insurance": (0.97, 0.97),
    "medical": (0.98, 0.95),
    "financial": (0.99, 0.89),
}


@pytest.fixture(scope="module")
def scored(shared: Path) -> dict[str, tuple[float, float]]:
    """For each kind, precision and recall of the word list on the hand-read descriptions."""
    texts = {}
    for file, encoding in ENCODINGS.items():
        with (shared / "data" / "ocr" / file).open(encoding=encoding, errors="replace", newline="") as source:
            texts[file] = [row["Web Description"] for row in csv.DictReader(source)]
    labels = _labels()
    read = [texts[label["file"]][int(label["row"]) - 1] for label in labels]
    words = Vocabulary.load().information_words()
    scores = {}
    with duckdb.connect() as engine:
        for kind in words.kinds:
            said = engine.execute(
                "SELECT regexp_matches(regexp_replace(regexp_replace(text, $every, ' ', 'g'), $own, ' ', 'g'), $said) "
                "FROM (SELECT unnest($texts) AS text)",
                {"texts": read, "every": words.not_said_in, "own": kind.not_said_in, "said": kind.said},
            ).fetchall()
            pairs = [(one, label[kind.kind] == "1") for (one,), label in zip(said, labels, strict=True)]
            right = pairs.count((True, True))
            scores[kind.kind] = (
                right / (right + pairs.count((True, False))),
                right / (right + pairs.count((False, True))),
            )
    return scores


def _labels() -> list[dict[str, str]]:
    with LABELS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_labels_are_complete() -> None:
    """150 descriptions were read, each once."""
    labels = _labels()
    assert len({(label["file"], label["row"]) for label in labels}) == len(labels) == 150


@pytest.mark.parametrize("kind", FLOORS)
def test_word_list_reads_what_a_person_reads(scored: dict[str, tuple[float, float]], kind: str) -> None:
    """Precision and recall of each kind stay at what was measured."""
    precision, recall = scored[kind]
    least_precision, least_recall = FLOORS[kind]
    assert precision >= least_precision
    assert recall >= least_recall
