"""The laws that a sealed ledger is held to: each holds on a sound ledger, and each finds what breaks it."""

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest
from attacked import broken_laws
from made_up import MadeUpRegister, Row

import breachtrail
from breachtrail import pipeline
from breachtrail.errors import LedgerBroken
from breachtrail.ledger.laws import Law, hold
from breachtrail.ledger.raw import sha256
from breachtrail.ledger.store import Store

ALPHA = Row(name="Alpha Clinic", individuals=1234)
BETA = Row(name="Beta Plan", individuals=2345, submitted_on=date(2024, 5, 1))


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> MadeUpRegister:
    register = MadeUpRegister(tmp_path_factory.mktemp("sound") / "ledger")
    register.look("2024-06-01", under_investigation=[ALPHA, BETA, Row(individuals="many")])
    register.look("2024-07-01", under_investigation=[replace(ALPHA, individuals=1300)])
    return register


def held_to(register: MadeUpRegister, change: str) -> dict[str, Law]:
    """The laws, held over a copy of the ledger after ``change``."""
    head = Store(register.home).head()
    with Store(register.home).write() as writer:
        writer.engine.execute(change)
        return {law.name: law for law in hold(writer.engine, head)}


def test_a_sound_ledger_keeps_every_law(sound: MadeUpRegister) -> None:
    laws = held_to(sound, "SELECT 1")
    assert set(laws) == {
        *("seal", "conservation", "intervals_tile", "ids", "sources"),
        *("versions", "words", "aliases", "records", "population"),
    }
    assert [law for law in laws.values() if not law.holds or law.broken] == []
    assert (laws["conservation"].of, laws["ids"].of) == (2, 2)


BROKEN = {
    "a row fewer": ("UPDATE snapshot SET rows = rows + 1 WHERE snapshot = 1", "conservation"),
    "a held row lost": ("DELETE FROM held", "conservation"),
    "a gap": ("UPDATE version SET known_until = known_until - 1 WHERE known_until IS NOT NULL", "intervals_tile"),
    "a record id of nobody": ("INSERT INTO record VALUES ('us_hhs_ocr', 99, '1301497', DATE '2024-06-01')", "records"),
    "an overlap": ("UPDATE version SET known_until = known_until + 1 WHERE known_until IS NOT NULL", "intervals_tile"),
    "two versions open": ("UPDATE version SET known_until = NULL", "intervals_tile"),
    "the last version closed": (
        "UPDATE version SET known_until = DATE '2025-01-01' WHERE known_until IS NULL",
        "intervals_tile",
    ),
    "a version of no time": ("UPDATE version SET known_until = known_from WHERE known_until IS NULL", "intervals_tile"),
    "two notices of one id": ("UPDATE version SET suffix = 'x', submitted_on = NULL, name = 'x'", "ids"),
    "a notice that was never new": ("DELETE FROM version WHERE notice = 1 AND rung = 'new'", "versions"),
    "a version of no snapshot": ("UPDATE version SET snapshot = 99 WHERE snapshot = 1", "sources"),
    "a version known before its snapshot": (
        "UPDATE version SET snapshot = 2 WHERE snapshot = 1 AND known_from = DATE '2024-06-01'",
        "sources",
    ),
    "a notice that begins twice": ("UPDATE version SET rung = 'new'", "versions"),
    "a notice that never began": ("UPDATE version SET rung = 'renamed'", "versions"),
    "a version that says nothing else": (
        "UPDATE version SET individuals = 1234 WHERE individuals = 1300",
        "versions",
    ),
    "a status of nobody": ("UPDATE version SET status = 'lost' WHERE notice = 1", "words"),
    "a state of nobody": ("UPDATE version SET state = 'XX'", "words"),
    "an entity of nobody": ("UPDATE version SET entity_type = 'Bank'", "words"),
    "a breach of no type": ("UPDATE version SET breach_types = ['Theft', 'Loss of nerve']", "words"),
    "a place of nobody": ("UPDATE version SET locations = ['Moon']", "words"),
    "a rung of no ladder": ("UPDATE version SET rung = 'guessed' WHERE rung <> 'new'", "words"),
    "an alias to nowhere": ("INSERT INTO alias VALUES ('old', 99)", "aliases"),
    "an alias to two": ("INSERT INTO alias VALUES ('old', 1), ('old', 2)", "aliases"),
    "an alias that is an id": ("INSERT INTO alias SELECT id, 2 FROM notice WHERE notice = 1", "aliases"),
    "residents lost": ("DELETE FROM population WHERE state = 'TX'", "population"),
    "residents changed": ("UPDATE population SET residents = 1 WHERE state = 'TX' AND year = 2020", "population"),
    "residents of nowhere": ("INSERT INTO population VALUES ('XX', 2020, 1, 'me')", "population"),
}
#: What is not part of the hash: it can be made anew from what is.
BESIDE_THE_SEAL = {"aliases", "population"}


@pytest.mark.parametrize("what", BROKEN)
def test_what_breaks_a_law_is_found(sound: MadeUpRegister, what: str) -> None:
    change, name = BROKEN[what]
    laws = held_to(sound, change)
    assert not laws[name].holds
    assert laws[name].broken >= 1
    assert laws["seal"].holds == (name in BESIDE_THE_SEAL)


def test_any_other_cell_breaks_the_seal(sound: MadeUpRegister) -> None:
    laws = held_to(sound, "UPDATE version SET individuals = 1 WHERE individuals = 1300")
    assert [name for name, law in laws.items() if not law.holds] == ["seal"]


def test_tables_that_are_not_there_are_said_so(sound: MadeUpRegister) -> None:
    with pytest.raises(LedgerBroken, match="breachtrail rebuild"):
        held_to(sound, "DROP TABLE held")


def test_an_id_that_leads_nowhere_is_found(sound: MadeUpRegister, tmp_path: Path) -> None:
    home = shutil.copytree(sound.home, tmp_path / "ledger")
    assert broken_laws(home) == []
    page, beside = min((home / "ids").glob("*.parquet")), tmp_path / "page"
    with duckdb.connect() as engine:
        engine.execute(
            "COPY (SELECT * REPLACE ('forgotten' AS suffix) FROM read_parquet($page) LIMIT 1) TO $beside (FORMAT parquet)",
            {"page": str(page), "beside": str(beside)},
        )
        engine.execute(
            "COPY (FROM read_parquet($beside) UNION ALL FROM (SELECT * REPLACE ('never/sealed' AS snapshot_id) "
            "FROM read_parquet($beside))) TO $page (FORMAT parquet)",
            {"page": str(tmp_path / "two"), "beside": str(beside)},
        )
    (tmp_path / "two").rename(home / "ids" / f"000009-{sha256(tmp_path / 'two')[:16]}.parquet")
    (law,) = (law for law in pipeline.verify(home) if law.name == "log")
    assert (law.holds, law.broken) == (False, 1)


@pytest.mark.parametrize("part", range(12))
def test_damage_anywhere_in_the_file_is_found_or_does_no_harm(sound: MadeUpRegister, tmp_path: Path, part: int) -> None:
    """Bytes are flipped all over the generation: a law is broken, a sentence says so, or nobody uses these bytes."""
    with sound.open() as ledger:
        told = ledger.notices()
    home = shutil.copytree(sound.home, tmp_path / "ledger")
    path = Store(home).path(Store(home).head().generation)
    content = bytearray(path.read_bytes())
    for place in range(part * 4099, len(content), 12 * 4099):
        content[place] ^= 0xFF
    path.write_bytes(content)
    try:
        broken = broken_laws(home)
    except LedgerBroken as refusal:
        broken = [re.search("breachtrail rebuild", str(refusal)) and "said so"]
    if not broken:
        with breachtrail.open(home) as ledger:
            assert ledger.notices() == told
    assert None not in broken
    pipeline.rebuild(home)
    assert broken_laws(home) == []
