"""Law 1 for articles: no text whatever makes the reading fail, and no number of it is lost or told twice."""

import re
from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from breachtrail.claims.article import Article
from breachtrail.claims.load import from_bytes, from_text
from breachtrail.claims.reading import read
from breachtrail.errors import ArticleRefused

DIGITS = re.compile(r"[0-9０-９]+")
WORDS = re.compile(
    r"(?<![\w-])(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|ninety)(?![\w-])|"
    r"(?<![第〇零一二三四五六七八九十百千万亿两])[二三四五六七八九十百]{1,8}起(?!来|初|码|因|诉|草|飞|到)",
    re.IGNORECASE,
)
WEB = re.compile(r"https?://|www\.|@|[\w-]\.(?:com|org|net|gov|edu|io|cn|htm|jsp|pdf)|[0-9a-fA-F]{16}", re.IGNORECASE)

NUMBERS = st.one_of(
    st.integers(0, 3_000_000_000).map(str),
    st.integers(0, 3_000_000_000).map("{:,}".format),
    st.tuples(
        st.integers(0, 999),
        st.integers(0, 99),
        st.sampled_from(["", " million", "M", "%", "万", "亿", "bn", "k", "x", "成", "倍"]),
    ).map(lambda told: f"{told[0]}.{told[1]}{told[2]}"),
    st.sampled_from(
        [
            "one in four",
            "two-thirds",
            "half",
            "a dozen",
            "twenty-five",
            "doubled",
            "三分之二",
            "七成",
            "一半",
            "两",
            "十二",
            "翻了一番",
            "百分之三十",
            "数百",
            "每四起就有一起",
            "上亿",
            "21st",
            "Q1",
            "3-4",
            "10 to 20",
        ]
    ),
)
PIECES = st.one_of(
    NUMBERS,
    st.sampled_from(
        [
            "breaches",
            "起",
            "事件",
            "individuals",
            "万人",
            "people",
            "records",
            "Texas",
            "德州",
            "in 2024",
            "2024年",
            "last year",
            "去年",
            "hacking",
            "黑客",
            "email",
            "healthcare providers",
            "医疗服务提供者",
            "nearly",
            "近",
            "more than",
            "超过",
            "of",
            "the",
            "and",
            "和",
            "、",
            "，",
            "。",
            ". ",
            ", ",
            "; ",
            "(",
            ")",
            "（",
            "）",
            ": ",
            "followed by",
            "其次为",
            "respectively",
            "分别",
            "each",
            "各",
            "Change Healthcare",
            "compared with",
            "较",
            "up",
            "增长",
            "as of",
            "截至",
            "March",
            "3月",
            "of those",
            "其中",
            "business associates",
            "涉及业务伙伴",
            "\n",
            "\n\n",
            "- ",
            "# ",
            "\t",
            "",
            "$",
            "-",
            "–",
            "%",
            "'s",
            "involving",
            "affecting",
            "影响",
            "according to",
            "survey",
            "average",
            "中位数",
            "largest",
            "居首",
            "top",
            "前",
            "第",
            "every",
            "每",
            "to",
            "至",
            "between",
            "from",
            "从",
            "500 or more",
            "以上",
            "than",
            "比",
            "half of",
            "whom",
        ]
    ),
    st.text(max_size=6),
)
TEXTS = st.lists(PIECES, max_size=60).map(" ".join) | st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=300)


def holds_every_number(article: Article) -> None:
    found = read(article)
    places = {(claim.figure.start, claim.figure.end) for claim in found.claims if claim.figure}
    listed = [
        *places,
        *((figure.start, figure.end) for figure, _ in (*found.not_about_the_register, *found.not_understood)),
    ]
    assert len(listed) == len(set(listed))
    ordered = sorted(listed)
    assert all(left[1] <= right[0] for left, right in pairwise(ordered)), "two figures overlap"
    for figure in (
        *(claim.figure for claim in found.claims),
        *(one for one, _ in (*found.not_about_the_register, *found.not_understood)),
    ):
        assert figure is None or article.text[figure.start : figure.end] == figure.text
    if WEB.search(article.text):
        return  # the inside of an address is no number of the text
    for token in (*DIGITS.finditer(article.text), *WORDS.finditer(article.text)):
        over = [place for place in ordered if place[0] < token.end() and token.start() < place[1]]
        assert over, f"{token.group()!r} is lost"


@given(TEXTS, st.sampled_from([None, date(2025, 1, 23)]), st.sampled_from([None, "en", "zh"]))
def test_no_number_is_lost(text: str, published: date | None, language: str | None) -> None:
    try:
        article = from_text(text, published, language)
    except ArticleRefused:
        return
    holds_every_number(article)


@given(st.lists(st.lists(PIECES, min_size=2, max_size=4), min_size=2, max_size=6))
def test_no_number_of_a_table_is_lost(rows: list[list[str]]) -> None:
    width = len(rows[0])
    cells = [[re.sub(r"[\n\t|<>\r]", " ", cell) for cell in (row * 3)[:width]] for row in rows]
    html = "<table>" + "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in cells) + "</table>"
    try:
        article = from_bytes(f"<p>Breaches in 2024:</p>{html}".encode("utf-8", "replace"), "a.html")
    except ArticleRefused:
        return
    holds_every_number(article)


@given(st.binary(max_size=400), st.sampled_from(["a.md", "a.txt", "a.html", "a.docx", "a.pdf", "a"]))
def test_no_file_whatever_makes_it_fail(raw: bytes, name: str) -> None:
    try:
        article = from_bytes(raw, name)
    except ArticleRefused:
        return
    holds_every_number(article)
