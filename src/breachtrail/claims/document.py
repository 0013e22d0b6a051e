"""A check for machines: every claim with its place, question, figures, verdict and readings; docs/checking.md lists the fields."""

from fractions import Fraction
from typing import Any

from breachtrail.claims.checked import Checking
from breachtrail.claims.figure import Figure
from breachtrail.claims.telling import Telling, Told
from breachtrail.claims.verdict import Bracket
from breachtrail.questions.question import Question


def document(telling: Telling) -> dict[str, Any]:
    """The check as nested mappings, ready for JSON; sentences are in the language of ``telling``."""
    checked = telling.checked
    article = checked.article
    return {
        "article": {
            "title": article.title,
            "language": article.language,
            "published": article.published,
            "published_from": article.published_from,
            "source": article.source,
        },
        "as_of": checked.day,
        "now": checked.now,
        "head": {"generation": checked.head.generation, "content": checked.head.content},
        "lead": telling.lead,
        "offered": checked.offered.reading.code if checked.offered else None,
        "readings": [
            {
                "code": score.reading.code,
                "figures": score.figures,
                "explained": score.explained,
                "plainly": score.plainly,
                "left": score.left,
                "gained": score.gained,
                "by_chance": score.by_chance,
                "is_offered": score.is_offered,
            }
            for score in checked.scores
        ],
        "verdicts": {verdict.value: number for verdict, number in checked.verdicts.items()},
        "claims": [_claim(telling, one) for one in telling.claims],
        "not_about_the_register": [
            {**_place(figure), "reason": aside.value} for figure, aside in checked.not_about_the_register
        ],
        "not_understood": [{**_place(figure), "reason": why.value} for figure, why in checked.not_understood],
    }


def _claim(telling: Telling, told: Told) -> dict[str, Any]:
    one = told.checking
    claim, standing, figure = one.claim, one.standing, one.claim.figure
    return {
        "text": told.figure,
        "start": figure.start if figure else claim.start,
        "end": figure.end if figure else claim.end,
        "clause": {"start": claim.start, "end": claim.end, "text": told.clause},
        "kind": claim.kind.value,
        "question": question(one.asked[0].question if one.asked else claim.question),
        "whole": question(claim.whole) if claim.whole else None,
        "question_in_words": told.question,
        "organisation": {"written": one.organisation.written, "names": one.organisation.names}
        if one.organisation
        else None,
        "stated": _stated(figure) if figure else None,
        "answer_then": {
            "known": number(standing.then) if standing else None,
            "bracket": _bracket(standing.bracket) if standing else None,
        },
        "answer_now": number(standing.now) if standing else None,
        "verdict": told.code,
        "manner": one.judgement.manner.value if one.judgement.manner else None,
        "reason": one.judgement.reason.value if one.judgement.reason else None,
        "unread": one.judgement.unread,
        "reading": one.reading.code if one.reading else None,
        "rank": _rank(one),
        "readings_tried": [
            {"code": test.reading.code, "bracket": _bracket(test.bracket), "admits": test.admits} for test in one.tried
        ],
        "sentences": told.sentences,
        "sql": [{"title": title, "sql": sql} for title, sql in telling.statements(one)],
    }


def question(asked: Question) -> dict[str, Any]:
    """A question without its day."""
    return {
        "measures": asked.measures,
        "conditions": [str(one) for one in asked.conditions],
        "submitted_from": asked.submitted_from,
        "submitted_to": asked.submitted_to,
        "view": asked.view,
    }


def number(value: Fraction | None) -> int | float | None:
    """An answer as JSON has numbers."""
    if value is None:
        return None
    return int(value) if value.denominator == 1 else float(value)


def _place(figure: Figure) -> dict[str, Any]:
    return {"text": figure.text, "start": figure.start, "end": figure.end}


def _stated(figure: Figure) -> dict[str, Any]:
    return {
        "value": number(figure.value),
        "upper": number(figure.upper),
        "hedge": figure.hedge.value,
        "step": number(figure.step),
        "unit": figure.unit.value,
    }


def _bracket(span: Bracket) -> dict[str, Any]:
    return {
        "low": number(span.low),
        "high": number(span.high),
        "can_grow": bool(span.growth),
        "is_observed": span.is_observed,
    }


def _rank(one: Checking) -> dict[str, Any] | None:
    ranking = one.ranking
    if ranking is None:
        return None
    return {
        "claimed": ranking.claimed, "best": ranking.best, "worst": ranking.worst, "now": ranking.now,
        "verdict": ranking.verdict.value,
    }  # fmt: skip
