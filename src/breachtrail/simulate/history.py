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
from breachtrail.simulate.marginals import chance, figures, pick, quantile

#: Four of five revisions befall the tenth that was submitted last.
_YOUNG, _OF_THE_YOUNG = 0.1, 0.8
#: Real numbers lie between these.
FEWEST, MOST = 502, 250_000_000


def live(engine: duckdb.DuckDBPyConnection, life: Life, looks: Sequence[date]) -> None:
    """Make ``made``, ``counted``, ``called``, ``spelled`` and ``coded``: all that happens until the last snapshot."""
    post(engine, life, looks)
    _rename(engine, life, len(looks))
    _revise(engine, life, len(looks))
    _respell(engine, life, len(looks))
    _recode(engine, life, len(looks))


def post(engine: duckdb.DuckDBPyConnection, life: Life, looks: Sequence[date]) -> None:
    """Make ``made`` alone: when each notice is submitted, posted, archived and gone."""
    _submit(engine, life, looks)
    _follow(engine, life, looks)


def _submit(engine: duckdb.DuckDBPyConnection, life: Life, looks: Sequence[date]) -> None:
    """``filed(notice, submitted_on, head)``: the head is the first of those that one filer filed on a day.

    ``twin`` has the others: they take the day of their head, so the numbers stay in the order of the days.
    """
    days = submissions(life, looks[-1])
    engine.execute(
        "CREATE OR REPLACE TEMP TABLE filed AS SELECT row_number() OVER (ORDER BY day) AS notice, day AS submitted_on FROM ("
        "SELECT day, unnest(range(count)) FROM (SELECT unnest($days::DATE[]) AS day, unnest($counts::BIGINT[]) AS count))",
        {"days": [day for day, _ in days], "counts": [count for _, count in days]},
    )
    sizes: dict[int, int] = figures()["group_sizes"]
    heads = life.twins * sum(sizes.values()) / sum(size * seen for size, seen in sizes.items())
    size = pick("group_sizes", "group", "notice")
    engine.execute(
        f"""CREATE OR REPLACE TEMP TABLE twin AS
        SELECT notice, min(head) AS head, arg_min(submitted_on, head) AS submitted_on FROM (
            SELECT notice AS head, submitted_on, unnest(range(notice, notice + {size})) AS notice
            FROM filed WHERE {chance("twins", "notice")} < {heads}) GROUP BY notice"""
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

    told, alike = figures(), figures()["twins_alike"]

    def with_head(purpose: str, share: float) -> str:
        """The number that twins are alike by: that of the first of them, or each its own."""
        return f"CASE WHEN {chance(purpose, 'notice')} < {share} THEN coalesce(head, notice) ELSE notice END"

    posted = f"submitted_on + {pick('posting_delays', 'delay', 'together')}"
    archived = f"submitted_on + {quantile('case_days', 'case', 'notice')}::INTEGER"
    engine.execute(
        f"""CREATE OR REPLACE TEMP TABLE made AS
        SELECT notice, submitted_on, head, filer, count_of, coding_of, is_placeholder, first, gone,
            {"0::USMALLINT" if life.one_list else "greatest(first, archived)"} AS archived,
            {"false" if life.one_list else f"archived > first AND {chance('transit', 'notice')} < {life.transit}"} AS transit,
            CASE WHEN {chance("never", "notice")} < {told["first_seen"]["never_resolved"]} THEN {steps}
                ELSE least({steps}, first + {_waiting(life.resolved, "resolved")}) END::USMALLINT AS resolved
        FROM (
            SELECT *, {step_of(posted)} AS first, {step_of(archived)} AS archived,
                least({steps}, {step_of(posted)} + {_waiting(life.withdrawn, "withdrawn")})::USMALLINT AS gone,
                {chance("placeholder", "count_of")} < {told["first_seen"]["placeholder"]} AS is_placeholder
            FROM (
                SELECT notice, coalesce(twin.submitted_on, filed.submitted_on) AS submitted_on, coalesce(head, notice) AS head,
                    CASE WHEN {chance("filed before", "coalesce(head, notice)")} < {told["filed_before"]}
                        THEN 1 + (coalesce(head, notice) * {chance("who", "coalesce(head, notice)")})::BIGINT
                        ELSE coalesce(head, notice) END AS filer,
                    {with_head("same count", alike["count"])} AS count_of,
                    {with_head("same coding", alike["coding"])} AS coding_of,
                    {with_head("posted together", alike["posting"])} AS together
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


def _befalls(rate: float, what: str, steps: int) -> str:
    """SQL for the notices and steps at which something befalls a listed notice, by its rate or on its way to the archive."""
    moving = figures()["on_archiving"].get(what, 0)
    listed = "first < step AND step < gone"
    return (
        f"SELECT notice, step FROM made, (SELECT unnest(range(1, {steps})) AS step) "
        f"WHERE {chance(what, 'notice', 'step')} < {rate} AND {listed} "
        f"UNION SELECT notice, archived FROM made WHERE first < archived AND archived < least(gone, {steps}) "
        f"AND {chance(f'{what} on archiving', 'notice')} < {moving}"
    )


def _rename(engine: duckdb.DuckDBPyConnection, life: Life, steps: int) -> None:
    """``called(notice, step, how, name)``: the new name, where it is another one indeed."""
    engine.execute(
        f"""CREATE OR REPLACE TEMP TABLE called AS
        WITH kind AS (
            SELECT *, {names.which(names.RENAMES, chance("how", "notice", "step"), "'taken_over'")} AS how
            FROM ({_befalls(life.renamed, "renamed", steps)})),
        since AS (
            SELECT *, coalesce(max(CASE WHEN how = 'taken_over' THEN step END) OVER (PARTITION BY notice ORDER BY step), 0) AS core
            FROM kind JOIN made USING (notice)),
        plain AS (
            SELECT notice, step, how, body(filer, 0) || form(filer, 0) AS at_first, body(filer, core) AS body,
                form(filer, core) AS form FROM since),
        told AS (SELECT notice, step, how, at_first, renamed(body, form, how, notice, step) AS name FROM plain)
        SELECT notice, step, how, name FROM told
        QUALIFY letters(name) <> letters(coalesce(lag(name) OVER (PARTITION BY notice ORDER BY step), at_first))"""
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
    factor = f"(10000 * {quantile('revision_factors', 'factor', 'notice', 'step')})::BIGINT"
    engine.execute(
        f"""CREATE OR REPLACE TEMP TABLE counted AS
        WITH befell AS (
            {_befalls(0, "revised", steps)}
            UNION SELECT notice, step FROM made JOIN youngest ON first < step AND step < gone
            WHERE {chance("revised", "notice", "step")} < CASE WHEN notice > since THEN {often} ELSE {seldom} END
            UNION SELECT notice, step FROM called WHERE {chance("revised too", "notice", "step")} < {figures()["revised_too"]}),
        each AS (
            SELECT notice, step, false AS resolved, {factor} AS parts FROM befell JOIN made USING (notice)
            WHERE NOT is_placeholder OR step > resolved
            UNION ALL SELECT notice, resolved, true, 0 FROM made WHERE is_placeholder AND resolved < least(gone, {steps})),
        told AS (
            SELECT notice, step, each.resolved, CASE WHEN is_placeholder THEN {placeholder()} ELSE {size_of("count_of")} END AS at_first,
                least({MOST}, greatest({FEWEST}, round({size_of("count_of")}
                    * exp(sum(parts) OVER (PARTITION BY notice ORDER BY step) / 10000.0))))::BIGINT AS individuals
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
        FROM ({_befalls(life.respelled, "respelled", steps)})
        QUALIFY dress <> coalesce(lag(dress) OVER (PARTITION BY notice ORDER BY step), first_dress(notice), 'plain')"""
    )


def _recode(engine: duckdb.DuckDBPyConnection, life: Life, steps: int) -> None:
    """``coded(notice, step, breach_types, locations)``: another type or other locations, from this step on."""
    engine.execute(
        f"""CREATE OR REPLACE TEMP TABLE coded AS
        WITH told AS (
            SELECT notice, step, {first_coded("breach_types")} AS type_at_first, {first_coded("locations")} AS at_first,
                CASE WHEN {chance("other type", "notice", "step")} < 0.3 THEN {pick("breach_types", "new type", "notice", "step")}
                    ELSE type_at_first END AS breach_types, {pick("locations", "new locations", "notice", "step")} AS locations
            FROM ({_befalls(life.recoded, "recoded", steps)}) JOIN made USING (notice))
        SELECT notice, step, breach_types, locations FROM told
        QUALIFY (breach_types, locations) <> (
            coalesce(lag(breach_types) OVER (PARTITION BY notice ORDER BY step), type_at_first),
            coalesce(lag(locations) OVER (PARTITION BY notice ORDER BY step), at_first))"""
    )


def first_coded(column: str) -> str:
    """SQL for the type or the locations that a notice was filed with."""
    return pick(column, column, "coding_of")
