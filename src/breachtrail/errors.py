"""Everything BreachTrail can say no to, as one family.

    BreachTrailError
    ├── FileRefused          a file is no export of a register we know; the ledger is as it was
    ├── SnapshotUnknown      an export whose view or day cannot be told
    ├── LedgerError          the ledger cannot be opened, written or believed
    │   ├── LedgerMissing    there is none yet
    │   ├── LedgerBusy       another writer holds it
    │   └── LedgerBroken     what lies there is not what was sealed
    ├── PortalError          a register's portal was asked, and nothing of its answer is taken; the ledger is as it was
    │   ├── PortalUnreachable    it gave no answer
    │   ├── PortalMisled         it answered with something else than was asked for; another try may help
    │   ├── PortalChanged        its pages or exports are not those that are known; somebody has to look
    │   └── LookDoubtful         what it shows cannot well be, beside what it showed before
    ├── BackupError          an archive that cannot be written, believed or put in the place meant for it
    ├── PublishError         a site that cannot be written where it should stand
    ├── QuestionError        a question that cannot be asked (unknown measure, dimension, value, day)
    │   └── QuestionTooCostly    one that takes longer than whoever serves it allows
    ├── ArticleRefused       an article that cannot be read as text
    ├── IntakeError          a register of one's own: something that is asked of it cannot be
    │   ├── IntakeForbidden      the actor's role does not allow it
    │   ├── IntakeNotFound       there is no such report, or it is none of the actor's
    │   ├── IntakeConflict       the report's state does not allow it, or somebody else was faster
    │   ├── IntakeRefused        what was filled in cannot stand; each field says why
    │   ├── IntakeSlow           too many calls; another is answered later
    │   ├── IntakeUndelivered    the mail server does not take a mail for one person
    │   └── IntakeBroken         what lies in the store is not what its audit trail says
    ├── SketchError          a list of people, a key or a sketch that cannot be taken
    ├── CorrectionError      an entry of corrections.yml that cannot be applied, or is no longer needed
    └── VocabularyError      the vocabulary or the phrases contradict themselves

Each says what was expected, what was seen, what it means and what to do, in sentences for a person.
"""

from collections.abc import Mapping


class BreachTrailError(Exception):
    """The root of the family: catch this and show ``str(error)``; it is written for a reader.

    name, values: where a visitor of the site can meet it, the phrase ``refusal.<name>`` that says the same in each language
    """

    def __init__(self, message: str, name: str = "", **values: object) -> None:
        super().__init__(message)
        self.name = name
        self.values = values


class FileRefused(BreachTrailError):
    """The file cannot be an export of a register we know, or cannot be read to its end."""


class SnapshotUnknown(BreachTrailError):
    """The file may be an export, but which view it shows, or on which day it was taken, is not known."""


class LedgerError(BreachTrailError):
    """Something about the ledger on disk."""


class LedgerMissing(LedgerError):
    """No ledger lies where one was looked for."""


class LedgerBusy(LedgerError):
    """Another process is writing; one writer at a time."""


class LedgerBroken(LedgerError):
    """The ledger does not hold what its seal says, or was written by a newer BreachTrail."""


class PortalError(BreachTrailError):
    """A register's portal was asked, and nothing of its answer is taken.

    fault: its name, as the run log tells it (the phrases ``fault.<name>``)
    seen:  what the portal sent that led to it: file name → bytes, for whoever looks into it
    later: seconds after which the portal wants to be asked again, if it said so
    """

    def __init__(self, fault: str, message: str, seen: Mapping[str, bytes] | None = None, later: float = 0.0) -> None:
        super().__init__(message)
        self.fault = fault
        self.later = later
        self.seen = dict(seen or {})


class PortalUnreachable(PortalError):
    """No answer, or none that was whole."""


class PortalMisled(PortalError):
    """An answer, but not to what was asked; another try with a fresh session may help."""


class PortalChanged(PortalError):
    """Pages or exports that are not those that BreachTrail knows; no other try would help."""


class LookDoubtful(PortalError):
    """Whole and well-formed, and still not to be believed beside what was seen before."""


class BackupError(BreachTrailError):
    """The archive cannot be written, is not what was backed up, or the place for it is taken."""


class PublishError(BreachTrailError):
    """The site cannot be written as plain files, or not there: something of another kind would be lost."""


class QuestionError(BreachTrailError):
    """The question names something that cannot be asked."""


class QuestionTooCostly(QuestionError):
    """Its answer takes longer than whoever serves it allows."""


class ArticleRefused(BreachTrailError):
    """The file is no article, or its text cannot be had: broken, locked, too large, or pictures alone."""


class IntakeError(BreachTrailError):
    """Something that is asked of a register of one's own cannot be."""


class IntakeForbidden(IntakeError):
    """The actor's role does not allow it (intake/permissions.py)."""


class IntakeNotFound(IntakeError):
    """There is no such report; one of another organisation is answered the same, so that nobody learns of it."""


class IntakeConflict(IntakeError):
    """The state of the report does not allow it, or it is no longer what the actor saw."""


class IntakeRefused(IntakeError):
    """What was filled in cannot stand.

    refusals: field → the reason, as the phrases ``filing.refused.<reason>`` say it
    """

    def __init__(self, message: str, refusals: Mapping[str, str]) -> None:
        super().__init__(message)
        self.refusals = dict(refusals)


class IntakeSlow(IntakeError):
    """Too many calls in too short a time; another is answered later."""


class IntakeUndelivered(IntakeError):
    """The mail server does not take a mail for this person; for others it may."""


class IntakeBroken(IntakeError):
    """The store does not hold what its audit trail says, or the trail itself was changed."""


class SketchError(BreachTrailError):
    """A list of people cannot be sketched, a key or a sketch is none, or sketches do not go together."""


class CorrectionError(BreachTrailError):
    """A correction does not apply to what the register shows (any more)."""


class VocabularyError(BreachTrailError):
    """The vocabulary or the phrase files contradict themselves."""
