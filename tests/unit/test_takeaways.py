"""What a site of plain files hands out besides its pages."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest

from breachtrail.web import takeaways

URL = "https://example.org/"


def test_feeds_and_descriptions_need_an_address_and_downloads_do_not() -> None:
    without, with_url = set(takeaways.files("")), set(takeaways.files(URL))
    assert {"downloads/notices.csv", "downloads/notices.xlsx", "downloads/versions.parquet"} <= without < with_url
    assert {"feeds/en/notices.atom", "feeds/zh/notices.json", "downloads/datapackage.json"} <= with_url - without


def test_a_sitemap_is_parted_where_it_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(takeaways, "_MOST_URLS", 2)
    pages = {f"en/{number}.html": str(date(2024, 7, number)) for number in range(1, 6)}
    files = dict(takeaways.sitemap(URL, pages))
    assert list(files) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]
    text = {name: content.decode() for name, content in files.items()}
    parts = [text[name] for name in files if name != "sitemap.xml"]
    listed = [found for part in parts for found in re.findall("<loc>(.*?)</loc><lastmod>(.*?)</lastmod>", part)]
    assert listed == [(URL + page, day) for page, day in pages.items()]
    assert re.findall("<loc>(.*?)</loc>", text["sitemap.xml"]) == [f"{URL}sitemap-{n}.xml" for n in (1, 2, 3)]
    for content in files.values():
        assert ElementTree.fromstring(content).tag.startswith("{http://www.sitemaps.org/schemas/sitemap/0.9}")
