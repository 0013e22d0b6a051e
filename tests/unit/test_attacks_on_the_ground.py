"""Ground that gives way, and questions that mean harm: damage, crashes, full disks, names that steer a screen."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from attacked import ROWS, broken_laws, content, read
from made_up import MadeUpRegister, Row

import breachtrail
from breachtrail import pipeline
from breachtrail.cli import screen
from breachtrail.errors import LedgerBroken, LedgerError, QuestionError

# --- ground that gives way


@pytest.fixture
def kept(register: MadeUpRegister) -> MadeUpRegister:
    """A ledger of two days."""
    register.look("2024-05-20", under_investigation=ROWS[:15], archive=[Row(name="Old")])
    register.look("2024-06-01", under_investigation=ROWS)
    return register


def sidecar_of(register: MadeUpRegister, day: str) -> Path:
    (path,) = (register.home / "raw").glob(f"*_{day}_under_investigation_*.json")
    return path


def a_file(register: MadeUpRegister, day: str = "2024-06-10") -> Path:
    return register.write(day, "under_investigation", [*ROWS[2:], Row(name=f"New of {day}")])


LEFTOVERS: dict[str, Callable[[Path], object]] = {
    "a sidecar cut off": lambda home: (home / "raw" / "us_hhs_ocr_2024-06-10_archive_0.pending").touch(),
    "half packed bytes": lambda home: (home / "raw" / "abc.new").touch(),
    "bytes of nobody": lambda home: (home / "raw" / f"{'0' * 64}.zst").touch(),
    "what did not fit into memory": lambda home: (home / "ledger" / "unsealed-000009.duckdb.tmp" / "x").mkdir(
        parents=True
    ),
    "half a generation": lambda home: (home / "ledger" / "unsealed-000009.duckdb").touch(),
    "a generation never pointed to": lambda home: (home / "ledger" / "generation-000009.duckdb").touch(),
}


def test_what_crashes_left_is_in_nobodys_way_and_goes(kept: MadeUpRegister) -> None:
    before = {path.name for path in kept.home.rglob("*")}
    for leave in LEFTOVERS.values():
        leave(kept.home)
    assert broken_laws(kept.home) == []
    assert read(kept, a_file(kept)).accepted == 19
    new = {path.name for path in kept.home.rglob("*")} - before
    assert sorted(Path(name).suffix for name in new) == [".duckdb", ".json", ".zst"]
    assert broken_laws(kept.home) == []


def test_a_file_of_another_kind_among_the_generations_is_left_alone(kept: MadeUpRegister) -> None:
    (kept.home / "ledger" / "generation-old.duckdb").touch()
    assert read(kept, a_file(kept)).accepted == 19
    assert (kept.home / "ledger" / "generation-old.duckdb").exists()


def test_a_crash_before_the_sidecars_were_settled_breaks_no_law(kept: MadeUpRegister) -> None:
    path = sidecar_of(kept, "2024-06-01")
    path.rename(path.with_suffix(".pending"))
    assert broken_laws(kept.home) == []
    assert read(kept, a_file(kept, "2024-05-25")).accepted == 19
    assert path.exists()
    assert broken_laws(kept.home) == []


def test_a_page_of_the_log_of_ids_that_a_crash_left_half_written_goes(kept: MadeUpRegister) -> None:
    half = kept.home / "ids" / "000002.new"
    half.write_bytes(b"PAR1")
    assert broken_laws(kept.home) == []
    assert read(kept, a_file(kept)).accepted == 19
    assert not half.exists()
    assert broken_laws(kept.home) == []


@pytest.mark.parametrize("damage", [b"", b"PAR1", b"\xff\x00\n" * 50])
def test_a_damaged_log_of_ids_is_said_so(kept: MadeUpRegister, damage: bytes) -> None:
    page = min((kept.home / "ids").iterdir())
    page.write_bytes(damage + page.read_bytes()[len(damage) + 1 :])
    before = content(kept.home)
    with pytest.raises(LedgerBroken, match=r"log of ids .*parquet is not what was written"):
        pipeline.ingest(kept.home, [a_file(kept)])
    assert content(kept.home) == before


def test_what_was_kept_and_is_gone_is_not_left_out_in_silence(kept: MadeUpRegister) -> None:
    """A day before it makes it necessary to read it again."""
    sidecar_of(kept, "2024-06-01").unlink()
    before = content(kept.home)
    with pytest.raises(LedgerBroken, match=r"2024-06-01/under_investigation.* restore it"):
        pipeline.ingest(kept.home, [a_file(kept, "2024-05-25")])
    assert content(kept.home) == before
    assert read(kept, a_file(kept, "2024-06-10")).accepted == 19
    assert list((kept.home / "raw").glob("*.zst"))  # its bytes stay for the day on which the sidecar is back


def spoil(path: Path, **fields: object) -> None:
    path.write_text(json.dumps(json.loads(path.read_text()) | fields))


@pytest.mark.parametrize("digest", [5, None, "../../x", "0" * 63])
def test_a_sidecar_without_a_hash_is_said_so(kept: MadeUpRegister, digest: object) -> None:
    spoil(sidecar_of(kept, "2024-06-01"), sha256=digest)
    with pytest.raises(LedgerBroken, match="cannot be read"):
        pipeline.verify(kept.home)


def test_a_sidecar_leads_nowhere_else(kept: MadeUpRegister) -> None:
    spoil(sidecar_of(kept, "2024-06-01"), file_name="../../../stolen.csv")
    assert broken_laws(kept.home) == []
    assert not list(kept.home.parent.rglob("stolen.csv"))


@pytest.mark.parametrize("pointer", ['{"generation": 1e999, "content": "x", "schema": 1}', "3", "[]", '"x"'])
def test_a_pointer_to_nowhere_is_said_so(kept: MadeUpRegister, pointer: str) -> None:
    before = content(kept.home)
    (kept.home / "ledger" / "current.json").write_text(pointer)
    for try_it in (kept.open, lambda: read(kept, a_file(kept)), lambda: pipeline.verify(kept.home)):
        with pytest.raises(LedgerBroken, match="breachtrail rebuild"):
            try_it()
    pipeline.rebuild(kept.home)
    assert content(kept.home) == before


@pytest.mark.parametrize("spoil", ["head", "middle", "end"])
def test_damage_of_a_generation_is_said_whatever_is_asked(kept: MadeUpRegister, spoil: str) -> None:
    before = content(kept.home)
    with kept.open() as ledger:
        path = kept.home / "ledger" / f"generation-{ledger.head.generation:06d}.duckdb"
    told = bytearray(path.read_bytes())
    start = {"head": 4096, "middle": 12288, "end": len(told) // 2}[spoil]
    told[start:] = b"\x5a" * (len(told) - start)
    path.write_bytes(told)

    def ask() -> None:
        with kept.open() as ledger:
            ledger.ask("notices", "individuals", by="state")
            ledger.notices()
            ledger.show("clinic")
            ledger.changes("2024-05-20")
            ledger.export(kept.home.parent / "all.csv")

    for try_it in (ask, lambda: pipeline.verify(kept.home), lambda: pipeline.ingest(kept.home, [a_file(kept)])):
        with pytest.raises(LedgerError, match="breachtrail rebuild"):
            try_it()
    pipeline.rebuild(kept.home)
    assert content(kept.home) == before
    assert broken_laws(kept.home) == []


# --- questions and the screen


@pytest.mark.parametrize("words", ["", "%", "北京", "--", "'"])
def test_a_name_without_a_letter_is_not_every_name(kept: MadeUpRegister, words: str) -> None:
    with kept.open() as ledger, pytest.raises(QuestionError, match="letters"):
        ledger.ask("notices", where=[f"name~{words}"])


def command(home: Path, *given: str, **surroundings: str) -> subprocess.CompletedProcess[bytes]:
    source = str(Path(breachtrail.__file__).resolve().parents[1])
    return subprocess.run(
        [sys.executable, "-c", "from breachtrail.cli import main; main()", *given],
        env={**os.environ, "PYTHONPATH": source, "BREACHTRAIL_HOME": str(home), **surroundings},
        capture_output=True,
    )


def test_a_screen_that_knows_few_letters_gets_the_answer_all_the_same(kept: MadeUpRegister) -> None:
    for encoding in ("ascii", "latin-1"):
        run = command(kept.home, "notices", "--where", "name~clinic", "--lang", "zh", PYTHONIOENCODING=encoding)
        assert run.returncode == 0, run.stderr
        assert b"Traceback" not in run.stderr
        assert b"Clinic" in run.stdout


def test_a_home_of_nobody_is_said_so(tmp_path: Path) -> None:
    run = command(Path("~nobody-of-this-name/x"), "ask", "notices")
    assert (run.returncode, run.stderr.count(b"\n")) == (2, 1)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
def test_a_disk_full_is_said_in_one_line(kept: MadeUpRegister) -> None:
    source = str(Path(breachtrail.__file__).resolve().parents[1])
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run(
            [sys.executable, "-c", "from breachtrail.cli import main; main()", "ask", "notices", "--format", "csv"],
            env={**os.environ, "PYTHONPATH": source, "BREACHTRAIL_HOME": str(kept.home)},
            stdout=full,
            stderr=subprocess.PIPE,
        )
    assert run.returncode == 2
    assert run.stderr.splitlines()[-1] == b"breachtrail: the answer cannot be written (No space left on device)."
    assert b"Traceback" not in run.stderr


def test_a_name_does_not_steer_the_screen(kept: MadeUpRegister) -> None:
    pipeline.ingest(kept.home, [kept.write("2024-06-10", "archive", [Row(name="\x1b[31mRed\x07 \u202eClinic")])])
    run = command(kept.home, "notices", "--where", "name~Red")
    assert "\ufffd[31mRed\ufffd \ufffdClinic" in run.stdout.decode()
    assert not {0x1B, 0x07} & set(run.stdout)
    assert screen.shown("Café – 北京\n\tplain") == "Café – 北京\n\tplain"
