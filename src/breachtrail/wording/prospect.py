"""What may become of one notice's count, in words, as a row and as a document: ``breachtrail growth --notice``."""

from dataclasses import asdict
from typing import Any

from breachtrail.questions.prospect import Prospect
from breachtrail.wording.outlook import between
from breachtrail.wording.phrases import Phrases

#: Columns of the table for machines: name and DuckDB type.
COLUMNS = (
    ("id", "VARCHAR"), ("individuals", "BIGINT"), ("submitted_on", "DATE"), ("chance", "DOUBLE"), ("base", "DOUBLE"), ("alike", "BIGINT"),
    *((f"becomes_{place}", "BIGINT") for place in ("low", "lower", "median", "upper", "high")),
)  # fmt: skip


def notes(prospect: Prospect, phrases: Phrases) -> list[str]:
    """What the register says of the notice, how its count may move, how that was made, and what it was worth."""
    return [
        phrases.say(
            "prospect.lead", name=prospect.name, individuals=prospect.individuals, as_of=prospect.as_of, age=prospect.age,
            submitted_on=prospect.submitted_on, placeholder=prospect.placeholder,
        ),
        phrases.say("prospect.chance", chance=prospect.chance, base=prospect.base),
        becomes(prospect, phrases),
        phrases.say("prospect.method"),
        worth(prospect, phrases),
        phrases.say("terminal.head", head=prospect.head),
    ]  # fmt: skip


def page(prospect: Prospect, phrases: Phrases) -> tuple[list[str], list[str]]:
    """For the page of the notice, which says the rest: how its count may move, and what that rests on."""
    since = phrases.say(
        "prospect.page.since", individuals=prospect.individuals, as_of=prospect.as_of, age=prospect.age,
        placeholder=prospect.placeholder,
    )  # fmt: skip
    chance = phrases.say("prospect.chance", chance=prospect.chance, base=prospect.base)
    return [since, chance, becomes(prospect, phrases)], [phrases.say("prospect.method"), worth(prospect, phrases)]


def becomes(prospect: Prospect, phrases: Phrases) -> str:
    """What the count becomes if it is revised."""
    if prospect.becomes is None:
        return phrases.say("prospect.no_becomes")
    return phrases.say(
        "prospect.becomes", median=prospect.becomes.median, alike=prospect.alike, half=between(prospect.becomes, phrases, half=True),
        most=between(prospect.becomes, phrases), placeholder=prospect.placeholder,
    )  # fmt: skip


def worth(prospect: Prospect, phrases: Phrases) -> str:
    """What such chances were worth, in a sentence."""
    if prospect.score is None:
        return phrases.say("prospect.no_score")
    return phrases.say("prospect.score.chance", since=prospect.judged_since, **asdict(prospect.score))


def rows(prospect: Prospect) -> list[tuple[Any, ...]]:
    """The one row, under ``COLUMNS``."""
    becomes = prospect.becomes.quantiles if prospect.becomes else (None,) * 5
    return [
        (
            prospect.id, prospect.individuals, prospect.submitted_on, prospect.chance, prospect.base, prospect.alike, *becomes,
        )
    ]  # fmt: skip


def document(prospect: Prospect, phrases: Phrases) -> dict[str, Any]:
    """Everything, for machines: chance, interval, method, score."""
    told = asdict(prospect)
    head = told.pop("head")
    since = told.pop("judged_since")
    return told | {
        "unit": "records of individuals",
        "method": phrases.say("prospect.method"),
        "score": told["score"] | {"judged_since": since} if told["score"] else None,
        "ledger": {"generation": head["generation"], "content": head["content"]},
    }
