"""In which encoding a text is written: by its mark, else by what its bytes allow.

UTF-8 where every byte allows it. Else each stretch that is UTF-8 is read so and the other bytes as cp1252, which is what
spreadsheets write: then one spoilt byte, or two files put together, spoil no other letter. What an editor in China saves
is told by its pairs of bytes: most of them are signs and common characters of GB 2312. Letters with accents in cp1252
make pairs, too, with what follows them, but those are rare characters.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]")
#: Rows 1 to 9 and 16 to 55 of GB 2312.
_COMMON = re.compile(rb"[\xa1-\xa9\xb0-\xd7][\xa1-\xfe]|\xa8[\x43\x44]")
_SINGLE = "breachtrail.cp1252"


@dataclass(frozen=True)
class Encoding:
    """How to decode a text.

    name: as a person calls it; codec, errors: for Python's own readers
    """

    name: str
    codec: str
    errors: str = "replace"


def of(path: Path) -> Encoding:
    """The encoding of the text in ``path``."""
    with path.open("rb") as file:
        start = file.read(4096)
    for mark, codec in _MARKS:
        if start.startswith(mark):
            return Encoding(codec, codec)
    if (wide := _wide(start)) is not None:
        return Encoding(wide, wide)
    if _allows(path, "utf-8-sig"):
        return Encoding("utf-8", "utf-8-sig")
    if _allows(path, "gb18030") and _is_common(path):
        return Encoding("gb18030", "gb18030")
    codecs.register_error(_SINGLE, _as_cp1252)
    return Encoding("cp1252", "utf-8-sig", _SINGLE)


def _wide(start: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: every second byte, or three of four, of a header in ASCII are NUL."""
    start = start[: len(start) // 4 * 4]
    for codec, pattern in (
        ("utf-32-le", (0, 1, 1, 1)),
        ("utf-32-be", (1, 1, 1, 0)),
        ("utf-16-le", (0, 1, 0, 1)),
        ("utf-16-be", (1, 0, 1, 0)),
    ):
        places = [start[place::4] for place in range(4)]
        nul = [2 * part.count(0) > len(part) for part in places]
        if start and nul == [bool(one) for one in pattern]:
            return codec
    return None


def _allows(path: Path, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        for block in _blocks(path):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_common(path: Path) -> bool:
    """Whether pairs of bytes are mostly signs (with the dash that GBK added to them) and common characters."""
    pairs = common = 0
    for block in _blocks(path):
        found = _PAIR.findall(block)
        pairs += len(found)
        common += sum(_COMMON.fullmatch(pair) is not None for pair in found)
    return 5 * common > 4 * pairs


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(1 << 22):
            yield block


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end
