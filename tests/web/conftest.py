"""One site for all tests of a worker: over a made-up register, and over the real exports where they are here."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import sites


@pytest.fixture(scope="session")
def made_up_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of the made-up register's ledger; for reading only."""
    home = tmp_path_factory.mktemp("site") / "ledger"
    sites.made(home)
    return home


@pytest.fixture(scope="session")
def address(made_up_home: Path) -> Iterator[str]:
    """Where the site of the made-up register is served."""
    with sites.served(made_up_home) as address:
        yield address


@pytest.fixture(scope="session")
def visitor(address: str) -> Iterator[httpx.Client]:
    """Somebody who visits the site and follows no redirect."""
    with httpx.Client(base_url=address, timeout=60) as client:
        yield client


@pytest.fixture(scope="session")
def real_visitor(real_ledger: Path) -> Iterator[httpx.Client]:
    """The same over every real export."""
    with sites.served(real_ledger) as address, httpx.Client(base_url=address, timeout=60) as client:
        yield client
