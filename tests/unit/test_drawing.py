"""What a drawing of Vega becomes; that it is drawn with marks in the place of texts is nothing that anybody can see."""

import re
from typing import Any

import vl_convert
from hypothesis import given
from hypothesis import strategies as st

from breachtrail.wording import drawing
from breachtrail.wording.canvas import sheet, text

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=12)


def layers(told: list[str], places: list[float]) -> list[dict[str, Any]]:
    """Texts of their own, and texts of rows, of which one channel shows what another does."""
    rows = [{"label": one, "series": one, "x": place} for one, place in zip(told, places, strict=True)]
    x = {"field": "x", "type": "quantitative", "scale": None, "axis": None}
    of_rows = {"data": {"values": rows}, "mark": {"type": "text"}}
    return [
        *(text(one, place, 10) for one, place in zip(told, places, strict=True)),
        {**of_rows, "encoding": {"x": x, "text": {"field": "label"}}},
        {**of_rows, "encoding": {"x": x, "text": {"field": "series"}, "detail": {"field": "series"}}},
    ]


def by_vega(spec: dict[str, Any]) -> list[str]:
    svg = vl_convert.vegalite_to_svg(spec, vl_version=drawing.VEGA_LITE, allowed_base_urls=[])
    return texts(svg)


def texts(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_every_text_stands_where_vega_puts_it_and_says_what_vega_says(told: list[str]) -> None:
    spec = sheet(layers(told, [10.0 * place for place in range(len(told))]), 100, 20)
    assert texts(drawing.drawn(spec).body) == by_vega(spec)


def test_a_text_that_looks_like_a_mark_is_a_text() -> None:
    spec = sheet(layers(["~1~", "~7~", "<b>&"], [1, 2, 3]), 100, 20)
    assert texts(drawing.drawn(spec).body) == by_vega(spec)


def test_drawings_that_differ_in_their_words_alone_are_drawn_once() -> None:
    before = drawing._of_marks.cache_info().misses
    bodies = [drawing.drawn(sheet([text(word, 1.5, 2)], 77, 20)).body for word in ("Ohio", "俄亥俄州", "Ohio")]
    assert drawing._of_marks.cache_info().misses == before + 1
    assert [texts(body) for body in bodies] == [["Ohio"], ["俄亥俄州"], ["Ohio"]]


def test_a_drawing_is_as_large_as_its_sheet() -> None:
    assert drawing.drawn(sheet([text("x", 1, 1)], 123, 45))[:2] == (123, 45)


def test_what_all_shapes_of_a_group_have_in_common_is_said_once() -> None:
    shapes = "".join(f'<path d="M{x},0h1" fill="red" stroke="#fff" stroke-width="0.7"/>' for x in range(3))
    other = '<path d="M9,0h1" fill="red" stroke="#000" stroke-width="0.7"/>'
    alike = drawing._OUTLINED_ALIKE.sub(drawing._outlined_once, f"<g>{shapes}</g>")
    assert alike.startswith('<g stroke="#fff" stroke-width="0.7"><path d="M0,0h1" fill="red"/>')
    assert alike.count("stroke=") == 1
    for mixed in (f"<g>{shapes}{other}</g>", f'<g stroke="none">{shapes}</g>', f"<g>{other}</g>"):
        assert drawing._OUTLINED_ALIKE.sub(drawing._outlined_once, mixed) == mixed
