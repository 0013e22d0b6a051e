"""The glyphs of a page are the same files whenever they are made."""

from datetime import datetime

import time_machine

from breachtrail.wording import font


def test_the_same_glyphs_are_the_same_file_on_any_day() -> None:
    glyphs = frozenset("0123abc州")
    made = set()
    for year in (2026, 2027):
        font._woff2.cache_clear()
        with time_machine.travel(datetime(year, 8, 3, 12), tick=False):
            made.add(font._woff2(glyphs))
    assert len(made) == 1
