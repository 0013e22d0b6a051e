"""Kind of organisation → Peers: how often its like file a notice, how large, by what means and through whom.

Every share and frequency has its 90% interval; what too few notices would have to carry is refused, and said to be. How
many organisations of a kind there are stands in no register: rates per organisation need the number from whoever asks.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import duckdb

from breachtrail.errors import QuestionError
from breachtrail.ledger import asof
from breachtrail.ledger.store import Head
from breachtrail.questions import condition, engine, period, statement
from breachtrail.questions.ask import Answer, ask, settled
from breachtrail.questions.question import Question

if TYPE_CHECKING:
    from breachtrail.estimates.share import Estimated

#: Fewer notices carry no shares and no quantiles.
FEWEST = 20
QUARTILES = (0.25, 0.5, 0.75, 0.9)


@dataclass(frozen=True)
class Kind:
    """What kind of organisation asks; see ``breachtrail.Ledger.peers``."""

    entity_type: str
    states: tuple[str, ...] = ()
    size: int | None = None
    organisations: int | None = None
    years: int = 5


@dataclass(frozen=True)
class Means:
    """One breach type or location among the notices: how many name it, and which share."""

    value: str
    notices: int
    share: "Estimated"


@dataclass(frozen=True)
class Peers:
    """What the notices of a kind of organisation look like over complete years.

    kind:       as asked, its words as the register has them
    yearly:     year → notices; notices: of all these years
    a_year:     notices a year; its interval is where the next year's is to be expected. None for a single year
    per_organisation: notices an organisation and year; None where nobody said how many organisations there are
    sizes:      share of notices → the size that so many do not exceed; of notices no larger than ``kind.size``, if that is given
    larger:     share of the notices that are larger than ``kind.size``
    placeholders: notices at 500 or 501, which are among the sizes
    means, whereabouts: breach types and locations, the most frequent first; a notice may name several
    through_associate: share of notices that involve a business associate, of those that say so or say no
    answers:    the figures' own answers, with SQL and caveats
    """

    kind: Kind
    first_year: int
    last_year: int
    yearly: dict[int, int]
    notices: int
    placeholders: int
    a_year: "Estimated | None"
    per_organisation: "Estimated | None"
    sizes: "dict[float, Estimated]"
    larger: "Estimated | None"
    means: tuple[Means, ...]
    whereabouts: tuple[Means, ...]
    through_associate: "Estimated | None"
    answers: tuple[Answer, ...]
    sql: str

    @property
    def is_enough(self) -> bool:
        """Whether there are notices enough for shares and quantiles."""
        return self.notices >= FEWEST


def peers(ledger: duckdb.DuckDBPyConnection, head: Head, kind: Kind, as_of: date | None, register: str) -> Peers:
    """The peers of ``kind``, as known at the end of ``as_of``. Raises QuestionError for what cannot be asked."""
    _believable(kind)
    conditions = [condition.of("entity_type", "=", [kind.entity_type])]
    if kind.states:
        conditions.append(condition.of("state", "=", list(kind.states)))
    looks = asof.coverage(ledger, register)
    last_year = period.latest_complete_year(looks, as_of)
    first_year = last_year - kind.years + 1
    base = settled(
        Question(
            ("notices",), (), tuple(conditions), date(first_year, 1, 1), date(last_year, 12, 31), as_of, None, register
        ),
        looks,
    )
    whole = ask(ledger, head, replace(base, measures=("notices", "placeholders")))
    split = {
        name: ask(ledger, head, replace(base, dimensions=(name,)))
        for name in ("year", "breach_type", "location", "business_associate")
    }
    notices, placeholders = whole.rows[0]
    found = dict(split["year"].rows)
    yearly = {year: found.get(year, 0) for year in range(first_year, last_year + 1)}
    asked = f"SELECT individuals FROM version WHERE {statement.frame(base)} AND {statement.SHOWN} AND individuals IS NOT NULL"
    parameters = statement.parameters(base)
    counts = engine.columns(ledger, asked, parameters)["individuals"].astype(float)
    from breachtrail.estimates import share

    enough = notices >= FEWEST
    within = counts if kind.size is None else counts[counts <= kind.size]
    involved = dict(split["business_associate"].rows)
    told = involved.get("Yes", 0) + involved.get("No", 0)
    kind = replace(kind, entity_type=conditions[0].values[0], states=tuple(conditions[1].values) if kind.states else ())
    return Peers(
        kind, first_year, last_year, yearly, notices, placeholders,
        share.next_year(list(yearly.values())) if len(yearly) > 1 else None,
        share.rate(notices, kind.organisations * kind.years) if kind.organisations else None,
        {part: share.quantile(within, part) for part in QUARTILES} if len(within) >= FEWEST else {},
        share.share(int((counts > kind.size).sum()), len(counts)) if kind.size and len(counts) >= FEWEST else None,
        _means(split["breach_type"], notices) if enough else (),
        _means(split["location"], notices) if enough else (),
        share.share(involved.get("Yes", 0), told) if told >= FEWEST else None,
        (whole, *split.values()), engine.with_literals(asked, parameters),
    )  # fmt: skip


def _means(answer: Answer, notices: int) -> tuple[Means, ...]:
    from breachtrail.estimates import share

    found = (Means(value, number, share.share(number, notices)) for value, number in answer.rows)
    return tuple(sorted(found, key=lambda one: (-one.notices, one.value)))


def _believable(kind: Kind) -> None:
    if not 1 <= kind.years <= 50:
        raise QuestionError(
            f"Peers are looked for over 1 to 50 complete years, not {kind.years}.", "peers_years", seen=kind.years
        )
    if kind.size is not None and kind.size < 500:
        raise QuestionError(
            "An organisation that holds information of fewer than 500 people cannot be in the public list, whatever befalls it: "
            "notices of fewer than 500 individuals are not listed (45 CFR 164.408). Its peers are not to be found here.",
            "peers_size",
        )
    if kind.organisations is not None and kind.organisations < 1:
        raise QuestionError("There is at least one organisation of this kind: yours.", "peers_organisations")
