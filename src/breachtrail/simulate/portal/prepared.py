"""A state made ready to be served: every page and every file is written once, however often it is asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from breachtrail.simulate.portal import export, page, selection
from breachtrail.simulate.portal.lists import BreachList
from breachtrail.simulate.portal.session import Shown
from breachtrail.simulate.portal.state import Row, State
from breachtrail.simulate.portal.switches import Switches

Made = TypeVar("Made")


class Prepared:
    """What was written of ``state`` so far."""

    def __init__(self, state: State) -> None:
        self.state = state
        self._written: dict[object, object] = {}

    def page(self, breach_list: BreachList, shown: Shown, ids: Mapping[str, str], switches: Switches) -> bytes:
        """A list's page, to be filled."""
        enctype = "multipart/form-data" if switches.multipart else "application/x-www-form-urlencoded"
        return self._once(
            ("page", shown, tuple(ids.values())),
            lambda: page.list_page(
                breach_list, shown.page, ids, shown, self._rows(breach_list, shown), switches.generation, enctype
            ),
        )

    def part(self, name: str, breach_list: BreachList, shown: Shown, ids: Mapping[str, str]) -> str:
        """A part of a list's page."""
        return self._once(
            (name, shown, tuple(ids.values())),
            lambda: page.part(name, breach_list, ids, shown, self._rows(breach_list, shown)),
        )

    def csv(self, breach_list: BreachList, shown: Shown) -> bytes:
        """Every row that is shown on one of the table's pages, as lines of a CSV."""
        whole = replace(shown, first=0, size=100, advanced=False, expanded=False)
        return self._once(("csv", whole), lambda: export.body(self._rows(breach_list, whole)))

    def _rows(self, breach_list: BreachList, shown: Shown) -> Sequence[Row]:
        return selection.rows(self.state, breach_list, shown)

    def _once(self, key: object, write: Callable[[], Made]) -> Made:
        if key not in self._written:
            self._written[key] = write()
        return self._written[key]  # type: ignore[return-value]
