"""Bytes spoilt: anywhere, and where a reader takes its decisions (at quotes, separators, ends of lines)."""

import re
from collections.abc import Callable
from random import Random

TOKENS = [
    *(
        b'"',
        b'""',
        b'"""',
        b'\n"',
        b'"\n',
        b'",',
        b',"',
        b"'",
        b"\\",
        b'\\"',
        b",",
        b";",
        b"\t",
        b"|",
        b"\n",
        b"\r",
        b"\r\n",
    ),
    *(
        b"\n\n",
        b"\r\r\n",
        b"\n\r",
        b"\0",
        b"\0\0\0\0",
        b"\x1a",
        b"\xff",
        b"\xfe\xff",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xc3",
    ),
    *(b"\xe2\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\x80", b"\x80", b"\x81", b"\x92", b"\xa0", b"\xa1\xaf"),
    *(
        b"\xc2\x85",
        b"\xe2\x80\xa8",
        b"\x0b",
        b"\x0c",
        b"\x1c",
        b"\x1e",
        b"=",
        b"#",
        b"//",
        b"--",
        b"<",
        b"{",
        b"[",
        b"9" * 40,
    ),
    *(b"PK\x03\x04", b"\x1f\x8b", b"sep=;\n", b"\n,,,,,,,,\n", b"\\N", b"NULL", b" ", b"  "),
]
_DECISIONS = re.compile(rb'["\n\r,;\t|<>=]|[\x80-\xff]')


def _place(told: bytes, hand: Random) -> int:
    if hand.random() < 0.7:
        start = hand.randrange(len(told) + 1)
        if found := _DECISIONS.search(told, start):
            return found.start() + hand.randrange(2)
    return hand.randrange(len(told) + 1)


def _put(told: bytes, hand: Random) -> bytes:
    at = _place(told, hand)
    return told[:at] + hand.choice(TOKENS) + told[at:]


def _change(told: bytes, hand: Random) -> bytes:
    at = _place(told, hand)
    return told[:at] + bytes([hand.randrange(256)]) + told[at + 1 :]


def _flip(told: bytes, hand: Random) -> bytes:
    at = hand.randrange(max(1, len(told)))
    return told[:at] + bytes([byte ^ (1 << hand.randrange(8)) for byte in told[at : at + 1]]) + told[at + 1 :]


def _take(told: bytes, hand: Random) -> bytes:
    at = _place(told, hand)
    return told[:at] + told[at + hand.choice([1, 1, 2, 5, 30, 200]) :]


def _again(told: bytes, hand: Random) -> bytes:
    at, to = _place(told, hand), _place(told, hand)
    piece = told[at : at + hand.choice([1, 3, 20, 200])]
    return told[:to] + piece * hand.choice([1, 1, 2, 50]) + told[to:]


def _end(told: bytes, hand: Random) -> bytes:
    return told[: _place(told, hand)]


def _other_ends(told: bytes, hand: Random) -> bytes:
    at = hand.randrange(len(told) + 1)
    old, new = hand.sample([b"\n", b"\r\n", b"\r"], 2)
    return told[:at] + told[at:].replace(old, new)


def _no_quotes(told: bytes, hand: Random) -> bytes:
    at = hand.randrange(len(told) + 1)
    return told[:at] + told[at:].replace(b'"', b"", hand.choice([1, 2, -1]))


SPOIL: list[Callable[[bytes, Random], bytes]] = [
    *(_put, _put, _put, _put, _change, _change, _flip, _take, _take, _again, _end, _other_ends, _no_quotes),
]
#: What often leaves a file that is read, and read otherwise if a reader is not on its guard.
GENTLE: list[Callable[[bytes, Random], bytes]] = [_put, _put, _put, _change, _flip, _take, _again, _other_ends]
