"""Descriptions, as they stand beside archived notices: made-up sentences, some in several lines, some a leaked null."""

import duckdb

from breachtrail.simulate.marginals import chance, pick, quantile

#: Shares of archived notices, as measured in October 2024: a leaked null, nothing at all, line feeds, carriage returns, both.
_NULL, _NOTHING, _LINE_FEEDS, _RETURNS, _BOTH = 0.087, 0.052, 0.058, 0.018, 0.009
_SENTENCE = 100
_LONGEST = 3_995


def load(engine: duckdb.DuckDBPyConnection) -> None:
    """Define the macro ``described(notice, name, individuals)``: the same text for ever, once a notice is archived."""
    between = (
        f"CASE WHEN {chance('line', 'notice')} < {_LINE_FEEDS} THEN chr(10) "
        f"WHEN {chance('line', 'notice')} < {_LINE_FEEDS + _RETURNS} THEN chr(13) "
        f"WHEN {chance('line', 'notice')} < {_LINE_FEEDS + _RETURNS + _BOTH} THEN chr(13) || chr(10) ELSE ' ' END"
    )
    sentences = f"({quantile('description_lengths', 'length', 'notice')} / {_SENTENCE})::INTEGER"
    more = f"list_transform(range({sentences}), lambda nth: {pick('sentences', 'sentence', 'notice', 'nth')})"
    engine.execute(
        f"""CREATE OR REPLACE MACRO described(notice, name, individuals) AS (
        CASE WHEN {chance("text", "notice")} < {_NULL} THEN '\\N' WHEN {chance("text", "notice")} < {_NULL + _NOTHING} THEN ''
        ELSE left(name || ', the covered entity (CE), reported that ' || {pick("causes", "cause", "notice")} || '. It affected '
            || individuals || ' individuals.' || {between}
            || replace(array_to_string({more}, chr(1)), chr(1), {between}), {_LONGEST}) END)"""
    )
