"""A mutant with a fault made small: first with fewer steps, then with fewer lines and bytes."""

from collections.abc import Callable
from dataclasses import replace

from mutants.made import Mutant, mutant

#: Readings that one finding may cost.
MOST = 150


def smallest(seed: str, one: Mutant, is_faulty: Callable[[Mutant], bool], *, real: bool = True) -> Mutant:
    """The smallest mutant found that still is faulty."""
    left = MOST

    def still(other: Mutant) -> bool:
        nonlocal left
        left -= 1
        return left >= 0 and is_faulty(other)

    out: frozenset[int] = frozenset()
    for place in range(len(one.steps)):
        if still(fewer := mutant(seed, one.number, real=real, leave_out=out | {place})):
            one, out = fewer, out | {place}
    if one.cells is not None:
        return one
    end = b"\n" if b"\n" in one.told else b"\r"
    for parts, glue in ((one.told.split(end), end), ([], b"")):
        parts = parts or [one.told[place : place + 8] for place in range(0, len(one.told), 8)]
        step = max(1, len(parts) // 2)
        while step and left > 0:
            place = 0
            while place < len(parts) and left > 0:
                told = glue.join(parts[:place] + parts[place + step :])
                if still(fewer := replace(one, told=told)):
                    one, parts = fewer, parts[:place] + parts[place + step :]
                else:
                    place += step
            step //= 2
    return one
