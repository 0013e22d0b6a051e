"""Business associates: who filed, and who was involved, are two questions."""

from breachtrail.report.draft import Draft


def tell(draft: Draft) -> None:
    """Both truths side by side."""
    measures = ("notices", "individuals")
    [whole] = draft.ask(*measures).records()
    [filed] = draft.ask(*measures, where={"entity_type": ["Business Associate"]}).records()
    [involved] = draft.ask(*measures, where={"business_associate": ["Yes"]}).records()
    if not filed["notices"] and not involved["notices"]:
        draft.say(draft.text("none", notices=whole["notices"]))
        return
    draft.say(
        draft.text("lead", filed=filed["notices"], involved=involved["notices"], notices=whole["notices"]),
        draft.text("both"),
    )
    if whole["individuals"]:
        draft.say(
            draft.text(
                "individuals", whole=whole["individuals"], filed=filed["individuals"], involved=involved["individuals"]
            )
        )
    columns = [draft.text("column"), *(draft.phrases.heading(measure, "measure") for measure in measures)]
    draft.listing(
        draft.text("table"),
        columns,
        [
            [draft.text(f"row.{name}"), *(draft.numbers.count(row[measure]) for measure in measures)]
            for name, row in (("filed", filed), ("involved", involved), ("whole", whole))
        ],
    )
