"""Which two rows are one person: the fields, and how each is written before it is compared. In SQL, over a list's columns.

``name_birth``  family name, first given name and day of birth; the rule of most lists
``id``          one number that all lists share, such as a Social Security number

A changed rule is another rule, under another name: sketches of two rules are never laid together.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from breachtrail.errors import SketchError

#: Field → headers under which lists have it, in lower case, letters and digits only.
HEADERS: dict[str, tuple[str, ...]] = {
    "family": ("family", "familyname", "lastname", "last", "lname", "surname", "patientlastname", "namelast"),
    "given": ("given", "givenname", "firstname", "first", "fname", "forename", "patientfirstname", "namefirst"),
    "birth": ("birth", "birthdate", "birthday", "dateofbirth", "dob", "bdate", "patientdob", "patientdateofbirth"),
}
#: Rule → its fields, in the order in which they are put together.
RULES: dict[str, tuple[str, ...]] = {"name_birth": ("family", "given", "birth"), "id": ("id",)}

_DAYS = ("%Y-%m-%d", "%m/%d/%Y", "%m-%d-%Y", "%Y%m%d", "%Y/%m/%d", "%Y-%m-%d %H:%M:%S", "%m/%d/%Y %H:%M:%S")
_BORN = "born_on BETWEEN DATE '1880-01-01' AND today()"
_DAY_FIRST = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")


@dataclass(frozen=True)
class Matched:
    """A rule with the columns of one list: field → header."""

    rule: str
    columns: dict[str, str]

    def told(self, source: str) -> str:
        """SQL: the rows of ``source`` with ``person``, all fields as one text, NULL where one cannot be read."""
        if self.rule == "id":
            return f"SELECT *, {self.read('id')} AS person FROM {source}"
        together = f"concat({self._column('family')}, '|', {self._column('given')})"
        line = f"SELECT *, {together} AS both_names, {_day(self._column('birth'))} AS born_on FROM {source}"
        days = "'|', born_on - DATE '1800-01-01'"
        # Most names are plain letters, for which the slow rules would change nothing but the case.
        return (
            f"SELECT *, CASE WHEN born_on IS NULL OR NOT ({_BORN}) THEN NULL "
            f"WHEN {_STRANGE} THEN {self.read('family')} || '|' || {self.read('given')} || concat({days}) "
            f"ELSE concat(lower(both_names), {days}) END AS person FROM ({line})"
        )

    def read(self, field: str) -> str:
        """SQL: the field as it is compared; NULL where it cannot be read."""
        column = self._column(field)
        if field == "birth":
            return f"CASE WHEN {_BORN.replace('born_on', _day(column))} THEN {_day(column)} END"
        return {"family": _family, "given": _given, "id": _id}[field](column)

    @property
    def day_first(self) -> str:
        """SQL: the day of birth cannot be read, but could if the day stood before the month."""
        if self.rule == "id":
            return "false"
        column = self._column("birth")
        return f"{_day(column)} IS NULL AND {_parsed(column, _DAY_FIRST)} IS NOT NULL"

    def _column(self, field: str) -> str:
        return '"' + self.columns[field].replace('"', '""') + '"::VARCHAR'


def matched(headers: Sequence[str], told: Mapping[str, str]) -> Matched:
    """The rule for a list with these headers; ``told`` names columns (field → header) that are not known by theirs.

    Raises SketchError where a column is missing, or two would do.
    """
    told = {field: header for field, header in told.items() if header}
    if "id" in told and len(told) > 1:
        raise SketchError(
            "A person is matched by --id, or by names and day of birth, not by both. Name one or the other."
        )
    rule = "id" if "id" in told else "name_birth"
    return Matched(rule, {field: _column(field, headers, told.get(field)) for field in RULES[rule]})


def _column(field: str, headers: Sequence[str], told: str | None) -> str:
    if told is not None:
        if told not in headers:
            raise SketchError(f"The list has no column {told!r}. It has: {', '.join(headers)}.")
        return told
    found = [header for header in headers if re.sub(r"[^a-z0-9]", "", header.lower()) in HEADERS[field]]
    if len(found) == 1:
        return found[0]
    seen = (
        f"{' and '.join(found)} would all do"
        if found
        else f"none of its columns is known as one ({', '.join(headers)})"
    )
    raise SketchError(
        f"The list needs one column with the {_SAID[field]}, and {seen}. Name it with --{field} COLUMN; or match by a number "
        "that all lists share, with --id COLUMN."
    )


_SAID = {"family": "family name", "given": "given name", "birth": "day of birth"}


#: Signs with and without which a name is written, as a class of a pattern; whatever else a name holds counts.
_CLASS = r"\s\p{Pd}''’‘`.,\"()"
_STRANGE = r"NOT regexp_full_match(both_names, '[A-Za-z]+[|][A-Za-z]+')"


def _family(column: str) -> str:
    named = rf"regexp_replace({_plain(column)}, '[\s,.]+(jr|sr|ii|iii|iv)[\s.]*$', '')"
    return f"nullif({_bare(named)}, '')"


def _given(column: str) -> str:
    first = rf"regexp_extract({_plain(column)}, '[^{_CLASS}][^\s\p{{Pd}}.,\"()]*')"
    return f"nullif({_bare(first)}, '')"


def _bare(text: str) -> str:
    return f"regexp_replace({text}, '[{_CLASS}]', '', 'g')"


def _plain(column: str) -> str:
    """Small letters without accents."""
    return f"lower(strip_accents({column}))"


def _day(column: str) -> str:
    return f"coalesce(try_cast({column} AS DATE), {_parsed(column, _DAYS)})"


def _parsed(column: str, formats: Sequence[str]) -> str:
    listed = ", ".join(f"'{one}'" for one in formats)
    return f"try_strptime(trim({column}), [{listed}])::DATE"


def _id(column: str) -> str:
    return f"nullif(regexp_replace(upper({column}), '[^A-Z0-9]', '', 'g'), '')"
