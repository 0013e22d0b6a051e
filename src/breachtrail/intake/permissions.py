"""stub"""

from enum import StrEnum


class Role(StrEnum):
    FILER = "filer"
    REVIEWER = "reviewer"
    PUBLISHER = "publisher"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


T = {
    "report.write": {"filer"},
    "report.read": {"filer", "reviewer", "publisher", "auditor"},
    "report.review": {"reviewer"},
    "report.publish": {"publisher"},
    "report.queue": {"reviewer", "publisher"},
    "audit.read": {"auditor"},
    "account.manage": {"administrator"},
}


def may(role, action):
    return role in T.get(action, ())
