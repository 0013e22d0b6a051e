"""Numbers that are put aside by their shape alone."""

import pytest

from breachtrail.claims.claim import Aside
from breachtrail.claims.numeral import plain
from breachtrail.claims.shape import shapes


@pytest.mark.parametrize(
    ("text", "shape", "why"),
    [
        ("in 2024", "2024", Aside.YEAR),
        ("2024年全年", "2024年", Aside.YEAR),
        ("4月共50起", "4月", Aside.YEAR),
        ("on Jan. 5, 2025,", "Jan. 5, 2025", Aside.DAY),
        ("2025年1月23日", "2025年1月23日", Aside.DAY),
        ("at 10:30 a.m.", "10:30 a.m.", Aside.DAY),
        ("call 1-800-555-0100", "call 1-800-555-0100", Aside.PHONE),
        ("(312) 555-0142", "(312) 555-0142", Aside.PHONE),
        ("热线400-123-4567", "热线400-123-4567", Aside.PHONE),
        ("$4.75 million", "$4.75 million", Aside.MONEY),
        ("475万美元", "475万美元", Aside.MONEY),
        ("1.2亿美元", "1.2亿美元", Aside.MONEY),
        ("45 CFR 164.408(b)", "45 CFR 164.408(b)", Aside.LAW),
        ("Section 13402 of", "Section 13402", Aside.LAW),
        ("第164条", "第164条", Aside.LAW),
        ("CVE-2023-34362", "CVE-2023-34362", Aside.VERSION),
        ("Windows 10", "Windows 10", Aside.VERSION),
        ("within 60 days", "60 days", Aside.TIME_SPAN),
        ("24 months of", "24 months", Aside.TIME_SPAN),
        ("近两年", "两年", Aside.TIME_SPAN),
        ("Doe, 45, of Acme", ", 45,", Aside.TIME_SPAN),
        ("200 Independence Avenue", "200 Independence Avenue", Aside.ADDRESS),
        ("the top 10", "top 10", Aside.NUMBERING),
        ("前10名", "前10名", Aside.NUMBERING),
        ("300 GB", "300 GB", Aside.OTHER_THING),
        ("https://x.org/12/3?a=7", "https://x.org/12/3?a=7", None),
    ],
)
def test_a_shape(text: str, shape: str, why: Aside | None) -> None:
    text = plain(text)
    assert [(text[start:end], reason) for start, end, reason in shapes(text)] == [(shape, why)]


@pytest.mark.parametrize(
    "text",
    [
        "2024 breaches",
        "2,024 records",
        "440 breaches took place",
        "98 from 120",
        "New York (34) and Illinois",
        "1340万人",
        "up to 84",
    ],
)
def test_what_is_no_shape(text: str) -> None:
    assert shapes(plain(text)) == []
