"""What became of counts between two looks at every view: the SQL that the estimates of revisions are made from."""

from datetime import date

import duckdb
import numpy as np

from breachtrail.estimates.revision import Changes, Pairs
from breachtrail.estimates.sights import Days, Looks
from breachtrail.ledger import asof
from breachtrail.ledger.asof import KNOWN_THEN
from breachtrail.notices.shape import PLACEHOLDERS
from breachtrail.questions import engine
from breachtrail.questions.statement import SHOWN

#: So many of the last pairs of looks are compared.
_PAIRS = 24


def known(ledger: duckdb.DuckDBPyConnection, register: str, looks: Looks) -> tuple[Pairs, Changes]:
    """Every notice at each whole look and the next: counts by class, and each revision."""
    days = [date.fromordinal(int(day)) for day in looks.days[looks.whole]][-_PAIRS - 1 :]
    both = f"""pair AS (SELECT unnest($looks::DATE[]) AS look, unnest($nexts::DATE[]) AS next),
        old AS (SELECT look, next, notice, individuals, submitted_on FROM version JOIN pair ON {KNOWN_THEN.replace("$as_of", "look")}
            WHERE register = $register AND {SHOWN} AND individuals IS NOT NULL AND submitted_on IS NOT NULL),
        met AS (SELECT old.*, version.individuals AS after, individuals IN {PLACEHOLDERS} AS placeholder
            FROM old JOIN version ON version.notice = old.notice AND {KNOWN_THEN.replace("$as_of", "next")}
            WHERE {SHOWN} AND version.individuals IS NOT NULL)"""
    both = both.replace("individuals IN", "old.individuals IN")
    told = {"register": register, "looks": days[:-1], "nexts": days[1:]}
    rows = engine.run(
        ledger,
        f"WITH {both} SELECT look, next - look, placeholder, least(1800, (look - submitted_on) // 30 * 30), count(*), "
        "count(*) FILTER (WHERE after <> individuals) FROM met GROUP BY ALL ORDER BY ALL",
        told,
    )
    changed = engine.run(
        ledger,
        f"WITH {both} SELECT look, placeholder, individuals, after FROM met WHERE after <> individuals ORDER BY ALL",
        told,
    )
    look, gap, placeholder, age, notices, revised = zip(*rows, strict=True) if rows else ((),) * 6
    pairs = Pairs(
        _ordinals(look), np.array(gap, dtype=np.int64), np.array(placeholder, dtype=bool), np.array(age, dtype=np.int64),
        np.array(notices, dtype=np.int64), np.array(revised, dtype=np.int64),
    )  # fmt: skip
    look, placeholder, before, after = zip(*changed, strict=True) if changed else ((),) * 4
    changes = Changes(
        _ordinals(look), np.array(placeholder, dtype=bool), np.array(before, dtype=np.int64), np.array(after, dtype=np.int64)
    )  # fmt: skip
    return pairs, changes


def counts(ledger: duckdb.DuckDBPyConnection, register: str, as_of: date, first: date, last: date) -> tuple[Days, Days]:
    """Counts and days of submission (day numbers) of the notices that the register shows of a period."""
    rows = engine.run(
        ledger,
        f"SELECT individuals, submitted_on FROM version WHERE register = $register AND {KNOWN_THEN} AND {SHOWN} "
        "AND individuals IS NOT NULL AND submitted_on BETWEEN $first AND $last ORDER BY ALL",
        {"register": register, "as_of": as_of, "first": first, "last": last},
    )
    individuals, submitted = zip(*rows, strict=True) if rows else ((), ())
    return np.array(individuals, dtype=np.int64), _ordinals(submitted)


def became(
    ledger: duckdb.DuckDBPyConnection, register: str, day: date, then: date, first: date
) -> tuple[Days, Days, Days]:
    """Counts on ``day`` and on ``then``, and days of submission, of the notices submitted since ``first`` and shown on ``day``.

    One that gives no count then, or is shown no more, is taken as not revised.
    """
    sides = (("old", "$day"), ("new", "$then"))
    old, new = (KNOWN_THEN.replace("known_", f"{side}.known_").replace("$as_of", end) for side, end in sides)
    rows = engine.run(
        ledger,
        f"""SELECT old.individuals, coalesce(new.individuals, old.individuals), old.submitted_on
        FROM version AS old LEFT JOIN version AS new ON new.notice = old.notice AND {new} AND new.{SHOWN}
        WHERE old.register = $register AND {old} AND old.{SHOWN} AND old.individuals IS NOT NULL
            AND old.submitted_on BETWEEN $first AND $day ORDER BY ALL""",
        {"register": register, "day": day, "then": then, "first": first},
    )
    before, after, submitted = zip(*rows, strict=True) if rows else ((), (), ())
    return np.array(before, dtype=np.int64), np.array(after, dtype=np.int64), _ordinals(submitted)


def appeared(ledger: duckdb.DuckDBPyConnection, register: str, day: date, until: date, first: date, last: date) -> int:
    """Individuals, as first counted, of the notices submitted from ``first`` to ``last`` and first seen after ``day``."""
    [row] = engine.run(
        ledger,
        """SELECT coalesce(sum(individuals), 0)::BIGINT FROM version WHERE register = $register AND rung = 'new'
        AND known_from > $day AND known_from <= $until AND submitted_on BETWEEN $first AND $last""",
        {"register": register, "day": day, "until": until, "first": first, "last": last},
    )
    return int(row[0])


def count_of(ledger: duckdb.DuckDBPyConnection, register: str, id: str, as_of: date) -> tuple[str, int, date] | None:
    """Name, count and day of submission of the notice with this id; None where the register does not show all of them."""
    rows = engine.run(
        ledger,
        f"""WITH {asof.meant()}
        SELECT name, individuals, submitted_on FROM version
        WHERE notice IN (FROM meant) AND register = $register AND {KNOWN_THEN} AND {SHOWN}
            AND individuals IS NOT NULL AND submitted_on IS NOT NULL""",
        {**asof.bound(id), "register": register, "as_of": as_of},
    )
    return rows[0] if rows else None


def _ordinals(days: tuple[date, ...]) -> Days:
    return np.array([day.toordinal() for day in days], dtype=np.int64)
