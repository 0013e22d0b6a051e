"""The small register of ``asked.py``, built once for the unit tests that only ask."""

from collections.abc import Iterator

import pytest
from asked import small_register

import breachtrail


@pytest.fixture(scope="session")
def asked_home(tmp_path_factory: pytest.TempPathFactory):
    """The home of the ledger of ``asked.py``, with all its days; for reading only."""
    return small_register(tmp_path_factory.mktemp("asked") / "home").home


@pytest.fixture
def ledger(asked_home) -> Iterator[breachtrail.Ledger]:
    """That ledger, open."""
    with breachtrail.open(asked_home) as opened:
        yield opened


@pytest.fixture(scope="session")
def claimed_home(tmp_path_factory: pytest.TempPathFactory):
    """The home of the ledger of ``handmade.py``; for reading only."""
    from handmade import claimed_register

    return claimed_register(tmp_path_factory.mktemp("claimed") / "home").home


@pytest.fixture
def claimed(claimed_home) -> Iterator[breachtrail.Ledger]:
    """That ledger, open."""
    with breachtrail.open(claimed_home) as opened:
        yield opened
