"""The font that pages carry."""

from datetime import datetime, timedelta

import time_machine

from breachtrail.wording import font


def test_the_same_glyphs_are_the_same_bytes_on_another_day() -> None:
    told = []
    for days in (0, 1):
        font._woff2.cache_clear()
        with time_machine.travel(datetime.now() + timedelta(days=days)):
            told.append(font.face("Übermorgen, 2024", "en"))
    assert told[0] == told[1]
