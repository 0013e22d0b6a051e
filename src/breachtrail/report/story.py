"""Ledger → Story: the year, or a month, in review, section by section, in one language."""

from collections.abc import Callable
from dataclasses import dataclass

from breachtrail.ledger.store import Head
from breachtrail.questions.ask import Answer
from breachtrail.report.draft import Draft
from breachtrail.report.ledger import Ledger
from breachtrail.report.organisation import printed_name
from breachtrail.report.scope import Scope
from breachtrail.report.section import Counted, Section
from breachtrail.report.sections import (
    associates,
    before,
    causes,
    filers,
    help,
    information,
    largest,
    method,
    months,
    open_numbers,
    outlook,
    records,
    revisions,
    states,
    totals,
    trap,
    whereabouts,
    years,
)
from breachtrail.wording.phrases import Phrases

Progress = Callable[[str, int, int], None]
Tell = Callable[[Draft], None]

#: The sections in their order; ``OF_A_YEAR``: those that make no sense for a month.
SECTIONS: dict[str, Tell] = {
    "totals": totals.tell,
    "records": records.tell,
    "information": information.tell,
    "filers": filers.tell,
    "causes": causes.tell,
    "whereabouts": whereabouts.tell,
    "states": states.tell,
    "months": months.tell,
    "largest": largest.tell,
    "associates": associates.tell,
    "before": before.tell,
    "years": years.tell,
    "open_numbers": open_numbers.tell,
    "revisions": revisions.tell,
    "outlook": outlook.tell,
    "trap": trap.tell,
    "help": help.tell,
    "method": method.tell,
}
OF_A_YEAR = frozenset({"months", "years"})
#: Of fewer complete years none is called the one with the most.
MANY_YEARS = 5
#: What can be told of a period without a single notice.
OF_NOTHING = frozenset({"method"})


@dataclass(frozen=True)
class Story:
    """The whole report, free of any dress.

    counted: how the figures of title and standfirst were counted; each section has its own
    answers: every answer behind the report, those of the sections among them
    """

    title: str
    standfirst: tuple[str, ...]
    sections: tuple[Section, ...]
    counted: tuple[Counted, ...]
    answers: tuple[Answer, ...]
    scope: Scope
    head: Head


def tell(ledger: Ledger, scope: Scope, phrases: Phrases, progress: Progress = lambda what, done, of: None) -> Story:
    """The story of ``scope`` in the language of ``phrases``; it says nothing of what was not observed."""
    opening = Draft("opening", scope, ledger, phrases)
    answer = opening.ask("notices", "individuals")
    [total] = answer.records()
    keys = [
        key for key in SECTIONS
        if not (scope.month and key in OF_A_YEAR)
        and (total["notices"] or key in OF_NOTHING)
        and (key != "records" or (total["individuals"] and total["notices"] > 1))
        and (key != "outlook" or opening.forecast(scope.period))
    ]  # fmt: skip
    sections = []
    for place, key in enumerate(keys):
        draft = Draft(key, scope, ledger, phrases)
        progress(draft.text("heading"), place, len(keys))
        SECTIONS[key](draft)
        sections.append(draft.section())
    progress("", len(keys), len(keys))
    kind = "title" if scope.is_over else "title_so_far"
    title = opening.text(kind if total["notices"] else "title_none", **total)
    standfirst = _standfirst(opening, total)
    answers = (*opening.answers, *(answer for section in sections for answer in section.answers))
    return Story(title, standfirst, tuple(sections), opening.counted, answers, scope, answer.head)


def _standfirst(draft: Draft, total: dict[str, int]) -> tuple[str, ...]:
    scope = draft.scope
    unseen = [view for view, look in draft.ask("notices", "individuals").observed.items() if look is None]
    known = [draft.text("known", as_of=scope.as_of), *([draft.text("unseen", views=unseen)] if unseen else [])]
    if not total["notices"]:
        looked = scope.looked_on >= scope.first
        return (draft.text("none") if looked else draft.text("not_looked", looked_on=scope.looked_on), *known)
    found = draft.ledger.notices(**scope.asked, as_of=scope.as_of, where=["individuals>=1"], limit=1)
    told: list[str | None] = []
    if found and total["notices"] > 1:
        told.append(
            draft.text(
                "largest", name=printed_name(found[0]["name"], draft.phrases), largest=found[0]["individuals"],
                whole=total["individuals"],
            )
        )  # fmt: skip
    told.append(_record(draft))
    types = draft.ask("notices", "share", by=["breach_type"]).records()
    top, *others = sorted(types, key=lambda row: -row["notices"])
    if top["breach_type"] and total["notices"] > 1 and not (others and others[0]["notices"] == top["notices"]):
        told.append(draft.text("cause", value=top["breach_type"], notices=top["notices"], share=top["share"]))
    return (*filter(None, told), *known)


def _record(draft: Draft) -> str | None:
    """That no complete year had more notices, or more records; None where there are few years, or some had."""
    if draft.scope.month:
        return None
    answer = draft.ask("notices", "individuals", by=["year"], every_period=True)
    if None in answer.observed.values():
        return None
    complete = years.whole(draft, answer.records())
    this = next((row for row in complete if row["year"] == draft.scope.year), None)
    if this is None or len(complete) < MANY_YEARS:
        return None
    others = [row for row in complete if row is not this]
    measures = [
        draft.text(f"measure.{name}")
        for name in ("notices", "individuals")
        if all(row[name] < this[name] for row in others)
    ]
    since = draft.numbers.year(complete[0]["year"])
    return draft.text("record", measures=measures, since=since) if measures else None
