"""Workbooks and zips, whole and spoilt: parts, places, records, sectors, and what a zip claims of its members."""

import io
import re
import struct
import zipfile
from collections.abc import Callable
from random import Random
from xml.sax.saxutils import escape

import made_up

from mutants.tables import Table

_SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def xlsx(lines: Table, hand: Random) -> bytes:
    """A small .xlsx; texts inline or shared, counts as numbers now and then."""
    shared: list[str] = []
    rows = ""
    for number, line in enumerate(lines, 1):
        cells = ""
        for place, told in enumerate(line):
            text = "".join(letter for letter in told if letter in "\t\n\r" or letter >= " ")[:30_000]
            at = f' r="{_letters(place)}{number}"' if hand.random() < 0.9 else ""
            if text.isascii() and text.isdigit() and len(text) < 15 and hand.random() < 0.7:
                cells += f"<c{at}><v>{text}</v></c>"
            elif hand.random() < 0.5:
                shared.append(text)
                cells += f'<c{at} t="s"><v>{len(shared) - 1}</v></c>'
            else:
                cells += f'<c{at} t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
        rows += f'<row r="{number}">{cells}</row>'
    parts = dict(made_up._WORKBOOK_PARTS)
    parts["xl/worksheets/sheet1.xml"] = f"<worksheet {_SPACE}><sheetData>{rows}</sheetData></worksheet>"
    parts["xl/sharedStrings.xml"] = (
        f"<sst {_SPACE}>"
        + "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in shared)
        + "</sst>"
    )
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        "</Types>",
        '<Override PartName="/xl/sharedStrings.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
    )
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" '
        'Target="sharedStrings.xml"/></Relationships>',
    )
    return zipped(parts, hand)


def zipped(parts: dict[str, str | bytes], hand: Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", hand.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])) as archive:
        for name, told in parts.items():
            archive.writestr(zipfile.ZipInfo(name), told)
    return out.getvalue()


def _letters(place: int) -> str:
    return (chr(64 + place // 26) if place >= 26 else "") + chr(65 + place % 26)


def xls(lines: Table) -> bytes:
    """A small .xls: one stream of BIFF8 records in a compound file."""

    return _compound(_biff(lines).ljust(4096, b"\0"))


def locked() -> bytes:
    """What a workbook with a password looks like from outside."""
    return _compound(bytes(range(256)) * 16, "EncryptedPackage")


def _biff(lines: Table) -> bytes:
    def record(kind: int, told: bytes) -> bytes:
        return struct.pack("<HH", kind, len(told)) + told

    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 6))
    sheet += record(0x0200, struct.pack("<IIHHH", 0, len(lines), 0, max(map(len, lines), default=0), 0))
    for row, line in enumerate(lines):
        for column, text in enumerate(line[:200]):
            if text.isascii() and text.isdigit() and len(text) < 15:
                sheet += record(0x0203, struct.pack("<HHHd", row, column, 0, float(text)))
            elif text:
                wide = text[:4000].encode("utf-16-le", "replace")[:8000]
                sheet += record(0x0204, struct.pack("<HHHHB", row, column, 0, len(wide) // 2, 1) + wide)
    sheet += record(0x000A, b"")
    book = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 6))
    bound = len(book) + 4 + 8 + 6 + 4
    book += record(0x0085, struct.pack("<IBBBB", bound, 0, 0, 6, 0) + b"Sheet1") + record(0x000A, b"")
    return book + sheet


def _compound(stream: bytes, name: str = "Workbook") -> bytes:
    sectors = -(-len(stream) // 512)
    fats = -(-(sectors + 2) // 127)
    chain = [0xFFFFFFFD] * fats + [0xFFFFFFFE] + [fats + 2 + place for place in range(sectors - 1)] + [0xFFFFFFFE]
    fat = struct.pack(f"<{len(chain)}I", *chain).ljust(fats * 512, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<IIIIIIIII", 0, fats, fats, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", *range(fats), *[0xFFFFFFFF] * (109 - fats))

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        wide = (name + "\0").encode("utf-16-le")
        told = wide.ljust(64, b"\0") + struct.pack("<HBBIII", len(wide), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        return told + b"\0" * 36 + struct.pack("<IQ", start, size)

    folder = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry(name, 2, 0xFFFFFFFF, fats + 1, len(stream))
    return head + fat + folder.ljust(512, b"\0") + stream.ljust(sectors * 512, b"\0")


_PLACES = ["A1", "XFD1048576", "ZZZZ99999999", "A0", "", "1A", "A99999999999999999999", "é1", "IV65536", "B2"]
_TELL = ["0", "-1", "99999999", "1e308", "NaN", "4294967296", "", "x", "inf", "45432", "0.1", "-0", "&x;", "1" * 400]
_BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(8)
)
_BITS: list[tuple[str, list[str]]] = [
    (r' r="[A-Z]+\d+"', [f' r="{place}"' for place in _PLACES]),
    (r"<v>[^<]*</v>", [f"<v>{told}</v>" for told in _TELL]),
    (r' t="\w+"', ['t="s"', ' t="d"', ' t="b"', ' t="e"', ' t="str"', ' t="zz"', ""]),
    (r"<sheetData>", ['<dimension ref="A1:XFD1048576"/><sheetData>', "<sheetData><sheetData>", ""]),
    (
        r"^<",
        [_BOMB + "]><", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><', "<?xml version='9'?><", "\ufeff<"],
    ),
    (r"</?\w+[^>]*>", ["", "<c>", "</c>", "<row>", "</row>", "<!--", "]]>", "<is><t>", "<f>1+1</f>"]),
    (r"<t[^>]*>[^<]*", ["<t>&a;", "<t>&h;", "<t>&#0;", "<t>&#xFFFFFFFF;", "<t>_x0000_", "<t><![CDATA[x"]),
    (
        r'Target="[^"]*"',
        ['Target="../../../../etc/passwd"', 'Target=""', 'Target="sheet9.xml"', 'Target="/xl/workbook.xml"'],
    ),
]


def _a_part(told: bytes, hand: Random) -> bytes:
    """One part of an .xlsx, as XML or as bytes."""
    parts = _parts(told)
    if not parts:
        return told
    name = hand.choice([*parts, *[name for name in parts if "sheet" in name] * 3])
    text = parts[name].decode("utf-8", "replace")
    pattern, instead = hand.choice(_BITS)
    if found := list(re.finditer(pattern, text)):
        one = hand.choice(found)
        text = text[: one.start()] + hand.choice(instead) + text[one.end() :]
    return zipped({**parts, name: text.encode("utf-8", "replace")}, hand)


def _other_parts(told: bytes, hand: Random) -> bytes:
    parts = _parts(told)
    if not parts:
        return told
    name = hand.choice(list(parts))
    what = hand.randrange(6)
    if what == 0:
        del parts[name]
    elif what == 1:
        parts[hand.choice(["xl/workbook.bin", "x.csv", "../x", "/x", "a" * 300, "", "xl/", "__MACOSX/x", "x.zip"])] = (
            b"x,y\n1,2\n"
        )
    elif what == 2:
        parts[name] = parts[name][: hand.randrange(len(parts[name]) + 1)]
    elif what == 3:
        parts = {name: parts[name]}
    elif what == 4:
        parts[name] = told
    else:
        parts |= {f"many/{number}": b"" for number in range(300)}
    return zipped(parts, hand)


def _parts(told: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(told)) as archive:
            return {item.filename: archive.read(item) for item in archive.infolist()}
    except Exception:  # spoilt already
        return {}


#: Fields of a zip's headers: where the signature stands, how far behind it the field lies, how wide it is.
_FIELDS = [
    *[
        (b"PK\x01\x02", at, size)
        for at, size in ((8, 2), (10, 2), (16, 4), (20, 4), (24, 4), (28, 2), (30, 2), (42, 4))
    ],
    *[(b"PK\x03\x04", at, size) for at, size in ((6, 2), (8, 2), (14, 4), (18, 4), (22, 4), (26, 2), (28, 2))],
    *[(b"PK\x05\x06", at, size) for at, size in ((4, 2), (8, 2), (10, 2), (12, 4), (16, 4), (20, 2))],
]


def _a_claim(told: bytes, hand: Random) -> bytes:
    """A size, a method, a flag or an offset that is not so."""
    sign, at, size = hand.choice(_FIELDS)
    found = [one.start() for one in re.finditer(re.escape(sign), told)]
    if not found:
        return told
    place = hand.choice(found) + at
    value = hand.choice([0, 1, 8, 9, 12, 14, 95, 99, 0x800, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, hand.randrange(1 << 16)])
    return told[:place] + (value % (1 << 8 * size)).to_bytes(size, "little") + told[place + size :]


def _a_sector(told: bytes, hand: Random) -> bytes:
    """A word of a compound file's header, of its table of sectors or of its folder: loops, far ends, lying sizes."""
    at = hand.choice([hand.randrange(0, 512, 4), hand.randrange(512, 2048, 4), hand.randrange(0, max(4, len(told)), 4)])
    value = hand.choice([0, 1, 2, 3, 4, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0x7FFFFFFF, 0x10000, hand.randrange(64)])
    return told[:at] + struct.pack("<I", value) + told[at + 4 :]


def _a_record(told: bytes, hand: Random) -> bytes:
    """Kind, length or place in a BIFF record."""
    found = [one.start() for one in re.finditer(rb"[\x03\x04\x05\x0a\xfc\xfd]\x02.\x00", told[:60_000], re.DOTALL)]
    at = (hand.choice(found) if found else hand.randrange(len(told) + 1)) + hand.choice([0, 2, 4, 6, 10])
    return (
        told[:at]
        + struct.pack("<H", hand.choice([0, 1, 255, 0xFFFF, 0xFC, 0x3C, 0x85, 0x2020, 0x7FFF]))
        + told[at + 2 :]
    )


SPOIL_XLSX: list[Callable[[bytes, Random], bytes]] = [_a_part, _a_part, _a_part, _other_parts, _a_claim]
SPOIL_ZIP: list[Callable[[bytes, Random], bytes]] = [_a_claim, _a_claim, _other_parts]
SPOIL_XLS: list[Callable[[bytes, Random], bytes]] = [_a_sector, _a_record, _a_record]
