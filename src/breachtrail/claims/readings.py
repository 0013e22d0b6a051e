"""The declared readings of the register, and what each makes of a question or of a figure."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from importlib import resources
from typing import Any

import yaml

from breachtrail.claims.figure import Figure
from breachtrail.claims.tolerance import Allowed
from breachtrail.questions.bracket import Asked
from breachtrail.questions.condition import Condition

#: A reading must explain the article's figures better than this: the chance that it would by accident.
BY_CHANCE = 0.05
#: A slip in one figure is offered where its bracket leaves no more than this to chance.
ONE_FIGURE_BY_CHANCE = 0.1
#: The same of a figure that lies just outside its bracket, so that the register may have shown it all the same.
JUST_OUTSIDE_BY_CHANCE = 0.04
#: Figures that the plain reading leaves unexplained and a reading of the whole article must explain.
FEWEST = 2


@dataclass(frozen=True)
class Reading:
    """One way of taking the register; see ``readings.yml``."""

    code: str
    reach: str
    view: str | None = None
    look: str = ""
    posted: bool = False
    single: bool = False
    swap: tuple[tuple[str, str], ...] = ()
    least: int | None = None
    measure: tuple[str, str] | None = None
    times: Fraction | None = None
    steps: int | None = None

    @property
    def is_of_the_article(self) -> bool:
        """Whether it must explain several figures together."""
        return self.reach == "article"

    @property
    def is_of_the_digits(self) -> bool:
        """Whether the answer stands and the figure is printed amiss."""
        return self.times is not None or self.steps is not None

    def asked(self, one: Asked) -> Asked | None:
        """The question as this reading takes it; None where it takes it as everybody does."""
        question = one.question
        if self.posted and (question.submitted_from or question.submitted_to):
            one = replace(one, posted=True)
        if self.single and any(condition.column in ("breach_type", "location") for condition in question.conditions):
            one = replace(one, single=True)
        if self.swap:
            (column, value), (other, meant) = self.swap
            swapped = tuple(
                Condition(other, "=", (meant,))
                if condition.column == column and condition.values == (value,)
                else condition
                for condition in question.conditions
            )
            one = replace(one, question=replace(question, conditions=swapped))
        if self.least is not None and question.measures != ("largest",):
            one = replace(
                one,
                question=replace(
                    question, conditions=(*question.conditions, Condition("individuals", ">=", (self.least,)))
                ),
            )
        if self.measure and question.measures == self.measure[:1]:
            one = replace(one, question=replace(question, measures=self.measure[1:]))
        if self.view or self.look:
            return one if question.view is None else None
        return one if one != Asked(question) else None

    def allowed(self, figure: Figure) -> Allowed | None:
        """The answers that the figure allows if this slip was made; None where it cannot have been."""
        if self.times is not None:
            span = figure.step / 2
            return Allowed((figure.value - span) * self.times, (figure.value + span) * self.times)
        if self.steps is not None and figure.step != 1 and figure.upper is None:
            span = figure.step * self.steps
            return Allowed(figure.value - span, figure.value + span)
        return None


@functools.cache
def readings() -> tuple[Reading, ...]:
    """All readings, in the order in which they are tried."""
    text = resources.files(__package__).joinpath("readings.yml").read_bytes()
    return tuple(_reading(fields) for fields in yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))


def _reading(fields: dict[str, Any]) -> Reading:
    taken = dict(fields)
    if "swap" in taken:
        taken["swap"] = tuple(taken["swap"].items())
    if "measure" in taken:
        [taken["measure"]] = taken["measure"].items()
    if "times" in taken:
        taken["times"] = Fraction(str(taken["times"]))
    return Reading(**taken)


def chance(figure: Figure, answers: Allowed, low: Fraction, high: Fraction) -> float:
    """The chance that a figure of this size lies by accident in a bracket as wide as this one.

    Taken as even over all sizes from half the figure to one and a half of it.
    """
    if not figure.value:
        return 1.0
    width = (high - low) + (answers.most - answers.least) + (figure.step if figure.step < 1 else 1)
    return float(min(Fraction(1), width / figure.value))


def at_least_by_chance(chances: Sequence[float], explained: int) -> float:
    """The chance that at least ``explained`` of independent figures lie in their brackets by accident."""
    exactly = [1.0]
    for one in chances:
        exactly = [
            (exactly[hits] if hits < len(exactly) else 0.0) * (1 - one) + (exactly[hits - 1] * one if hits else 0.0)
            for hits in range(len(exactly) + 1)
        ]
    return min(1.0, sum(exactly[explained:]))
