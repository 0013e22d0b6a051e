"""What changed between two days, as columns and lines of text in the reader's language, and as rows for machines."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from breachtrail.ledger.asof import Row
from breachtrail.ledger.movement import Movement, Moves, gained
from breachtrail.wording.phrases import Phrases
from breachtrail.wording.terminal import Table, count, say

_WORDS = {"breach_types": "breach_type", "locations": "location"}


def table(found: Sequence[dict[str, Any]], language: str) -> Table:
    """Changes between two days, the weightiest first; mere moves between views are summed up below it."""
    phrases = Phrases.of(language)
    names = [say(language, f"column.{name}") for name in ("kind", "name", "state", "submitted_on", "what")]
    drawn = []
    for one in found:
        if one["kind"] == "moved":
            continue
        now = one["after"]
        drawn.append(
            [
                phrases.say(f"terminal.kind.{one['kind']}"),
                now["name"],
                now["state"] or "",
                str(now["submitted_on"] or ""),
                what(one, language),
            ]
        )
    return names, drawn, [False] * 5


def what(one: dict[str, Any], language: str) -> str:
    """What happened to one notice, in a line: its number if it is new or gone, else each column that differs."""
    phrases = Phrases.of(language)
    before, after = one["before"], one["after"]
    if one["kind"] == "appeared":
        return count(after["individuals"], phrases)
    if one["kind"] == "gone":
        return f"{count(before['individuals'], phrases)} → –"
    return say(language, "apart").join(differences(before, after, one["differs"], language))


def differences(before: Row, after: Row, differs: Sequence[str], language: str) -> list[str]:
    """What two versions of a notice say differently, a text for each of the columns ``differs``."""
    phrases = Phrases.of(language)
    told = []
    for name in differs:
        if name == "individuals":
            told.append(f"{count(before[name], phrases)} → {count(after[name], phrases)}")
        elif name == "description":
            told.append(say(language, "description_added" if before[name] is None else "description_changed"))
        elif name == "status":
            told.append(f"{phrases.label(before[name], 'status')} → {phrases.label(after[name], 'status')}")
        else:
            told.append(
                say(
                    language,
                    "differs",
                    column=say(language, f"column.{name}"),
                    before=_value(name, before[name], phrases),
                    after=_value(name, after[name], phrases),
                )
            )
    return told


def notes(found: Sequence[Row], language: str) -> list[str]:
    """Why the total moved: so many new, so many revised, so many gone."""
    moves = Movement.of(found)
    return [
        why(
            Moves(
                len(moves.appeared), gained(moves.appeared), len(moves.returned), len(moves.revised), gained(moves.revised),
                len(moves.renamed), len(moves.moved), len(moves.gone), gained(moves.gone), gained(found),
            ),
            language,
        )
    ]  # fmt: skip


def why(moves: Moves, language: str) -> str:
    """The same, of figures."""
    told = {**asdict(moves), "gone_individuals": -moves.gone_individuals}
    return say(language, "why_moved", **told)


def rows(found: Sequence[dict[str, Any]]) -> tuple[tuple[str, ...], tuple[str, ...], list[list[Any]]]:
    """Changes for machines: a row a notice, values before and after."""
    columns = ("id", "kind", "differs", "gained", "name", "state", "submitted_on", "individuals_before", "individuals_after",
               "name_before", "status_before", "status_after")  # fmt: skip
    types = (
        "VARCHAR",
        "VARCHAR",
        "VARCHAR[]",
        "BIGINT",
        "VARCHAR",
        "VARCHAR",
        "DATE",
        "BIGINT",
        "BIGINT",
        "VARCHAR",
        "VARCHAR",
        "VARCHAR",
    )
    rows = []
    for one in found:
        before, after = one["before"] or {}, one["after"]
        rows.append(
            [one["id"], one["kind"], one["differs"], one["gained"], after["name"], after["state"], after["submitted_on"],
             before.get("individuals"), after["individuals"], before.get("name"), before.get("status"), after["status"]]
        )  # fmt: skip
    return columns, types, rows


def _value(name: str, value: Any, phrases: Phrases) -> str:
    if value is None:
        return "–"
    if isinstance(value, list):
        return phrases.numbers.listed([phrases.label(one, _WORDS[name]) for one in value])
    return phrases.label(str(value), name)
