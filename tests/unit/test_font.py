"""The glyphs of a page are the same files whenever they are made."""

import io
from datetime import datetime

import pytest
import time_machine
from fontTools.ttLib import TTFont

from breachtrail.wording import font


def test_the_same_glyphs_are_the_same_file_on_any_day() -> None:
    glyphs = frozenset("0123abc州")
    made = set()
    for year in (2026, 2027):
        font._woff2.cache_clear()
        with time_machine.travel(datetime(year, 8, 3, 12), tick=False):
            made.add(font._woff2(glyphs))
    assert len(made) == 1


@pytest.mark.parametrize("file", font.SITE_FILES)
def test_what_a_site_hands_out_has_the_characters_of_the_font(file: str) -> None:
    with TTFont(io.BytesIO(font.site_glyphs(file)), lazy=True) as handed_out:
        characters = {chr(code) for code in handed_out.getBestCmap()}
    assert characters == font._parted()[font.SITE_FILES[file]]


def test_what_a_site_hands_out_is_what_is_packed() -> None:
    assert font.packed("latin.woff2") == font.site_glyphs("latin.woff2")
