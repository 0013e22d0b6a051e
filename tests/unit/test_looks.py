"""The picture of the looks: a lane for each list, every snapshot once, and the stretches without any."""

from dataclasses import replace
from datetime import date

import pytest

from breachtrail.ledger.asof import Coverage
from breachtrail.wording import palette
from breachtrail.wording.looks import looks
from breachtrail.wording.phrases import Phrases


def look(day: date, view: str, *, derived: bool = False) -> Coverage:
    return Coverage(f"x/{day}/{view}", "x", view, day, day, day, 10, 9, 1, derived, "example.test", "CSV", ())


FIRST = look(date(2016, 4, 9), "all")
SECOND = replace(look(date(2019, 4, 13), "archive"), taken_not_before=date(2019, 1, 18))
THIRD = look(date(2019, 5, 1), "under_investigation", derived=True)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_list_has_a_lane_and_each_snapshot_a_row(language: str) -> None:
    phrases = Phrases.of(language)
    gaps = [(FIRST.taken_on, SECOND.taken_on)]
    chart = looks([FIRST, SECOND, THIRD], gaps, phrases=phrases, name="chart-x", title="T", caption="C")
    assert [row[0] for row in chart.table.rows] == ["2016-04-09", "2019-04-13", "2019-05-01"]
    for narrow in (False, True):
        svg = chart.svg(narrow)
        assert all(phrases.heading(view, "view") in svg for view in ("all", "archive", "under_investigation"))
        assert all(word in svg for word in ("2017", "2019", phrases.say("pages.coverage.key.derived")))
        assert svg.count(f'fill="{palette.NONE}"') == 2  # the gap, and its sign in the key


def test_what_is_not_there_has_no_sign_in_the_key() -> None:
    phrases = Phrases.of("en")
    svg = looks([FIRST], [], phrases=phrases, name="chart-x", title="T", caption="C").svg()
    assert phrases.say("pages.coverage.key.look") in svg
    assert phrases.say("pages.coverage.key.derived") not in svg
    assert phrases.say("pages.coverage.key.gap") not in svg


def test_a_window_is_drawn_as_long_as_it_is() -> None:
    """Half of the time from the first to the last day is half of the width."""
    first, last = look(date(2020, 1, 1), "all"), look(date(2020, 12, 30), "all")
    wide = replace(first, taken_on=date(2020, 3, 1), taken_not_after=date(2020, 7, 1))
    chart = looks([first, wide, last], [], phrases=Phrases.of("en"), name="chart-x", title="T", caption="C")
    layers = chart.spec["layer"]
    scales = (layer["encoding"].get("x", {}).get("scale") for layer in layers)
    [scale] = {str(one) for one in scales if one}  # what has none is drawn in pixels of the sheet
    assert str([first.taken_on.toordinal(), last.taken_on.toordinal()]) in scale
    windows = next(
        layer["data"]["values"]
        for layer in layers
        if layer["encoding"].get("x2", {}).get("field") == "to" and layer["mark"]["type"] == "rule"
    )
    assert [one["to"] - one["from"] for one in windows] == [0, 182, 0]
