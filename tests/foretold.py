"""A register that was looked at often and regularly, so that forecasts of it can be made and judged."""

from datetime import date, timedelta
from pathlib import Path

from made_up import MadeUpRegister, Row


def often_looked_at(home: Path) -> MadeUpRegister:
    """Two years with a notice every third day, posted twelve days later; looked at every sixty days."""
    register = MadeUpRegister(home)
    rows = [
        (day, Row(f"Clinic {place}", individuals=500 if place % 9 == 0 else 900 + place, submitted_on=day))
        for place in range(240) for day in [date(2023, 1, 1) + timedelta(days=3 * place)]
    ]  # fmt: skip
    for look in (date(2023, 6, 30) + timedelta(days=60 * place) for place in range(10)):
        shown = [row for day, row in rows if day <= look - timedelta(days=12)]
        resolved = [
            Row(row.name, individuals=7000, submitted_on=row.submitted_on)
            if row.individuals == 500 and row.submitted_on < look - timedelta(days=200) else row
            for row in shown
        ]  # fmt: skip
        register.look(str(look), under_investigation=resolved[len(shown) // 2 :], archive=resolved[: len(shown) // 2])
    return register
