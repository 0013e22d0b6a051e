"""First sights of notices, looks, and open cases by age: the SQL that the estimates of late notices are made from."""

from datetime import date

import duckdb
import numpy as np

from breachtrail.estimates.sights import Looks, Sights
from breachtrail.estimates.stay import CLASS, Cases
from breachtrail.ledger.asof import KNOWN_THEN
from breachtrail.questions import engine
from breachtrail.questions.statement import SHOWN
from breachtrail.registers import register as registers

_CASES = 730  # days since submission of the cases that are looked at

#: A row a day of submission and first sight.
SIGHTS = """SELECT submitted_on, known_from AS first_seen, status = 'archive' AS archived, count(*) AS notices
FROM version WHERE register = $register AND rung = 'new' AND known_from <= $as_of AND submitted_on <= $as_of
GROUP BY ALL ORDER BY ALL"""

#: A row a look: its day, and the views looked at.
_LOOKS = """SELECT taken_on, list(DISTINCT view) AS views FROM snapshot
WHERE register = $register AND taken_on <= $as_of GROUP BY taken_on ORDER BY taken_on"""


def looks(ledger: duckdb.DuckDBPyConnection, register: str, as_of: date) -> Looks:
    """Every look until ``as_of`` that showed the open view, or every view."""
    views = set(registers.load(register).views)
    rows = [
        (day.toordinal(), bool({"all", "both"} & set(seen)) or views <= set(seen), views <= set(seen) or set(seen) != {"archive"})
        for day, seen in engine.run(ledger, _LOOKS, {"register": register, "as_of": as_of})
    ]  # fmt: skip
    told = [(day, whole) for day, whole, counts in rows if counts]
    return Looks(np.array([day for day, _ in told], dtype=np.int64), np.array([whole for _, whole in told], dtype=bool))


def sights(ledger: duckdb.DuckDBPyConnection, register: str, as_of: date) -> Sights:
    """First sights until ``as_of``."""
    rows = engine.run(ledger, SIGHTS, {"register": register, "as_of": as_of})
    submitted, seen, archived, notices = zip(*rows, strict=True) if rows else ((), (), (), ())
    return Sights(
        np.array([day.toordinal() for day in submitted], dtype=np.int64),
        np.array([day.toordinal() for day in seen], dtype=np.int64),
        np.array(archived, dtype=bool),
        np.array(notices, dtype=np.int64),
    )


def shown(ledger: duckdb.DuckDBPyConnection, register: str, as_of: date) -> dict[date, int]:
    """Notices that the register shows at the end of ``as_of``, by day of submission."""
    rows = engine.run(
        ledger,
        f"SELECT submitted_on, count(*) FROM version WHERE register = $register AND {KNOWN_THEN} AND {SHOWN} "
        "AND submitted_on IS NOT NULL GROUP BY submitted_on",
        {"register": register, "as_of": as_of},
    )
    return dict(rows)


def cases(ledger: duckdb.DuckDBPyConnection, register: str, seen: Looks) -> Cases:
    """Cases by age, and how many of them are open, at each whole look at more than one view."""
    days = [date.fromordinal(int(day)) for day in seen.days[seen.whole]]
    known = KNOWN_THEN.replace("$as_of", "look")
    rows = engine.run(
        ledger,
        f"""SELECT look, date_diff('day', submitted_on, look) // {CLASS} AS age, count(*),
            count(*) FILTER (WHERE status = 'under_investigation')
        FROM version JOIN (SELECT unnest($days::DATE[]) AS look) ON {known}
        WHERE register = $register AND {SHOWN} AND status <> 'all'
            AND submitted_on BETWEEN look - {_CASES} AND look
        GROUP BY ALL ORDER BY ALL""",
        {"register": register, "days": days},
    )
    look, age, notices, still = zip(*rows, strict=True) if rows else ((), (), (), ())
    return Cases(
        np.array([day.toordinal() for day in look], dtype=np.int64),
        np.array(age, dtype=np.int64),
        np.array(notices, dtype=np.int64),
        np.array(still, dtype=np.int64),
    )
