"""An answer as a chart, and as a picture that leaves its page."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from breachtrail.errors import QuestionError
from breachtrail.questions import catalog
from breachtrail.questions.ask import Answer
from breachtrail.questions.expected import Expected
from breachtrail.wording import charts, picture, question, terminal
from breachtrail.wording.chart import Chart
from breachtrail.wording.phrases import Phrases

#: Bars of one chart.
MOST_BARS = 25
#: Kinds of picture, and what each is to a browser.
PICTURES = {"svg": "image/svg+xml", "png": "image/png"}


def chart(answer: Answer, phrases: Phrases, fresh: Collection[int] = (), told: Sequence[Expected] = ()) -> Chart | None:
    """An answer with one dimension: the years as a series, anything else as bars of its first measure; else None.

    Of many periods the latest are drawn, of many other values those with the largest figures; the caption says so.

    fresh: years of which notices are still to come
    told:  what the figures will come to; the years' notices then carry their bands
    """
    if len(answer.question.dimensions) != 1 or len(answer.rows) < 2:
        return None
    [by], measure = answer.question.dimensions, answer.question.measures[0]
    known = phrases.say("web.as_known", as_of=answer.question.as_of)
    title = phrases.say("pages.ask.drawn", measure=terminal.measure_heading(measure, phrases), by=by)
    rows = answer.records()
    if _is_of_years(answer):
        bands = _bands(answer, told)
        years = [{**row, "fresh": row["year"] in fresh, "band": bands.get(row["year"])} for row in rows]
        title = phrases.say("pages.ask.drawn_years")
        return charts.years(years, phrases=phrases, name="chart-answer", title=title, caption=known)
    is_period = catalog.dimension(by).period
    drawn = rows[-MOST_BARS:] if is_period else sorted(rows, key=lambda row: -(row[measure] or 0))[:MOST_BARS]
    if len(rows) > MOST_BARS:
        which = "latest" if is_period else "largest"
        known = phrases.say(f"pages.ask.{which}", drawn=MOST_BARS, many=len(rows), known=known)
    how: charts.Print = (
        "percent" if measure.endswith("share") else "decimal" if catalog.MEASURES[measure].type == "DOUBLE" else "rough"
    )
    shown = [{**row, by: str(row[by])} for row in drawn]
    return charts.bars(
        shown, by=by, measure=measure, how=how, phrases=phrases, name="chart-answer", title=title, caption=known
    )


def pictured(
    answer: Answer, language: str, kind: str, fresh: Collection[int] = (), told: Sequence[Expected] = ()
) -> bytes:
    """The same as a picture of one of ``PICTURES``: the question above it, below it what a reader must know beside it.

    Raises QuestionError where an answer cannot be drawn.
    """
    from breachtrail.wording import expected  # a chart of what is known waits for no estimate

    phrases = Phrases.of(language, answer.question.register)
    drawn = chart(answer, phrases, fresh, told)
    if drawn is None:
        raise QuestionError(
            f"A picture takes an answer with one dimension and two rows or more; this one has {len(answer.question.dimensions)} "
            f"and {len(answer.rows)}. Split it by one dimension, such as year or state, or take it as rows.",
            "no_picture",
            dimensions=len(answer.question.dimensions),
            rows=len(answer.rows),
        )
    measures = ("notices", "individuals") if _is_of_years(answer) else answer.question.measures[:1]
    said = question.said(replace(answer.question, measures=measures), phrases)
    known = phrases.say("web.as_known", as_of=answer.question.as_of)  # the notes say so, too
    whole = replace(drawn, title=said[:1].upper() + said[1:], caption=drawn.caption.removesuffix(known).strip())
    *known_of, head = terminal.answer_notes(answer, language)
    notes = [*(expected.notes(told, language) if told else []), *known_of, f"BreachTrail · {head}"]
    return picture.png(whole, language, notes) if kind == "png" else picture.svg(whole, language, notes).encode()


def _is_of_years(answer: Answer) -> bool:
    """Whether both series of the years are drawn, not bars."""
    return answer.question.dimensions == ("year",) and set(answer.question.measures) >= {"notices", "individuals"}


def _bands(answer: Answer, told: Sequence[Expected]) -> dict[Any, tuple[int, int]]:
    """By value of the dimension the least and the most that its notices will come to, where they still grow."""
    return {
        row[0]: (interval.low, interval.high)
        for one in told if one.measure == "notices"
        for row, interval in zip(answer.rows, one.intervals, strict=True) if interval.low < interval.high
    }  # fmt: skip
