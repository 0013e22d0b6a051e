"""Bringing a ledger up to date from a register's portal, day by day, by itself."""

from breachtrail.sync.run import Run, Wishes, planned, sync
from breachtrail.sync.status import Status, status

__all__ = ["Run", "Status", "Wishes", "planned", "status", "sync"]
