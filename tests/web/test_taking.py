"""Feeds and downloads: whole, of the same day, and safe to open."""

import csv
import io
import json
import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import httpx
import pytest
import python_calamine
import sites

import breachtrail
from breachtrail.errors import QuestionError
from breachtrail.web import download

#: A letter that XML cannot hold, as a workbook writes it (ECMA-376, ST_Xstring).
_ESCAPED = re.compile("_x([0-9A-F]{4})_")
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json", "parquet"])
def test_a_download_holds_every_notice_of_the_list(
    visitor: httpx.Client, made_up_home: Path, tmp_path: Path, kind: str
) -> None:
    body = visitor.get(f"/downloads/notices.{kind}", params={"year": "2024", "as_of": sites.SECOND}).content
    if kind == "csv":
        names = [row["name"] for row in csv.DictReader(io.StringIO(body.decode()))]
    elif kind == "json":
        names = [row["name"] for row in json.loads(body)]
    elif kind == "xlsx":
        sheet = python_calamine.load_workbook(io.BytesIO(body)).get_sheet_by_index(0).to_python()
        names = [_ESCAPED.sub(lambda code: chr(int(code[1], 16)), str(row[1])) for row in sheet[1:]]
    else:
        (tmp_path / "rows.parquet").write_bytes(body)
        names = [name for (name,) in duckdb.sql(f"SELECT name FROM '{tmp_path}/rows.parquet'").fetchall()]
    with breachtrail.open(made_up_home) as ledger:
        expected = [notice["name"] for notice in ledger.notices(year=2024, as_of=sites.SECOND)]
    assert sorted(name.removeprefix("'") for name in names) == sorted(expected)
    if kind == "csv":
        assert not [name for name in names if name[:1] in "=+-@"]


def test_a_workbook_holds_texts_and_no_formula(visitor: httpx.Client) -> None:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(visitor.get("/downloads/notices.xlsx").content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet.lower()


def test_feeds_tell_what_the_looks_brought(visitor: httpx.Client) -> None:
    feed = ElementTree.fromstring(visitor.get("/feeds/en/notices.atom", params={"state": "MN"}).content)
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert titles == [
        "Growing Health Network: changed, 100,000,000 → 192,700,000",
        "Growing Health Network: changed, 500 → 100,000,000",
    ]
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
    items = visitor.get("/feeds/zh/notices.json", params={"state": "MN"}).json()["items"]
    assert [item["url"].split("/", 3)[3].partition("/")[0] for item in items] == ["zh", "zh"]
    everything = visitor.get("/feeds/en/notices.atom").content
    ElementTree.fromstring(everything)
    assert b"<script>" not in everything


def test_the_description_of_the_data_holds_for_every_file(visitor: httpx.Client) -> None:
    """The columns in their order, each cell of the type that is told, and no key twice."""
    fits = {"integer": str.isdecimal, "date": lambda cell: bool(date.fromisoformat(cell)), "string": lambda _: True}
    package = visitor.get("/downloads/datapackage.json").json()
    assert {one["name"] for one in package["resources"]} == {"notices", "versions"}
    for resource in package["resources"]:
        header, *rows = csv.reader(io.StringIO(visitor.get(httpx.URL(resource["path"]).raw_path.decode()).text))
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == header
        assert not [
            (field["name"], cell)
            for row in rows
            for field, cell in zip(fields, row, strict=True)
            if cell and not fits[field["type"]](cell)
        ]
        key = resource["schema"]["primaryKey"]
        places = [header.index(name) for name in ([key] if isinstance(key, str) else key)]
        assert len({tuple(row[place] for place in places) for row in rows}) == len(rows) > 0
    dataset = visitor.get("/downloads/dataset.jsonld").json()
    assert (dataset["@type"], dataset["temporalCoverage"]) == ("Dataset", f"2023/{sites.LAST}")


def test_every_version_can_be_taken(visitor: httpx.Client) -> None:
    rows = list(csv.DictReader(io.StringIO(visitor.get("/downloads/versions.csv").text)))
    assert [row["individuals"] for row in rows if row["name"] == sites.GROWING.name] == [
        "500",
        "100000000",
        "192700000",
    ]


def test_a_text_that_no_cell_holds_is_not_cut_in_silence() -> None:
    assert download.written(["name"], ["VARCHAR"], [["x" * 32_767]], "xlsx")
    with pytest.raises(QuestionError, match="Row 2 has a text of more than 32,767 letters"):
        download.written(["name"], ["VARCHAR"], [["x"], ["x" * 32_768]], "xlsx")


def test_a_part_of_a_large_file_can_be_taken(visitor: httpx.Client) -> None:
    plain = {"Accept-Encoding": "identity"}
    whole = visitor.get("/downloads/versions.csv", headers=plain).content
    part = visitor.get("/downloads/versions.csv", headers={**plain, "Range": "bytes=10-29"})
    assert (part.status_code, part.content) == (206, whole[10:30])
    assert visitor.get("/downloads/versions.xlsx").status_code == 404


def test_a_feed_names_the_host_by_which_it_was_asked(visitor: httpx.Client) -> None:
    urls = [
        visitor.get("/feeds/en/notices.json", headers={"Host": host}).json()["home_page_url"]
        for host in ("one.example", "two.example", "one.example")
    ]
    assert [url.split("/")[2] for url in urls] == ["one.example", "two.example", "one.example"]
