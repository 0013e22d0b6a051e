"""What the four links over the table give.

The CSV is written as the portal writes it. Of Excel no kept library writes the old binary kind, and of PDF and XML no
export of the portal was ever seen: for these three the answer says so, with a status that no client takes for a file.
"""

import csv
import io
from collections.abc import Sequence
from random import Random

from breachtrail.simulate.portal.answer import Answer
from breachtrail.simulate.portal.lists import BreachList
from breachtrail.simulate.portal.state import Row

KINDS = ("excel", "pdf", "csv", "xml")
FILE_NAME = "breach_report.csv"


def body(rows: Sequence[Row]) -> bytes:
    """The rows as the portal's CSV: every cell quoted, LF, UTF-8 without a mark."""
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([row.cells for row in rows])
    return text.getvalue().encode()


def header(breach_list: BreachList, chance: Random, uipanel: bool) -> bytes:
    """The first line; with ``uipanel`` two cells are the name of a Java object, another at every export."""
    cells = list(breach_list.columns)
    for place in breach_list.panels if uipanel else ():
        cells[place] = f"javax.faces.component.UIPanel@{chance.getrandbits(32):x}"
    return (",".join(f'"{cell}"' for cell in cells) + "\n").encode()


def file(lines: bytes, page: str) -> Answer:
    """The CSV as a download."""
    view_id = page.removesuffix(".jsf")
    return Answer(
        "csv",
        lines,
        "text/csv;charset=UTF-8",
        headers=(
            ("content-disposition", f"attachment;filename=\"{FILE_NAME}\"; filename*=UTF-8''{FILE_NAME}"),
            ("cache-control", "no-cache, no-store, must-revalidate"),
            ("pragma", "no-cache"),
            ("expires", "0"),
            ("set-cookie", f"primefaces.download_breach_{view_id}.xhtml=true; Path=/ocr"),
        ),
    )


def unknown(kind: str) -> Answer:
    """The answer for a kind whose files the stand-in does not know well enough to write."""
    why = "is written by no kept library" if kind == "excel" else "was never seen"
    text = f"The stand-in does not write this export: what the portal gives for {kind} {why}. Take the CSV.\n"
    return Answer(f"no {kind}", text.encode(), "text/plain;charset=UTF-8", status=501)
