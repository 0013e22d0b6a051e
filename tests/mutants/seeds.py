"""What mutants are made of: rows as lists of cells, made up here or cut out of real exports, and cells that mean harm."""

import functools
import os
from datetime import date, timedelta
from pathlib import Path
from random import Random

from made_up import PORTAL, Row, table

SHARED = Path(os.environ.get("BREACHTRAIL_SHARED", Path(__file__).resolve().parents[3] / "shared"))
TAKEN = date(2026, 9, 1)

NAMES = [
    "Clinic of Nowhere", "Café Médical, P.C.", 'The "Quoted" Plan', "Two\nLines LLC", "  padded  ", "O’Neil – Sons",
    "ClÃ­nica", "北京 Clinic", "a\tb", "+Plus Clinic", "-", "=Sum Health", "@Home Care", "'-quoted", "x; y | z", "é",
]  # fmt: skip
TYPES = ["Theft", "Loss", "Hacking/IT Incident", "Unauthorized Access/Disclosure", "Theft, Loss", "Loss, Theft", ""]
PLACES = ["Email", "Laptop", "Network Server", "Email, Laptop", "Paper/Films", "Other", ""]
HARM = [
    *("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "'=1", '=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0"),
    *(
        "0",
        "-5",
        "1e308",
        "9999999999999999999",
        "9" * 400,
        "NaN",
        "inf",
        "0x1F",
        "1_000",
        "٣",
        "1,2",
        "1.000",
        "½",
        "- 5",
    ),
    *(
        "02/30/2024",
        "2024-02-30",
        "31/12/2024",
        "01/01/0001",
        "0000-00-00",
        "12/31/99999",
        "99999-01-01",
        "1/1/1",
        "45432",
    ),
    *(
        "13/13/2024",
        "5/14/24",
        "2024-05-14T25:61:61",
        "May 14, 2024",
        "Mai 2024",
        "05/14/2024 12:00 AM",
        "//",
        "05/14/2024/1",
    ),
    *(
        '"',
        '""',
        '"""',
        '"a',
        'a"',
        'a"b',
        '","',
        '"\n',
        "\n",
        "\r",
        "\r\n",
        "\n\n",
        ",",
        ";",
        "|",
        "\t",
        "'",
        "\\",
        '\\"',
    ),
    *(
        "\0",
        "\0" * 9,
        "\ufeff",
        "\u2028",
        "\u0085",
        "\x0b",
        "\x0c",
        "\x1c",
        "\x1a",
        "\x7f",
        "\u202e",
        "\ud7ff",
        "\U0010ffff",
    ),
    *(
        "\\N",
        "NULL",
        "null",
        "NaN",
        "None",
        "#REF!",
        "#N/A",
        " ",
        "\u00a0",
        "\u200b",
        "{",
        "[",
        "<table>",
        "<",
        "&amp;",
        "&#0;",
    ),
    *(
        "x" * 5000,
        "é" * 3000,
        "\n" * 500,
        '"' * 501,
        "," * 300,
        "%s%n",
        "$path",
        "'; DROP TABLE reading; --",
        "{}",
        "\\u0000",
    ),
]
HEADERS = [
    *(
        "javax.faces.component.UIPanel@495f2e1e",
        "Name of Covered Entity",
        "STATE",
        " state ",
        "",
        "Status",
        "Date of Breach",
    ),
    *(
        "Summary",
        "Number",
        "Individuals Affected\n",
        "x" * 300,
        "=1",
        "\ufeffState",
        "Business Associate Involved",
        "Year",
    ),
]


def rows(hand: Random, day: str = "") -> list[list[str]]:
    """Header and a few rows, most of them sound."""
    made = [
        Row(
            name=f"{hand.choice(NAMES)} {number}" if hand.random() < 0.5 else f"Clinic {number}",
            state=hand.choice(["TX", "CA", "PR", "", "NY"]),
            entity_type=hand.choice(["Healthcare Provider", "Health Plan", "Business Associate", ""]),
            individuals=hand.choice([500, 501, 1200, 98765, 192700000, ""]),
            submitted_on=date(2024, 1, 1) + timedelta(hand.randrange(700)),
            breach_types=hand.choice(TYPES),
            locations=hand.choice(PLACES),
            business_associate=hand.choice(["Yes", "No", ""]),
            description=hand.choice(["", "", "Stolen.", "First line.\nSecond, with ‘quotes’.", "x" * 300, "a\r\nb"]),
        )
        for number in range(hand.randrange(1, 9))
    ]
    return table(made, day=day or hand.choice(["%m/%d/%Y"] * 4 + ["%Y-%m-%d", "%d/%m/%Y", "%b %d, %Y"]))


def header() -> list[str]:
    return list(PORTAL.values())


@functools.cache
def real() -> dict[str, bytes]:
    """The real exports by name, if they are here; they stay in memory."""
    folder = SHARED / "data" / "ocr"
    found = sorted(folder.glob("2*.csv")) + sorted(folder.glob("*.xls*"))
    return {path.name: path.read_bytes() for path in [*found, *sorted((SHARED / "portal" / "html").glob("*.html"))[:1]]}


def real_piece(hand: Random, name: str) -> bytes:
    """The header of a real export and some of its lines; now and then the whole of a small one."""
    whole = real()[name]
    if not name.endswith(".csv") or (hand.random() < 0.01 and len(whole) < 200_000):
        return whole
    end = b"\r" if b"\n" not in whole[:20_000] else b"\n"
    first = whole.index(end) + 1
    start = whole.find(end, hand.randrange(first, len(whole))) + 1 or first
    stop = start
    for _ in range(hand.randrange(1, 25)):
        stop = whole.find(end, stop) + 1 or len(whole)
    return whole[:first] + whole[start:stop]
