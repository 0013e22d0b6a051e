"""What the site and its API estimate is what the Python door estimates, with its method and its score."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from functools import partial
from pathlib import Path

import httpx
import pytest
import sites
from click.testing import CliRunner
from selectolax.lexbor import LexborHTMLParser

import breachtrail
from breachtrail.cli import app
from breachtrail.web import foretold, notice, told
from breachtrail.web.press import Press
from breachtrail.wording import outlook, people
from breachtrail.wording import prospect as wording_of_prospect
from breachtrail.wording.phrases import Phrases
from breachtrail.wording.rows import as_json


@pytest.fixture(scope="module")
def often(foretold_home: Path) -> Iterator[tuple[breachtrail.Ledger, httpx.Client]]:
    """A ledger that was looked at often, and its site."""
    with (
        breachtrail.open(foretold_home) as ledger,
        sites.served(foretold_home) as address,
        httpx.Client(base_url=f"{address}/api/v1", timeout=60) as visitor,
    ):
        yield ledger, visitor


def test_forecasts(often: tuple[breachtrail.Ledger, httpx.Client]) -> None:
    ledger, visitor = often
    said = foretold.Outlook.model_validate(visitor.get("/forecast", params={"period": "2024,2024-Q4,2024-12"}).json())
    made = ledger.forecast("2024", "2024-Q4", "2024-12")
    assert [one.final.model_dump() for one in said.forecasts] == [asdict(one.final) for one in made.forecasts]
    assert said.score is not None
    assert made.score is not None
    assert said.score.model_dump(exclude={"judged_since"}) == asdict(made.score)
    then = visitor.get("/forecast", params={"period": "2024", "as_of": "2024-03-01"}).json()
    assert (then["as_of"], len(visitor.get("/forecast").json()["forecasts"])) == ("2024-02-25", 14)
    assert then["forecasts"][0]["final"] == asdict(ledger.forecast("2024", as_of="2024-03-01").forecasts[0].final)


def test_growth(often: tuple[breachtrail.Ledger, httpx.Client]) -> None:
    ledger, visitor = often
    said = foretold.Growth.model_validate(visitor.get("/growth", params={"period": "2024"}).json())
    growth = ledger.growth("2024")
    assert said.total.model_dump() == asdict(growth.total)
    assert said.placeholders.model_dump() == asdict(growth.placeholders)
    assert said.method
    for name in ("score", "score_of_revisions", "score_of_new"):
        told, made = getattr(said, name), getattr(growth, name)
        assert (told and told.model_dump(exclude={"judged_since"})) == (made and asdict(made))
    assert said.score_of_revisions is not None


def _id(ledger: breachtrail.Ledger, name: str) -> str:
    [one] = [row for row in ledger.show(name) if row["name"] == name]
    return str(one["id"])


def test_the_prospect_of_a_notice(often: tuple[breachtrail.Ledger, httpx.Client]) -> None:
    ledger, visitor = often
    id = _id(ledger, "Clinic 225")
    said = foretold.Prospect.model_validate(visitor.get(f"/notices/{id}/prospect").json())
    made = ledger.prospect(id)
    assert (said.chance, said.base, said.alike, said.placeholder) == (made.chance, made.base, made.alike, True)
    assert (said.becomes and said.becomes.model_dump()) == (made.becomes and asdict(made.becomes))
    assert said.score is not None
    assert made.score is not None
    assert said.score.model_dump(exclude={"judged_since"}) == asdict(made.score)
    young = _id(ledger, "Clinic 90")
    then = visitor.get(f"/notices/{young}/prospect", params={"as_of": "2024-02-25"}).json()
    assert (then["as_of"], then["individuals"]) == ("2024-02-25", 500)
    assert then["chance"] == ledger.prospect(young, as_of="2024-02-25").chance
    assert visitor.get("/notices/nothing/prospect").status_code == 404
    assert visitor.get(f"/notices/{young}/prospect", params={"as_of": "2023-06-30"}).status_code == 409


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_notice_that_can_still_change_says_so(often: tuple[breachtrail.Ledger, httpx.Client], language: str) -> None:
    ledger, visitor = often
    id = _id(ledger, "Clinic 90")
    told, rests_on = wording_of_prospect.page(ledger.prospect(id, as_of="2024-02-25"), Phrases.of(language))
    page = LexborHTMLParser(
        httpx.get(visitor.base_url.join(f"/{language}/notices/{id}?as_of=2024-02-25"), timeout=60).text
    )
    [section] = page.css('section[aria-labelledby="prospect"]')
    assert all(sentence in section.text() for sentence in (*told, *rests_on))
    assert section.css('a[href*="estimates"]')


def test_of_what_will_hardly_change_or_cannot_be_told_nothing_is_said(
    often: tuple[breachtrail.Ledger, httpx.Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger, visitor = often
    settled, first = _id(ledger, "Clinic 224"), _id(ledger, "Clinic 1")
    monkeypatch.setattr(notice, "LEAST_CHANCE", ledger.prospect(settled).chance + 1e-9)
    for address in (
        f"/en/notices/{settled}",
        f"/en/notices/{first}?as_of=2023-06-30",
    ):  # the latter day is the first look
        answer = httpx.get(visitor.base_url.join(address), timeout=60)
        assert answer.status_code == 200
        assert not LexborHTMLParser(answer.text).css("#prospect")


def test_a_site_of_plain_files_tells_no_prospect(foretold_home: Path) -> None:
    with breachtrail.open(foretold_home) as ledger:
        id = _id(ledger, "Clinic 225")
        assert ledger.prospect(id).chance > notice.LEAST_CHANCE
    with closing(Press(partial(breachtrail.open, foretold_home), None, "")) as press:
        [place] = [place for place, one in enumerate(press.plan) if one.path == f"notices/{id}"]
        assert all(b'id="prospect"' not in body for _, body in press.pages(place, place + 1))


def test_an_answer_tells_what_its_figures_will_come_to(often: tuple[breachtrail.Ledger, httpx.Client]) -> None:
    ledger, visitor = often
    asked = {"measures": "notices,individuals", "by": "year"}
    said = told.Answer.model_validate(visitor.get("/answer", params={**asked, "expected": "true"}).json())
    expected = {one.measure: one for one in ledger.expected(ledger.ask("notices", "individuals", by="year"))}
    assert said.expected is not None
    for measure, one in said.expected.items():
        assert [interval.model_dump() for interval in one.intervals] == [
            asdict(interval) for interval in expected[measure].intervals
        ]
    assert "expected" not in visitor.get("/answer", params=asked).json()
    refused = visitor.get("/answer", params={"by": "state", "expected": "true"})
    assert (refused.status_code, refused.headers["content-type"]) == (409, "application/problem+json")


def test_sizes_and_people(often: tuple[breachtrail.Ledger, httpx.Client]) -> None:
    ledger, visitor = often
    said = foretold.Sizes.model_validate(visitor.get("/sizes", params={"by": "year"}).json())
    assert [(one.value, one.notices) for one in said.groups] == [
        (one.value, one.notices) for one in ledger.sizes("year").groups
    ]
    bounds = foretold.People.model_validate(visitor.get("/people", params={"year": "2024"}).json())
    distinct = ledger.people(year=2024).distinct
    assert (bounds.least, bounds.most) == (distinct.least, distinct.most)
    assert [one.people for one in bounds.overlaps] == [one.people for one in distinct.overlaps]


def test_peers(often: tuple[breachtrail.Ledger, httpx.Client]) -> None:
    ledger, visitor = often
    asked = {"entity_type": "Healthcare Provider", "years": "2", "size": "2000"}
    said = foretold.Peers.model_validate(visitor.get("/peers", params=asked).json())
    found = ledger.peers("Healthcare Provider", years=2, size=2000)
    assert said.notices == found.notices > 0
    assert json.loads(as_json(found.sizes and {str(part): asdict(one) for part, one in found.sizes.items()})) == {
        part: json.loads(one.model_dump_json()) for part, one in said.sizes.items()
    }


@pytest.mark.parametrize(
    ("url", "status"),
    [("/forecast?period=2024-13", 422), ("/forecast?period=2090", 409), ("/growth", 422), ("/peers?entity_type=Bank", 422),
     ("/sizes?by=breach_type", 422), ("/forecast?as_of=1999-01-01", 409), ("/people?state=XX", 422)],
)  # fmt: skip
def test_what_cannot_be_asked(often: tuple[breachtrail.Ledger, httpx.Client], url: str, status: int) -> None:
    problem = told.Problem.model_validate(often[1].get(url).json())
    assert problem.status == status


def test_an_estimate_is_kept_like_any_answer(often: tuple[breachtrail.Ledger, httpx.Client]) -> None:
    first = often[1].get("/forecast")
    assert often[1].get("/forecast", headers={"If-None-Match": first.headers["etag"]}).status_code == 304
    head = first.json()["head"]["content"]
    assert "immutable" in often[1].get("/forecast", params={"head": head[:12]}).headers["cache-control"]


def _row(html: bytes, first: str) -> list[str]:
    """The cells of the first row that begins so."""
    rows = LexborHTMLParser(html).css("tbody tr")
    return next(
        [cell.text(strip=True) for cell in row.css("th, td")]
        for row in rows
        if (head := row.css_first("th")) is not None and head.text(strip=True) == first
    )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_face_forecasts_the_same(foretold_home: Path, language: str) -> None:
    """Law 6: Python, command line, API, the pages and the published one."""
    with breachtrail.open(foretold_home) as ledger:
        [one] = ledger.forecast("2024").forecasts
    phrases = Phrases.of(language)
    cells = [phrases.numbers.count(one.final.median), outlook.between(one.final, phrases, half=True)]
    cells.append(outlook.between(one.final, phrases))
    year = outlook.period_name(one.period, phrases)
    run = ["--home", str(foretold_home), "--format", "json"]
    told = json.loads(CliRunner().invoke(app, ["forecast", "2024", *run]).stdout)
    assert told["forecasts"][0]["final"] == asdict(one.final)
    told = json.loads(CliRunner().invoke(app, ["ask", "notices", "--year", "2024", "--expected", *run]).stdout)
    assert told["expected"]["notices"]["intervals"] == [asdict(one.final)]
    with sites.served(foretold_home) as address, httpx.Client(base_url=address, timeout=60) as visitor:
        said = visitor.get("/api/v1/forecast", params={"period": "2024"}).json()
        assert said["forecasts"][0]["final"] == asdict(one.final)
        shown = visitor.get(f"/{language}/estimates").content
        assert _row(shown, year)[-3:] == cells
        asked = visitor.get(f"/{language}/ask", params={"measures": "notices", "by": "year", "expected": "1"}).text
        assert all(cell in asked for cell in cells)
        drawn = {"measures": "notices,individuals", "by": "year", "chart": "chart-answer"}
        bands = visitor.get(f"/{language}/ask", params={**drawn, "expected": "1"}).text
        assert f'"low":{one.final.low}' in bands
        assert '"low"' not in visitor.get(f"/{language}/ask", params=drawn).text
        years = visitor.get(f"/{language}/years").content
        assert _row(years, "2024")[-1] == cells[-1]
    with closing(Press(partial(breachtrail.open, foretold_home), None, "")) as press:
        place = [one.path for one in press.plan].index("estimates")
        files = dict(press.pages(place, place + 1))
        assert _row(files[f"{language}/estimates.html"], year)[-3:] == cells


def test_a_page_says_what_cannot_be_forecast(often: tuple[breachtrail.Ledger, httpx.Client]) -> None:
    _, visitor = often
    site = visitor.base_url.join("/")
    page = httpx.get(site.join("/en/ask?measures=notices&by=state&expected=1"), timeout=60)
    assert page.status_code == 200
    assert "not by state" in page.text
    first = httpx.get(site.join("/en/estimates?as_of=2023-06-30"), timeout=60)
    assert "No earlier forecast can be judged yet" in first.text


def test_peers_are_told_by_a_form(often: tuple[breachtrail.Ledger, httpx.Client]) -> None:
    ledger, visitor = often
    site = visitor.base_url.join("/")
    asked = "entity_type=Healthcare+Provider&size=2,000&years=2"
    page = LexborHTMLParser(httpx.get(site.join(f"/en/peers?{asked}"), timeout=60).content)
    lines = people.peers_lines(ledger.peers("Healthcare Provider", size=2000, years=2), "en")
    assert [one.text() for one in page.css("section h2, section li")] == lines
    assert len(page.css("form.asking option[selected]")) == 1
    everywhere = httpx.get(site.join("/en/peers"), timeout=60).text
    assert everywhere.count("<h2") == 4
    for wrong in ("size=many", "years=60", "size=20", "state=XX"):
        assert httpx.get(site.join(f"/en/peers?entity_type=Health+Plan&{wrong}"), timeout=60).status_code == 422


def test_people_are_told_by_year(often: tuple[breachtrail.Ledger, httpx.Client]) -> None:
    ledger, visitor = often
    page = httpx.get(visitor.base_url.join("/en/people"), timeout=60).content
    distinct = ledger.people(year=2024).distinct
    row = _row(page, "2024")
    assert [row[1], row[2], row[3], row[-1]] == [
        f"{figure:,}" for figure in (distinct.notices, distinct.records, distinct.least, distinct.most)
    ]


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("growth", {"period": "2024"}),
        ("sizes", {}),
        ("people", {}),
        ("forecast", {}),
        ("peers", {"entity_type": "Health Plan"}),
    ],
)
def test_every_estimate_is_of_its_day(
    often: tuple[breachtrail.Ledger, httpx.Client], name: str, asked: dict[str, str]
) -> None:
    now = often[1].get(f"/{name}", params=asked).json()
    then = often[1].get(f"/{name}", params={**asked, "as_of": "2024-02-25"}).json()
    assert then["as_of"] == "2024-02-25" < now["as_of"]
    assert {**then, "as_of": ""} != {**now, "as_of": ""}


def test_the_catalogue_says_what_is_foretold(often: tuple[breachtrail.Ledger, httpx.Client]) -> None:
    measures = told.Catalogue.model_validate(often[1].get("/catalogue").json()).measures
    assert {one.name: one.foretold for one in measures if one.foretold} == {
        "notices": "forecast",
        "individuals": "growth",
    }
    page = httpx.get(often[1].base_url.join("/en/method"), timeout=60).text
    assert "Of notices and individuals affected, by year, quarter or month" in page
