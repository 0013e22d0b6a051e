"""Which rows a page or an export shows: one view, filtered and sorted."""

from collections.abc import Sequence
from datetime import date

from breachtrail.simulate.portal.lists import HIPAA, BreachList
from breachtrail.simulate.portal.session import Shown
from breachtrail.simulate.portal.state import Row, State


def rows(state: State, breach_list: BreachList, shown: Shown) -> Sequence[Row]:
    """The rows of the view, all pages of them; the help shows none."""
    if shown.view == "help":
        return ()
    found = state.rows(breach_list, shown.view)
    if shown.filters:
        place = {title: number for number, title in enumerate(breach_list.columns)}
        found = [row for row in found if all(_fits(row, place, name, asked) for name, asked in shown.filters)]
    if shown.sort:
        column, downwards = shown.sort
        found = sorted(found, key=lambda row: _order(breach_list.columns[column], row.cells[column]), reverse=downwards)
    return found


def _fits(row: Row, place: dict[str, int], name: str, asked: str) -> bool:
    """Whether a row is what one of the advanced options asks for; several values of one option are parted by a bar."""
    one = HIPAA.columns[4:7]
    match name:
        case "from" | "to":
            submitted, bound = _day(row.cells[place[one[0]]]), _day(asked)
            return bound is None or (
                submitted is not None and (submitted >= bound if name == "from" else submitted <= bound)
            )
        case "types" | "locations":
            held = row.cells[place[one[1] if name == "types" else one[2]]].split(", ")
            return any(value in held for value in asked.split("|"))
        case "entity_types":
            return row.cells[place["Covered Entity Type"]].replace("Clearing House", "Clearinghouse") == asked
        case "states":
            return row.cells[place["State"]] == asked
        case "associates":
            return row.cells[len(row.cells) - 2] == asked
        case "description":
            return asked.casefold() in row.cells[-1].casefold()
        case "name":
            return asked.casefold() in row.cells[0].casefold()
    return True


def _order(title: str, cell: str) -> tuple[int, str]:
    if title == "Individuals Affected":
        return (int(cell) if cell.isdigit() else -1, cell)
    if title == "Breach Submission Date":
        day = _day(cell)
        return (day.toordinal() if day else -1, cell)
    return (0, cell.casefold())


def _day(cell: str) -> date | None:
    try:
        month, day, year = map(int, cell.split("/"))
        return date(year, month, day)
    except ValueError:
        return None
