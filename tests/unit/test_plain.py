"""Addresses among plain files lead to files that are there, from wherever they stand."""

from datetime import date
from urllib.parse import unquote, urljoin

import pytest

from breachtrail.web.address import Address
from breachtrail.web.plain import Plain, file_of

DAY = date(2024, 7, 1)
PAGES = {"", "notices", "server", "states/TX", "notices/of-2024-06", "coverage"}
FILES = {"downloads/notices.csv"}


def here(path: str, as_of: date | None = None) -> Address:
    return Address("en", path, as_of=as_of, writer=Plain(file_of("en", path), PAGES, FILES, DAY))


def led_to(address: Address, link: str) -> str:
    base = f"https://example.org/deep/{file_of(address.language, address.path)}"
    return unquote(urljoin(base, link)).removeprefix("https://example.org/deep/")


@pytest.mark.parametrize("path", ["", "states/TX"])
def test_a_link_leads_to_the_file_from_any_depth(path: str) -> None:
    at = here(path)
    assert led_to(at, at.to("")) == "en/index.html"
    assert led_to(at, at.to("states/TX")) == "en/states/TX.html"
    assert led_to(at, at.in_language("zh")) == f"zh/{path or 'index'}.html"
    assert led_to(at, at.asset("style.css")) == "assets/style.css"
    assert led_to(at, at.served("downloads/notices.csv")) == "downloads/notices.csv"


def test_the_list_is_narrowed_by_its_query_as_on_a_server() -> None:
    assert here("").to("notices", q="clinic", state="TX,CA") == "../en/notices.html?q=clinic&state=TX,CA"
    assert here("").to("notices", month="2024-06") == "../en/notices/of-2024-06.html"
    assert here("").to("notices", month="2024-05") == "../en/notices.html?month=2024-05"


def test_what_takes_a_server_leads_to_the_page_that_says_so() -> None:
    at = here("coverage")
    for link in (
        at.to("ask"), at.put_to(date(2024, 1, 1)), at.to("states/TX", view="archive"), at.to("states/XX"),
        at.to("notices", as_of="2024-01-01"), at.served("downloads/notices.csv", state="TX"), at.served("api/v1/notices"),
    ):  # fmt: skip
        assert led_to(at, link) == "en/server.html"


def test_the_day_of_the_site_itself_takes_no_server() -> None:
    at = here("", DAY)
    assert led_to(at, at.to("states/TX")) == "en/states/TX.html"
    assert led_to(at, at.served("downloads/notices.csv")) == "downloads/notices.csv"


def test_no_name_is_too_long_for_a_file_system() -> None:
    one, other = (file_of("en", f"organisations/{'a' * 300}{end}") for end in "xy")
    assert max(len(part) for part in one.split("/")) < 255
    assert one != other
