"""Every measure and every dimension, once: its SQL, its type and unit, and what a reader must know beside it.

The SQL is DuckDB's, over the relation ``counted``: the versions that a question counts, one row a notice. A dimension
with several values in one cell (``each``) turns it into one row a value.
"""

import functools
from dataclasses import dataclass
from typing import TypeVar

from breachtrail.errors import QuestionError
from breachtrail.notices.shape import PLACEHOLDERS
from breachtrail.notices.vocabulary import NO_MATCH, Vocabulary

#: US states and the District of Columbia have residents in every year; rates count the notices of these alone
#: (``rated_state`` is the state of a notice if it is one of them).
_HAS_RESIDENTS = "rated_state IS NOT NULL"


@dataclass(frozen=True)
class Measure:
    """A figure that can be asked for.

    sql:     an aggregate over ``counted``; ``FROM counted`` within it is that relation before it is split by several values
    type:    DuckDB type of the result
    unit:    what one of it is
    meaning: one sentence for the method page
    needs:   ``residents`` for rates, ``first_seen`` and ``left_on`` for durations
    caveats: codes that always go with it
    foretold: ``forecast`` where what it comes to in the end is estimated, ``growth`` where what it comes to within a year
    """

    name: str
    sql: str
    type: str
    unit: str
    meaning: str
    needs: frozenset[str] = frozenset()
    caveats: tuple[str, ...] = ()
    foretold: str = ""


@dataclass(frozen=True)
class Dimension:
    """Something to split by.

    sql:     an expression over ``counted``
    type:    DuckDB type of its values
    meaning: one sentence for the method page
    each:    the list column that is unnested, if a notice can have several values
    period:  part of the submission day
    words:   the vocabulary's list that has its values
    key:     what rows are grouped by, where that is quicker than by ``sql``: equal wherever ``sql`` is equal
    """

    name: str
    sql: str
    type: str
    meaning: str
    each: str | None = None
    period: bool = False
    words: str | None = None
    key: str | None = None

    @property
    def grouped(self) -> str:
        """SQL over ``counted`` for what rows are grouped by."""
        return self.key or self.sql

    @property
    def shown(self) -> str:
        """SQL for the value of a group of rows, over ``by_<name>``, which is their key."""
        return self.sql.replace(self.key, f"by_{self.name}", 1) if self.key else f"by_{self.name}"

    @property
    def is_worked_out(self) -> bool:
        """Whether its values are read out of a text, which takes its time."""
        return self.each is not None and not self.each.isidentifier()

    @property
    def each_value(self) -> str:
        """SQL for the list of a notice's values, never empty: where it has none, it holds ``''``."""
        assert self.each is not None
        if self.is_worked_out:  # and never without a value
            return self.each
        return f"CASE WHEN {self.each} IS NULL THEN [''] ELSE {self.each} END"


_DELAY = "date_diff('day', submitted_on, first_seen)"
#: Only where two looks lie this close does the first sight tell something of the day of posting.
_CLOSE_LOOKS = 35
_SEEN_SOON = f"date_diff('day', previous_look, first_seen) <= {_CLOSE_LOOKS}"
_OPEN = "date_diff('day', submitted_on, coalesce(left_on, $as_of))"

Named = TypeVar("Named", Measure, Dimension)

MEASURES: dict[str, Measure] = {
    measure.name: measure
    for measure in (
        Measure("notices", "count(*)", "BIGINT", "notices", "Notices that the register shows.", foretold="forecast"),
        Measure(
            "individuals",
            "coalesce(sum(individuals), 0)::BIGINT",
            "BIGINT",
            "records of individuals",
            "Sum of the individuals affected; a notice without a count adds nothing.",
            caveats=("records_not_people",),
            foretold="growth",
        ),
        Measure(
            "median", "median(individuals)", "DOUBLE", "individuals", "Median size of the notices that give a count."
        ),
        Measure("mean", "avg(individuals)", "DOUBLE", "individuals", "Mean size of the notices that give a count."),
        Measure("largest", "max(individuals)", "BIGINT", "individuals", "Size of the largest notice."),
        Measure(
            "share",
            "count(*) / nullif((SELECT count(*) FROM counted), 0)",
            "DOUBLE",
            "of all notices of the question",
            "Part of the question's notices; where a cell holds several values it counts once under each.",
        ),
        Measure(
            "individuals_share",
            "coalesce(sum(individuals), 0) / nullif((SELECT sum(individuals) FROM counted), 0)",
            "DOUBLE",
            "of all individuals of the question",
            "Part of the question's individuals; where a cell holds several values they count once under each.",
            caveats=("records_not_people",),
        ),
        Measure(
            "notices_per_million",
            f"count(*) FILTER (WHERE {_HAS_RESIDENTS}) * 1e6 / nullif(max(residents), 0)",
            "DOUBLE",
            "notices per million residents",
            "Notices of filers in the states, per million residents (mean of the period's years) of those states.",
            frozenset({"residents"}),
            ("residents",),
        ),
        Measure(
            "individuals_per_million",
            f"coalesce(sum(individuals) FILTER (WHERE {_HAS_RESIDENTS}), 0) * 1e6 / nullif(max(residents), 0)",
            "DOUBLE",
            "individuals per million residents",
            "Individuals in notices of filers in the states, per million residents of those states; the state is the "
            "filer's, not the individuals'.",
            frozenset({"residents"}),
            ("residents", "records_not_people"),
        ),
        Measure(
            "placeholders",
            f"count(*) FILTER (WHERE individuals IN {PLACEHOLDERS})",
            "BIGINT",
            "notices",
            "Notices whose count is 500 or 501, which filers enter while the number is not known.",
        ),
        Measure(
            "posting_delay",
            f"median({_DELAY}) FILTER (WHERE {_DELAY} >= 0 AND {_SEEN_SOON})",
            "DOUBLE",
            "days",
            "Median days from submission to the first snapshot that shows the notice, over notices that had at most "
            f"{_CLOSE_LOOKS} days between that snapshot and the one before: an upper bound of the delay.",
            frozenset({"first_seen"}),
            ("posting_delay_bound",),
        ),
        Measure(
            "days_open",
            f"median({_OPEN}) FILTER (WHERE {_OPEN} >= 0)",
            "DOUBLE",
            "days",
            "Median days from submission to the first snapshot in which the case is no longer under investigation; "
            "for open cases until the day of the answer.",
            frozenset({"left_on"}),
            ("days_open_bound",),
        ),
    )
}


def _size_band() -> str:
    cases = [
        f"WHEN individuals BETWEEN {band.smallest} AND {band.largest} THEN '{band.value}'"
        if band.largest is not None
        else f"WHEN individuals >= {band.smallest} THEN '{band.value}'"
        for band in Vocabulary.load().size_bands()
        if band.smallest is not None
    ]
    return f"CASE WHEN individuals IS NULL THEN 'unknown' {' '.join(cases)} END"


def _information() -> str:
    """SQL for the list of kinds of information that a description speaks of, by the vocabulary's words.

    Nothing is dropped: a notice without a description has ``no description``, one that names no kind ``none named``.
    """
    words = Vocabulary.load().information_words()
    kinds = ", ".join(
        f"CASE WHEN regexp_matches({_without('told', kind.not_said_in)}, {_quoted(kind.said)}) THEN '{kind.kind}' END"
        for kind in words.kinds
    )
    # Each inner list holds one item, so that its long expression is worked out once a notice.
    named = f"list_transform([{_without('description', words.not_said_in)}], lambda told: list_filter([{kinds}], lambda x: x IS NOT NULL))"
    found = f"list_transform({named}, lambda found: CASE WHEN array_length(found) = 0 THEN ['none named'] ELSE found END)[1]"
    return f"CASE WHEN description IS NULL THEN ['no description'] ELSE {found} END"


def _without(text: str, pattern: str) -> str:
    return text if pattern == NO_MATCH else f"regexp_replace({text}, {_quoted(pattern)}, ' ', 'g')"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


#: The dimensions that columns hold.
_HELD: dict[str, Dimension] = {
    dimension.name: dimension
    for dimension in (
        Dimension("year", "year(submitted_on)", "BIGINT", "Year of submission.", period=True),
        Dimension(
            "quarter",
            "year(submitted_on)::VARCHAR || '-Q' || quarter(submitted_on)::VARCHAR",
            "VARCHAR",
            "Quarter of submission, as 2024-Q1.",
            period=True,
        ),
        Dimension(
            "month",
            "strftime(last_day(submitted_on), '%Y-%m')",
            "VARCHAR",
            "Month of submission, as 2024-04.",
            period=True,
            key="last_day(submitted_on)",
        ),
        Dimension(
            "state", "coalesce(state, '')", "VARCHAR", "USPS code of the filer's state.", words="state", key="state"
        ),
        Dimension(
            "entity_type", "coalesce(entity_type, '')", "VARCHAR", "Who filed.", words="entity_type", key="entity_type"
        ),
        Dimension("breach_type", "breach_type", "VARCHAR", "Type of breach.", each="breach_types", words="breach_type"),
        Dimension("location", "location", "VARCHAR", "Where the information was.", each="locations", words="location"),
        Dimension(
            "business_associate",
            "coalesce(business_associate, '')",
            "VARCHAR",
            "Whether a business associate was present, whoever filed.",
            words="business_associate",
            key="business_associate",
        ),
        Dimension("status", "status", "VARCHAR", "Where the register shows the notice.", words="status"),
        Dimension(
            "placeholder",
            f"CASE WHEN individuals IS NULL THEN 'unknown' WHEN individuals IN {PLACEHOLDERS} THEN 'yes' ELSE 'no' END",
            "VARCHAR",
            "Whether the count is 500 or 501.",
            words="placeholder",
        ),
        Dimension("name", "name", "VARCHAR", "Name of the filer, as published."),
    )
}


def _by_size() -> Dimension:
    return Dimension("size_band", _size_band(), "VARCHAR", "Class of size, by individuals.", words="size_band")


def _by_information() -> Dimension:
    return Dimension(
        "information_type",
        "information_type",
        "VARCHAR",
        "Kind of information that the description speaks of, by the word list of the vocabulary.",
        each=_information(),
        words="information_type",
    )


#: Dimensions whose SQL the vocabulary writes: a question that asks for none of them need not read it.
_WORKED_OUT = {"size_band": functools.cache(_by_size), "information_type": functools.cache(_by_information)}


def measure(name: str) -> Measure:
    """The measure called ``name``. Raises QuestionError with the nearest names."""
    return _of(MEASURES, name, "measure")


def dimension(name: str) -> Dimension:
    """The dimension called ``name``. Raises QuestionError with the nearest names."""
    return find(name) or _of(dimensions(), name, "dimension")


def find(name: str) -> Dimension | None:
    """The dimension of just that name, if there is one."""
    return _WORKED_OUT[name]() if name in _WORKED_OUT else _HELD.get(name)


def dimensions() -> dict[str, Dimension]:
    """Every dimension by name."""
    return _HELD | {name: make() for name, make in _WORKED_OUT.items()}


def _of(listed: dict[str, Named], name: str, kind: str) -> Named:
    if name in listed:
        return listed[name]
    meant = Vocabulary.load().find(kind, name)
    if meant in listed:
        return listed[meant]
    raise QuestionError(f"There is no {kind} {name!r}. There are: {', '.join(listed)}.", f"no_{kind}", seen=name[:40])
