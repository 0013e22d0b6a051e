"""Letters that XML cannot hold never reach a drawing or a feed."""

import json
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breachtrail.wording import chart, drawing, picture
from breachtrail.wording.letters import all_fit, fit

_WRITTEN = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(_WRITTEN)
def test_what_is_fit_can_stand_in_a_page_of_xml(text: str) -> None:
    written = fit(text).replace("&", "&amp;").replace("<", "&lt;").replace("\r", "&#13;")
    read = ElementTree.fromstring(f"<name>{written.replace('>', '&gt;')}</name>").text or ""
    assert read == fit(text)
    assert len(read) == len(text)


@pytest.mark.parametrize("text", ["Example Clinic", "示例诊所 🏥", "tab\tand\nend", "\u202egro.\u202c", "\u2028"])
def test_what_xml_can_hold_stays(text: str) -> None:
    assert fit(text) == text


def test_every_text_within_is_made_fit() -> None:
    assert all_fit({"a": ["x\x01", ("y\ufffe",), 3, None], "b": True}) == {
        "a": ["x\ufffd", ["y\ufffd"], 3, None],
        "b": True,
    }


def test_no_drawing_is_asked_for_with_such_a_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library that draws ends the whole program over one: so what it is given is looked at, not what it does."""
    given_to_it: list[str] = []

    def drawn(spec: object, **_: object) -> str:
        given_to_it.append(json.dumps(spec, ensure_ascii=False))
        return '<svg viewBox="0 0 1 1"></svg>'

    drawing._of_marks.cache_clear()
    monkeypatch.setattr(drawing.vl_convert, "vega_to_svg", drawn)
    shown = {"mark": "text", "encoding": {"text": {"field": "name"}, "detail": {"field": "name"}}}
    rows = {"values": [{"name": "Bad \x01\ufffe\uffff Clinic"}]}
    spec = {"width": 8, "height": 8, "layer": [{"data": rows, **shown}]}
    one = chart.Chart("chart", "A \x0b title", "", chart.Table.of([], []), spec, {**spec, "height": 9})
    for svg in (one.svg(), one.svg(narrow=True), picture.svg(one, "en")):
        ElementTree.fromstring(svg)
    assert len(given_to_it) == 2  # the one for a page and the one that stands alone are the same drawing
    drawing._of_marks.cache_clear()
    assert not [told for told in given_to_it if "\ufffe" in told or "\\u0001" in told]
