"""Records are not people."""

from breachtrail.report.draft import Draft


def tell(draft: Draft) -> None:
    """Why the number of people is smaller than the number of records, within which bounds it lies, and what assumptions give."""
    [whole] = draft.ask("individuals", "largest").records()
    draft.say(draft.text("lead", individuals=whole["individuals"]))
    if not draft.is_nationwide:
        return
    people = draft.ledger.people(**draft.scope.asked, as_of=draft.scope.as_of)
    distinct = people.distinct
    if distinct.least >= distinct.most:
        return
    estimates = {one.assumption: one.people for one in distinct.overlaps}
    bound = "sum" if distinct.most == distinct.records else "residents"
    draft.say(
        draft.text("bounds", least=distinct.least),
        draft.text(f"most.{bound}", most=distinct.most, year=people.residents_year),
        draft.text("estimates", independent=estimates["independent"], half=estimates["half"]),
        draft.text("undecided"),
    )
