"""Passwords: kept as Argon2id at its full price, and refused where somebody could guess them."""

import pytest
from argon2 import PasswordHasher, extract_parameters

from breachtrail.intake import password


@pytest.fixture(autouse=True)
def full_price(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(password, "_hasher", PasswordHasher())


def test_a_password_is_kept_under_the_second_profile_of_rfc_9106() -> None:
    kept = password.kept("violet harbour seven lamps")
    parameters = extract_parameters(kept)
    assert (parameters.type.name, parameters.time_cost, parameters.memory_cost) == ("ID", 3, 65536)
    assert password.fits("violet harbour seven lamps", kept)
    assert not password.fits("Violet harbour seven lamps", kept)
    assert not password.fits("violet harbour seven lamps", None)
    assert not password.is_outdated(kept)
    assert password.is_outdated(PasswordHasher(time_cost=1).hash("violet harbour seven lamps"))


@pytest.mark.parametrize(
    ("chosen", "why"),
    [
        ("fourteen chars", "short"),
        ("x" * 257, "long"),
        ("aaaaaaaaaaaaaaaaaaaa", "guessed"),
        ("password12345678", "guessed"),
        ("BreachTrail-Filer", "guessed"),
        ("alderclinicalder", "guessed"),
        ("violet harbour seven lamps", ""),
        ("lowercase only but long and odd", ""),
    ],
)
def test_why_a_password_is_not_taken(chosen: str, why: str) -> None:
    assert password.refusal(chosen, ("ann@example.org", "Alder Clinic")) == why
