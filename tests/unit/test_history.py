"""What happens to the notices happens as often as asked for; seen in the events and rows that the maker tells."""

from pathlib import Path
from typing import Any

import duckdb
import pytest

from breachtrail.simulate import Life, Made, write


def asked(statement: str) -> list[tuple[Any, ...]]:
    with duckdb.connect() as engine:
        return engine.execute(statement).fetchall()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    life = Life(
        notices=40_000,
        snapshots=2,
        new=0.02,
        revised=0.05,
        renamed=0.02,
        withdrawn=0.01,
        twins=0.05,
        one_list=True,
        texts=False,
    )
    return write(tmp_path_factory.mktemp("made"), life)


@pytest.mark.parametrize(
    ("event", "share"),
    [("arrived", 0.02), ("revised", 0.05), ("withdrawn", 0.01), ("renamed", 0.017), ("taken over", 0.003)],
)
def test_things_happen_as_often_as_asked_for(made: Made, event: str, share: float) -> None:
    day = made.files[1].name[:10]
    events = made.truth / "events.parquet"
    [(happened,)] = asked(f"SELECT count(*) FROM '{events}' WHERE event = '{event}' AND day = '{day}'")
    assert 0.75 * share < happened / made.rows[0] < 1.25 * share


def test_twins_are_as_many_as_asked_for(made: Made) -> None:
    letters = "regexp_replace(lower(name), '[^a-z0-9]', '', 'g')"
    [(shared,)] = asked(
        f"""WITH listed AS (SELECT "Name of Covered Entity" AS name, "Breach Submission Date" AS day FROM '{made.files[0]}')
        SELECT sum(k) FILTER (WHERE k > 1) / sum(k) FROM (SELECT count(*) AS k FROM listed GROUP BY {letters}, day)"""
    )
    assert 0.04 < shared < 0.06


def test_what_is_told_is_what_the_rows_show(made: Made) -> None:
    """A row says something else than on the day before just where the maker tells of it."""
    first, second = (str(path) for path in sorted(made.truth.glob("2*.parquet")))
    differ = asked(
        f"SELECT notice FROM '{first}' AS a JOIN '{second}' AS b USING (notice) WHERE a.content <> b.content ORDER BY ALL"
    )
    told = asked(
        f"SELECT DISTINCT notice FROM '{made.truth / 'events.parquet'}' WHERE event NOT IN ('arrived', 'withdrawn', 'respelled') "
        "ORDER BY ALL"
    )
    assert differ == told


def test_placeholders_are_resolved(tmp_path: Path) -> None:
    made = write(tmp_path, Life(notices=4_000, snapshots=3, resolved=1.0, one_list=True, texts=False))
    left = [
        asked(f"SELECT count(*) FROM '{path}' WHERE \"Individuals Affected\" IN (500, 501)")[0][0]
        for path in made.files
    ]
    assert left[0] > 100
    assert left[2] < 0.6 * left[0]
