"""What is shown, to take along: CSV, XLSX, JSON or Parquet, safe to open in a spreadsheet, with its description."""

import io
from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter

from breachtrail.errors import QuestionError
from breachtrail.notices.shape import COLUMNS
from breachtrail.questions import engine, export
from breachtrail.registers import register as registers
from breachtrail.web.selection import Selection
from breachtrail.web.visit import Visit
from breachtrail.wording import rows as text
from breachtrail.wording import terminal

#: Notices of one download; a sheet of a workbook holds 1,048,576 rows.
MOST = 100_000
#: What a workbook says of its making: the same rows give the same bytes.
_CREATED = datetime(2009, 10, 21)
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
}


def notices(visit: Visit, selection: Selection, kind: str, order: str = "submitted_on") -> bytes:
    """Every notice of a selection as known on the day of the visit. Raises QuestionError for more than ``MOST``."""
    found = visit.ledger.notices(**selection.asked, as_of=visit.day, order=order, limit=MOST + 1)
    if len(found) > MOST:
        raise QuestionError(
            f"More than {MOST:,} notices fit. Narrow the list, or take every version of every notice as Parquet.",
            "many_notices",
            most=MOST,
        )
    columns, types = terminal.NOTICE_COLUMNS
    return written(columns, types, [[one[name] for name in columns] for one in found], kind)


def answer(visit: Visit, measures: Sequence[str], by: Sequence[str], selection: Selection, kind: str) -> bytes:
    """The rows of a question's answer."""
    found = visit.ask(*measures, by=by, **selection.asked)
    if len(found.rows) > MOST:
        raise QuestionError(f"The answer has more than {MOST:,} rows. Narrow the question.", "many_rows", most=MOST)
    return written(found.columns, found.types, found.rows, kind)


def versions(visit: Visit, kind: str) -> bytes:
    """Every version of every notice, with the time during which it was known."""
    with TemporaryDirectory(prefix="breachtrail-") as folder:
        path = Path(folder) / f"versions.{kind}"
        visit.ledger.export(path)
        return path.read_bytes()


def written(columns: Sequence[str], types: Sequence[str], rows: Sequence[Sequence[Any]], kind: str) -> bytes:
    """Rows as a file of that kind."""
    if kind == "csv":
        return text.as_csv(columns, rows).encode()
    if kind == "json":
        return text.as_json([dict(zip(columns, row, strict=True)) for row in rows]).encode()
    if kind == "xlsx":
        return _workbook(columns, rows)
    with TemporaryDirectory(prefix="breachtrail-") as folder:
        path = Path(folder) / "rows.parquet"
        engine.write_table(path, list(zip(columns, types, strict=True)), rows)
        return path.read_bytes()


def _workbook(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """Texts as texts: nothing in a cell is taken for a formula or a link."""
    out = io.BytesIO()
    told = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }  # fmt: skip
    with xlsxwriter.Workbook(out, told) as book:
        book.set_properties({"created": _CREATED})
        sheet = book.add_worksheet("notices")
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, columns, book.add_format({"bold": True}))
        for number, row in enumerate(rows, start=1):
            cells = [", ".join(cell) if isinstance(cell, list) else cell for cell in row]
            if sheet.write_row(number, 0, cells):
                raise QuestionError(
                    f"Row {number} has a text of more than 32,767 letters, which no cell of a workbook holds whole. "
                    "Take CSV, JSON or Parquet.",
                    "long_cell",
                    row=number,
                )
        sheet.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)
    return out.getvalue()


def package(visit: Visit, base: str) -> dict[str, Any]:
    """The data package (Frictionless, v1): every file with every column."""
    of = registers.load(visit.ledger.register)
    meaning = {name: told for name, _, told in export.described()}
    columns, types = terminal.NOTICE_COLUMNS
    shown = [(name, type, meaning.get(name, "")) for name, type in zip(columns, types, strict=True)]
    return {
        "profile": "tabular-data-package",
        "name": "breachtrail",
        "title": f"{of.title['en']}: notices as known on a day, and every version of each",
        "created": datetime.combine(visit.day, time(23, 59), ZoneInfo("America/New_York")).isoformat(),
        "version": visit.ledger.head.content[:12],
        "homepage": base + visit.here.to("data"),
        "sources": [{"title": of.title["en"], **({"path": of.url} if of.portal else {})}],
        "resources": [
            _resource("notices", base + visit.here.served("downloads/notices.csv"), shown, "id"),
            _resource(
                "versions",
                base + visit.here.writer.served("downloads/versions.csv", {}),
                export.described(),
                ["id", "known_from"],
            ),
        ],
    }


def _resource(name: str, url: str, columns: Sequence[tuple[str, str, str]], key: str | list[str]) -> dict[str, Any]:
    """One file of the package; several values in one cell are a text there, parted as the portal does it."""
    kinds = {"BIGINT": "integer", "DATE": "date"}
    fields = [
        {"name": one, "type": kinds.get(type, "string"), **({"description": told} if told else {})}
        for one, type, told in columns
    ]
    return {
        "profile": "tabular-data-resource", "name": name, "path": url, "format": "csv", "mediatype": "text/csv",
        "encoding": "utf-8", "schema": {"fields": fields, "primaryKey": key, "missingValues": [""]},
    }  # fmt: skip


def dataset(visit: Visit, base: str) -> dict[str, Any]:
    """The same for search engines: schema.org's Dataset, which DCAT catalogues read as well."""
    of, looks = registers.load(visit.ledger.register), visit.sight.looks
    years = [row["year"] for row in visit.ask("notices", by="year").records()]
    files = [
        {
            "@type": "DataDownload",
            "encodingFormat": kind.partition(";")[0],
            "contentUrl": base + visit.here.served(f"downloads/notices.{name}"),
        }
        for name, kind in KINDS.items()
    ]
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": f"{of.title['en']}: notices as known on any day",
        "description": f"Every notice of {of.title['en']}, each version of it, and when it was known.",
        "url": base + visit.here.to("data"),
        "inLanguage": ["en", "zh"],
        "isBasedOn": of.url if of.portal else of.title["en"],
        "temporalCoverage": f"{min(years, default=visit.day.year)}/{visit.day}",
        "dateModified": str(looks[-1].taken_on),
        "version": visit.ledger.head.content[:12],
        "variableMeasured": [column.name for column in COLUMNS],
        "distribution": files,
    }
