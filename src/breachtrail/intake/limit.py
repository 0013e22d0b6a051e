"""How often somebody may try: windows that move, kept in the memory of the one server that serves.

The lock of an account, which outlives a restart and counts from everywhere, is in the store (``account.py``).
"""

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

#: What is limited → how much of it one key has: whatever anybody asks for, attempts to sign in, calls with an access key.
RATES = {
    "request": "600/minute",
    "sign_in": "20/15 minutes",
    "account": "5/15 minutes",
    "api": "300/minute",
}


class Limits:
    """``Limits().allows('sign_in', address)``: whether this one may still be answered; asking counts."""

    def __init__(self, rates: dict[str, str] | None = None) -> None:
        """rates: other rates than ``RATES``, by name, written as the library limits reads them."""
        self._rates: dict[str, RateLimitItem] = {name: parse(rate) for name, rate in {**RATES, **(rates or {})}.items()}
        self._windows = MovingWindowRateLimiter(MemoryStorage())

    def allows(self, what: str, *whose: str) -> bool:
        """Count one more of ``what`` for ``whose``; False where it is too many."""
        return self._windows.hit(self._rates[what], what, *whose)

    def pause(self, what: str) -> int:
        """Seconds after which a window is sure to be free again."""
        return self._rates[what].get_expiry()
