"""The made descriptions wear what the archive's wear."""

import duckdb

from breachtrail.simulate import marginals, texts


def test_descriptions_are_as_those_of_the_archive() -> None:
    with duckdb.connect() as engine:
        marginals.load(engine, 1)
        texts.load(engine)
        nulls, blanks, feeds, returns, median, longest = engine.execute(
            """SELECT avg((text = '\\N')::INTEGER), avg((text = '')::INTEGER), avg(contains(text, chr(10))::INTEGER),
                avg(contains(text, chr(13))::INTEGER), median(length(text)), max(length(text))
            FROM (SELECT described(notice, 'Somebody', 600) AS text FROM range(20000) AS number(notice))"""
        ).fetchall()[0]
    assert 0.07 < nulls < 0.1
    assert 0.04 < blanks < 0.065
    assert 0.05 < feeds < 0.08
    assert 0.02 < returns < 0.035
    assert 450 < median < 900
    assert 2_500 < longest <= 3_995
