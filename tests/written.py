"""Articles written for tests: as DOCX, and as a PDF of one page a list of lines, from text."""

import io
from collections.abc import Sequence
from datetime import datetime

import docx


def as_docx(
    title: str, paragraphs: Sequence[str], table: Sequence[Sequence[str]] = (), made: datetime | None = None
) -> bytes:
    """A Word document with a title, paragraphs, and a table if one is given."""
    document = docx.Document()
    document.add_heading(title, 0)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if table:
        grid = document.add_table(rows=len(table), cols=len(table[0]))
        for row, cells in zip(grid.rows, table, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    if made is not None:
        document.core_properties.created = made
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def as_pdf(pages: Sequence[Sequence[str]], made: str = "") -> bytes:
    """A PDF with the given lines on each page; ``made``: its day of creation as ``YYYYMMDD``."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    places = []
    for lines in pages:
        shown = " T* ".join(f"({_escaped(line)}) Tj" for line in lines)
        stream = f"BT /F1 11 Tf 14 TL 50 780 Td {shown} ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 842] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        places.append(len(objects))
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(f'{place} 0 R' for place in places)}] /Count {len(places)} >>"
    if made:
        objects.append(f"<< /CreationDate (D:{made}120000Z) >>")
    written, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(written))
        written += f"{number} 0 obj\n{content}\nendobj\n"
    start = len(written)
    written += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(
        f"{offset:010} 00000 n \n" for offset in offsets
    )
    info = f" /Info {len(objects)} 0 R" if made else ""
    written += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R{info} >>\nstartxref\n{start}\n%%EOF\n"
    return written.encode("latin-1")


def _escaped(line: str) -> str:
    return line.replace("\\", "").replace("(", "\\(").replace(")", "\\)")
