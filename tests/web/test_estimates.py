"""What the API estimates is what the Python door estimates, with its method and its score."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import httpx
import pytest
import sites

import breachtrail
from breachtrail.web import foretold, told
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
    outlook = ledger.forecast("2024", "2024-Q4", "2024-12")
    assert [one.final.model_dump() for one in said.forecasts] == [asdict(one.final) for one in outlook.forecasts]
    assert said.score is not None
    assert outlook.score is not None
    assert said.score.model_dump(exclude={"judged_since"}) == asdict(outlook.score)
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
    people = foretold.People.model_validate(visitor.get("/people", params={"year": "2024"}).json())
    distinct = ledger.people(year=2024).distinct
    assert (people.least, people.most) == (distinct.least, distinct.most)
    assert [one.people for one in people.overlaps] == [one.people for one in distinct.overlaps]


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
