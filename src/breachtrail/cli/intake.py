"""stand-in"""

from breachtrail.cli.commands import app


@app.group()
def intake() -> None:
    """A register of one's own."""
