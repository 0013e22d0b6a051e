"""Forecasts in words: the table and the notes of ``breachtrail forecast``, and the same as a document for machines."""

from dataclasses import asdict
from typing import Any

from breachtrail.estimates.interval import Interval
from breachtrail.questions.outlook import Outlook, Period
from breachtrail.wording.phrases import Phrases

#: Columns of the table for machines: name and DuckDB type.
COLUMNS = (
    ("period", "VARCHAR"), ("shown", "BIGINT"),
    *((f"{part}_{place}", "BIGINT") for part in ("late", "to_come", "final") for place in ("low", "lower", "median", "upper", "high")),
)  # fmt: skip


def period_name(period: Period, phrases: Phrases) -> str:
    """How a period is called: July 2026, the 3rd quarter of 2026, 2026."""
    number = (period.first.month + 2) // 3
    told = {"first": period.first, "year": period.first.year, "number": number}
    return phrases.say(f"estimate.period.{period.kind}", **told)


def between(interval: Interval, phrases: Phrases, half: bool = False) -> str:
    """The interval in words: 171 to 186; the one that holds in one of two cases, or in nine of ten."""
    low, high = (interval.lower, interval.upper) if half else (interval.low, interval.high)
    return phrases.say("estimate.between", low=low, high=high)


def table(outlook: Outlook, phrases: Phrases) -> tuple[list[str], list[list[str]], list[bool]]:
    """Columns, rows, and which columns stand to the right."""
    keys = ("period", "shown", "late", "most", "to_come", "most", "final", "half", "most")
    count = phrases.numbers.count
    rows = [
        [
            period_name(one.period, phrases),
            count(one.shown),
            count(one.late.median),
            between(one.late, phrases),
            count(one.to_come.median),
            between(one.to_come, phrases),
            count(one.final.median),
            between(one.final, phrases, half=True),
            between(one.final, phrases),
        ]
        for one in outlook.forecasts
    ]
    return [phrases.say(f"estimate.heading.{key}") for key in keys], rows, [key != "period" for key in keys]


def notes(outlook: Outlook, phrases: Phrases) -> list[str]:
    """From what the forecasts were made, how, and what such forecasts were worth."""
    return [
        phrases.say("estimate.known", as_of=outlook.as_of),
        phrases.say("estimate.method"),
        worth(outlook, phrases),
        phrases.say("terminal.head", head=outlook.head),
    ]


def worth(outlook: Outlook, phrases: Phrases) -> str:
    """What such forecasts were worth, in a sentence."""
    if outlook.score is None:
        return phrases.say("estimate.no_score")
    return phrases.say("estimate.score", **asdict(outlook.score), since=outlook.judged_since, kind=outlook.judged_kind)


def rows(outlook: Outlook) -> list[tuple[Any, ...]]:
    """A row a period, under ``COLUMNS``."""
    return [
        (one.period.name, one.shown, *one.late.quantiles, *one.to_come.quantiles, *one.final.quantiles)
        for one in outlook.forecasts
    ]


def document(outlook: Outlook, phrases: Phrases) -> dict[str, Any]:
    """Everything, for machines: estimates, intervals, method, score."""
    return {
        "as_of": outlook.as_of,
        "unit": "notices",
        "forecasts": [
            {
                "period": one.period.name,
                "first": one.period.first,
                "last": one.period.last,
                "shown": one.shown,
                **{part: asdict(getattr(one, part)) for part in ("late", "to_come", "final")},
            }
            for one in outlook.forecasts
        ],
        "method": phrases.say("estimate.method"),
        "score": asdict(outlook.score) | {"judged_since": outlook.judged_since} if outlook.score else None,
        "ledger": {"generation": outlook.head.generation, "content": outlook.head.content},
    }
