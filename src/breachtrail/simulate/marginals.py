"""The measured figures and the invented words, handed to the engine as lists to draw from.

Every draw is a hash of the seed, what it is for and the numbers it is about: the same notice comes out the same on any
machine, with any number of threads and however many notices there are beside it.
"""

import functools
import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any

import duckdb
import yaml

#: Places of a list that shares are spread over.
_PLACES = 4_000
#: Steps of a list that stands for a distribution of numbers.
_STEPS = 1_000
_SHARES = ("entity_type", "breach_types", "business_associate", "locations", "state", "placeholder")


@functools.cache
def figures() -> Mapping[str, Any]:
    """The figures in ``marginals.yml``."""
    return _facts("marginals.yml")


@functools.cache
def _lists() -> Mapping[str, Sequence[Any]]:
    """Everything that can be drawn from: its name → what it holds."""
    told = figures()
    return {
        **_facts("words.yml"),
        "posting_delays": told["posting_delays"],
        **{name: _spread(told[name]) for name in _SHARES},
        "group_sizes": [size for size, seen in told["group_sizes"].items() for _ in range(seen)],
        "case_days": _quantiles(told["case_days"], float, float),
        "revision_factors": [math.log(value) for value in _quantiles(told["revision_factors"], math.log, math.exp)],
        "individuals": [math.log(value) for value in _quantiles(told["individuals"], math.log, math.exp)],
        "description_lengths": _quantiles(told["description_lengths"], float, float),
    }


def load(engine: duckdb.DuckDBPyConnection, seed: int) -> None:
    """Make seed and lists known to the engine, for ``chance``, ``pick`` and ``quantile``."""
    engine.execute("SET VARIABLE seed = $seed::BIGINT", {"seed": seed})
    for name, values in _lists().items():
        engine.execute(f"SET VARIABLE {name} = $values", {"values": list(values)})


def chance(purpose: str, *about: str) -> str:
    """SQL for a number from 0 to below 1, by a purpose and the numbers it is about."""
    return f"((hash({', '.join(about)}, '{purpose}', getvariable('seed')) >> 11) / 9007199254740992.0)"


def pick(kind: str, purpose: str, *about: str) -> str:
    """SQL for one of the words of a list, each as likely as its share."""
    drawn = f"hash({', '.join(about)}, '{purpose}', getvariable('seed')) % {len(_lists()[kind])}"
    return f"getvariable('{kind}')[1 + ({drawn})::INTEGER]"


def quantile(kind: str, purpose: str, *about: str) -> str:
    """SQL for a number of a distribution that is known by its quantiles (of counts: by their logarithms)."""
    place = f"({_STEPS} * {chance(purpose, *about)})"
    low, high = (f"getvariable('{kind}')[{upto} + floor({place})::INTEGER]" for upto in (1, 2))
    return f"({low} + ({place} - floor({place})) * ({high} - {low}))"


def _facts(name: str) -> dict[str, Any]:
    text = (resources.files("breachtrail.simulate") / name).read_text(encoding="utf-8")
    told: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return told


def _spread(shares: Mapping[Any, int]) -> list[Any]:
    """Each value as often in a list as its share asks for, at least once."""
    whole = sum(shares.values())
    return [value for value, share in shares.items() for _ in range(max(1, round(share / whole * _PLACES)))]


def _quantiles(known: Sequence[tuple[float, float]], to: Any, back: Any) -> list[float]:
    """The quantiles at equal steps, between those that are known."""
    shares, values = [share for share, _ in known], [to(value) for _, value in known]
    found = []
    for step in range(_STEPS + 1):
        share = step / _STEPS
        place = min(bisect_right(shares, share), len(shares) - 1)
        part = (share - shares[place - 1]) / (shares[place] - shares[place - 1])
        found.append(back(values[place - 1] + part * (values[place] - values[place - 1])))
    return found
