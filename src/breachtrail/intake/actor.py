"""stub"""

from dataclasses import dataclass

from breachtrail.intake.permissions import Role


@dataclass(frozen=True)
class Actor:
    account: str
    name: str
    role: Role
    organisation: str = ""
