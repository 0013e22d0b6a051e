"""The made names: many, and with all that real ones have in them."""

from collections.abc import Iterator

import duckdb
import pytest

from breachtrail.simulate import marginals, names

MANY = 20_000


@pytest.fixture(scope="module")
def engine() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as engine:
        marginals.load(engine, 1)
        names.load(engine)
        engine.execute(
            f"CREATE TABLE name AS SELECT filer, body(filer, 0) AS body, form(filer, 0) AS form, body || form AS name "
            f"FROM range({MANY}) AS number(filer)"
        )
        yield engine


def test_nearly_every_name_is_the_only_one(engine) -> None:
    assert engine.execute("SELECT count(DISTINCT letters(name)) FROM name").fetchall()[0][0] > 0.97 * MANY


@pytest.mark.parametrize(
    ("sign", "share"), [(",", 0.33), ("&", 0.05), ("''", 0.02), ("d/b/a", 0.03), (".", 0.2), ("é", 0.005)]
)
def test_names_have_the_signs_of_real_ones(engine, sign: str, share: float) -> None:
    found = engine.execute(f"SELECT avg(contains(name, '{sign}')::INTEGER) FROM name").fetchall()[0][0]
    assert share / 2 < found < share * 2.2


@pytest.mark.parametrize("dress", [dress for dress, _ in names.DRESSES])
def test_a_dress_changes_the_look_and_not_the_name(engine, dress: str) -> None:
    """Broken encodings are another matter: they are repaired before names are compared."""
    changed, other = engine.execute(
        f"SELECT count(*) FILTER (WHERE dressed(name, '{dress}') <> name), "
        f"count(*) FILTER (WHERE letters(dressed(name, '{dress}')) <> letters(name)) FROM name"
    ).fetchall()[0]
    assert changed > 0
    assert dress == "mojibake" or other == 0


def test_broken_encodings_can_be_repaired(engine) -> None:
    import ftfy

    broken = engine.execute(
        "SELECT name, dressed(name, 'mojibake') AS broken FROM name WHERE broken <> name AND filer < 3000"
    ).fetchall()
    assert len(broken) > 20
    assert all(ftfy.fix_text(text, uncurl_quotes=False) == name.replace("'", "’") for name, text in broken)


@pytest.mark.parametrize("how", [how for how, _ in names.RENAMES if how != "taken_over"])
def test_a_rename_gives_another_name(engine, how: str) -> None:
    """One that comes to the same is no rename, and is not told as one; few do."""
    same = engine.execute(
        f"SELECT avg((letters(renamed(body, form, '{how}', filer, 1)) = letters(name))::INTEGER) FROM name"
    ).fetchall()[0][0]
    assert same < 0.15
