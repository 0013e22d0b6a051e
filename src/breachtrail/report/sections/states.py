"""In which states: the ten with the most notices, and the map per million residents where the register is a country's."""

from typing import Any

from breachtrail.report.draft import Draft
from breachtrail.wording.statemap import state_map

LISTED = 10


def tell(draft: Draft) -> None:
    """The notices by the filer's state."""
    # A handful of notices says nothing per million residents, nor do those of one group.
    rated = draft.is_nationwide and not draft.scope.month
    answer = draft.ask("notices", "individuals", *(("notices_per_million",) if rated else ()), by=["state"])
    rows = answer.records()
    named = sorted((row for row in rows if row["state"]), key=lambda row: (-row["notices"], row["state"]))
    if not named:
        draft.say(draft.text("unnamed", notices=sum(row["notices"] for row in rows)))
        return
    first = named[0]
    leading = [row for row in named[:LISTED] if row["notices"] == first["notices"]]
    others = named[len(leading) : LISTED]
    if len(named) > 1:
        draft.say(
            draft.text(
                "lead",
                states=[draft.phrases.heading(str(row["state"]), "state") for row in leading],
                notices=first["notices"],
                others=[draft.text("item", **row) for row in others],
            ),
            _tied(draft, named),
            draft.text("filer"),
        )
    else:
        draft.say(draft.text("only", **first), draft.text("filer"))
    rate = _rate(draft, named) if rated else None
    draft.say(rate, *(draft.text("blank", notices=row["notices"]) for row in rows if not row["state"]))
    _table(draft, named[:LISTED], rated=rated)
    if not rated:
        return
    draft.draw(
        state_map(
            sorted(
                ({"state": row["state"], "notices_per_million": row["notices_per_million"]} for row in rows),
                key=lambda row: (-(row["notices_per_million"] or 0), row["state"] == "", row["state"]),
            ),
            measure="notices_per_million", phrases=draft.phrases, name="chart-states",
            title=draft.text("map"), caption=draft.caption(),
        )
    )  # fmt: skip
    residents = next((one for one in answer.caveats if one.code == "residents"), None)
    if residents and draft.scope.year > residents.values["year"]:
        draft.say(draft.text("residents", year=residents.values["year"]))


def _tied(draft: Draft, named: list[dict[str, Any]]) -> str | None:
    """The states that share the last place of the list but stand behind it in the alphabet."""
    tied = [row for row in named[LISTED:] if row["notices"] == named[LISTED - 1]["notices"]]
    states = [draft.phrases.heading(str(row["state"]), "state") for row in tied]
    return draft.text("tied", states=states, notices=tied[0]["notices"]) if tied else None


def _rate(draft: Draft, named: list[dict[str, Any]]) -> str | None:
    rated = [row for row in named if row["notices_per_million"] is not None]
    if not rated:
        return None
    everywhere = draft.ask("notices_per_million").value()
    return draft.text("rate", **max(rated, key=lambda row: row["notices_per_million"]), everywhere=everywhere)


def _table(draft: Draft, rows: list[dict[str, Any]], *, rated: bool) -> None:
    measures = ("notices", "individuals", *(("notices_per_million",) if rated else ()))
    columns = [
        draft.phrases.heading("state", "dimension"),
        *(draft.phrases.heading(one, "measure") for one in measures),
    ]
    listed = [
        [
            draft.phrases.heading(str(row["state"]), "state"),
            draft.numbers.count(row["notices"]),
            draft.numbers.count(row["individuals"]),
            *([_decimal(draft, row["notices_per_million"])] if rated else []),
        ]
        for row in rows
    ]
    draft.listing(draft.text("table"), columns, listed, names=[{0: f"states/{row['state']}"} for row in rows])


def _decimal(draft: Draft, rate: float | None) -> str:
    return "–" if rate is None else draft.numbers.decimal(rate, 1)
