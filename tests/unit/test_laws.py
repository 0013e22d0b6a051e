"""The laws that a sealed ledger is held to: each holds on a sound ledger, and each finds what breaks it."""

from dataclasses import replace
from datetime import date

import pytest
from made_up import MadeUpRegister, Row

from breachtrail.ledger.laws import Law, hold
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
    assert set(laws) == {"seal", "conservation", "intervals_tile", "ids", "sources"}
    assert [law for law in laws.values() if not law.holds or law.broken] == []
    assert (laws["conservation"].of, laws["ids"].of) == (2, 2)


BROKEN = {
    "a row fewer": ("UPDATE snapshot SET rows = rows + 1 WHERE snapshot = 1", "conservation"),
    "a held row lost": ("DELETE FROM held", "conservation"),
    "a gap": ("UPDATE version SET known_until = known_until - 1 WHERE known_until IS NOT NULL", "intervals_tile"),
    "an overlap": ("UPDATE version SET known_until = known_until + 1 WHERE known_until IS NOT NULL", "intervals_tile"),
    "two versions open": ("UPDATE version SET known_until = NULL", "intervals_tile"),
    "the last version closed": (
        "UPDATE version SET known_until = DATE '2025-01-01' WHERE known_until IS NULL",
        "intervals_tile",
    ),
    "a version of no time": ("UPDATE version SET known_until = known_from WHERE known_until IS NULL", "intervals_tile"),
    "two notices of one id": ("UPDATE noticed SET suffix = 'x', submitted_on = NULL, name = 'x'", "ids"),
    "a notice without a version": ("DELETE FROM version WHERE notice = 1", "ids"),
    "a notice seen before its first version": ("UPDATE noticed SET first_seen = first_seen - 1", "ids"),
    "a version of no snapshot": ("UPDATE version SET snapshot = 99 WHERE snapshot = 1", "sources"),
    "a version known before its snapshot": (
        "UPDATE version SET snapshot = 2 WHERE snapshot = 1 AND known_from = DATE '2024-06-01'",
        "sources",
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_breaks_a_law_is_found(sound: MadeUpRegister, what: str) -> None:
    change, name = BROKEN[what]
    laws = held_to(sound, change)
    assert not laws[name].holds
    assert laws[name].broken >= 1
    assert not laws["seal"].holds


def test_any_other_cell_breaks_the_seal(sound: MadeUpRegister) -> None:
    laws = held_to(sound, "UPDATE version SET individuals = 1 WHERE individuals = 1300")
    assert [name for name, law in laws.items() if not law.holds] == ["seal"]
