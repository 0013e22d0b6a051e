"""A question in words: what is counted, of which notices, of which period, as known when."""

from breachtrail.questions.condition import Condition
from breachtrail.questions.question import Question
from breachtrail.wording.phrases import Phrases

#: So many of the values of one condition are named.
_NAMED = 3


def said(question: Question, phrases: Phrases) -> str:
    """The question in one line, as it stands beside a figure."""
    return phrases.say(
        "report.counted.title",
        measures=[phrases.label(name, "measure") for name in question.measures],
        dimensions=[phrases.label(name, "dimension") for name in question.dimensions],
        conditions=[_condition(one, phrases) for one in question.conditions],
        view=question.view,
        first=question.submitted_from,
        last=question.submitted_to,
        as_of=question.as_of,
    )


def _condition(condition: Condition, phrases: Phrases) -> str:
    """A condition in words; one that compares in a way for which there are none, as it is written."""
    if condition.operator == "=":
        values = [phrases.label(str(one), condition.column) for one in condition.values[:_NAMED]]
        if len(condition.values) > _NAMED:
            values.append("…")
        return phrases.say("report.counted.one_of", column=condition.column, values=values)
    if condition.operator == "~":
        return phrases.say("report.counted.holds", words=condition.values)
    name = {">=": "at_least", "<=": "at_most", "<": "below"}.get(condition.operator)
    if name is None or condition.column != "individuals":
        return str(condition)
    [figure] = condition.values
    return phrases.say(f"report.counted.{name}", figure=figure)
