"""The door of the report: what lies on disk is one page, or one document, that asks nothing of anybody."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from made_up import MadeUpRegister, Row

import breachtrail
from breachtrail.errors import VocabularyError
from breachtrail.report import report
from breachtrail.report.markdown import escaped

HOSTILE = "<script>alert(1)</script> | *Care* & Co_"
VOID = {"meta", "br", "img", "hr", "link", "input"}


class Page(HTMLParser):
    """Every tag of a page with its attributes, and what stands inside; faults where tags do not close in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.faults: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        self.faults += self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")

    def of(self, *names: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag in names]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with a name that is markup, a revision, and a year before."""
    register = MadeUpRegister(tmp_path_factory.mktemp("report") / "home")
    old = Row("Long Past Care", submitted_on=date(2023, 2, 2), individuals=800)
    for day, count in (("2024-03-05", 501), ("2025-03-06", 1_200_000)):
        rows = [Row(HOSTILE, individuals=count, submitted_on=date(2024, 2, 1)), Row(submitted_on=date(2024, 2, 3))]
        register.look(day, under_investigation=rows, archive=[old])
    return register.home


@pytest.fixture
def opened(made: Path) -> Iterator[breachtrail.Ledger]:
    with breachtrail.open(made) as ledger:
        yield ledger


@pytest.fixture(params=["en", "zh"])
def page(request: pytest.FixtureRequest, opened: breachtrail.Ledger, tmp_path: Path) -> str:
    path = report.write(opened, year=2024, language=request.param, path=tmp_path / "new folder" / "report.html")
    return path.read_text(encoding="utf-8")


def test_the_ending_of_the_name_decides_how_it_is_written(opened: breachtrail.Ledger, tmp_path: Path) -> None:
    for name, opening in (
        ("a.html", "<!doctype html>"),
        ("a.md", "# US health data breaches in 2024"),
        ("a", "<!doctype html>"),
    ):
        path = report.write(opened, year=2024, language="en", path=tmp_path / name)
        assert path == tmp_path / name
        assert path.read_text(encoding="utf-8").startswith(opening)


def test_a_language_without_phrases_is_refused(opened: breachtrail.Ledger, tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match="none in 'fr'"):
        report.write(opened, year=2024, language="fr", path=tmp_path / "a.html")
    assert list(tmp_path.iterdir()) == []


def test_progress_is_handed_down(opened: breachtrail.Ledger, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    report.write(
        opened, year=2024, month=2, language="en", path=tmp_path / "a.md", progress=lambda what, done, of: seen.append((done, of))
    )  # fmt: skip
    assert seen[0][0] == 0
    assert seen[-1] == (seen[-1][1], seen[-1][1])


def test_the_page_loads_nothing_and_runs_nothing(page: str) -> None:
    read = Page(page)
    assert read.of("script", "link", "iframe", "object", "img") == []
    loads = re.findall(r"""(?:src|href|action|poster|data)\s*=\s*["']([^"']*)""", page) + re.findall(
        r"url\(([^)]*)\)", page
    )
    assert [one for one in loads if not re.match(r"""#|["']?data:font/woff2;base64,|["']?#""", one)] == []
    assert "@import" not in page
    assert not [name for _, attributes in read.tags for name in attributes if name.startswith("on")]


def test_the_page_is_sound_and_can_be_walked_by_ear(page: str) -> None:
    read = Page(page)
    assert read.faults == []
    assert len(read.of("h1")) == len(read.of("main")) == len(read.of("nav")) == len(read.of("header")) == 1
    ids = Counter(attributes["id"] for _, attributes in read.tags if attributes.get("id"))
    assert [one for one, times in ids.items() if times > 1] == []
    assert [one for one in read.of("a") if str(one["href"])[1:] not in ids] == []
    assert [one for one in read.of("section") if one["aria-labelledby"] not in ids] == []
    assert [one for one in read.of("th") if one.get("scope") not in ("col", "row")] == []
    assert len(read.of("caption")) > 5
    assert [one for one in read.of("svg") if one.get("role") != "img" or one.get("aria-labelledby") not in ids] == []


def test_the_page_says_its_language(page: str) -> None:
    assert re.search(r'<html lang="(en-US|zh-Hans-CN)">', page)
    assert ("zh-Hans-CN" in page[:60]) == ("美国医疗业2024年上报" in page)


def test_a_name_is_never_markup(page: str, opened: breachtrail.Ledger, tmp_path: Path) -> None:
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; | *Care* &amp; Co_" in page
    path = report.write(opened, year=2024, language="en", path=tmp_path / "a.md")
    document = path.read_text(encoding="utf-8")
    assert r"\<script\>alert(1)\</script\> \| \*Care\* & Co\_" in document
    assert "<script" not in document.replace(r"\<script", "")


def test_every_table_of_the_document_is_square(opened: breachtrail.Ledger, tmp_path: Path) -> None:
    path = report.write(opened, year=2024, language="zh", path=tmp_path / "a.md")
    text = path.read_text(encoding="utf-8")
    tables = re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE)
    assert len(tables) > 8
    for table in tables:
        widths = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
        assert len(widths) == 1, table
    assert text.count("<details>") == text.count("</details>") == text.count("<summary>")
    assert "\n\n\n" not in text


def test_markdown_prints_what_it_was_given() -> None:
    assert escaped("a_b *c* [d](e) <f> `g` | #h \\") == r"a\_b \*c\* \[d\](e) \<f\> \`g\` \| \#h \\"


def test_the_sql_stands_one_click_away(page: str, made: Path) -> None:
    assert page.count("<details") == page.count("<summary>") > 10
    assert "SELECT count(*) AS notices" in page
