"""What helps against what was seen; advice, since the register says nothing of how a breach could have been stopped."""

from breachtrail.report.advice import Advice, Cause
from breachtrail.report.draft import Draft

#: Causes below this share of the notices get no advice.
LEADING = 0.03


def tell(draft: Draft) -> None:
    """Practices and goals for the leading causes, and the systems that nobody mends any more."""
    advice = Advice.load()
    notices = draft.ask("notices").value()
    counted = [(draft.ask("notices", where=cause.where).value(), cause) for cause in advice.causes]
    leading = sorted((one for one in counted if one[0] and one[0] >= LEADING * notices), key=lambda one: -one[0])
    draft.say(draft.text("lead"), draft.text("sources"))
    if leading:
        draft.points([_cause(draft, count, notices, cause) for count, cause in leading])
    draft.say(draft.text("systems"), draft.text("systems_source", as_of=advice.systems_as_of))
    day = draft.numbers.day
    draft.listing(
        draft.text("table"),
        [draft.text(f"column.{name}") for name in ("system", "ended", "paid")],
        [[one.name, day(one.ended), day(one.paid_until) if one.paid_until else "–"] for one in advice.systems],
        texts=(0, 1, 2),
    )


def _cause(draft: Draft, count: int, notices: int, cause: Cause) -> str:
    language = draft.phrases.language
    return draft.text(
        "cause",
        seen=cause.seen.printed(language),
        count=count,
        notices=notices,
        do=cause.do.printed(language),
        practices=[
            draft.text("practice", name=one.name.printed(language), number=one.number) for one in cause.practices
        ],
        goals=[goal.printed(language) for goal in cause.goals],
    )
