"""Charts as drawn: what stands on them, where, in which language and which colours."""

import json
import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from drawings import LONG_NAME, made_up
from hypothesis import given
from hypothesis import strategies as st

from breachtrail.notices.vocabulary import Vocabulary
from breachtrail.wording import font, palette
from breachtrail.wording.canvas import NARROW, SMALL, WIDE, clipped, text_width, ticks
from breachtrail.wording.chart import Chart
from breachtrail.wording.charts import bars, months, revisions, years
from breachtrail.wording.page import environment, stylesheet
from breachtrail.wording.phrases import Phrases
from breachtrail.wording.statemap import Classes, state_map

SVG = "{http://www.w3.org/2000/svg}"
HAN = re.compile(r"[\u4e00-\u9fff]")


@cache
def charts(language: str) -> dict[str, Chart]:
    return made_up(Phrases.of(language))


@cache
def drawn(language: str, kind: str, narrow: bool) -> ElementTree.Element:
    return ElementTree.fromstring(charts(language)[kind].svg(narrow))


def texts(svg: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in svg.iter(f"{SVG}text")]


every_drawing = pytest.mark.parametrize(
    ("language", "kind", "narrow"),
    [(language, kind, narrow) for language in ("en", "zh")
     for kind in ("types", "largest", "months", "sizes", "years", "revised", "coming", "held", "scores", "people", "map")
     for narrow in (False, True)],
)  # fmt: skip


@every_drawing
def test_a_drawing_has_the_width_of_its_column(language: str, kind: str, narrow: bool) -> None:
    left, top, width, height = map(float, drawn(language, kind, narrow).attrib["viewBox"].split())
    assert (left, top, width) == (0, 0, NARROW if narrow else WIDE)
    assert 80 < height < 700


@every_drawing
def test_text_is_large_enough_and_stays_on_the_sheet(language: str, kind: str, narrow: bool) -> None:
    svg = drawn(language, kind, narrow)
    _, _, width, height = map(float, svg.attrib["viewBox"].split())
    moved = [g.attrib["transform"] for g in svg.iter(f"{SVG}g") if "transform" in g.attrib]
    assert set(moved) == {"translate(0,0)"}, "the places of texts below would not be places on the sheet"
    assert texts(svg)
    for element in svg.iter(f"{SVG}text"):
        place = re.fullmatch(r"translate\(([-\d.]+),([-\d.]+)\)", element.attrib["transform"])
        assert place
        x, y, size = float(place[1]), float(place[2]), int(element.attrib["font-size"].removesuffix("px"))
        room = font.width(element.text or "", size)
        start = x - room * {"start": 0, "middle": 0.5, "end": 1}[element.attrib["text-anchor"]]
        assert size >= SMALL
        assert start >= -1, element.text
        assert start + room <= width + 1, element.text
        assert size * 0.6 <= y <= height, element.text


@every_drawing
def test_no_two_texts_lie_on_each_other(language: str, kind: str, narrow: bool) -> None:
    boxes = []
    for element in drawn(language, kind, narrow).iter(f"{SVG}text"):
        x, y = map(float, re.findall(r"[-\d.]+", element.attrib["transform"]))
        size = int(element.attrib["font-size"].removesuffix("px"))
        room = font.width(element.text or "", size)
        start = x - room * {"start": 0, "middle": 0.5, "end": 1}[element.attrib["text-anchor"]]
        boxes.append((start, start + room, y - size * 0.75, y, element.text))
    for place, (left, right, top, bottom, one) in enumerate(boxes):
        for left2, right2, top2, bottom2, other in boxes[place + 1 :]:
            apart = right <= left2 + 1 or right2 <= left + 1 or bottom <= top2 or bottom2 <= top
            assert apart, f"{one!r} and {other!r}"


@every_drawing
def test_the_drawing_speaks_one_language(language: str, kind: str, narrow: bool) -> None:
    said = [text for text in texts(drawn(language, kind, narrow)) if text not in ("Acme Health", "Nearly the Same")]
    said = [text for text in said if not text.startswith("Associated")]
    if language == "en":
        assert not [text for text in said if HAN.search(text)]
    else:
        assert [text for text in said if HAN.search(text)]
        assert not [text for text in said if re.search(r"[A-Za-z]{3}", text)]


@every_drawing
def test_only_colours_of_the_palette_are_used(language: str, kind: str, narrow: bool) -> None:
    svg = charts(language)[kind].svg(narrow)
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg)) <= {*palette.COLOURS, "none", "transparent"}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_ids_are_unique_on_a_page_of_all_charts(language: str) -> None:
    drawings = [chart.svg(narrow) for chart in charts(language).values() for narrow in (False, True)]
    ids = re.findall(r'\bid="([^"]+)"', "".join(drawings))
    meant = re.findall(r'(?:url\(#|href="#|aria-labelledby=")([^")]+)', "".join(drawings))
    assert len(ids) == len(set(ids)) >= 12
    assert set(meant) <= set(ids)
    assert {one for one in ids if not re.match("|".join(f"{name}-" for name in charts(language)), one)} == set()
    assert "map-wide-1" in ids


def test_the_same_chart_is_the_same_bytes_however_often_it_is_drawn() -> None:
    chart = charts("en")["map"]
    assert chart.svg() == chart.svg()


def test_names_of_the_register_are_text_and_never_markup() -> None:
    name = '<script>alert("x")</script> & id="root" d="1.234"'
    chart = bars([{"name": name, "individuals": 5}], by="name", measure="individuals", phrases=Phrases.of("en"),
                 name="x", title=name, caption=name)  # fmt: skip
    for narrow in (False, True):
        svg = ElementTree.fromstring(chart.svg(narrow))
        assert name in texts(svg)
        assert not list(svg.iter(f"{SVG}script"))


def test_bars_print_rough_figures_and_their_table_exact_ones() -> None:
    chart = charts("zh")["largest"]
    assert {"1.927亿", "400万", "130万"} <= set(texts(drawn("zh", "largest", True)))
    assert chart.table.columns == ("机构名称", "受影响人次")
    assert chart.table.rows[1] == ("Acme Health", "3,998,163")


def test_two_notices_of_one_name_are_two_bars() -> None:
    assert len(charts("en")["largest"].spec["layer"][0]["data"]["values"]) == 3
    assert texts(drawn("en", "largest", False)).count("Acme Health") == 2


def test_bars_are_as_long_as_their_figures() -> None:
    lengths = re.findall(r'<path d="M[\d.]+,[\d.]+h([\d.]+)v18h', charts("en")["types"].svg())
    assert [float(length) for length in lengths[:3]] == pytest.approx(
        [float(lengths[0]) * share for share in (1, 118 / 596, 9 / 596)], abs=0.2
    )


def test_a_month_that_still_grows_is_hollow_and_the_key_says_so() -> None:
    svg = charts("en")["months"].svg()
    hollow = re.findall(rf'fill="{palette.MAIN}" fill-opacity="0.2" stroke="{palette.MAIN}" stroke-width="1.5"', svg)
    assert len(hollow) == 2
    assert "not final yet" in texts(drawn("en", "months", True))


def test_the_record_year_is_named() -> None:
    assert any(text.startswith("2026年：") for text in texts(drawn("zh", "years", True)))


def test_a_revision_shows_its_first_and_its_latest_figure() -> None:
    assert {"500 → 1.927亿", "79.1万 → 9.58万"} <= set(texts(drawn("zh", "revised", True)))
    assert charts("en")["revised"].table.rows[0] == ("Acme Health", "500 → 100,000,000 → 192,700,000")


def test_a_revision_too_small_for_rough_figures_shows_exact_ones() -> None:
    assert "2,310,000 → 2,320,000" in texts(drawn("en", "revised", False))


def test_the_map_shades_every_state_and_lists_what_it_cannot_hold() -> None:
    topology = json.loads(resources.files("breachtrail.wording").joinpath("assets/states-albers.json").read_bytes())
    names = {shape["properties"]["name"] for shape in topology["objects"]["states"]["geometries"]}
    vocabulary = Vocabulary.load()
    on_no_map = {state for state in vocabulary.values("state") if vocabulary.label("state", state, "en") not in names}
    assert on_no_map == {"PR", "GU", "VI", "AS", "MP", ""}
    assert len(names) == 51
    below = set(texts(drawn("en", "map", True)))
    assert {vocabulary.label("state", state, "en") for state in on_no_map - {""}} | {"District of Columbia"} <= below
    colours = "|".join((*palette.CLASSES, palette.NONE))
    shaded = re.findall(rf'<path d="[^"]*" fill="({colours})"/>', charts("en")["map"].svg())
    assert len(shaded) == 51
    assert shaded.count(palette.NONE) == 1  # Wyoming has no row


def test_a_state_without_a_rate_is_not_a_state_without_notices() -> None:
    classes = Classes.of([1, 2, 3])
    assert classes.colour(None) == palette.UNKNOWN
    assert classes.colour(0) == palette.NONE


@given(st.lists(st.floats(0.01, 500), max_size=60))
def test_classes_of_a_map_keep_the_order_of_rates(rates: list[float]) -> None:
    classes = Classes.of(rates)
    assert len(classes.bounds) < len(palette.CLASSES)
    depth = [palette.CLASSES.index(classes.colour(rate)) for rate in sorted(rates)]
    assert depth == sorted(depth)
    assert len(classes.marks("decimal", Phrases.of("en"))) in (0, len(classes.bounds) + 1)
    for bound in classes.bounds:
        assert classes.colour(bound) != classes.colour(bound - Decimal("0.0001"))


@given(st.floats(0.001, 1e10))
def test_ticks_are_few_even_and_below_the_largest(largest: float) -> None:
    places = ticks(largest, whole=largest >= 1)
    assert places[0] == 0
    assert 2 <= len(places) <= 6
    assert places[-1] <= largest * (1 + 1e-9)
    assert places[-1] > largest / 2
    assert largest < 1 or all(place == int(place) for place in places)


def test_a_chart_of_nothing_is_drawn_all_the_same() -> None:
    heads: dict[str, Any] = {"phrases": Phrases.of("en"), "name": "x", "title": "x", "caption": "x"}
    empty: list[Callable[[], Chart]] = [
        lambda: bars([], by="state", measure="notices", **heads),
        lambda: months([], measure="notices", now="a", before="b", **heads),
        lambda: years([], **heads),
        lambda: revisions([], **heads),
        lambda: state_map([], measure="notices_per_million", **heads),
    ]
    for draw in empty:
        assert ElementTree.fromstring(draw().svg()).attrib["viewBox"].startswith("0 0 680 ")


def test_text_is_clipped_to_its_room() -> None:
    assert clipped("short", 100) == "short"
    assert clipped(LONG_NAME, 200).endswith("…")
    assert text_width(clipped(LONG_NAME, 200)) <= 200
    assert text_width("网络服务器") == 5 * 13


def test_embedded_glyphs_are_parted_by_language() -> None:
    english = font.face("Change “Healthcare” → 中", "en")
    chinese = font.face("“中文”2024", "zh")
    assert english.count("@font-face") == chinese.count("@font-face") == 2
    assert "U+201C" in english.split(font.HAN)[0]
    assert "U+201C" in chinese.split(font.HAN)[1]
    assert font.HAN not in font.face("plain", "en")


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2, success criteria 1.4.3 and 1.4.11."""
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def dark_twins() -> dict[str, str]:
    css = resources.files("breachtrail.wording").joinpath("style.css").read_text(encoding="utf-8")
    dark = css[css.index("prefers-color-scheme: dark") : css.index("@media print")]
    variables = dict(re.findall(r"(--[a-z-]+): (#[0-9a-f]{6})", dark))
    rules = re.findall(r'\[fill="(#[0-9a-f]{6})"\] \{ fill: (?:var\((--[a-z]+)\)|(#[0-9a-f]{6})); \}', dark)
    return {light: variables[variable] if variable else twin for light, variable, twin in rules}


def test_every_colour_of_the_palette_has_a_dark_twin() -> None:
    assert set(dark_twins()) == set(palette.COLOURS)


def test_every_stroke_that_charts_draw_has_a_dark_twin() -> None:
    css = resources.files("breachtrail.wording").joinpath("style.css").read_text(encoding="utf-8")
    strokes = {
        stroke
        for chart in charts("en").values() for narrow in (False, True)
        for stroke in re.findall(r'stroke="(#[0-9a-f]{6})"', chart.svg(narrow))
    }  # fmt: skip
    assert strokes
    assert strokes <= set(re.findall(r'\[stroke="(#[0-9a-f]{6})"\]', css))


@pytest.mark.parametrize("twin", [lambda colour: colour, lambda colour: dark_twins()[colour]], ids=["light", "dark"])
def test_colours_stand_out_from_the_paper_and_from_each_other(twin: Callable[[str], str]) -> None:
    paper = twin(palette.PAPER)
    as_text = (palette.INK, palette.QUIET, palette.MAIN, palette.CONTRAST)
    assert all(contrast(twin(colour), paper) >= 4.5 for colour in as_text)
    assert contrast(twin(palette.BEFORE), paper) >= 3
    depths = [contrast(twin(colour), paper) for colour in palette.CLASSES]
    assert all(deeper / lighter >= 1.25 for lighter, deeper in pairwise(depths))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_shows_a_chart_with_its_figures_and_its_sql(language: str) -> None:
    phrases = Phrases.of(language)
    template = '{% from "wording/figure.html" import figure with context %}<i>{{ figure(chart, ["SELECT 1 < 2"]) }}</i>'
    page = environment("breachtrail.wording", phrases).from_string(template).render(chart=charts(language)["types"])
    shown = ElementTree.fromstring(page)
    assert len(list(shown.iter(f"{SVG}svg"))) == 2
    summaries = [element.text for element in shown.iter("summary")]
    assert summaries == [phrases.say("figure.table"), phrases.say("figure.sql")]
    assert [element.text for element in shown.iter("code")] == ["SELECT 1 < 2"]
    assert [element.text for element in shown.iter("td")] == ["596", "118", "9", "0"]
    assert shown.findtext(".//figcaption/strong") == "<types>"


def test_the_style_sheet_of_a_page_carries_its_glyphs() -> None:
    sheet = stylesheet("泄露", "zh")
    assert "U+6CC4" in sheet
    assert "@media print" in sheet


@pytest.mark.parametrize("steps", [[4_500_000, 6_121_158], [1_200, 1_100], [700, 700_000]])
def test_figures_between_two_powers_of_ten_are_drawn_too(steps: list[int]) -> None:
    chart = revisions(
        [{"name": "Example Clinic", "steps": steps}], phrases=Phrases.of("en"), name="c", title="t", caption="c"
    )
    for narrow in (False, True):
        assert chart.svg(narrow).count("Example Clinic") == 1


def test_the_font_in_which_vega_draws_is_not_in_the_drawing() -> None:
    chart = revisions(
        [{"name": "Example Clinic", "steps": [500, 7_000]}], phrases=Phrases.of("en"), name="c", title="t", caption="c"
    )
    assert re.findall('font-family="(.*?)"', chart.svg()) == [font.STACK]


def test_the_band_of_a_year_stands_in_its_table_and_above_its_column() -> None:
    chart = charts("en")["years"]
    assert chart.table.columns[-1] == "In the end (nine of ten)"
    assert [row[-1] for row in chart.table.rows[-3:]] == ["–", "770 to 790", "810 to 890"]
    assert "In the end (nine of ten)" in texts(drawn("en", "years", True))


def test_forecasts_have_both_intervals_in_their_table() -> None:
    table = charts("en")["coming"].table
    assert len(table.rows) == 12
    assert table.rows[0][1:] == ("40", "60", "55 to 65", "40 to 80")


def test_a_way_that_says_nothing_has_no_bar_and_a_dash() -> None:
    chart = charts("en")["scores"]
    assert [row[5] for row in chart.table.rows] == ["–", "2.50", "2.50", "2.50", "2.50"]
    assert texts(drawn("en", "scores", False)).count("2.50") == 4
