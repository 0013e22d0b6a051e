"""Files to articles: every format, every dress, the day of publication, and what is refused."""

from datetime import date, datetime
from pathlib import Path

import pytest
from written import as_docx, as_pdf

from breachtrail.claims.article import BlockKind
from breachtrail.claims.load import from_bytes, from_text, load
from breachtrail.errors import ArticleRefused

MARKDOWN = """---
title: "Breaches: a count"
date: 2025-01-23
---

# Breaches: a count

![pic](https://example.org/9/640.jpg)

There were **720** [breaches](https://example.org/2024/585?n=7) in 2024\\*.

**A heading in bold**

- Texas: 56
- California: 43

| State | Breaches |
|---|---|
| Texas | 56 |

[More: 5 other stories](https://example.org/5)
"""


def kinds(article) -> list[tuple[str, str]]:
    return [(str(block.kind), article.text[block.start : block.end]) for block in article.blocks]


def test_markdown_is_read_as_a_reader_reads_it() -> None:
    article = from_bytes(MARKDOWN.encode(), "a.md")
    assert kinds(article) == [
        ("title", "Breaches: a count"),
        ("paragraph", "There were 720 breaches in 2024*."),
        ("heading", "A heading in bold"),
        ("item", "Texas: 56"),
        ("item", "California: 43"),
        ("table", "State\tBreaches\nTexas\t56"),
        ("link", "More: 5 other stories"),
    ]
    assert (article.title, article.language, article.source_format) == ("Breaches: a count", "en", "markdown")
    assert (article.published, article.published_from) == (date(2025, 1, 23), "front_matter")


def test_cells_of_a_table_have_their_places() -> None:
    article = from_bytes(MARKDOWN.encode(), "a.md")
    table = next(block for block in article.blocks if block.kind is BlockKind.TABLE)
    cells = [[article.text[span.start : span.end] for span in row] for row in table.rows]
    assert cells == [["State", "Breaches"], ["Texas", "56"]]


def test_html_without_menus_scripts_and_related_stories() -> None:
    page = """<html><head><title>T</title><style>p{top:1px}</style></head><body><nav>Top 10</nav>
    <div class="share-buttons">Share 12</div><article><h1>Count of 2024</h1><p>720 breaches<script>var a=3</script>
    were<br>reported.</p><p hidden>secret 9</p><pre>SELECT 1</pre></article><aside>7 more</aside></body></html>"""
    assert kinds(from_bytes(page.encode(), "a.html")) == [
        ("title", "Count of 2024"),
        ("paragraph", "720 breaches were"),
        ("paragraph", "reported."),
    ]


def test_a_page_nested_as_deep_as_you_like_is_read() -> None:
    deep = "<div>" * 20_000 + "720 breaches in 2024" + "</div>" * 20_000
    assert "720 breaches" in from_bytes(f"<body>{deep}</body>".encode(), "a.html").text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_chinese_text_in_any_encoding(encoding: str) -> None:
    text = "2024年美国医疗数据泄露\n\n2024年全年共接到585起事件报告，总计波及约1.8亿人。"
    article = from_bytes(text.encode(encoding), "a.txt")
    assert article.language == "zh"
    assert article.text.endswith("总计波及约1.8亿人。")


def test_english_in_windows_letters() -> None:
    article = from_bytes("The register’s total – 720 – is “final”.".encode("cp1252"), "a.txt")
    assert article.text == "The register’s total – 720 – is “final”."


def test_wrapped_lines_of_plain_text_are_one_paragraph() -> None:
    text = "Breaches of 2024\n\nThere were 720 breaches reported to the government in\nthe year 2024.\n\n* Texas: 56\n* Ohio: 29\n"
    assert kinds(from_bytes(text.encode(), "a.txt"))[1:] == [
        ("paragraph", "There were 720 breaches reported to the government in the year 2024."),
        ("item", "Texas: 56"),
        ("item", "Ohio: 29"),
    ]


def test_a_word_document() -> None:
    raw = as_docx(
        "Breaches of 2024",
        ["There were 720 breaches."],
        [["State", "Breaches"], ["Texas", "56"]],
        datetime(2025, 1, 30, 9),
    )
    article = from_bytes(raw, "a.docx")
    assert kinds(article) == [
        ("title", "Breaches of 2024"),
        ("paragraph", "There were 720 breaches."),
        ("table", "State\tBreaches\nTexas\t56"),
    ]
    assert (article.published, article.published_from) == (date(2025, 1, 30), "file")


def test_the_text_of_a_pdf_without_page_numbers() -> None:
    pages = [
        ["Breaches of 2024", "", "There were 720 breaches reported to the government in the", "year 2024.", "1"],
        ["Texas had 56.", "2"],
    ]
    article = from_bytes(as_pdf(pages, "20250201"), "a.pdf")
    assert "There were 720 breaches reported to the government in the year 2024." in article.text
    assert "\n1" not in article.text
    assert (article.source_format, article.published, article.published_from) == ("pdf", date(2025, 2, 1), "file")


@pytest.mark.parametrize(
    ("raw", "name", "says"),
    [
        (b"PK\x03\x04broken", "a.docx", "no Word document"),
        (b"%PDF-1.4 broken", "a.pdf", "no PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "a.doc", "old Word file"),
        (b"a\x00b" * 100, "a.txt", "zero bytes"),
        (b"   ", "a.md", "no text"),
        (b"<html><body><script>1</script></body></html>", "a.html", "no text"),
    ],
)
def test_what_is_no_article_is_refused_in_a_sentence(raw: bytes, name: str, says: str) -> None:
    with pytest.raises(ArticleRefused, match=says):
        from_bytes(raw, name)


def test_a_scan_is_refused() -> None:
    with pytest.raises(ArticleRefused, match="pictures"):
        from_bytes(as_pdf([[" "]]), "scan.pdf")


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ArticleRefused, match="cannot be read"):
        load(tmp_path / "none.md")
    monkeypatch.setattr("breachtrail.claims.load.LARGEST_FILE", 10)
    (tmp_path / "a.md").write_text("There were 720 breaches.")
    with pytest.raises(ArticleRefused, match="MB"):
        load(tmp_path / "a.md")


@pytest.mark.parametrize(
    ("name", "text", "day", "how"),
    [
        ("a.md", "---\npublished: 2025-02-03\n---\nText.", date(2025, 2, 3), "front_matter"),
        ("a.html", '<meta name="date" content="2025-02-03"><p>Text.</p>', date(2025, 2, 3), "meta"),
        (
            "a.html",
            '<script type="application/ld+json">{"@graph":[{"datePublished":"2025-02-03T01:00Z"}]}</script><p>T.</p>',
            date(2025, 2, 3),
            "meta",
        ),
        ("a.html", '<p>Text.</p><time datetime="2025-02-03T10:00">today</time>', date(2025, 2, 3), "time"),
        ("a.txt", "Title\n\nFeb. 3, 2025\n\nText of it.", date(2025, 2, 3), "dateline"),
        ("a.txt", "Title\n\nWASHINGTON, Feb. 3, 2025 (Wire) - Text of it.", date(2025, 2, 3), "dateline"),
        ("a.txt", "Title\n\nPublished: 3 February 2025 10:30 a.m. ET\n\nText of it.", date(2025, 2, 3), "dateline"),
        ("a.txt", "标题\n\n发布时间：2025年2月3日 10:30\n\n正文。", date(2025, 2, 3), "dateline"),
        ("2025-02-03_a.txt", "Title\n\nText of it.", date(2025, 2, 3), "file"),
        (
            "a.txt",
            "Title\n\nOn February 3, 2025, the agency said that breaches were many and that there were more.",
            None,
            "",
        ),
    ],
)
def test_the_day_of_publication(name: str, text: str, day: date | None, how: str) -> None:
    article = from_bytes(text.encode(), name)
    assert (article.published, article.published_from) == (day, how)


def test_what_is_told_stands_above_what_is_found() -> None:
    article = from_bytes(MARKDOWN.encode(), "a.md", date(2025, 3, 1), "zh")
    assert (article.published, article.published_from, article.language) == (date(2025, 3, 1), "told", "zh")


def test_text_at_hand_is_read_as_markdown() -> None:
    assert kinds(from_text("# One\n\nTwo.")) == [("title", "One"), ("paragraph", "Two.")]


def test_blocks_cover_the_text_in_order() -> None:
    article = from_bytes(MARKDOWN.encode(), "a.md")
    place = 0
    for block in article.blocks:
        assert article.text[place : block.start].strip() == ""
        place = block.end
    assert place == len(article.text)
