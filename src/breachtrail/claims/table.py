"""A table of figures to claims: what a row is about, and what a column counts."""

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date

from breachtrail.claims import period, told
from breachtrail.claims.article import Block, Span
from breachtrail.claims.claim import Aside, Claim, ClaimKind, Unsure
from breachtrail.claims.context import NO_DAYS, Context, Days
from breachtrail.claims.counted import hedge
from breachtrail.claims.figure import Figure, Unit
from breachtrail.claims.mention import Mention, mentions
from breachtrail.claims.numeral import Numeral
from breachtrail.claims.passage import Outcome, figure
from breachtrail.claims.period import Role, in_context, periods
from breachtrail.claims.word import words
from breachtrail.errors import QuestionError
from breachtrail.notices.vocabulary import Vocabulary
from breachtrail.questions import condition
from breachtrail.questions.condition import Condition
from breachtrail.questions.question import Question

_UNITS = {
    "notices": Unit.NOTICES,
    "individuals": Unit.INDIVIDUALS,
    "mean": Unit.INDIVIDUALS,
    "median": Unit.INDIVIDUALS,
}
_SHARES = {"share": "notices", "individuals_share": "individuals"}
_FIELDS = ("state", "entity_type", "breach_type", "location")


@dataclass(frozen=True)
class _Column:
    """A column: what its heading says, and a period if it names one."""

    kind: str
    days: Days | None = None


@dataclass(frozen=True)
class _Row:
    """What the label of a row says; ``each``: conditions of which every one by itself has the row's figures."""

    conditions: tuple[Condition, ...] = ()
    days: Days | None = None
    organisation: str = ""
    each: tuple[Condition, ...] = ()
    known: bool = True


def _both(row: Days | None, column: Days | None) -> Days | None:
    """The period of a cell: a month's row in a year's column is that month of that year."""
    if row is None or column is None:
        return row or column
    (first, last), (start, _) = row, column
    if first is None or last is None or start is None or first.year != last.year:
        return row
    return first.replace(year=start.year), period.last_day(start.year, last.month)


class Table:
    """Reads one table; ``outcomes`` are by the figure's first place."""

    def __init__(self, block: Block, text: str, language: str, context: Context, published: date | None) -> None:
        self._block, self._text, self._language = block, text, language
        self._context, self._published = context, published
        self.outcomes: dict[int, tuple[Figure, Outcome]] = {}

    def read(self, numbers: list[Numeral]) -> None:
        """Settle every one of ``numbers``, which stand in the table and are not put aside by their shape."""
        head, rows = self._block.rows[0], self._block.rows
        columns = [self._column(self._cell(span)) for span in head]
        labels = self._label_column(columns)
        if all(not column.kind for column in columns) or not labels:
            columns, labels = self._without_headings(columns, labels)
        cells = [(span.start, span.end, at, nth) for at, row in enumerate(rows) for nth, span in enumerate(row)]
        for number in numbers:
            nearest = cells[bisect_right(cells, number.start, key=lambda cell: cell[0]) - 1]
            place = nearest[2:] if nearest[0] <= number.start < nearest[1] else None
            outcome = self._outcome(number, place, columns, labels)
            unit = outcome[0].figure.unit if isinstance(outcome, list) and outcome[0].figure else Unit.UNTOLD
            how, _, _ = hedge(
                self._text,
                number,
                number.start - 12 if place is None else rows[place[0]][place[1]].start,
                number.end + 12,
                self._language,
            )
            self.outcomes[number.start] = (figure(self._text, number, how, unit), outcome)

    def _cell(self, span: Span) -> str:
        return self._text[span.start : span.end].strip()

    def _column(self, heading: str) -> _Column:
        kinds = words("header", self._language)
        other = words("header", "en" if self._language == "zh" else "zh")
        days = None
        rest = heading
        for span in periods(heading, self._published):
            one = in_context(span, self._context.days() or NO_DAYS, self._published)
            if one.role is Role.PERIOD and one.known and (one.first or one.last):
                days = (one.first, one.last)
                rest = (heading[: span.start] + " " + heading[span.end :]).strip(" ()（）:,-")
        for told_as in (heading, rest, rest.removeprefix("in ").removesuffix(" in").removeprefix("total ").strip()):
            kind = kinds.value(told_as) or other.value(told_as)
            if kind:
                return _Column(kind, days)
        if days is not None and not rest.strip(" 年月"):
            return _Column("period", days)
        return _Column("", days)

    def _label_column(self, columns: list[_Column]) -> list[int]:
        named = [nth for nth, column in enumerate(columns) if column.kind == "name"]
        return named or [nth for nth, column in enumerate(columns) if column.kind in (*_FIELDS, "month", "year")]

    def _without_headings(self, columns: list[_Column], labels: list[int]) -> tuple[list[_Column], list[int]]:
        """A table whose headings say little: labels in the first column of words, one unit from the text before it."""
        made = list(columns)
        first = next((nth for nth, column in enumerate(made) if not column.kind or column.kind in _FIELDS), 0)
        if not labels:
            labels = [first]
            made[first] = replace(made[first], kind=made[first].kind or "label")
        unit = self._context.list_unit if self._context.list_unit is not Unit.UNTOLD else self._context.heading_unit
        if unit is not Unit.UNTOLD:
            others = [nth for nth, column in enumerate(made) if not column.kind and nth not in labels]
            if len(others) == 1:
                made[others[0]] = replace(made[others[0]], kind=str(unit))
        return made, labels

    def _outcome(
        self, number: Numeral, place: tuple[int, int] | None, columns: list[_Column], labels: list[int]
    ) -> Outcome:
        if number.form in ("part", "ordinal", "vague"):
            return {"part": Aside.NAME, "ordinal": Aside.NUMBERING, "vague": Aside.NO_NUMBER}[number.form]
        if place is None:
            return Unsure.NOTHING_COUNTED
        at, nth = place
        column = columns[nth] if nth < len(columns) else _Column("")
        if at == 0 or column.kind == "rank":
            return Aside.NUMBERING
        if nth in labels or column.kind in (*_FIELDS, "name", "label"):
            return Aside.NAME
        row = self._row(self._block.rows[at], columns, labels)
        kind, days = column.kind, column.days
        if kind == "period":
            kind = str(
                self._context.list_unit if self._context.list_unit is not Unit.UNTOLD else self._context.heading_unit
            )
        if (
            days is not None
            and row.days is not None
            and any(one.kind in _UNITS and one.days is None for one in columns)
        ):
            return Unsure.UNKNOWN_PERIOD  # another year beside this one's: as known when, is not said
        if kind not in _UNITS and kind not in _SHARES:
            return Unsure.NOTHING_COUNTED
        if not row.known:
            return Unsure.UNKNOWN_CONDITION
        days = _both(row.days, days) or self._context.list_days or self._context.days()
        clause = self._block.rows[at][0].start, self._block.rows[at][-1].end
        if row.organisation:
            if kind != "individuals":
                return Unsure.UNKNOWN_CONDITION
            made = self._figure(number, Unit.INDIVIDUALS)
            return [
                Claim(
                    made,
                    *clause,
                    ClaimKind.COUNT,
                    Question(("individuals",), (), (), *(days or NO_DAYS)),
                    organisation=row.organisation,
                )
            ]
        if days is None:
            return Unsure.UNKNOWN_PERIOD
        wheres = told.merged(row.conditions, self._context.list_conditions or self._context.heading)
        if kind in _SHARES or number.form == "percent":
            measure = _SHARES.get(kind, kind)
            question = Question((measure,), (), wheres, *days)
            whole = replace(question, conditions=tuple(one for one in wheres if one not in row.conditions))
            return [Claim(self._figure(number, Unit.SHARE), *clause, ClaimKind.SHARE, question, whole=whole)]
        if number.value.denominator != 1 and kind in ("notices", "individuals"):
            return Unsure.NOTHING_COUNTED
        made = self._figure(number, _UNITS[kind])
        alternatives = row.each or (None,)  # "Ohio, Texas & Utah | 4": each of them
        return [
            Claim(
                made,
                *clause,
                ClaimKind.COUNT,
                Question((kind,), (), told.merged((one and (one,)) or (), wheres), *days),
            )
            for one in alternatives
        ]

    def _figure(self, number: Numeral, unit: Unit) -> Figure:
        how, _, _ = hedge(self._text, number, max(0, number.start - 14), number.end + 10, self._language)
        return figure(self._text, number, how, unit)

    def _row(self, cells: tuple[Span, ...], columns: list[_Column], labels: list[int]) -> _Row:
        """What the labels of a row say, all of them together."""
        row = _Row()
        for nth in labels:
            if nth >= len(cells):
                return _Row(known=False)
            one = self._label(self._cell(cells[nth]), columns[nth].kind)
            row = _Row(
                (*row.conditions, *one.conditions),
                one.days or row.days,
                one.organisation or row.organisation,
                one.each or row.each,
                row.known and one.known,
            )
        return row

    def _label(self, label: str, kind: str) -> _Row:
        if label in words("header.total", self._language) or not label.strip("—- "):
            return _Row()
        if kind == "name":
            return _Row(organisation=label)
        if kind in ("month", "year") or kind == "label":
            spans = [
                in_context(one, self._context.days() or NO_DAYS, self._published)
                for one in periods(f"in {label}", self._published)
            ]
            if spans and spans[0].known and spans[0].role is Role.PERIOD and len(spans) == 1:
                return _Row(days=(spans[0].first, spans[0].last))
            if kind != "label":
                return _Row(known=False)
        vocabulary = Vocabulary.load()
        for column in (kind,) if kind in _FIELDS else ("entity_type", "breach_type", "location", "state"):
            value = vocabulary.find(column, label)
            if value is None and label.endswith("s"):
                value = vocabulary.find(column, label[:-1])
            if value:
                return _Row((condition.of(column, "=", [value]),))
        found = [one for one in mentions(label, self._language) if one.column != "organisation"]
        if len({(one.column, one.value) for one in found}) == 1 and len(label) <= len(found[0].written) + 14:
            return self._conditions(found[:1])
        if len(found) > 2 and len({one.column for one in found}) == 1:  # of two it may be the sum
            return _Row(each=tuple(made for one in found for made in told.conditions([one])))
        if kind == "label" and not found and any(sign.isupper() for sign in label) and label.isascii():
            return _Row(organisation=label)
        return _Row(known=False)

    def _conditions(self, found: list[Mention]) -> _Row:
        try:
            return _Row(told.conditions(found))
        except QuestionError:
            return _Row(known=False)
