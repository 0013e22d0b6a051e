"""Names that nobody has: of places, people, trades and legal forms, as a register spells them."""

import duckdb

from breachtrail.simulate.marginals import chance, pick

#: What can happen to a name, with its share; the last is another name altogether.
RENAMES = (
    ("form", 0.30),
    ("trade_name", 0.18),
    ("word", 0.17),
    ("parenthesis", 0.10),
    ("abbreviated", 0.06),
    ("letter", 0.04),
    ("taken_over", 0.15),
)
_ABBREVIATED = (
    ("Center", "Ctr"),
    ("Medical", "Med."),
    ("Associates", "Assoc"),
    ("Services", "Svcs"),
    ("Department", "Dept."),
)
#: How a name is spelled, with the share of first appearances that are spelled so.
DRESSES = (
    ("blank_behind", 0.075),
    ("blank_before", 0.006),
    ("capitals", 0.015),
    ("double_blank", 0.006),
    ("no_punctuation", 0.02),
    ("mojibake", 0.006),
    ("typographic", 0.01),
    ("stop_behind", 0.004),
)


def which(shares: tuple[tuple[str, float], ...], drawn: str, otherwise: str = "NULL") -> str:
    """SQL for the word that a number from 0 to 1 falls on."""
    upto, cases = 0.0, []
    for word, share in shares:
        upto += share
        cases.append(f"WHEN {drawn} < {upto:.6f} THEN '{word}'")
    return f"CASE {' '.join(cases)} ELSE {otherwise} END"


def load(engine: duckdb.DuckDBPyConnection) -> None:
    """Define the macros ``body``, ``form``, ``renamed``, ``letters`` (what no dress changes), ``dressed`` and ``first_dress``.

    A name is ``body(filer, step) || form(filer, step)``, the step being that in which the filer was last taken over, or 0.
    """
    for name, text in _macros().items():
        engine.execute(f"CREATE OR REPLACE MACRO {name} AS ({text})")


def _macros() -> dict[str, str]:
    about = ("filer", "step")
    lead = (
        f"CASE WHEN {chance('lead', *about)} < 0.12 THEN {pick('place_leads', 'which lead', *about)} || ' ' ELSE '' END"
    )
    place = f"{lead} || {pick('place_starts', 'place', *about)} || {pick('place_ends', 'place end', *about)}"
    kind = pick("kinds", "kind", *about)
    event = ("notice", "step")
    shorter = "body"
    for long, short in _ABBREVIATED:
        shorter = f"replace({shorter}, '{long}', '{short}')"
    letter = f"(2 + (length(body) - 2) * {chance('letter', *event)})::INTEGER"
    return {
        "surname(filer, step, nth)": f"""CASE WHEN {chance("irish", *about, "nth")} < 0.025 THEN 'O'''
            WHEN {chance("accent", *about, "nth")} < 0.01 THEN 'Jos\u00e9 '
            WHEN {chance("accent", *about, "nth")} < 0.015 THEN 'P\u00e9' ELSE '' END ||
            {pick("surname_starts", "surname", *about, "nth")} || {pick("surname_ends", "surname end", *about, "nth")}""",
        "place(filer, step)": place,
        "body(filer, step)": f"""CASE WHEN {chance("pattern", *about)} < 0.34 THEN place(filer, step) || ' ' || {kind}
            WHEN {chance("pattern", *about)} < 0.46 THEN surname(filer, step, 1) || ' ' || {kind}
            WHEN {chance("pattern", *about)} < 0.50 THEN surname(filer, step, 1) || ' & ' || surname(filer, step, 2)
            WHEN {chance("pattern", *about)} < 0.58
                THEN {pick("given", "given", *about)} || ' ' || surname(filer, step, 1) || ', ' ||
                {pick("titles", "title", *about)}
            WHEN {chance("pattern", *about)} < 0.68 THEN {kind} || ' of ' || place(filer, step)
            WHEN {chance("pattern", *about)} < 0.80 THEN place(filer, step) || ' ' || {pick("services", "service", *about)}
            WHEN {chance("pattern", *about)} < 0.86 THEN surname(filer, step, 1) || ' ' || {pick("services", "service", *about)}
            WHEN {chance("pattern", *about)} < 0.92
                THEN place(filer, step) || ' County ' || {pick("offices", "office", *about)}
            WHEN {chance("pattern", *about)} < 0.95 THEN 'St. ' || {pick("given", "given", *about)} || ' ' || {kind}
                || ' ' || place(filer, step)
            ELSE surname(filer, step, 1) || ', ' || surname(filer, step, 2) || ' and ' || surname(filer, step, 3) || ' ' || {kind} END""",
        "form(filer, step)": f"""CASE WHEN {chance("has form", *about)} < 0.38 THEN {pick("forms", "form", *about)}
            WHEN {chance("has form", *about)} < 0.41 THEN ' d/b/a ' || {pick("place_starts", "trade", *about)}
            || {pick("place_ends", "trade end", *about)} || ' ' || {pick("kinds", "trade kind", *about)} ELSE '' END""",
        "letters(name)": "regexp_replace(lower(strip_accents(name)), '[^a-z0-9]', '', 'g')",
        "renamed(body, form, how, notice, step)": f"""CASE how
            WHEN 'form' THEN CASE WHEN form = '' OR {chance("other form", *event)} < 0.5
                THEN body || {pick("forms", "new form", *event)} ELSE body END
            WHEN 'trade_name' THEN CASE WHEN contains(form, 'd/b/a') THEN body ELSE body || form || ' d/b/a '
                || place(notice, step) || ' ' || {pick("kinds", "new trade", *event)} END
            WHEN 'word' THEN CASE WHEN {chance("fewer words", *event)} < 0.5 THEN regexp_replace(body, ' [^ ]+$', '')
                ELSE body || ' ' || {pick("added_words", "word", *event)} END || form
            WHEN 'parenthesis' THEN body || form || ' ("' || regexp_extract(body, '^[^ ,]+') || '")'
            WHEN 'abbreviated' THEN CASE WHEN {shorter} <> body THEN {shorter} ELSE 'The ' || body END || form
            WHEN 'letter' THEN body[:{letter} - 1] || body[{letter} + 1:] || form
            ELSE body || form END""",
        "dressed(name, dress)": """CASE dress WHEN 'blank_behind' THEN name || ' ' WHEN 'blank_before' THEN ' ' || name
            WHEN 'capitals' THEN upper(name) WHEN 'double_blank' THEN regexp_replace(name, ' ', '  ')
            WHEN 'no_punctuation' THEN replace(replace(name, ',', ''), '.', '')
            WHEN 'mojibake' THEN replace(replace(name, '\u00e9', '\u00c3\u00a9'), '''', '\u00e2\u20ac\u2122')
            WHEN 'typographic' THEN replace(name, '''', '\u2019') WHEN 'stop_behind' THEN name || '.' ELSE name END""",
        "first_dress(notice)": which(DRESSES, chance("first dress", "notice")),
    }
