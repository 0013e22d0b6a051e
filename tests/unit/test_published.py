"""The site as plain files: whole, led together, and written again only where something changed."""

import json
import re
from datetime import date
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from made_up import MadeUpRegister
from published import URL, look_again, looked_at, site

import breachtrail
from breachtrail.errors import PublishError
from breachtrail.web import published
from breachtrail.web.tree import MARK


class Links(HTMLParser):
    """What a page leads to and loads, and what runs inline in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.inline: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        told = dict(attributes)
        self.links += [
            link
            for name in ("href", "src", "action", "data-index", "data-library", "data-specs")
            if (link := told.get(name)) and link[:1] != "?"
        ]
        inline = tag == "script" and "src" not in told and told.get("type") != "application/ld+json"
        self.inline += [tag] if inline else []
        self.inline += [name for name in told if name.startswith("on") or name == "style"]


@pytest.fixture(scope="module")
def home(published_site: tuple[Path, Path]) -> Path:
    return published_site[0]


@pytest.fixture(scope="module")
def folder(published_site: tuple[Path, Path]) -> Path:
    return published_site[1]


def pages(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.html")}


def test_every_link_leads_to_a_file_and_nothing_is_loaded_from_elsewhere(folder: Path) -> None:
    lost = []
    for file, text in pages(folder).items():
        for link in Links(text).links:
            parts = urlsplit(link)
            if link.startswith(URL):
                target = folder / unquote(link.removeprefix(URL))
            elif parts.scheme in ("http", "https"):
                lost.append((file, link))
                continue
            elif not parts.path:
                continue
            else:
                target = (folder / file).parent / unquote(parts.path)
            if not target.is_file():
                lost.append((file, link))
    assert lost == []


def test_nothing_runs_inline_and_every_page_says_that_nothing_may(folder: Path) -> None:
    for file, text in pages(folder).items():
        assert Links(text).inline == [], file
        assert "script-src 'self'" in unescape(text), file


def test_both_languages_have_the_same_pages(folder: Path) -> None:
    files = {
        language: {file[3:] for file in pages(folder) if file.startswith(f"{language}/")} for language in ("en", "zh")
    }
    assert files["en"] == files["zh"]
    assert {
        "index.html",
        "notices.html",
        "server.html",
        "states/TX.html",
        "years/2024.html",
        "months/2024-07.html",
    } <= files["en"]


def test_there_is_a_page_for_every_notice_and_every_organisation(folder: Path, home: Path) -> None:
    with breachtrail.open(home) as ledger:
        ids = {one["id"] for one in ledger.notices()}
        keys = {ledger.organisation_key(one["name"]) for one in ledger.notices()}
    assert {path.stem for path in (folder / "en" / "notices").glob("ocr-*.html")} == ids
    assert {path.stem for path in (folder / "en" / "organisations").iterdir()} >= keys


def test_the_overview_tells_the_figures_of_ask(folder: Path, home: Path) -> None:
    with breachtrail.open(home) as ledger:
        answer = ledger.ask("notices", "individuals")
    text = pages(folder)["en/notices.html"]
    assert f"{answer.value('notices')} notices with {answer.value('individuals'):,} individuals" in text


def test_a_notice_that_has_not_changed_is_not_written_again(register: MadeUpRegister, tmp_path: Path) -> None:
    looked_at(register)
    site(register.home, tmp_path / "site")
    before = {
        file: text
        for file, text in pages(tmp_path / "site").items()
        if re.match("../(notices/ocr|organisations)", file)
    }
    look_again(register)
    done = site(register.home, tmp_path / "site")
    after = pages(tmp_path / "site")
    assert len(before) > 10
    assert {file: after[file] for file in before} == before
    assert done.written.changed < done.written.files
    assert {"July 20, 2024"} == set(re.findall("July 20, 2024", after["en/index.html"]))


def test_a_page_of_a_notice_says_since_when_nothing_changed(folder: Path) -> None:
    [harbor] = (folder / "en" / "notices").glob("*harbor*.html")
    text = harbor.read_text(encoding="utf-8")
    assert "As known on June 20, 2024; nothing on this page has changed since" in text
    assert "6,100,000" in text
    assert "July 20, 2024" not in text


def test_an_earlier_day_knows_nothing_of_later_ones_and_without_an_address_no_link_is_lost(
    home: Path, tmp_path: Path
) -> None:
    done = site(home, tmp_path / "site", as_of=date(2024, 6, 10))
    told = pages(tmp_path / "site")
    assert (done.notices, done.day) == (4, date(2024, 6, 10))
    assert not any("6,100,000" in text or "Meadow Health" in text for text in told.values())
    assert "4,500,000" in told["en/notices.html"]
    assert not (tmp_path / "site" / "feeds").exists()
    assert not (tmp_path / "site" / "sitemap.xml").exists()
    test_every_link_leads_to_a_file_and_nothing_is_loaded_from_elsewhere(tmp_path / "site")


def test_a_name_is_never_markup(folder: Path) -> None:
    for file, text in pages(folder).items():
        assert "<script>alert" not in text, file
    assert b"<script" not in (folder / "assets" / "search-index.js").read_bytes()


def test_the_sitemap_lists_every_page_and_the_mark_says_of_which_state(folder: Path, home: Path) -> None:
    listed = re.findall(r"<loc>(.*?)</loc>", (folder / "sitemap-1.xml").read_text())
    assert {link.removeprefix(URL) for link in listed} == {file for file in pages(folder) if "/" in file}
    assert f"Sitemap: {URL}sitemap.xml" in (folder / "robots.txt").read_text()
    with breachtrail.open(home) as ledger:
        assert json.loads((folder / MARK).read_text())["content"] == ledger.head.content


def test_feeds_and_descriptions_name_the_address_and_downloads_are_whole(folder: Path, home: Path) -> None:
    entries = re.findall(
        r'<link rel="alternate" type="text/html" href="(.*?)"', (folder / "feeds/zh/notices.atom").read_text()
    )
    assert len(entries) > 1
    for link in entries:
        assert (folder / unquote(link.removeprefix(URL))).is_file(), link
    package = json.loads((folder / "downloads/datapackage.json").read_text())
    assert package["resources"][0]["path"] == f"{URL}downloads/notices.csv"
    lines = (folder / "downloads/notices.csv").read_text(encoding="utf-8-sig").splitlines()
    with breachtrail.open(home) as ledger:
        assert len(lines) - 1 == ledger.ask("notices").value()


def test_several_presses_print_the_same_site_to_the_byte(
    home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(published, "STRETCH", 1)
    monkeypatch.setattr(published.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(published.build, "mark", lambda: "another")  # else the site would be left as it stands
    assert site(home, folder, url=URL).written.changed == 1, "the mark alone"


def test_a_site_of_the_same_state_and_build_is_left_as_it_stands(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = site(home, tmp_path / "site", as_of=date(2024, 6, 10))
    monkeypatch.setattr(published, "Press", None)
    again = site(home, tmp_path / "site", as_of=date(2024, 6, 10))
    assert again == first._replace(written=first.written._replace(changed=0))
    with pytest.raises(TypeError):
        site(home, tmp_path / "site", as_of=date(2024, 6, 11))


def test_too_many_notices_are_refused(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published, "MOST_NOTICES", 3)
    with pytest.raises(PublishError, match="breachtrail serve"):
        site(home, tmp_path / "site")
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    "url", ["example.org", "https://example.org/a b/", 'https://example.org/"><script>', "javascript:x"]
)
def test_an_address_that_is_none_is_refused(home: Path, tmp_path: Path, url: str) -> None:
    with pytest.raises(PublishError, match="is no address of a site"):
        site(home, tmp_path / "site", url=url)


def test_a_page_with_charts_has_their_specifications_beside_it(folder: Path) -> None:
    told = pages(folder)
    with_charts = {file: set(re.findall(r'<figure class="chart" id="(.*?)"', text)) for file, text in told.items()}
    assert with_charts["zh/years/2024.html"]
    for file, names in with_charts.items():
        beside = folder / f"{file.removesuffix('.html')}.charts.js"
        assert beside.is_file() == bool(names), file
        assert ("assets/charts.js" in told[file]) == bool(names), file
        if names:
            script = beside.read_text(encoding="utf-8")
            specs = json.loads(script.removeprefix("breachtrailCharts(").removesuffix(");\n"))
            assert all(set(one) == {"wide", "narrow"} for one in specs.values())
            assert set(specs) == names, file
