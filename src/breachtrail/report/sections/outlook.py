"""What is still to come: late notices, notices to be submitted, and how the counts shown will move."""

from breachtrail.report.draft import Draft
from breachtrail.wording import growth as grown
from breachtrail.wording import outlook as told


def tell(draft: Draft) -> None:
    """The forecast of the period, and what such forecasts were worth. Only told of what can be judged (``story.py``)."""
    outlook = draft.forecast(draft.scope.period)
    assert outlook is not None
    [one] = outlook.forecasts
    shown = draft.ask("notices", "individuals").value("notices")
    draft.say(
        draft.text(
            "final" if one.final.high - shown > shown // 100 else "settled", shown=shown, as_of=one.as_of,
            late_high=one.late.high, late_between=told.between(one.late, draft.phrases),
            to_come_high=one.to_come.high, to_come_between=told.between(one.to_come, draft.phrases),
            half_between=told.between(one.final, draft.phrases, half=True), final_between=told.between(one.final, draft.phrases),
        ),
        told.worth(outlook, draft.phrases),
    )  # fmt: skip
    growth = draft.ledger.growth(draft.scope.period, as_of=draft.scope.as_of)
    if growth.score:
        draft.say(grown.lead(growth, draft.phrases), grown.worth(growth, draft.phrases))
