"""What happens to each notice, snapshot by snapshot: tables of the maker's own numbers, and no text but new names.

Notices are numbered in the order of their submission, snapshots (``step``) from 0. ``made`` holds a notice a row, the
other tables what happened to few of them.
"""

from collections.abc import Sequence
from datetime import date, timedelta

import duckdb

from breachtrail.simulate import names
from breachtrail.simulate.calendar import submissions
from breachtrail.simulate.life import Life
from breachtrail.simulate.marginals import chance, pick, quantile

#: Filings of one filer on one day, as often as seen in October 2024.
_GROUPS = {2: 28, 3: 5, 4: 1, 7: 1, 13: 1}
_MOST = max(_GROUPS)
#: Twins with the same count; twins posted on the same day; notices of a filer who has filed on another day.
_SAME_COUNT, _POSTED_TOGETHER, _FILED_BEFORE = 0.3, 0.8, 0.12
#: First told counts that are placeholders, and those of them that stay so.
_PLACEHOLDERS, _NEVER_RESOLVED = 0.08, 0.3
#: Days from submission to the archive.
_SHORTEST_CASE, _LONGEST_CASE = 60, 900
#: Four of five revisions befall the tenth that was submitted last.
_YOUNG, _OF_THE_YOUNG = 0.1, 0.8
#: Renames that come with another count.
_REVISED_TOO = 0.1
#: Revisions that go down.
_DOWN = 0.2
FEWEST = 502


def live(engine: duckdb.DuckDBPyConnection, life: Life, looks: Sequence[date]) -> None:
    """Make ``made``, ``counted``, ``called``, ``spelled`` and ``coded``: all that happens until the last snapshot."""
    _submit(engine, life, looks)
    _follow(engine, life, looks)
    _rename(engine, life, len(looks))
    _revise(engine, life, len(looks))
    _respell(engine, life, len(looks))
    _recode(engine, life, len(looks))


def _submit(engine: duckdb.DuckDBPyConnection, life: Life, looks: Sequence[date]) -> None:
    """``filed(notice, submitted_on, head)``: the head is the first of those that one filer filed that day."""
    days = submissions(life, looks[-1])
    engine.execute(
        "CREATE OR REPLACE TEMP TABLE filed AS SELECT row_number() OVER (ORDER BY day) AS notice, day AS submitted_on FROM ("
        "SELECT day, unnest(range(count)) FROM (SELECT unnest($days::DATE[]) AS day, unnest($counts::BIGINT[]) AS count))",
        {"days": [day for day, _ in days], "counts": [count for _, count in days]},
    )
    sizes = [size for size, seen in _GROUPS.items() for _ in range(seen)]
    heads = life.twins * len(sizes) / sum(sizes)
    engine.execute("SET VARIABLE group_sizes = $sizes", {"sizes": sizes})
    size = f"getvariable('group_sizes')[1 + (hash(notice, 'group', getvariable('seed')) % {len(sizes)})::INTEGER]"
    engine.execute(
        f"""CREATE OR REPLACE TEMP TABLE twin AS
        SELECT filed.notice, min(head) AS head FROM (
            SELECT notice AS head, submitted_on, unnest(range(notice, notice + {size})) AS notice
            FROM filed WHERE {chance("twins", "notice")} < {heads}) AS grouped
        JOIN filed USING (notice, submitted_on) GROUP BY filed.notice"""
    )


def _follow(engine: duckdb.DuckDBPyConnection, life: Life, looks: Sequence[date]) -> None:
    """``made``: when a notice is first listed, archived and gone, in steps; never is a step beyond the last."""
    first, last = looks[0] - timedelta(days=1), looks[-1]
    engine.execute(
        "SET VARIABLE step_on = (SELECT list(step ORDER BY day) FROM (SELECT day, (SELECT count(*) FROM (SELECT unnest($looks) "
        "AS look) WHERE look < day) AS step FROM (SELECT unnest(range($first::DATE, $last::DATE + 1, INTERVAL 1 DAY)) AS day)))",
        {"looks": list(looks), "first": first, "last": last},
    )
    steps = len(looks)

    def step_of(day: str) -> str:
        inside = f"getvariable('step_on')[1 + ({day} - DATE '{first}')]"
        return f"CASE WHEN {day} > DATE '{last}' THEN {steps} WHEN {day} <= DATE '{first}' THEN 0 ELSE {inside} END::USMALLINT"

    posted = f"submitted_on + {pick('posting_delays', 'delay', 'together')}"
    archived = (
        f"submitted_on + ({_SHORTEST_CASE} + {_LONGEST_CASE - _SHORTEST_CASE} * {chance('case', 'notice')})::INTEGER"
    )
    engine.execute(
        f"""CREATE OR REPLACE TEMP TABLE made AS
        SELECT notice, submitted_on, head, filer, count_of, is_placeholder, first, gone,
            {"0::USMALLINT" if life.one_list else "greatest(first, archived)"} AS archived,
            {"false" if life.one_list else f"archived > first AND {chance('transit', 'notice')} < {life.transit}"} AS transit,
            CASE WHEN {chance("never", "notice")} < {_NEVER_RESOLVED} THEN {steps}
                ELSE least({steps}, first + {_waiting(life.resolved, "resolved")}) END::USMALLINT AS resolved
        FROM (
            SELECT *, {step_of(posted)} AS first, {step_of(archived)} AS archived,
                least({steps}, {step_of(posted)} + {_waiting(life.withdrawn, "withdrawn")})::USMALLINT AS gone,
                {chance("placeholder", "count_of")} < {_PLACEHOLDERS} AS is_placeholder
            FROM (
                SELECT notice, submitted_on, coalesce(head, notice) AS head,
                    CASE WHEN {chance("filed before", "coalesce(head, notice)")} < {_FILED_BEFORE}
                        THEN 1 + (coalesce(head, notice) * {chance("who", "coalesce(head, notice)")})::BIGINT
                        ELSE coalesce(head, notice) END AS filer,
                    CASE WHEN {chance("same count", "notice")} < {_SAME_COUNT} THEN coalesce(head, notice) ELSE notice END AS count_of,
                    CASE WHEN {chance("together", "notice")} < {_POSTED_TOGETHER} THEN coalesce(head, notice) ELSE notice END AS together
                FROM filed LEFT JOIN twin USING (notice)))"""
    )
    engine.execute("DROP TABLE filed")


def _waiting(rate: float, purpose: str) -> str:
    """SQL for the snapshots until something happens that happens to this share at each: one or more."""
    if rate == 0:
        return "100000"
    if rate == 1:
        return "1"
    return f"least(100000, 1 + floor(ln(1 - {chance(purpose, 'notice')}) / ln(1 - {rate}::DOUBLE)))::INTEGER"


def _befalls(life_rate: str, purpose: str, steps: int) -> str:
    """SQL for the notices and steps at which something befalls a listed notice."""
    return (
        f"SELECT notice, step FROM made, (SELECT unnest(range(1, {steps})) AS step) "
        f"WHERE {chance(purpose, 'notice', 'step')} < {life_rate} AND first < step AND step < gone"
    )


def _rename(engine: duckdb.DuckDBPyConnection, life: Life, steps: int) -> None:
    """``called(notice, step, how, name)``: the new name, where it is another one indeed."""
    shorter = "name"
    for long, short in (
        ("Center", "Ctr"),
        ("Medical", "Med"),
        ("Associates", "Assoc"),
        ("Services", "Svcs"),
        ("Department", "Dept"),
    ):
        shorter = f"replace({shorter}, '{long}', '{short}')"
    old, new = "form(filer, taken_over)", "form(notice, step)"
    engine.execute(
        f"""CREATE OR REPLACE TEMP TABLE called AS
        WITH renamed AS ({_befalls(str(life.renamed), "renamed", steps)}),
        kind AS (SELECT *, {names.which(names.RENAMES, chance("how", "notice", "step"), "'taken_over'")} AS how FROM renamed),
        since AS (
            SELECT *, coalesce(max(CASE WHEN how = 'taken_over' THEN step END) OVER (PARTITION BY notice ORDER BY step), 0) AS taken_over
            FROM kind JOIN made USING (notice)),
        plain AS (
            SELECT *, body(filer, taken_over) AS body, {old} AS form, body(filer, taken_over) || {old} AS name,
                coalesce(lag(taken_over) OVER (PARTITION BY notice ORDER BY step), 0) AS taken_over_before FROM since),
        told AS (
            SELECT notice, step, how, body(filer, taken_over_before) || form(filer, taken_over_before) AS name_at_first, CASE how
                WHEN 'form' THEN CASE WHEN {new} <> form THEN body || {new} WHEN form <> '' THEN body ELSE body || ', Inc.' END
                WHEN 'trade_name' THEN name || ' d/b/a ' || place(notice, step) || ' ' || {pick("kinds", "trade", "notice", "step")}
                WHEN 'word' THEN body || ' ' || {pick("added_words", "word", "notice", "step")} || form
                WHEN 'abbreviated' THEN CASE WHEN {shorter} <> name THEN {shorter} ELSE 'The ' || name END
                ELSE name END AS name FROM plain)
        SELECT notice, step, how, name FROM told
        QUALIFY name <> coalesce(lag(name) OVER (PARTITION BY notice ORDER BY step), name_at_first)"""
    )


def _revise(engine: duckdb.DuckDBPyConnection, life: Life, steps: int) -> None:
    """``counted(notice, step, resolved, individuals)``: the new count, where it is another one indeed."""
    young = [
        f"WHEN {step} THEN (SELECT quantile_disc(notice, {1 - _YOUNG}) FROM made WHERE first < {step})"
        for step in range(1, steps)
    ]
    often, seldom = life.revised * _OF_THE_YOUNG / _YOUNG, life.revised * (1 - _OF_THE_YOUNG) / (1 - _YOUNG)
    if often > 1:  # more than the young can bear
        often = seldom = life.revised
    engine.execute(
        "CREATE OR REPLACE TEMP TABLE youngest AS SELECT step, "
        f"CASE step {' '.join(young) or 'WHEN 0 THEN 0'} END AS since FROM (SELECT unnest(range(1, {steps})) AS step)"
    )
    factor = chance("factor", "notice", "step")
    size = (
        f"CASE WHEN {chance('down', 'notice', 'step')} < {_DOWN} THEN -(20 + 4000 * {factor} * {factor}) "
        f"ELSE 20 + 25000 * power({factor}, 4) END::BIGINT"
    )
    engine.execute(
        f"""CREATE OR REPLACE TEMP TABLE counted AS
        WITH befell AS (
            SELECT notice, step FROM made JOIN youngest ON first < step AND step < gone
            WHERE {chance("revised", "notice", "step")} < CASE WHEN notice > since THEN {often} ELSE {seldom} END
            UNION SELECT notice, step FROM called WHERE {chance("revised too", "notice", "step")} < {_REVISED_TOO}),
        each AS (
            SELECT notice, step, false AS resolved, {size} AS parts FROM befell JOIN made USING (notice)
            WHERE NOT is_placeholder OR step > resolved
            UNION ALL SELECT notice, resolved, true, 0 FROM made WHERE is_placeholder AND resolved < least(gone, {steps})),
        told AS (
            SELECT notice, step, each.resolved, CASE WHEN is_placeholder THEN {placeholder()} ELSE {size_of("count_of")} END AS at_first,
                greatest({FEWEST}, round({size_of("count_of")}
                    * exp(sum(parts) OVER (PARTITION BY notice ORDER BY step) / 10000.0)))::BIGINT AS individuals
            FROM each JOIN made USING (notice))
        SELECT notice, step, resolved, individuals FROM told
        QUALIFY individuals <> coalesce(lag(individuals) OVER (PARTITION BY notice ORDER BY step), at_first)"""
    )


def placeholder() -> str:
    """SQL for the 500 or 501 of a notice."""
    return pick("placeholder", "which placeholder", "count_of")


def size_of(number: str) -> str:
    """SQL for the count that a notice has or will have."""
    return f"greatest({FEWEST}, round(exp({quantile('individuals', 'size', number)})))::BIGINT"


def _respell(engine: duckdb.DuckDBPyConnection, life: Life, steps: int) -> None:
    """``spelled(notice, step, dress)``: names in another dress from this step on."""
    shares = tuple((dress, share / sum(share for _, share in names.DRESSES)) for dress, share in names.DRESSES)
    engine.execute(
        f"""CREATE OR REPLACE TEMP TABLE spelled AS
        SELECT notice, step, {names.which(shares, chance("dress", "notice", "step"), "'plain'")} AS dress
        FROM ({_befalls(str(life.respelled), "respelled", steps)})
        QUALIFY dress <> coalesce(lag(dress) OVER (PARTITION BY notice ORDER BY step), first_dress(notice), 'plain')"""
    )


def _recode(engine: duckdb.DuckDBPyConnection, life: Life, steps: int) -> None:
    """``coded(notice, step, breach_types, locations)``: another type, or another location, from this step on."""
    engine.execute(
        f"""CREATE OR REPLACE TEMP TABLE coded AS
        SELECT notice, step, {pick("breach_types", "other type", "notice", "step")} AS breach_types,
            {pick("locations", "other location", "notice", "step")} AS locations
        FROM ({_befalls(str(life.recoded), "recoded", steps)})"""
    )
