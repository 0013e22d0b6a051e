"""What a list of changes comes to: so many new, so many revised, so many gone, and what each did to the total."""

from collections.abc import Sequence
from dataclasses import dataclass

from breachtrail.ledger.asof import Row


@dataclass(frozen=True)
class Movement:
    """Changes of the notices of one period between two days, by what happened.

    revised: those whose number of individuals changed, the largest change first
    """

    appeared: tuple[Row, ...]
    returned: tuple[Row, ...]
    gone: tuple[Row, ...]
    revised: tuple[Row, ...]
    renamed: tuple[Row, ...]
    moved: tuple[Row, ...]

    @classmethod
    def of(cls, changes: Sequence[Row]) -> "Movement":
        """The changes of ``ledger.changes``, sorted out."""

        def kind(name: str) -> tuple[Row, ...]:
            return tuple(one for one in changes if one["kind"] == name)

        revised = tuple(one for one in kind("changed") if "individuals" in one["differs"])
        renamed = tuple(one for one in kind("changed") if "name" in one["differs"])
        moved = tuple(one for one in changes if one["kind"] in ("moved", "changed") and "status" in one["differs"])
        return cls(kind("appeared"), kind("returned"), kind("gone"), revised, renamed, moved)

    @property
    def is_none(self) -> bool:
        """Whether nothing happened that a reader would notice."""
        return not (self.appeared or self.returned or self.gone or self.revised or self.moved)

    @property
    def raised(self) -> tuple[Row, ...]:
        """Revisions upwards."""
        return tuple(one for one in self.revised if one["gained"] > 0)

    @property
    def lowered(self) -> tuple[Row, ...]:
        """Revisions downwards."""
        return tuple(one for one in self.revised if one["gained"] < 0)


@dataclass(frozen=True)
class Moves:
    """What changes come to, in figures; ``…_individuals`` is what those changes add to the total."""

    appeared: int = 0
    appeared_individuals: int = 0
    returned: int = 0
    revised: int = 0
    revised_individuals: int = 0
    renamed: int = 0
    moved: int = 0
    gone: int = 0
    gone_individuals: int = 0
    total: int = 0

    @classmethod
    def of(cls, kinds: Sequence[Row]) -> "Moves":
        """The rows of ``asof.moves``, one a kind."""
        by_kind = {row["kind"]: row for row in kinds}

        def told(kind: str, what: str) -> int:
            return int(by_kind[kind][what]) if kind in by_kind else 0

        return cls(
            told("appeared", "many"), told("appeared", "gained"), told("returned", "many"),
            told("changed", "revised"), told("changed", "revised_by"), told("changed", "renamed"),
            told("moved", "many") + told("changed", "moved"), told("gone", "many"), told("gone", "gained"),
            sum(int(row["gained"]) for row in kinds),
        )  # fmt: skip


def gained(changes: Sequence[Row]) -> int:
    """What these changes add to the individuals of the period; negative where they take away."""
    return sum(one["gained"] for one in changes)
