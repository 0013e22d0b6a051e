"""The rungs of the matching ladder, as they are kept with each version and shown to a reader."""

#: No rung at all: the notice's first version.
NEW = "new"

#: Joined by a person, in ``corrections.yml``.
CORRECTED = "corrected"
SAME_RECORD = "same record"
SAME_CONTENT = "same content"
SAME_NAME_AND_COUNT = "same name and count"
SAME_NAME = "same name"
RENAMED = "renamed"
SAME_COUNT = "same count"
SAME_COUNT_OTHER_STATE = "same count, other state"
RENAMED_AND_REVISED = "renamed and revised"
TWIN = "twin"
LAST_OF_DAY_AND_STATE = "last of its day and state"

#: Rungs that a person should look at; listed by ``breachtrail doubtful``.
DOUBTFUL = (SAME_COUNT, SAME_COUNT_OTHER_STATE, RENAMED_AND_REVISED, LAST_OF_DAY_AND_STATE)

#: All that a version can be of: it began a notice, it was matched, or no row showed it any more.
EVERY = (
    NEW,
    CORRECTED,
    SAME_RECORD,
    SAME_CONTENT,
    SAME_NAME_AND_COUNT,
    SAME_NAME,
    RENAMED,
    SAME_COUNT,
    SAME_COUNT_OTHER_STATE,
    RENAMED_AND_REVISED,
    TWIN,
    LAST_OF_DAY_AND_STATE,
    "absent",
    "absent, by a derived file",
)
