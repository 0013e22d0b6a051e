"""What figures will come to, in words: columns beside those of the answer, the notes, and the same for machines."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from breachtrail.estimates.interval import Interval
from breachtrail.questions.ask import Answer
from breachtrail.questions.expected import Expected
from breachtrail.questions.outlook import Outlook
from breachtrail.wording import growth, outlook, terminal
from breachtrail.wording.phrases import Phrases

_PLACES = ("low", "lower", "median", "upper", "high")
_SCORED = (("forecasts", "BIGINT"), ("within_50", "DOUBLE"), ("within_90", "DOUBLE"), ("score", "DOUBLE"))
#: What the score of an estimate counts.
SCORED_IN = {"forecast": "notices", "growth": "revisions"}
#: Digits of what individuals will come to: sums whose intervals are wide.
_DIGITS = 3


def tables(answer: Answer, told: Sequence[Expected], language: str) -> list[terminal.Table]:
    """The answer as a table for each measure: beside each figure its middle and both intervals."""
    phrases = Phrases.of(language)
    names, rows, right = terminal.answer_table(answer, language)
    split = len(answer.question.dimensions)
    return [
        (
            [*names[:split], names[place], *headings(one, phrases)],
            [
                [*row[:split], row[place], *_printed(interval, one, phrases)]
                for row, interval in zip(rows, one.intervals, strict=True)
            ],
            [*right[:split], *[True] * 4],
        )
        for place, one in enumerate(told, split)
    ]


def headings(one: Expected, phrases: Phrases) -> list[str]:
    """What the columns of a measure's middle and intervals are called."""
    return [
        phrases.say(f"expected.{one.foretold}.heading"),
        *(phrases.say(f"estimate.heading.{key}") for key in ("half", "most")),
    ]


def _printed(interval: Interval, one: Expected, phrases: Phrases) -> list[str]:
    if one.foretold == "forecast":
        middle = phrases.numbers.count(interval.median)
        return [middle, outlook.between(interval, phrases, half=True), outlook.between(interval, phrases)]

    def rough(low: int, high: int) -> str:
        return phrases.say("expected.between", low=low, high=high, digits=_DIGITS)

    return [
        phrases.numbers.rough(interval.median, _DIGITS),
        rough(interval.lower, interval.upper),
        rough(interval.low, interval.high),
    ]


def notes(told: Sequence[Expected], language: str) -> list[str]:
    """Of each measure what is told of it, how it was made, and what such forecasts were worth."""
    phrases = Phrases.of(language)
    return [
        sentence
        for one in told
        for sentence in (
            phrases.say(f"expected.{one.foretold}.meaning", as_of=one.as_of),
            _method(one, phrases),
            worth(one, phrases),
        )
    ]


def _method(one: Expected, phrases: Phrases) -> str:
    return phrases.say("estimate.method" if one.foretold == "forecast" else "estimate.growth.method")


def worth(one: Expected, phrases: Phrases) -> str:
    """What such forecasts were worth, in a sentence."""
    if isinstance(one.source, Outlook):
        return outlook.worth(one.source, phrases)
    return growth.worth(one.source, phrases)


def columns(answer: Answer, told: Sequence[Expected]) -> tuple[list[str], list[str]]:
    """Names and DuckDB types of the columns for machines: the answer's, and behind them those of each measure."""
    names, types = list(answer.columns), list(answer.types)
    for one in told:
        more = [*((place, "BIGINT") for place in _PLACES), ("method", "VARCHAR"), *_SCORED, ("scored_in", "VARCHAR")]
        names += [f"{one.measure}_expected_{name}" for name, _ in more]
        types += [type_ for _, type_ in more]
    return names, types


def rows(answer: Answer, told: Sequence[Expected]) -> list[tuple[Any, ...]]:
    """The rows under ``columns``; method and score are the same in each."""
    scored = [[getattr(one.score, name, None) for name, _ in _SCORED] for one in told]
    return [
        (*row, *(
            cell for one, score in zip(told, scored, strict=True)
            for cell in (*one.intervals[place].quantiles, one.foretold, *score, SCORED_IN[one.foretold])
        ))
        for place, row in enumerate(answer.rows)
    ]  # fmt: skip


def document(answer: Answer, told: Sequence[Expected], phrases: Phrases) -> dict[str, Any]:
    """What is told beyond the answer, by measure: an interval for each row, method and score."""
    return {
        one.measure: {
            "as_of": one.as_of,
            "within_days": one.within,
            "intervals": [asdict(interval) for interval in one.intervals],
            "method": _method(one, phrases),
            "score": asdict(one.score) | {"of": SCORED_IN[one.foretold], "judged_since": one.source.judged_since}
            if one.score
            else None,
        }
        for one in told
    }
