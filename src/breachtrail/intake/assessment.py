"""Was it a breach that must be notified? Questions that end in a conclusion with its reasons, kept for good.

Whoever says that it was none has to prove it (45 CFR 164.414(b)), so every answer on the way needs a reason, and an
assessment is never changed: another look is another one. Without four factors in words it is presumed a breach.
"""

import datetime as dt
import functools
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from breachtrail.errors import IntakeRefused
from breachtrail.intake import audit, filing
from breachtrail.intake.actor import Actor
from breachtrail.intake.permissions import Scope, require, require_of, scope
from breachtrail.intake.tables import Assessed
from breachtrail.wording.phrases import Phrases

YES_NO = ("Yes", "No")
CONCLUSIONS = ("permitted", "secured", "exception", "low_probability", "breach")
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Question:
    """One question. group: permitted, secured, exception, factor (words alone), weighing; asked_if: only after its Yes."""

    name: str
    group: str
    citation: str
    ends: str = ""
    conclusion: str = ""
    asked_if: str = ""

    @property
    def reason(self) -> str:
        """The name of the answer that says why."""
        return f"{self.name}_reason"


@dataclass(frozen=True, slots=True)
class Assessment:
    """What was concluded, by whom, after which answers and which edition of the rules."""

    id: str
    subject: str
    answers: Mapping[str, str]
    conclusion: str
    rules: str
    at: dt.datetime
    name: str


@functools.cache
def _document() -> dict[str, Any]:
    text = (resources.files("breachtrail.intake") / "assessment.yml").read_text(encoding="utf-8")
    document: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return document


QUESTIONS: tuple[Question, ...] = tuple(Question(**described) for described in _document()["questions"])


def edition(phrases: Phrases) -> str:
    """Which text the questions are taken from, and whether that is confirmed, in words."""
    return phrases.say("assessment.edition", rules=_document()["rules"], confirmed=_document()["confirmed"])


def asked(answers: Mapping[str, str]) -> tuple[Question, ...]:
    """The questions up to the one that is open, or that ended it: what stands behind it does not matter any more."""
    found = []
    for question in QUESTIONS:
        if question.asked_if and answers.get(question.asked_if) != "Yes":
            continue
        found.append(question)
        if question.group != "factor" and answers.get(question.name) not in YES_NO:
            break
        if question.ends and answers.get(question.name) == question.ends:
            break
    return tuple(found)


def refusals(answers: Mapping[str, str]) -> dict[str, str]:
    """Answer → why it cannot stand (``filing.refused.<reason>``); empty where there is a conclusion to be kept."""
    found = {}
    for question in asked(answers):
        if question.group != "factor" and answers.get(question.name) not in YES_NO:
            found[question.name] = "missing" if not answers.get(question.name) else "option"
        reason = answers.get(question.reason, "").strip()
        if not reason or len(reason) > _LONGEST or "\0" in reason:
            found[question.reason] = "long" if len(reason) > _LONGEST else "control" if reason else "missing"
    return found


def conclusion(answers: Mapping[str, str]) -> str:
    """What the answers come to: one of CONCLUSIONS; ``breach`` unless one of them says otherwise."""
    last = asked(answers)[-1]
    return last.conclusion if last.ends and answers.get(last.name) == last.ends else "breach"


def record(session: Session, actor: Actor, subject: str, answers: Mapping[str, str], now: dt.datetime) -> Assessment:
    """Keep an assessment of ``subject`` (the id of a report, or what the organisation calls the incident).

    Raises IntakeForbidden, IntakeRefused (an answer or a reason is missing).
    """
    require(actor.role, "assessment.write")
    require_of(actor.role, "assessment.write", actor.organisation, actor.organisation)
    found = refusals(answers)
    if not subject.strip() or len(subject) > 200 or not subject.isprintable():
        found["subject"] = "missing" if not subject.strip() else "control"
    if found:
        raise IntakeRefused(f"The assessment is not whole: {len(found)} answers or reasons are refused.", found)
    names = [name for question in asked(answers) for name in (question.name, question.reason)]
    kept = {name: answers[name].strip() for name in names if answers.get(name)}
    row = Assessed(
        id=secrets.token_urlsafe(12), organisation=actor.organisation, subject=subject.strip(), rules=_document()["rules"],
        answers=kept, conclusion=conclusion(kept), at=now, account=actor.account, name=actor.name,
    )  # fmt: skip
    session.add(row)
    session.flush()
    told = {"conclusion": row.conclusion, "content": filing.digest(kept)}
    audit.record(session, actor, "assessment.recorded", row.id, told)
    return _assessment(row)


def of(session: Session, actor: Actor, subject: str | None = None) -> list[Assessment]:
    """The assessments of a subject, or all that the actor may read, newest first. Raises IntakeForbidden."""
    require(actor.role, "assessment.read")
    chosen = select(Assessed).order_by(Assessed.at.desc(), Assessed.id)
    if scope(actor.role, "assessment.read") is Scope.OWN:
        chosen = chosen.where(Assessed.organisation == actor.organisation)
    if subject is not None:
        chosen = chosen.where(Assessed.subject == subject)
    return [_assessment(row) for row in session.scalars(chosen)]


def _assessment(row: Assessed) -> Assessment:
    return Assessment(row.id, row.subject, row.answers, row.conclusion, row.rules, row.at, row.name)
