"""The report's notices split by one dimension: the sentence, the chart and the table that every split has."""

from breachtrail.questions.ask import Answer
from breachtrail.report.draft import Draft
from breachtrail.wording import charts
from breachtrail.wording.phrases import Phrases

MEASURES = ("notices", "share", "individuals", "individuals_share")


class Split:
    """An answer by one dimension, its rows with the most notices first.

    rows: dictionaries of the dimension and ``MEASURES``; a value that the register left blank comes last
    """

    def __init__(self, draft: Draft, by: str) -> None:
        self.by = by
        self.answer: Answer = draft.ask(*MEASURES, by=[by])
        self.rows = sorted(self.answer.records(), key=lambda row: (row[by] == "", -row["notices"], row[by]))
        self._draft = draft

    def of(self, value: str) -> int:
        """The notices of one value; none where it has no row."""
        return sum(row["notices"] for row in self.rows if row[self.by] == value)

    def said(self) -> str:
        """The leading value with its shares, and what follows it."""
        top, *others = self.rows
        values = {"value": top[self.by], **top}
        if not others:
            return self._draft.text("only", **values)
        items = [self._draft.text("item", value=row[self.by], notices=row["notices"]) for row in others]
        return self._draft.text("lead", others=items, **values)

    def show(self) -> None:
        """The chart of notices, and the table of all measures."""
        draft, phrases = self._draft, self._draft.phrases
        title = phrases.say("report.split.title", by=self.by, period=draft.period)
        draft.draw(
            charts.bars(
                self.rows, by=self.by, measure="notices", phrases=phrases,
                name=f"chart-{self.by.replace('_', '-')}", title=title, caption=draft.caption(),
            ),
            is_listed=True,
        )  # fmt: skip
        columns = [
            phrases.heading(self.by, "dimension"),
            *(phrases.heading(measure, "measure") for measure in MEASURES),
        ]
        rows = [[phrases.heading(row[self.by], self.by), *measured(row, phrases)] for row in self.rows]
        draft.listing(title, columns, rows)


def measured(row: dict[str, object], phrases: Phrases) -> list[str]:
    """The measures of a row of a split as a table prints them; a dash where a share has no whole."""
    printed = []
    for measure in MEASURES:
        value = row[measure]
        how = phrases.numbers.percent if measure.endswith("share") else phrases.numbers.count
        printed.append("–" if value is None else how(value))  # type: ignore[arg-type]
    return printed
