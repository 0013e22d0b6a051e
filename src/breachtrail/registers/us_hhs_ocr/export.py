"""What the portal sent for an export, judged by its body: a status of 200 and a good name mean nothing there.

The header is compared with the columns of ``register.yml`` word by word. The two cells that read
``javax.faces.component.UIPanel@…`` since 2026 are the portal's own fault and are let pass where all others stand in their
places; the digits behind the sign change at every export and mean nothing.
"""

import csv
import io
import re
from collections.abc import Sequence

from breachtrail.errors import PortalChanged, PortalMisled
from breachtrail.registers.fetch import Reply
from breachtrail.registers.listing import Listing
from breachtrail.registers.register import Register
from breachtrail.registers.us_hhs_ocr.page import Page, misled

_UIPANEL = re.compile(r"javax\.faces\.component\.UIPanel@[0-9a-fA-F]+")
_NAME = "UIPanel"
#: So many cells of a header the portal has been seen to spoil.
_MOST_SPOILT = 2
#: What is wrong with a header, in words; {columns} are those in question.
_SAID = {
    "new_column": "has a column that it never had: {columns}. Nothing was appended. If it says something of a notice, add it to "
    "notices/shape.py and to columns in register.yml; if not, name it under derived there",
    "lost_column": "has lost a column: {columns} (it was in all earlier ones). Nothing was appended. If it is gone for good, "
    "take it out of columns in register.yml; what was known of it stays",
    "changed_header": "has other column names: {columns}. Nothing was appended. If they mean the same, add the new name beside the "
    "old one under columns in register.yml",
}


def content(body: bytes) -> bytes:
    """The bytes of an export without the digits in its header, which change though nothing has changed."""
    header, line_end, rows = body.partition(b"\n")
    return _UIPANEL.sub(_NAME, header.decode("utf-8", "replace")).encode() + line_end + rows


def judged(reply: Reply, register: Register, view: str) -> Listing:
    """The export of ``view``, if that is what was sent, and readable to its end.

    Raises PortalMisled (a page instead, torn, short), PortalChanged (its columns are not those that are known).
    """
    start = reply.body.lstrip(b"\xef\xbb\xbf \r\n\t")[:1]
    if start == b"<":
        raise misled("page_for_export", Page(reply), f"the export of {view} was asked for")
    kept = {f"{view}.csv": reply.body}
    if start != b'"' or reply.status != 200:
        raise PortalMisled(
            "no_export",
            f"The portal sent {len(reply.body):,} bytes ({reply.media or 'no type'}, status {reply.status}) for {view} that are no "
            "CSV file.",
            kept,
        )
    try:
        lines = csv.reader(io.StringIO(reply.body.decode("utf-8-sig"), newline=""), strict=True)
        header = next(lines)
        widths = [len(row) for row in lines if row]
    except (csv.Error, UnicodeDecodeError) as error:
        raise PortalMisled("torn_export", f"The export of {view} cannot be read to its end ({error}).", kept) from None
    hold_to(header, register, kept)
    if torn := [place for place, width in enumerate(widths, 1) if width != len(header)]:
        raise PortalMisled(
            "torn_export",
            f"Row {torn[0]} of the export of {view} has {widths[torn[0] - 1]} cells, its header {len(header)}: it was cut off.",
            kept,
        )
    return Listing(reply.body, len(widths))


def enough(rows: int, counted: int | None, register: Register, view: str, kept: dict[str, bytes]) -> None:
    """Whether a list is as long as the page says (None: it does not say). Raises PortalMisled."""
    if counted is not None and rows != counted:
        raise PortalMisled(
            "incomplete" if rows and counted else "no_rows",
            f"The portal's page counts {counted:,} notices in {view}, and what it sent has {rows:,}.",
            kept,
        )
    if not rows and not register.may_be_empty:
        raise PortalMisled(
            "no_rows", f"The portal sent the list {view} without a single notice; it never was empty.", kept
        )


def hold_to(header: Sequence[str], register: Register, kept: dict[str, bytes]) -> None:
    """Whether a header is the one that is known. Raises PortalChanged, by name: new, lost, or renamed columns."""
    known = list(register.columns.values())
    told = [cell.strip() for cell in header]
    spoilt = [place for place, cell in enumerate(told) if _UIPANEL.fullmatch(cell)]
    behind = [names[0] for names in known if not set(names) & set(told)]
    if len(spoilt) <= _MOST_SPOILT:  # what stood there before stands behind them, else what is not there, in its order
        if len(told) == len(known):
            behind = [known[place][0] for place in spoilt]
        for place, name in zip(spoilt, behind, strict=False):
            told[place] = name
    all_known = {name for names in known for name in names}
    lost = [names[0] for names in known if not set(names) & set(told)]
    strange = [cell for cell in told if cell not in all_known]
    in_order = [names for cell in told for names in known if cell in names] == known
    if not lost and not strange and in_order:
        return
    if lost and strange:
        fault, columns = "changed_header", f"{', '.join(strange)} instead of {', '.join(lost)}"
    elif strange:
        fault, columns = "new_column", ", ".join(strange)
    elif lost:
        fault, columns = "lost_column", ", ".join(lost)
    else:
        fault, columns = "changed_header", f"the same, in another order ({', '.join(told)})"
    raise PortalChanged(
        fault,
        f"{register.name}: the portal's export {_SAID[fault].format(columns=columns)} ({register.name}/register.yml).",
        kept,
    )
