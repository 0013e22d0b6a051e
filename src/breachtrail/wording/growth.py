"""Growth in words: the table and the notes of ``breachtrail growth``, and the same as a document for machines."""

from dataclasses import asdict
from typing import Any

from breachtrail.questions.growth import Growth
from breachtrail.wording.outlook import between, period_name
from breachtrail.wording.phrases import Phrases

#: Columns of the table for machines: name and DuckDB type.
COLUMNS = (
    ("counts", "VARCHAR"), ("notices", "BIGINT"), ("individuals", "BIGINT"), ("chance", "DOUBLE"),
    *((f"{part}_{place}", "BIGINT") for part in ("revised", "gained") for place in ("low", "lower", "median", "upper", "high")),
)  # fmt: skip
_KINDS = ("placeholders", "others")


def table(growth: Growth, phrases: Phrases) -> tuple[list[str], list[list[str]], list[bool]]:
    """Columns, rows, and which columns stand to the right."""
    keys = ("counts", "notices", "chance", "revised", "most", "gained", "most")
    numbers = phrases.numbers
    rows = []
    for kind in _KINDS:
        one = getattr(growth, kind)
        rows.append([
            phrases.say(f"estimate.kind.{kind}"), numbers.count(one.notices), numbers.percent(one.chance),
            numbers.count(one.revised.median), between(one.revised, phrases),
            numbers.signed(one.gained.median), between(one.gained, phrases),
        ])  # fmt: skip
    return [phrases.say(f"estimate.heading.{key}") for key in keys], rows, [key != "counts" for key in keys]


def lead(growth: Growth, phrases: Phrases) -> str:
    """What the period will come to, in a paragraph."""
    return phrases.say(
        "estimate.growth.lead", period=period_name(growth.period, phrases), individuals=growth.individuals, as_of=growth.as_of,
        by_revisions=growth.by_revisions.median, revisions_between=between(growth.by_revisions, phrases),
        by_new=growth.by_new.median, new_between=between(growth.by_new, phrases),
        total=growth.total.median, total_between=between(growth.total, phrases),
    )  # fmt: skip


def worth(growth: Growth, phrases: Phrases) -> str:
    """What such forecasts were worth, in a sentence."""
    if growth.score is None:
        return phrases.say("estimate.growth.no_score")
    told = asdict(growth.score)
    return phrases.say(
        "estimate.growth.score", since=growth.judged_since, **{key: told[key] for key in ("forecasts", "within_50", "within_90")}
    )  # fmt: skip


def worth_of_sums(growth: Growth, phrases: Phrases) -> list[str]:
    """What forecasts of the sums themselves were worth: with revisions, and with new notices; of each that can be judged."""
    told = {"revisions": growth.score_of_revisions, "new": growth.score_of_new}
    return [phrases.say(f"prospect.score.{name}", **asdict(score)) for name, score in told.items() if score]


def notes(growth: Growth, phrases: Phrases) -> list[str]:
    """The lead, what placeholders become, how it was made, and what it was worth."""
    becomes = growth.placeholders.becomes
    return [
        lead(growth, phrases),
        *([phrases.say("estimate.growth.becomes", **asdict(becomes))] if becomes else []),
        phrases.say("estimate.growth.method"),
        *([] if growth.revisions_seen else [phrases.say("prospect.no_revision")]),
        worth(growth, phrases),
        *worth_of_sums(growth, phrases),
        phrases.say("caveat.records_not_people"),
        phrases.say("terminal.head", head=growth.head),
    ]


def rows(growth: Growth) -> list[tuple[Any, ...]]:
    """A row a kind of count, under ``COLUMNS``."""
    told = [(kind, getattr(growth, kind)) for kind in _KINDS]
    return [
        (kind, one.notices, one.individuals, one.chance, *one.revised.quantiles, *one.gained.quantiles)
        for kind, one in told
    ]


def document(growth: Growth, phrases: Phrases) -> dict[str, Any]:
    """Everything, for machines: estimates, intervals, method, score."""
    since = {"judged_since": growth.judged_since}
    scores = ("score", "score_of_revisions", "score_of_new")
    return {
        "as_of": growth.as_of,
        "unit": "records of individuals",
        "period": growth.period.name,
        "individuals": growth.individuals,
        **{part: asdict(getattr(growth, part)) for part in ("by_revisions", "by_new", "total", *_KINDS)},
        "method": phrases.say("estimate.growth.method"),
        **{name: asdict(one) | since if (one := getattr(growth, name)) else None for name in scores},
        "ledger": {"generation": growth.head.generation, "content": growth.head.content},
    }
