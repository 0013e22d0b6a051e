"""Everything BreachTrail can say no to, as one family.

    BreachTrailError
    ├── FileRefused          a file is no export of a register we know; the ledger is as it was
    ├── SnapshotUnknown      an export whose view or day cannot be told
    ├── LedgerError          the ledger cannot be opened, written or believed
    │   ├── LedgerMissing    there is none yet
    │   ├── LedgerBusy       another writer holds it
    │   └── LedgerBroken     what lies there is not what was sealed
    ├── BackupError          an archive that cannot be written, believed or put in the place meant for it
    ├── QuestionError        a question that cannot be asked (unknown measure, dimension, value, day)
    ├── ArticleRefused       an article that cannot be read as text
    ├── CorrectionError      an entry of corrections.yml that cannot be applied, or is no longer needed
    └── VocabularyError      the vocabulary or the phrases contradict themselves

Each says what was expected, what was seen, what it means and what to do, in sentences for a person.
"""


class BreachTrailError(Exception):
    """The root of the family: catch this and show ``str(error)``; it is written for a reader."""


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


class BackupError(BreachTrailError):
    """The archive cannot be written, is not what was backed up, or the place for it is taken."""


class QuestionError(BreachTrailError):
    """The question names something that cannot be asked."""


class ArticleRefused(BreachTrailError):
    """The file is no article, or its text cannot be had: broken, locked, too large, or pictures alone."""


class CorrectionError(BreachTrailError):
    """A correction does not apply to what the register shows (any more)."""


class VocabularyError(BreachTrailError):
    """The vocabulary or the phrase files contradict themselves."""
