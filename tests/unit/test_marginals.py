"""What is drawn has the shares that were measured, and comes out the same anywhere."""

import duckdb

from breachtrail.notices.vocabulary import Vocabulary
from breachtrail.simulate import marginals


def drawn(expression: str, threads: int = 2) -> list[tuple[object, ...]]:
    with duckdb.connect(config={"threads": threads}) as engine:
        marginals.load(engine, 3)
        return engine.execute(
            f"SELECT {expression} AS drawn, count(*) FROM range(100000) AS number(notice) GROUP BY ALL ORDER BY ALL"
        ).fetchall()


def test_words_are_drawn_by_their_shares() -> None:
    found = dict(drawn(marginals.pick("state", "state", "notice")))
    measured = marginals.figures()["state"]
    assert found.keys() == measured.keys()
    assert abs(found["CA"] / 100_000 - measured["CA"] / sum(measured.values())) < 0.005


def test_counts_have_the_measured_quantiles() -> None:
    size = f"exp({marginals.quantile('individuals', 'size', 'notice')})"
    assert 0.49 < dict(drawn(f"{size} < 6460"))[True] / 100_000 < 0.51
    assert 0.94 < dict(drawn(f"{size} < 510574"))[True] / 100_000 < 0.96


def test_a_draw_depends_on_seed_and_number_alone() -> None:
    expression = f"(notice, {marginals.chance('purpose', 'notice')})"
    assert drawn(expression, threads=1) == drawn(expression, threads=4)


def test_every_word_is_one_of_the_register() -> None:
    vocabulary = Vocabulary.load()
    for kind, listed in (("breach_types", "breach_type"), ("locations", "location")):
        known = {spelling.lower() for spelling in vocabulary.spellings(listed)}
        assert {word.strip().lower() for cell in marginals.figures()[kind] for word in cell.split(",")} <= known
