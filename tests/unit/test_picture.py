"""A chart that leaves its page: its title, what it says, and its glyphs go with it."""

import struct
from xml.etree import ElementTree

import pytest
from drawings import made_up
from hypothesis import given
from hypothesis import strategies as st

from breachtrail.wording import palette, picture
from breachtrail.wording.canvas import SMALL, WIDE, text_width
from breachtrail.wording.phrases import Phrases

SVG = "{http://www.w3.org/2000/svg}"
NOTES = {
    "en": ["What a reader must know beside the figures: " * 6, "Ledger: generation 1."],
    "zh": ["读者须知：" * 40, "账本：第1代。"],
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_picture_carries_its_title_its_notes_its_glyphs_and_its_paper(language: str) -> None:
    chart = made_up(Phrases.of(language))["types"]
    svg = picture.svg(chart, language, NOTES[language])
    root = ElementTree.fromstring(svg)
    outside = "".join(text.text or "" for text in root.findall(f"{SVG}text"))
    for told in (chart.title, chart.caption, *NOTES[language]):
        assert told.replace(" ", "") in outside.replace(" ", "")
    assert f'fill="{palette.PAPER}"' in svg
    assert svg.count("@font-face") == (2 if language == "zh" else 1)


def test_nothing_of_a_picture_lies_outside_it() -> None:
    chart = made_up(Phrases.of("en"))["map"]
    root = ElementTree.fromstring(picture.svg(chart, "en", NOTES["en"]))
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    [drawing] = root.findall(f"{SVG}svg")
    assert width == WIDE + 2 * picture.MARGIN
    left, top = float(drawing.attrib["x"]), float(drawing.attrib["y"])
    assert left + float(drawing.attrib["width"]) <= width - picture.MARGIN
    below = [float(text.attrib["y"]) for text in root.findall(f"{SVG}text") if float(text.attrib["y"]) > top]
    assert top + float(drawing.attrib["height"]) < min(below) < max(below) < height - picture.MARGIN / 2


def test_points_are_as_sharp_as_they_should_be() -> None:
    chart = made_up(Phrases.of("zh"))["types"]
    png = picture.png(chart, "zh")
    assert png.startswith(b"\x89PNG")
    [width] = struct.unpack(">I", png[16:20])
    assert width == picture.SHARPNESS * (WIDE + 2 * picture.MARGIN)


@given(st.text("ab 通报，。“”（）12", max_size=80))
def test_lines_hold_all_that_was_told_and_no_more_than_fits(text: str) -> None:
    told = list(picture.lines(text, 60, SMALL))
    assert "".join(told).replace(" ", "") == text.replace(" ", "")
    for line in told:
        pieces = list(picture.lines(line, 0, SMALL))
        assert text_width(line, SMALL) <= 60 or len(pieces) == 1, told


def test_no_line_begins_with_a_mark_that_ends_a_clause() -> None:
    told = list(picture.lines("通报，" * 30 + "（见附注）。", 70, SMALL))
    assert len(told) > 3
    assert not [line for line in told if line[0] in "，。）"]
    assert not [line for line in told if line[-1] == "（"]
