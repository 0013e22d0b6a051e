"""Pages (HTML) to rows of text: the one table with the header of a register's list, if the page shows all of that list.

Some people keep a list as a page: the portal shows it as one, and spreadsheets save as one, some with ``.xls`` behind
the name. The portal's own page shows a hundred rows at a time; taken for the whole view, it would end all other notices.
"""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from breachtrail.errors import FileRefused
from breachtrail.registers import apart, register
from breachtrail.registers.encoding import Encoding

#: A page larger than this is none of a register: some ten times all the notices of fifteen years.
LARGEST = 64 * 1024**2
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)


def is_page(start: bytes) -> bool:
    """Whether a file that begins so is HTML or XML."""
    return start.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")[:1] == b"<"


def rows(path: Path, written: Encoding, wanted: str | None, beside: Path | None) -> Iterator[list[str]]:
    """Header and rows of the list in the page. Raises FileRefused where there is none, or not all of it.

    written: how its bytes are read if it does not say so itself; wanted: the register whose list is meant, or any
    """
    if path.stat().st_size > LARGEST:
        raise FileRefused(f"{path.name} is an HTML or XML page of more than {LARGEST:,} bytes; save its table as .csv.")
    with TemporaryDirectory(dir=beside) as folder:
        text = Path(folder) / "page.html"
        text.write_text(_text(path, written), encoding="utf-8", errors="replace", newline="")
        try:
            shown, *told = apart.rows("page", text, beside)
        except apart.Unfit as why:
            raise FileRefused(f"{path.name} is an HTML or XML page that cannot be opened as one ({why}).") from None
    headers: dict[int, list[str]] = {}
    for number, *cells in told:
        headers.setdefault(number, cells)
    lists = [number for number, header in headers.items() if _is_a_list(header, path, wanted)]
    if not lists:
        raise FileRefused(
            f"{path.name} is an HTML or XML page, not an export; the portal answers so when a download failed. "
            "Fetch it again."
        )
    if len(lists) > 1:
        raise FileRefused(f"{path.name} shows {len(lists)} lists on one page; save each table in a file of its own.")
    found = [cells for number, *cells in told if number == lists[0]]
    first, last, of = shown or (1, len(found) - 1, len(found) - 1)
    if (first, last) != (1, of) or of > len(found) - 1:
        raise FileRefused(
            f"{path.name} is a page that shows {len(found) - 1:,} rows of a list of {of:,}; taken for the whole list, it "
            "would end all other notices. Download the list as CSV or Excel."
        )
    yield from found


def _text(path: Path, written: Encoding) -> str:
    raw = path.read_bytes()
    said = _CHARSET.search(raw[:4096])
    if said and not raw.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return raw.decode(said[1].decode("ascii"))
        except (LookupError, ValueError):  # it says what is not so
            pass
    return raw.decode(written.codec, errors=written.errors)


def _is_a_list(header: list[str], path: Path, wanted: str | None) -> bool:
    try:
        register.recognise(header, path.name, wanted)
    except FileRefused:
        return False
    return True
