"""Law 6 over every face: Python, command line, API, page, download, published file and feed say the same figures."""

import csv
import io
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import httpx
import pytest
import sites
from click.testing import CliRunner
from selectolax.lexbor import LexborHTMLParser

import breachtrail
from breachtrail.cli import app
from breachtrail.notices.vocabulary import Vocabulary

Figures = dict[str, tuple[int, int]]


@pytest.fixture(scope="module")
def site(published_site: tuple[Path, Path]) -> Iterator[tuple[Path, Path, httpx.Client]]:
    """The home of a made-up ledger, its published files, and its site as it is served."""
    home, folder = published_site
    with sites.served(home) as address, httpx.Client(base_url=address, timeout=120) as visitor:
        yield home, folder, visitor


def tabled(html: bytes, first: int = 0) -> Figures:
    """The first two figures of each row of the table that counts notices and individuals."""
    for table in LexborHTMLParser(html).css("table"):
        heads = [head.text(strip=True) for head in table.css("thead th")]
        if heads[first + 1 : first + 3] in (
            ["Notices", "Individuals affected"],
            ["通报", "受影响人次"],
            ["通报数", "受影响人次"],
        ):
            rows = [[cell.text(strip=True) for cell in row.css("th, td")] for row in table.css("tbody tr")]
            return {
                row[first]: (int(row[first + 1].replace(",", "")), int(row[first + 2].replace(",", ""))) for row in rows
            }
    raise AssertionError("no table counts notices and individuals")


@pytest.mark.parametrize("by", ["year", "state"])
def test_every_face_says_the_same(site: tuple[Path, Path, httpx.Client], by: str) -> None:
    home, folder, visitor = site
    with breachtrail.open(home) as ledger:
        rows = ledger.ask("notices", "individuals", by=by).records()
    told = {str(row[by]): (row["notices"], row["individuals"]) for row in rows}
    assert len(told) > 1
    words = Vocabulary.load()
    named = {(words.label("state", value, "en") if by == "state" else value).casefold(): told[value] for value in told}

    words_of = ["ask", "notices", "individuals", "--by", by, "--home", str(home), "--format"]
    spoken = json.loads(CliRunner().invoke(app, [*words_of, "json"]).stdout)["rows"]
    assert {str(row[by]): (row["notices"], row["individuals"]) for row in spoken} == told
    asked = {"measures": "notices,individuals", "by": by}
    answer = visitor.get("/api/v1/answer", params=asked).json()["rows"]
    assert {str(row[by]): (row["notices"], row["individuals"]) for row in answer} == told
    taken = csv.DictReader(io.StringIO(visitor.get("/downloads/answer.csv", params=asked).text))
    assert {row[by]: (int(row["notices"]), int(row["individuals"])) for row in taken} == told
    for html in (
        visitor.get("/en/ask", params=asked).content,
        visitor.get(f"/en/{by}s").content,
        (folder / "en" / f"{by}s.html").read_bytes(),
    ):
        assert {name.casefold(): figures for name, figures in tabled(html).items()} == named


def test_lists_taken_from_the_site_and_from_the_files_add_up_to_the_same(site: tuple[Path, Path, httpx.Client]) -> None:
    home, folder, visitor = site
    with breachtrail.open(home) as ledger:
        rows = ledger.ask("notices", "individuals", by="year").records()
    told = {str(row["year"]): (row["notices"], row["individuals"]) for row in rows}
    for text in (visitor.get("/downloads/notices.csv").text, (folder / "downloads" / "notices.csv").read_text("utf-8")):
        notices: Counter[str] = Counter()
        individuals: dict[str, int] = defaultdict(int)
        for row in csv.DictReader(io.StringIO(text)):
            notices[row["submitted_on"][:4]] += 1
            individuals[row["submitted_on"][:4]] += int(row["individuals"] or 0)
        assert {year: (notices[year], individuals[year]) for year in notices} == told


def test_feeds_tell_the_changes_that_the_ledger_tells(site: tuple[Path, Path, httpx.Client]) -> None:
    home, folder, visitor = site
    with breachtrail.open(home) as ledger:
        days = sorted({look.taken_on for look in ledger.coverage()})
        changed = {
            (one["id"], str(until))
            for since, until in pairwise(days)
            for one in ledger.changes(since, until)
            if one["kind"] != "moved"
        }
    items = visitor.get("/feeds/en/notices.json").json()["items"]
    assert {tuple(item["id"].split("@")) for item in items} == changed
    [kept] = folder.rglob("en/notices.json")
    assert {tuple(item["id"].split("@")) for item in json.loads(kept.read_text("utf-8"))["items"]} == changed
