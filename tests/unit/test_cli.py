"""The commands as a person runs them: what is printed, what is written, and the exit code."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from asked import VIEWS_OF, small_register
from click.testing import CliRunner, Result
from made_up import Row, export

from breachtrail.cli import app
from breachtrail.questions import catalog

MAIN = "from breachtrail.cli import main; main()"


@pytest.fixture
def run(asked_home: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs a command on the small ledger and hands back what came of it."""
    monkeypatch.setenv("BREACHTRAIL_HOME", str(asked_home))

    def invoke(line: str | list[str], code: int = 0) -> Result:
        result = CliRunner().invoke(app, line.split() if isinstance(line, str) else line)
        assert result.exit_code == code, result.output
        return result

    return invoke


def process(*line: str, home: Path) -> subprocess.CompletedProcess[str]:
    """A whole process of its own, as the console script starts it."""
    environment = {**os.environ, "BREACHTRAIL_HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(
        [sys.executable, "-c", MAIN, *line], capture_output=True, encoding="utf-8", env=environment, check=False
    )


# ask


def test_an_answer_comes_with_its_caveats_and_the_head(run: Any, ledger: Any) -> None:
    out = run("ask notices individuals --year 2024 --as-of 2024-06-01").output
    assert "2,001,500" in out
    assert "Individuals are records, not people" in out
    assert str(ledger.head) in out


def test_an_answer_is_told_in_chinese(run: Any) -> None:
    out = run("ask notices --by state --where state=德州 --lang zh").output
    assert "得克萨斯州" in out
    assert "账本" in out


def test_measures_and_dimensions_may_be_joined_by_commas(run: Any) -> None:
    header = run("ask notices,individuals --by year,state --by status --format csv").stdout.splitlines()[0]
    assert header == "year,state,status,notices,individuals"


def test_the_sql_is_shown_when_asked_for(run: Any, ledger: Any) -> None:
    assert ledger.ask("notices", year=2024).sql in run("ask notices --year 2024 --sql").output
    assert "SELECT" not in run("ask notices --year 2024").output


def test_csv_on_the_screen_is_csv_alone(run: Any) -> None:
    result = run("ask notices --by name --format csv")
    lines = list(csv.reader(io.StringIO(result.stdout)))
    assert lines[0] == ["name", "notices"]
    assert "'=Cell, Inc." in [line[0] for line in lines]
    assert "generation" in result.stderr


def test_json_is_one_document(run: Any) -> None:
    document = json.loads(run("ask notices individuals --by year --format json").stdout)
    assert document["rows"][0]["year"] == 2023
    assert document["head"]["generation"] > 0


def test_files_are_written_and_named(run: Any, tmp_path: Path) -> None:
    for format in ("csv", "json", "parquet"):
        path = tmp_path / f"answer.{format}"
        assert str(path) in run(["ask", "notices", "--format", format, "-o", str(path)]).stderr
        assert path.stat().st_size > 0
    table = tmp_path / "table.csv"
    run(["ask", "notices", "-o", str(table)])
    assert table.read_text() == (tmp_path / "answer.csv").read_text()


def test_an_answer_is_drawn_as_a_picture_that_stands_alone(run: Any, tmp_path: Path) -> None:
    assert run("ask notices --by state --format svg").stdout.startswith("<svg ")
    for kind, begins in (("svg", b"<svg "), ("png", b"\x89PNG")):
        path = tmp_path / f"states.{kind}"
        run(["ask", "notices", "--by", "state", "--format", kind, "-o", str(path)])
        assert path.read_bytes().startswith(begins)


def test_the_help_names_every_measure_and_dimension(run: Any) -> None:
    told = " ".join(run("ask --help").output.split())
    for name in (*catalog.MEASURES, *catalog.dimensions()):
        assert name in told


# notices


def test_notices_are_paged(run: Any, ledger: Any) -> None:
    everything = [one["id"] for one in ledger.notices()]
    pages = [json.loads(run(f"notices --rows 4 --page {page} --format json").stdout) for page in (1, 2, 3)]
    assert [one["id"] for page in pages for one in page] == everything
    assert [len(page) for page in pages] == [4, 2, 0]
    assert len(json.loads(run("notices --rows 0 --format json").stdout)) == len(everything) == 6
    assert "Rows 5–6 of 6 notices" in run("notices --rows 4 --page 2").output


def test_a_page_far_behind_the_end_is_empty(run: Any) -> None:
    assert json.loads(run(f"notices --page {10**30} --rows {10**30} --format json").stdout) == []


def test_notices_take_the_conditions_of_ask(run: Any) -> None:
    lines = run("notices --year 2024 --where state=TX --as-of 2024-06-01 --format csv").stdout.splitlines()
    assert len(lines) == 2
    assert ",1000,2024-01-10," in lines[1]


def test_exported_cells_are_safe(run: Any) -> None:
    rows = list(csv.DictReader(io.StringIO(run("notices --rows 0 --format csv").stdout)))
    assert "'=Cell, Inc." in [row["name"] for row in rows]


# the other commands


def test_show_tells_the_trail(run: Any) -> None:
    out = run(["show", "alpha clinic"]).output
    assert out.index("1,000") < out.index("1,500")
    assert "us_hhs_ocr/2024-09-01/under_investigation/" in out
    assert len(json.loads(run(["show", "alpha clinic", "--format", "json"]).stdout)[0]["trail"]) == 2


def test_changes_sum_up_why_the_total_moved(run: Any) -> None:
    out = run("changes --since 2024-06-01 --until 2024-09-01").output
    assert "1,000 → 1,500" in out
    assert "moved by +1,200 individuals: 1 new (+700), 1 revised (+500)" in out
    lines = list(csv.DictReader(io.StringIO(run("changes --since 2024-06-01 --until 2024-09-01 --format csv").stdout)))
    assert {line["kind"] for line in lines} == {"appeared", "changed", "moved"}


def test_coverage_lists_every_snapshot(run: Any) -> None:
    out = run("coverage").output
    assert out.count("2024-06-01") >= 2
    assert sum(day in out for day in VIEWS_OF) == len(VIEWS_OF)


def test_nothing_held_and_nothing_doubtful_is_said(run: Any) -> None:
    assert "No row is held" in run("held").output
    assert "No doubtful match" in run("doubtful").output


def test_export_names_both_files(run: Any, tmp_path: Path) -> None:
    assert run(["export", str(tmp_path / "all.csv")]).stdout.split() == [
        str(tmp_path / "all.csv"), str(tmp_path / "all-codebook.csv"),
    ]  # fmt: skip


# exit codes, in processes of their own


@pytest.mark.parametrize(
    "line",
    [
        "ask colour",
        "ask notices --by colour",
        "ask notices --where state=Neverland",
        "ask notices --where colour=red",
        "ask notices --where individuals~5",
        "ask notices --view both",
        "ask notices --as-of yesterday",
        "ask notices --as-of 2009-01-01",
        "ask notices --year 2024 --month 2024-04",
        "ask notices --year 12345",
        "ask notices --month 2024-4",
        "ask notices --where individuals>=99999999999999999999",
        "ask notices --register de_bsi",
        "ask notices --format parquet",
        "ask notices --by state --format png",
        "ask notices --format svg",
        "ask notices --format csv -o no/such/folder/x.csv",
        "ask notices --format parquet -o no/such/folder/x.parquet",
        "notices --order submitted_on --view both",
        "show nobody-at-all",
        "changes --since soon",
        "changes --since 2024-09-01 --until 2024-06-01",
        "export all.xlsx",
    ],
)
def test_a_refusal_is_one_sentence_and_exit_code_2(
    run: Any, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["breachtrail", *line.split()])
    from breachtrail.cli import main

    with pytest.raises(SystemExit) as end:
        main()
    said = capsys.readouterr()
    assert end.value.code == 2
    assert said.out == ""
    assert said.err.startswith("breachtrail: ")
    assert len(said.err.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_process_ends_with_the_code_of_what_happened(asked_home: Path, tmp_path: Path) -> None:
    good = process("ask", "notices", home=asked_home)
    assert (good.returncode, good.stderr) == (0, "")
    bad = process("ask", "colour", home=asked_home)
    assert (bad.returncode, bad.stdout) == (2, "")
    assert bad.stderr.startswith("breachtrail: There is no measure 'colour'")
    assert "Traceback" not in bad.stderr
    missing = process("ask", "notices", home=tmp_path / "nothing")
    assert missing.returncode == 2
    assert "There is no ledger in" in missing.stderr
    assert not (tmp_path / "nothing").exists()


def test_ingest_says_what_became_of_each_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    good = export(tmp_path / "2024-06-01_archive.csv", [Row()])
    bad = tmp_path / "2024-06-01_under_investigation.csv"
    bad.write_text("<html></html>")
    first = process("ingest", str(good), str(bad), home=home)
    assert first.returncode == 1
    assert "1 rows = 1 accepted + 0 held" in first.stdout
    assert bad.name in first.stderr
    again = process("ingest", str(good), home=home)
    assert again.returncode == 0
    assert "known" in again.stdout
    refused = process("ingest", str(bad), home=home)
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr + first.stderr


def test_verify_and_rebuild_on_a_ledger_that_is_sound(tmp_path: Path) -> None:
    home = small_register(tmp_path / "home").home
    runner = CliRunner(env={"BREACHTRAIL_HOME": str(home)})
    before = runner.invoke(app, ["ask", "notices", "--format", "json"])
    assert runner.invoke(app, ["rebuild", "--lang", "zh"]).exit_code == 0
    after = runner.invoke(app, ["ask", "notices", "--format", "json"])
    heads = [json.loads(result.stdout)["head"] for result in (before, after)]
    assert heads[0]["content"] == heads[1]["content"]
    assert heads[0]["generation"] < heads[1]["generation"]
    verified = runner.invoke(app, ["verify"])
    assert verified.exit_code == 0, verified.output
    assert verified.output.count("holds") >= 7


# backup and restore


def test_a_ledger_is_backed_up_and_restored(run: Any, ledger: Any, tmp_path: Path) -> None:
    archive, new = tmp_path / "ledger.tar", tmp_path / "new"
    assert str(ledger.head) in run(["backup", str(archive)]).output.replace("Ledger: ", "")
    assert "已恢复" in run(["restore", str(archive), "--home", str(new), "--lang", "zh"]).output
    again = process("restore", str(archive), home=new)
    assert (again.returncode, again.stderr.count("\n")) == (2, 1)
    assert "--replace" in again.stderr
    assert run(["ask", "notices", "--home", str(new)]).output == run("ask notices").output
