"""The ladder for what equal content left over: pure rules over a few rows, each rung one to one.

Each rung sees only what the last left over, and joins only where the partner is the only one on both sides. The
submission date is never set free, and a count of 500 or 501 is never evidence. How each rung was measured is written
in ``docs/method.md``.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from rapidfuzz import fuzz

from breachtrail.ledger import rungs
from breachtrail.notices.shape import PLACEHOLDERS

#: Names alike from here up (0 to 100) are one organisation's, where date and count, or date and state, agree too.
ALIKE = 75.0


class Free(NamedTuple):
    """A row without a partner yet, on either side.

    name_key, content, text: hashes of the bare name, of all that both sides carry, and of the description
    place: order in its list, None where the list is in no order of days
    record_id: the register's own, None where it is not known
    """

    key: int
    name_key: int
    name: str
    state: str | None
    individuals: int | None
    submitted_on: date | None
    status: str | None
    place: int | None
    content: int
    text: int | None
    record_id: str | None = None

    @property
    def has_evidence(self) -> bool:
        """Whether its count says anything: it is known, and no placeholder."""
        return self.individuals is not None and self.individuals not in PLACEHOLDERS


Pair = tuple[int, int, str]
Key = Callable[[Free], Hashable]


def climb(older: Iterable[Free], newer: Iterable[Free], *, both_whole: bool) -> list[Pair]:
    """Pairs ``(older key, newer key, rung)``, the surest first.

    both_whole: both sides show every view, so a row without partner is one that came or went
    """
    older = list(older)
    days = {row.submitted_on for row in older}  # never set free: a row of another day finds no partner
    ladder = _Ladder(older, (row for row in newer if row.submitted_on in days))
    ladder.in_turn(rungs.SAME_CONTENT, lambda row: (row.content, row.text) if row.text is not None else None)
    ladder.in_turn(rungs.SAME_CONTENT, _of("content", "status"))
    ladder.in_turn(rungs.SAME_CONTENT, _of("content"))
    ladder.only_partner(rungs.SAME_NAME_AND_COUNT, _of("name_key", "submitted_on", "individuals", "state"))
    ladder.only_partner(rungs.SAME_NAME_AND_COUNT, _of("name_key", "submitted_on", "individuals"), _states_agree)
    ladder.only_partner(rungs.SAME_NAME, _of("name_key", "submitted_on", "state"))
    ladder.only_partner(rungs.SAME_NAME, _of("name_key", "submitted_on"), _states_agree)
    ladder.alike(rungs.RENAMED, _day_and_count)
    ladder.only_partner(
        rungs.SAME_COUNT, lambda row: (row.submitted_on, row.individuals, row.state) if row.has_evidence else None
    )
    ladder.only_partner(rungs.SAME_COUNT_OTHER_STATE, _day_and_count)
    ladder.alike(rungs.RENAMED_AND_REVISED, _of("submitted_on"), _states_agree)
    ladder.twins()
    if both_whole:
        ladder.only_partner(
            rungs.LAST_OF_DAY_AND_STATE, lambda row: (row.submitted_on, row.state) if row.state else None
        )
    return ladder.pairs


def _of(*columns: str) -> Key:
    """The values of these columns, as a key (no row lacks it)."""
    return attrgetter(*columns)


def _day_and_count(row: Free) -> Hashable:
    return (row.submitted_on, row.individuals) if row.has_evidence else None


def likeness(one: str, other: str) -> float:
    """How alike two names are, 0 to 100, whatever their legal form, trade name or order of words."""
    return float(fuzz.token_set_ratio(_words(one), _words(other)))


def _words(name: str) -> str:
    return " ".join("".join(letter if letter.isalnum() else " " for letter in name.casefold()).split())


def _states_agree(one: Free, other: Free) -> bool:
    """A blank state goes with any: it stands for a territory, or for nothing said."""
    return one.state is None or other.state is None or one.state == other.state


def _are_two_records(one: Free, other: Free) -> bool:
    """Two record ids in one view are two notices. Whether an id outlives a move to the other view is not known."""
    known = one.record_id is not None and other.record_id is not None
    return known and one.record_id != other.record_id and one.status == other.status


def _side_by_side(older: Sequence[Free], newer: Sequence[Free]) -> Iterator[tuple[Free, Free]]:
    """The first with the first, the second with the second, as far as they can be one; a row that cannot is passed over."""
    left = list(newer)
    for old in older:
        new = next((one for one in left if not _are_two_records(old, one)), None)
        if new is not None:
            left.remove(new)
            yield old, new


def _always(one: Free, other: Free) -> bool:
    return True


class _Ladder:
    """The rows still free on both sides, and the pairs found so far."""

    def __init__(self, older: Iterable[Free], newer: Iterable[Free]) -> None:
        self._older = {row.key: row for row in older}
        self._newer = {row.key: row for row in newer}
        self.pairs: list[Pair] = []

    def in_turn(self, rung: str, key: Key) -> None:
        """Equal keys as a multiset: the first with the first, the second with the second, by place in the list."""
        for older, newer in self._met(key):
            for old, new in _side_by_side(sorted(older, key=_by_place), sorted(newer, key=_by_place)):
                self._take(old, new, rung)

    def only_partner(self, rung: str, key: Key, agree: Callable[[Free, Free], bool] = _always) -> None:
        """Equal keys where neither side has a second row with them."""
        for older, newer in self._met(key):
            if len(older) == len(newer) == 1 and agree(older[0], newer[0]) and not _are_two_records(older[0], newer[0]):
                self._take(older[0], newer[0], rung)

    def alike(self, rung: str, key: Key, agree: Callable[[Free, Free], bool] = _always) -> None:
        """Names that are alike, where the keys are equal: each other's best, with no equal beside them."""
        for older, newer in self._met(key):
            scores = {
                (old, new): score
                for old in older
                for new in newer
                if agree(old, new)
                and not _are_two_records(old, new)
                and (score := likeness(old.name, new.name)) >= ALIKE
            }
            for old, new in _each_others_best(scores):
                self._take(old, new, rung)

    def twins(self) -> None:
        """What one filer filed several times in a day, by its place in the day, for the list keeps its order.

        Where a list is in no order of days, the smaller count is the smaller count.
        """
        for older, newer in self._met(_of("name_key", "submitted_on", "state")):
            if len(older) != len(newer):
                continue
            unordered = any(row.place is None for row in newer)
            order = _by_count if unordered else _by_place
            pairs = list(zip(sorted(older, key=order), sorted(newer, key=order), strict=True))
            if any(_are_two_records(old, new) for old, new in pairs):
                continue
            for old, new in pairs:
                self._take(old, new, rungs.TWIN)

    def _met(self, key: Key) -> list[tuple[list[Free], list[Free]]]:
        """For each value of the key that both sides have: the rows of either side."""
        older: dict[Hashable, list[Free]] = defaultdict(list)
        for row in self._older.values():
            if (value := key(row)) is not None:
                older[value].append(row)
        newer: dict[Hashable, list[Free]] = defaultdict(list)
        for row in self._newer.values():
            if (value := key(row)) in older:
                newer[value].append(row)
        return [(older[value], rows) for value, rows in newer.items()]

    def _take(self, old: Free, new: Free, rung: str) -> None:
        del self._older[old.key], self._newer[new.key]
        self.pairs.append((old.key, new.key, rung))


def _by_place(row: Free) -> tuple[int, int]:
    return (row.place if row.place is not None else 0, row.key)


def _by_count(row: Free) -> tuple[int, int]:
    return (row.individuals if row.individuals is not None else -1, row.key)


def _each_others_best(scores: dict[tuple[Free, Free], float]) -> Sequence[tuple[Free, Free]]:
    best: dict[int, list[float]] = defaultdict(list)
    for (old, new), score in scores.items():
        best[old.key].append(score)
        best[-1 - new.key].append(score)

    def is_best(score: float, rivals: list[float]) -> bool:
        return score == max(rivals) and rivals.count(score) == 1

    return [
        (old, new)
        for (old, new), score in scores.items()
        if is_best(score, best[old.key]) and is_best(score, best[-1 - new.key])
    ]
