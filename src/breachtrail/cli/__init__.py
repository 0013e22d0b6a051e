"""The command line: the only place that prints and picks exit codes.

0: done. 1: done in part, some files were refused; of ``check``: something published does not hold.
2: refused, or not possible; a sentence says why. (sync and status have a few of their own.)
"""

from breachtrail.cli.commands import app, main

__all__ = ["app", "main"]
