"""Cells that a spreadsheet would take for a formula, and the apostrophe before them that makes them text again.

A table that we write as CSV may be opened in a spreadsheet, and a name in it comes from a stranger. A text is a formula
there if it begins with ``=``, ``+``, ``-`` or ``@`` (or these in full width), and some programs look for that behind
blanks and quotes; a text that begins with a tab or an end of line may spill into a cell of its own. Such a text is
written with an apostrophe before it, which is what spreadsheets themselves put before a text (OWASP, "CSV injection").
Reading takes one apostrophe off again where one was put, so that a table that we wrote says what the ledger says: a text
that begins with an apostrophe and would be a formula without it is given one more. Figures are written as figures.
"""

import re

_BEFORE = " \t\r\n\u00a0\u200b\ufeff'\""
#: Compared alike by Python and by the engine.
BEGINS = f"^[{_BEFORE}]*[=+@\uff1d\uff0b\uff0d\uff20-]|^['\"]*[\\t\\r\\n]"
_BEGINS = re.compile(BEGINS)
_LITERAL = "'" + BEGINS.replace("'", "''") + "'"


def disarmed(text: str) -> str:
    """``text`` as it is written to a cell."""
    return f"'{text}" if _BEGINS.match(text) else text


def disarmed_sql(text: str) -> str:
    """The same as SQL over the column or expression ``text``."""
    return f"CASE WHEN regexp_matches({text}, {_LITERAL}) THEN '''' || {text} ELSE {text} END"


def as_meant_sql(text: str) -> str:
    """SQL for what the cell ``text`` meant before an apostrophe was put before it."""
    return f"CASE WHEN {text}[1] = '''' AND regexp_matches({text}[2:], {_LITERAL}) THEN {text}[2:] ELSE {text} END"
