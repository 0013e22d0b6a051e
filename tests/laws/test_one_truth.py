"""Law 6: the same question gives the same figure through Python and through every format of the command line."""

import csv
import io
import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner

import breachtrail
from breachtrail.cli import app
from breachtrail.notices.vocabulary import LANGUAGES
from breachtrail.wording import terminal
from breachtrail.wording.phrases import Phrases

QUESTIONS: list[tuple[str, dict[str, Any]]] = [
    ("notices individuals --year 2024", {"year": 2024}),
    ("notices individuals --year 2024 --as-of 2024-12-08 --view under_investigation",
     {"year": 2024, "as_of": "2024-12-08", "view": "under_investigation"}),
    ("notices individuals placeholders --month 2024-04 --as-of 2024-05-28", {"month": "2024-04", "as_of": "2024-05-28"}),
    ("notices individuals median mean largest --by entity_type --year 2023", {"by": "entity_type", "year": 2023}),
    ("notices share individuals_share --by location --from 2024-01-01 --to 2024-09-30 --as-of 2024-10-16",
     {"by": "location", "submitted_from": "2024-01-01", "submitted_to": "2024-09-30", "as_of": "2024-10-16"}),
    ("notices notices_per_million individuals_per_million --by state --year 2024", {"by": "state", "year": 2024}),
    ("notices individuals --by year --by size_band --where state=TX,CA --same-days",
     {"by": ["year", "size_band"], "where": {"state": ["TX", "CA"]}, "same_days": True}),
    ("notices --by name --where individuals>=1000000 --year 2024", {"by": "name", "where": ["individuals>=1000000"], "year": 2024}),
    ("notices posting_delay days_open --by year", {"by": "year"}),
    ("notices individuals --year 2009 --by state", {"year": 2009, "by": "state"}),
]  # fmt: skip


@pytest.fixture
def command(real_ledger: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Runs a command on the real ledger; gives its standard output."""
    monkeypatch.setenv("BREACHTRAIL_HOME", str(real_ledger))

    def run(*line: str) -> str:
        result = CliRunner().invoke(app, line)
        assert result.exit_code == 0, result.output
        return result.stdout

    return run


@pytest.mark.parametrize(("line", "asked"), QUESTIONS, ids=[line for line, _ in QUESTIONS])
def test_every_face_gives_the_figures_of_ask(
    real_ledger: Path, command: Callable[..., str], tmp_path: Path, line: str, asked: dict[str, Any]
) -> None:
    measures = line.split(" --")[0].split()
    words = ["ask", *line.split()]
    with breachtrail.open(real_ledger) as ledger:
        answer = ledger.ask(*measures, **asked)

    document = json.loads(command(*words, "--format", "json"))
    assert document["rows"] == answer.records()
    assert document["head"] == {"generation": answer.head.generation, "content": answer.head.content}
    assert document["sql"] == answer.sql

    lines = list(csv.reader(io.StringIO(command(*words, "--format", "csv"))))
    assert lines[0] == list(answer.columns)
    assert lines[1:] == [["" if cell is None else str(cell) for cell in row] for row in answer.rows]

    path = tmp_path / "answer.parquet"
    command(*words, "--format", "parquet", "-o", str(path))
    with duckdb.connect() as bare:
        found = bare.execute(f"FROM '{path}'")
        assert tuple(column[0] for column in found.description) == answer.columns
        assert tuple(str(column[1]) for column in found.description) == answer.types
        assert tuple(found.fetchall()) == answer.rows

    split = len(answer.question.dimensions)
    for language in LANGUAGES:
        printed = command(*words, "--lang", language)
        drawn = [row.split() for row in printed.splitlines()]
        for row in answer.rows:
            figures = [
                terminal.figure(name, value, Phrases.of(language))
                for name, value in zip(answer.columns[split:], row[split:], strict=True)
            ]
            assert figures in [cells[-len(figures) :] for cells in drawn]


def test_the_list_of_notices_adds_up_to_the_answer(real_ledger: Path, command: Callable[..., str]) -> None:
    words = ["--year", "2024", "--as-of", "2024-10-16"]
    listed = json.loads(command("notices", *words, "--rows", "0", "--format", "json"))
    lines = list(csv.DictReader(io.StringIO(command("notices", *words, "--rows", "0", "--format", "csv"))))
    (row,) = json.loads(command("ask", "notices", "individuals", *words, "--format", "json"))["rows"]
    assert row == {"notices": len(listed), "individuals": sum(one["individuals"] or 0 for one in listed)}
    assert row == {"notices": len(lines), "individuals": sum(int(line["individuals"] or 0) for line in lines)}


def test_changes_explain_how_one_answer_became_the_other(real_ledger: Path, command: Callable[..., str]) -> None:
    """For each pair of neighbouring days of the ledger, whatever was looked at on them."""
    with breachtrail.open(real_ledger) as ledger:
        days = sorted({look.taken_on for look in ledger.coverage()})[-6:]
        totals = [ledger.ask("individuals", as_of=day).value() for day in days]
    for (since, until), (before, after) in zip(itertools.pairwise(days), itertools.pairwise(totals), strict=True):
        found = json.loads(command("changes", "--since", str(since), "--until", str(until), "--format", "json"))
        assert sum(one["gained"] for one in found) == after - before
