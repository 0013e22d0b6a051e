"""What was read from a text, each outcome as one short line, for tests to compare."""

from datetime import date

from breachtrail.claims.claim import Claim, Read
from breachtrail.claims.load import from_text
from breachtrail.claims.reading import read
from breachtrail.questions.question import Question

TITLES = {"en": "# Health breaches in 2024", "zh": "# 2024年医疗数据泄露回顾"}
DAY = date(2025, 1, 23)


def sentence(text: str) -> Read:
    """A sentence as the only one of an article on 2024 that was published on ``DAY``."""
    language = "zh" if any("\u4e00" <= sign <= "\u9fff" for sign in text) else "en"
    return read(from_text(f"{TITLES[language]}\n\n{text}", DAY, language))


def lines(found: Read) -> list[str]:
    """The outcomes in the order of the text, that of the title left out."""
    told = [(claim.figure.start if claim.figure else claim.start, line(claim)) for claim in found.claims]
    told += [(figure.start, f"- {figure.text}: {why}") for figure, why in found.not_about_the_register[1:]]
    told += [(figure.start, f"? {figure.text}: {why}") for figure, why in found.not_understood]
    return [text for _, text in sorted(told)]


def line(claim: Claim) -> str:
    """``count nearly 100: notices, entity_type=Health Plan, 2024`` and the like."""
    figure = claim.figure
    parts = [_asked(claim.question)]
    if claim.organisation:
        parts.append(f"of {claim.organisation}")
    if claim.whole is not None:
        parts.append(f"against {_asked(claim.whole)}")
    if claim.direction:
        parts.append(claim.direction)
    if claim.rank:
        parts.append(f"rank {claim.rank} by {claim.ranked}")
    said = f"{figure.hedge} {figure.text}" if figure else ""
    return f"{claim.kind} {said}: {'; '.join(parts)}"


def _asked(question: Question) -> str:
    parts = [*question.measures, *map(str, question.conditions)]
    first, last = question.submitted_from, question.submitted_to
    if first and last and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        parts.append(str(first.year))
    elif first or last:
        parts.append(f"{first or ''}..{last or ''}")
    if question.view:
        parts.append(f"{question.view} alone")
    if question.as_of:
        parts.append(f"as of {question.as_of}")
    return ", ".join(parts)
