"""Who may do what: one table, which the pages, the API and every function behind them ask.

``own`` is what belongs to the actor's organisation. What the table does not name is not allowed. docs/intake.md shows the
same table, and a test holds the two together.
"""

from enum import StrEnum

from breachtrail.errors import IntakeForbidden, IntakeNotFound

#: Said of what is not there and of what is another's alike, so that nobody learns which.
NOT_FOUND = "There is no such report among those that you may see. Look at its number again."


class Role(StrEnum):
    """What a person is in the office, or before it."""

    FILER = "filer"
    REVIEWER = "reviewer"
    PUBLISHER = "publisher"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Scope(StrEnum):
    """Whose records an action may touch."""

    OWN = "own"
    ALL = "all"
    NONE = "none"


_FILER, _REVIEWER, _PUBLISHER, _AUDITOR, _ADMINISTRATOR = Role

#: Action → role → whose. A draft is its filer's alone: nobody else reads it, whatever stands here.
TABLE: dict[str, dict[Role, Scope]] = {
    "report.write": {_FILER: Scope.OWN},
    "report.read": {_FILER: Scope.OWN, _REVIEWER: Scope.ALL, _PUBLISHER: Scope.ALL, _AUDITOR: Scope.ALL},
    "report.queue": {_REVIEWER: Scope.ALL, _PUBLISHER: Scope.ALL, _AUDITOR: Scope.ALL},
    "report.review": {_REVIEWER: Scope.ALL},
    "report.publish": {_PUBLISHER: Scope.ALL},
    "assessment.write": {_FILER: Scope.OWN},
    "assessment.read": {_FILER: Scope.OWN, _REVIEWER: Scope.ALL, _AUDITOR: Scope.ALL},
    "sums.read": {_REVIEWER: Scope.ALL, _PUBLISHER: Scope.ALL, _AUDITOR: Scope.ALL},
    "audit.read": {_AUDITOR: Scope.ALL},
    "account.manage": {_ADMINISTRATOR: Scope.ALL},
    "setting.read": dict.fromkeys(Role, Scope.ALL),
    "setting.write": {_ADMINISTRATOR: Scope.ALL},
}


def scope(role: Role, action: str) -> Scope:
    """Whose records ``role`` may touch with ``action``; raises KeyError for an action that is not in the table."""
    return TABLE[action].get(role, Scope.NONE)


def may(role: Role, action: str) -> bool:
    """Whether ``role`` may do ``action`` at all."""
    return scope(role, action) is not Scope.NONE


def require(role: Role, action: str) -> None:
    """Raises IntakeForbidden where the role may not do the action to any record."""
    if not may(role, action):
        raise IntakeForbidden(f"The role {role} may not do this ({action}). Ask whoever keeps the accounts.")


def require_of(role: Role, action: str, organisation: str, owner: str) -> None:
    """The same for a record of ``owner``, by an actor of ``organisation``.

    Raises IntakeForbidden, and IntakeNotFound where the record is another's, as if it were not there.
    """
    require(role, action)
    if scope(role, action) is Scope.OWN and (not organisation or organisation != owner):
        raise IntakeNotFound(NOT_FOUND)
