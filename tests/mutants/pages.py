"""Tables on pages, whole and spoilt."""

import re
from collections.abc import Callable
from html import escape
from random import Random

from mutants.tables import Table


def page(lines: Table, hand: Random) -> bytes:
    """A page as spreadsheets, libraries and portals write it."""
    head = hand.choice(
        [
            "<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>",
            '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta http-equiv=Content-Type '
            'content="text/html; charset=windows-1252"><style>td {mso-number-format:General}</style></head><body>',
            "",
        ]
    )
    told = hand.choice(["", "<p>A list</p>", "<table><tr><td>Menu</td><td>Help</td></tr></table>"])
    shown = hand.choice(["", "", f"<span>(Displaying 1 - {len(lines) - 1} of {len(lines) - 1})</span>"])
    th = hand.choice(["th", "td"])
    rows = [
        "<tr>"
        + "".join(f"<{th if not number else 'td'}>{_cell(text)}</{th if not number else 'td'}>" for text in line)
        + "</tr>"
        for number, line in enumerate(lines)
    ]
    first, rest = rows[0], "\n".join(rows[1:])
    body = hand.choice([f"<thead>{first}</thead><tbody>{rest}</tbody>", f"{first}\n{rest}"])
    text = f"{head}{told}<table border=1>{body}</table>{shown}" + ("</body></html>" if head else "")
    return text.encode("cp1252", "xmlcharrefreplace") if "1252" in head else text.encode("utf-8", "surrogatepass")


def _cell(text: str) -> str:
    return re.sub("\r\n|\r|\n", "<br>", escape(text, quote=False))


_TAGS = [
    *(
        b"<table>",
        b"</table>",
        b"<tr>",
        b"</tr>",
        b"<td>",
        b"</td>",
        b"<th>",
        b"<td colspan=3>",
        b"<td rowspan=2>",
        b"<br>",
    ),
    *(
        b"<td colspan=99999999999>",
        b"<!--",
        b"-->",
        b"<script>",
        b"</script>",
        b"<style>",
        b"<plaintext>",
        b"<textarea>",
    ),
    *(
        b"<p>",
        b"<div>" * 200,
        b"<b><i>",
        b"</b>",
        b"<svg>",
        b"<![CDATA[",
        b"&#0;",
        b"&#xFFFFFFFF;",
        b"&nbsp;",
        b"&lt;",
        b"&",
    ),
    *(
        b"(Displaying 1 - 100 of 797)",
        b"Showing 1 to 3 of 3",
        b"rowCount:99",
        b"<meta charset=utf-16>",
        b"<meta charset=hex>",
    ),
    *(b"<template>", b"<select>", b"<caption>", b"<tfoot>", b"<colgroup><col>", b"<a href='", b'<td title="', b"\0"),
]


def _put_a_tag(told: bytes, hand: Random) -> bytes:
    at = hand.choice([one.start() for one in re.finditer(b"<", told)] or [0])
    return told[:at] + hand.choice(_TAGS) + told[at:]


def _change_a_tag(told: bytes, hand: Random) -> bytes:
    found = list(re.finditer(rb"<[^>]*>", told))
    if not found:
        return told
    one = hand.choice(found)
    return told[: one.start()] + hand.choice([b"", *_TAGS]) + told[one.end() :]


SPOIL: list[Callable[[bytes, Random], bytes]] = [_put_a_tag, _put_a_tag, _change_a_tag]
