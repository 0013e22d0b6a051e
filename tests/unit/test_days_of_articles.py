"""The day of publication at the head of a text, and days that are something else's."""

from datetime import date

import pytest

from breachtrail.claims.published import from_dateline

DAY = date(2026, 3, 3)
MORE = " In that year many breaches were reported to the office, and they affected a great many people across the whole country."
NOCH = "当年上报的数据泄露事件很多，受影响的民众遍及全国各地，业内人士对此十分关注。"
HEADS = [
    *("March 3, 2026.", "(March 3, 2026)", "Mar. 3, 2026.", "March 3, 2026 —", "March 3, 2026 -", "3 March 2026."),
    *("Tuesday, March 3, 2026.", "Published March 3, 2026", "Published on March 3, 2026.", "Date: 03/03/2026."),
    *("Updated: March 3, 2026, 10:15 AM ET.", "Last updated March 3, 2026 |", "Posted on 3 March 2026 by Jane Doe."),
    *("By Jane Doe | March 3, 2026 | 5 min read.", "By Jane Doe, Health Editor. Published March 3, 2026."),
    *("WASHINGTON, March 3, 2026 —", "WASHINGTON — March 3, 2026 —", "WASHINGTON (AP) — March 3, 2026 —"),
    *("NEW YORK, N.Y., March 3, 2026 /PRNewswire/ --", "LONDON, 3 March 2026 –", "Boston, 2026-03-03:"),
]
HAN_HEADS = [
    *(
        "2026-03-03 发布 ",
        "2026年3月3日。",
        "（2026年3月3日）",
        "2026年3月3日讯：",
        "新华社北京2026年3月3日电 ",
        "2026年3月3日发布。",
    ),
    *("健康时报2026年3月3日讯，", "【某网2026年3月3日报道】", "北京时间2026年3月3日消息，", "发布于2026年3月3日。"),
    *("来源：某报 2026年3月3日 10:22 ", "作者：张三 2026-03-03 发布 "),
]
OF_SOMETHING_ELSE = [
    "On March 3, 2026, the office fined a hospital.",
    "March 3, 2026, was the day on which it began.",
    "March 3, 2026 was a dark day.",
    "The report published March 3, 2026 counts many.",
    "Published March 3, 2026, the report counts many.",
    "Updated March 3, 2026 to include figures of the archive.",
    "As of March 3, 2026.",
    "March 3, 2026 – May 5, 2026.",
    "The breach at a hospital, discovered March 3, 2026 - a Tuesday - was large.",
    "2026年3月3日，某公司遭到攻击。",
    "2026年3月3日发布的报告显示，",
    "2026年3月3日电力中断。",
    "据路透社2026年3月3日报道，",
    "截至2026年3月3日，",
    "公司于2026年3月3日发布公告。",
]


@pytest.mark.parametrize("head", [*HEADS, *HAN_HEADS])
def test_a_day_at_the_head_is_the_articles(head: str) -> None:
    more = MORE if head in HEADS else NOCH
    assert from_dateline(["A title", head + more, more]) == DAY
    assert from_dateline([head.strip()]) == DAY


@pytest.mark.parametrize("sentence", OF_SOMETHING_ELSE)
def test_a_day_in_a_sentence_is_none(sentence: str) -> None:
    assert from_dateline(["A title", sentence + MORE, MORE]) is None


def test_further_down_a_day_opens_an_entry_of_a_chronicle() -> None:
    assert from_dateline(["A title", MORE, MORE, "March 3, 2026 —" + MORE, MORE]) is None
    assert from_dateline(["A title", MORE, MORE, "Updated March 3, 2026." + MORE, MORE]) == DAY
