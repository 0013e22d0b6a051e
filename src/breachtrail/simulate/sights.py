"""First sights of a made-up register, with its truth: what the estimates are tried on, without writing any file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import duckdb
import numpy as np
from numpy.typing import NDArray

from breachtrail.estimates.sights import Days, Looks, Sights
from breachtrail.estimates.stay import CLASS, Cases
from breachtrail.simulate import history, marginals
from breachtrail.simulate.life import Life


@dataclass(frozen=True)
class Lived:
    """What the looks saw, and the day of submission of every notice, seen or not."""

    sights: Sights
    looks: Looks
    cases: Cases
    submitted: Days


def lived(engine: duckdb.DuckDBPyConnection, life: Life, days: Sequence[date], whole: Sequence[bool]) -> Lived:
    """The life of a register that was looked at on these ``days``, at every view where ``whole``, else at the open one.

    engine: an empty one in memory
    """
    marginals.load(engine, life.seed)
    history.post(engine, life, days)
    told = engine.execute("SELECT submitted_on, first, archived FROM made ORDER BY notice").fetchnumpy()
    submitted = told["submitted_on"].astype("datetime64[D]").astype(np.int64) + date(1970, 1, 1).toordinal()
    first, archived = told["first"].astype(np.int64), told["archived"].astype(np.int64)
    looked, is_whole = np.array([day.toordinal() for day in days], dtype=np.int64), np.array(whole, dtype=bool)
    seen_at = np.full(len(first), len(days))
    for step in reversed(range(len(days))):
        seen_at[(first <= step) & (is_whole[step] | (archived > step))] = step
    seen = seen_at < len(days)
    at = seen_at[seen]
    sights = Sights(submitted[seen], looked[at], archived[seen] <= at, np.ones(int(seen.sum()), dtype=np.int64))
    return Lived(sights, Looks(looked, is_whole), _cases(submitted, first, archived, looked, is_whole), submitted)


def _cases(submitted: Days, first: Days, archived: Days, looked: Days, whole: NDArray[np.bool_]) -> Cases:
    rows = []
    for step in np.flatnonzero(whole):
        listed = (first <= step) & (looked[step] - submitted <= 730) & (submitted <= looked[step])
        age = (looked[step] - submitted[listed]) // CLASS
        notices = np.bincount(age)
        still = np.bincount(age, weights=archived[listed] > step).astype(np.int64)
        rows += [(looked[step], one, notices[one], still[one]) for one in np.flatnonzero(notices)]
    looks, ages, counts, opened = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    return Cases(looks, ages, counts, opened)
