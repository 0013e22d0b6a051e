"""Whoever does something in the register: a person, in a role, for an organisation."""

from dataclasses import dataclass

from breachtrail.intake.permissions import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """A person who signed in.

    account:      the id of the account
    name:         as the audit trail and the reasons show it
    organisation: the group whose reports a filer owns; empty for the office's own people
    """

    account: str
    name: str
    role: Role
    organisation: str = ""
