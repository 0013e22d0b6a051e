"""What can be set from outside, read once at a door (cli, web) and handed down."""

import os
from dataclasses import dataclass
from pathlib import Path

from breachtrail.errors import LedgerMissing


@dataclass(frozen=True)
class Settings:
    """Where the ledger lives and how BreachTrail speaks.

    home:      folder of the ledger and of the raw bytes; ``BREACHTRAIL_HOME``, else the platform's data folder
    language:  ``en`` or ``zh``, for faces that are not told; ``BREACHTRAIL_LANG``
    portal:    where a register's portal is looked for, if not at its own address; ``BREACHTRAIL_PORTAL``
    contact:   how whoever runs this can be reached; a portal is told it; ``BREACHTRAIL_CONTACT``
    intake:    the database of a register of one's own; ``BREACHTRAIL_INTAKE``, else a file of SQLite in ``home``
    """

    home: Path
    language: str = "en"
    portal: str = ""
    contact: str = ""
    intake: str = ""

    @classmethod
    def from_environment(cls, home: Path | None = None) -> "Settings":
        """Read the environment; an explicit ``home`` (the ``--home`` option) wins."""
        chosen = home or os.environ.get("BREACHTRAIL_HOME") or _usual_home()
        try:
            home = Path(chosen).expanduser()
        except RuntimeError:
            raise LedgerMissing(f"{chosen} begins with the home of nobody who is known here.") from None
        language = os.environ.get("BREACHTRAIL_LANG", "en")
        return cls(
            home=home,
            language="zh" if language.startswith("zh") else "en",
            portal=os.environ.get("BREACHTRAIL_PORTAL", ""),
            contact=os.environ.get("BREACHTRAIL_CONTACT", ""),
            intake=os.environ.get("BREACHTRAIL_INTAKE") or f"sqlite:///{home / 'intake' / 'register.sqlite'}",
        )


def _usual_home() -> Path:
    import platformdirs  # most commands are told where the ledger is, or find it in the environment

    return platformdirs.user_data_path("breachtrail", appauthor=False)
