"""What a site of plain files hands out besides its pages: every version of every notice, and its codebook."""

from pathlib import Path
from tempfile import TemporaryDirectory

from breachtrail.web.ledger import Ledger

_NAMES = ("versions.csv", "versions.parquet")


def files(ledger: Ledger) -> dict[str, bytes]:
    """The bytes of each by its place among the site's files."""
    found: dict[str, bytes] = {}
    with TemporaryDirectory(prefix="breachtrail-") as folder:
        for name in _NAMES:
            for path in ledger.export(Path(folder) / name):
                found[f"downloads/{path.name}"] = path.read_bytes()
    return found
