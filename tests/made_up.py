"""Made-up exports in the portal's dress, and a made-up register that is looked at now and then.

No row of a real export stands here or in a test; names, counts and days are invented.
"""

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import breachtrail
from breachtrail import pipeline

#: Columns of a notice and what the portal's export calls them, in its order.
PORTAL = {
    "name": "Name of Covered Entity",
    "state": "State",
    "entity_type": "Covered Entity Type",
    "individuals": "Individuals Affected",
    "submitted_on": "Breach Submission Date",
    "breach_types": "Type of Breach",
    "locations": "Location of Breached Information",
    "business_associate": "Business Associate Present",
    "description": "Web Description",
}
VIEWS = ("under_investigation", "archive")


@dataclass(frozen=True)
class Row:
    """One row of a made-up export; a day is written as the dress says, everything else as it stands."""

    name: str = "Example Clinic"
    state: str = "TX"
    entity_type: str = "Healthcare Provider"
    individuals: int | str = 1200
    submitted_on: date | str = date(2024, 5, 14)
    breach_types: str = "Hacking/IT Incident"
    locations: str = "Network Server"
    business_associate: str = "No"
    description: str = ""
    status: str = ""


def table(
    rows: Iterable[Row],
    *,
    columns: Sequence[str] = tuple(PORTAL),
    header: Sequence[str] | None = None,
    extra: Mapping[str, str] | None = None,
    day: str = "%m/%d/%Y",
) -> list[list[str]]:
    """Header and rows as lists of cells.

    columns: which columns of a notice the file carries; header: its own words for them; extra: more columns at the
    end, each with one value for all rows
    """
    extra = extra or {}
    lines = [[*(header or [PORTAL.get(column, column.title()) for column in columns]), *extra]]
    for row in rows:
        cells = [getattr(row, column) for column in columns]
        lines.append(
            [*(cell.strftime(day) if isinstance(cell, date) else str(cell) for cell in cells), *extra.values()]
        )
    return lines


def export(
    path: Path,
    rows: Iterable[Row],
    *,
    encoding: str = "utf-8",
    ends: str = "\n",
    quoted: bool = False,
    **dress: Any,
) -> Path:
    """Write rows to ``path`` as a CSV in the dress asked for (see also ``table``)."""
    lines = (",".join(_cell(cell, quoted) for cell in line) for line in table(rows, **dress))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes("".join(line + ends for line in lines).encode(encoding))
    return path


def _cell(text: str, quoted: bool) -> str:
    needs_quotes = quoted or any(letter in text for letter in ',"\r\n')
    return '"{}"'.format(text.replace('"', '""')) if needs_quotes else text


_WORKBOOK_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    'Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>',
}


def workbook(path: Path, lines: list[list[str | float]]) -> Path:
    """An .xlsx of one sheet, as small as the format allows: texts inline, numbers as numbers."""
    sheet = ""
    for number, line in enumerate(lines, 1):
        sheet += f'<row r="{number}">'
        for place, cell in enumerate(line):
            at = f"{chr(65 + place)}{number}"
            is_text = isinstance(cell, str)
            sheet += (
                f'<c r="{at}" t="inlineStr"><is><t>{cell}</t></is></c>' if is_text else f'<c r="{at}"><v>{cell}</v></c>'
            )
        sheet += "</row>"
    namespace = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    with zipfile.ZipFile(path, "w") as book:
        for name, text in _WORKBOOK_PARTS.items():
            book.writestr(name, text)
        book.writestr("xl/worksheets/sheet1.xml", f"<worksheet {namespace}><sheetData>{sheet}</sheetData></worksheet>")
    return path


@dataclass
class MadeUpRegister:
    """A register that is looked at on some days; every look is an export, written and ingested into ``home``."""

    home: Path
    folder: Path = field(init=False)

    def __post_init__(self) -> None:
        self.folder = self.home.parent / f"exports of {self.home.name}"

    def write(self, taken: str, view: str, rows: Iterable[Row], /, **dress: Any) -> Path:
        """The export of one view, not ingested yet."""
        return export(self.folder / f"{taken}_{view}.csv", rows, **dress)

    def look(
        self, day: str, views: Mapping[str, Iterable[Row]] | None = None, /, **lists: Iterable[Row]
    ) -> pipeline.Ingested:
        """One day: ``look("2024-06-01", under_investigation=[...], archive=[...])``; every file must be read."""
        done = pipeline.ingest(
            self.home, [self.write(day, view, rows) for view, rows in {**(views or {}), **lists}.items()]
        )
        assert [one.refused for one in done.files if one.refused] == []
        return done

    def open(self) -> breachtrail.Ledger:
        """The ledger as it is now."""
        return breachtrail.open(self.home)

    def trails(self, wanted: str) -> list[list[dict[str, Any]]]:
        """The trails of all notices that ever had these words in their names."""
        with self.open() as ledger:
            return [notice["trail"] for notice in ledger.show(wanted)]

    def trail(self, wanted: str) -> list[dict[str, Any]]:
        """The trail of the one notice that ever had these words in its name."""
        (trail,) = self.trails(wanted)
        return trail

    def said(self, column: str, wanted: str) -> list[Any]:
        """What each version of the one notice says in a column, oldest first."""
        return [version[column] for version in self.trail(wanted)]

    def names(self, as_of: str | None = None) -> list[str]:
        """Names of the notices that count on a day, sorted; one name for each notice."""
        with self.open() as ledger:
            return sorted(notice["name"] for notice in ledger.notices(as_of=as_of))
