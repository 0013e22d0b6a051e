"""Feeds and downloads: whole, of the same day, and safe to open."""

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import httpx
import pytest
import python_calamine
import sites

import breachtrail

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
        names = [str(row[1]) for row in sheet[1:]]
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


def test_the_description_of_the_data_names_every_column(visitor: httpx.Client) -> None:
    package = visitor.get("/downloads/datapackage.json").json()
    header = next(csv.reader(io.StringIO(visitor.get("/downloads/notices.csv").text)))
    [resource] = package["resources"]
    assert [field["name"] for field in resource["schema"]["fields"]] == header
    assert visitor.get("/downloads/dataset.jsonld").json()["@type"] == "Dataset"


def test_every_version_can_be_taken(visitor: httpx.Client) -> None:
    rows = list(csv.DictReader(io.StringIO(visitor.get("/downloads/versions.csv").text)))
    assert [row["individuals"] for row in rows if row["name"] == sites.GROWING.name] == [
        "500",
        "100000000",
        "192700000",
    ]
