"""The API: what it says is what `ask` and the trail say; Schemathesis finds nothing in what it promises."""

import json
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
import schemathesis
import sites
from hypothesis import HealthCheck, given, settings
from knocking import Visitor

import breachtrail
from breachtrail.questions import engine
from breachtrail.web import told
from breachtrail.web.app import create_app
from breachtrail.wording.rows import as_json

EXAMPLES = 20 if settings.default.max_examples < 100 else 500


OPERATIONS = (
    "answer",
    "notices",
    "notices/{id}",
    "organisations/{name}/notices",
    "changes",
    "coverage",
    "catalogue",
    "forecast",
    "growth",
    "notices/{id}/prospect",
    "sizes",
    "people",
    "peers",
)


@pytest.fixture(scope="module")
def promised(made_up_home: Path) -> schemathesis.BaseSchema:
    """The OpenAPI document of the site's API."""
    app = create_app(lambda: breachtrail.open(made_up_home), visits_a_minute=10_000_000)
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)


def test_every_operation_is_tried(promised: schemathesis.BaseSchema) -> None:
    assert {one.ok().path for one in promised.get_all_operations()} == {f"/{name}" for name in OPERATIONS}


@pytest.mark.parametrize("name", OPERATIONS)
def test_it_keeps_what_its_description_promises(promised: schemathesis.BaseSchema, name: str) -> None:
    operation = promised[f"/{name}"]["GET"]

    @given(case=operation.as_strategy())
    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    def try_it(case: schemathesis.Case) -> None:
        case.call_and_validate()

    try_it()


def test_an_answer_is_that_of_ask(visitor: httpx.Client, made_up_home: Path) -> None:
    with breachtrail.open(made_up_home) as ledger:
        answer = ledger.ask("notices", "individuals", by="state", year=2024, as_of=sites.SECOND)
    asked = {"measures": "notices,individuals", "by": "state", "year": "2024", "as_of": sites.SECOND}
    said = visitor.get("/api/v1/answer", params=asked).json()
    assert said["rows"] == json.loads(as_json(answer.records()))
    assert len(said["caveats"]) == len(answer.caveats)
    assert "2024" in said["sql"]


def test_pages_of_notices_hold_each_once(visitor: httpx.Client, made_up_home: Path) -> None:
    seen: list[str] = []
    cursor = ""
    while True:
        page = visitor.get("/api/v1/notices", params={"limit": 17, "cursor": cursor, "order": "name"}).json()
        told.Notices.model_validate(page)
        seen += [notice["id"] for notice in page["notices"]]
        cursor = page["next"]
        if not cursor:
            break
    with breachtrail.open(made_up_home) as ledger:
        assert sorted(seen) == sorted(notice["id"] for notice in ledger.notices())
    assert len(set(seen)) == page["total"]


def test_a_trail_has_every_version(visitor: httpx.Client, made_up_home: Path) -> None:
    with breachtrail.open(made_up_home) as ledger:
        [growing] = ledger.show("growing health")
    said = told.Trail.model_validate(visitor.get(f"/api/v1/notices/{growing['id']}").json())
    assert [version.individuals for version in said.trail] == [500, 100_000_000, 192_700_000]
    then = visitor.get(f"/api/v1/notices/{growing['id']}", params={"as_of": sites.FIRST}).json()
    assert [version["individuals"] for version in then["trail"]] == [500]


def test_an_answer_of_one_state_may_be_kept_for_ever(visitor: httpx.Client) -> None:
    plain = visitor.get("/api/v1/answer")
    assert "max-age=60" in plain.headers["cache-control"]
    head = plain.json()["head"]["content"]
    kept = visitor.get("/api/v1/answer", params={"head": head[:12]})
    assert "immutable" in kept.headers["cache-control"]
    assert visitor.get("/api/v1/answer", headers={"If-None-Match": plain.headers["etag"]}).status_code == 304
    gone = visitor.get("/api/v1/answer", params={"head": "f" * 12})
    assert (gone.status_code, gone.headers["content-type"]) == (409, "application/problem+json")


@pytest.mark.parametrize(
    "url",
    ["/api/v1/answer?measures=fame", "/api/v1/notices?state=XX", "/api/v1/notices/abc", "/api/v1/nothing", "/api/v1/changes",
     "/api/v1/notices?limit=0", "/api/v1/notices?cursor=%00", "/api/v1/answer?as_of=1999-01-01"],
)  # fmt: skip
def test_every_error_has_one_shape(visitor: httpx.Client, url: str) -> None:
    response = visitor.get(url)
    problem = told.Problem.model_validate(response.json())
    assert problem.status == response.status_code >= 400
    assert response.headers["content-type"] == "application/problem+json"


def test_everybody_may_read(visitor: httpx.Client) -> None:
    for url in ("/api/v1/coverage", "/feeds/en/notices.atom", "/downloads/notices.csv"):
        response = visitor.get(url, headers={"Origin": "https://example.test"})
        assert response.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("name", ["d/b/a", *sites.HOSTILE])
def test_a_name_is_asked_for_whatever_letters_it_has(visitor: httpx.Client, name: str) -> None:
    response = visitor.get(f"/api/v1/organisations/{quote(name, safe='')}/notices")
    if name in ("d/b/a", "诊所"):  # never filed; without a letter by which names are compared
        assert response.status_code == 404
        assert name in response.json()["detail"]
    else:
        assert [notice["name"].strip() for notice in response.json()["notices"]] == [name.removeprefix("\ufeff")]


@pytest.mark.parametrize(
    "path", ["/api/v1/answer?measures=notices", "/api/v1/coverage", "/api/v1/openapi.json", "/api/v1/nothing"]
)
def test_head_tells_what_get_tells_without_the_body(visitor: httpx.Client, path: str) -> None:
    got, head = visitor.get(path), visitor.head(path)
    assert head.status_code == got.status_code
    assert head.content == b""
    told = ("content-type", "etag", "cache-control")
    assert [head.headers.get(name) for name in told] == [got.headers.get(name) for name in told]


def test_a_question_of_known_conditions_asks_the_engine_for_the_answer_alone(
    made_up_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    run = engine.run
    app = create_app(lambda: breachtrail.open(made_up_home))
    for bound in (1, 2):  # whoever asks once is told by one statement more
        Visitor(app).get(f"/api/v1/answer?by=state&at_least={bound}")
    monkeypatch.setattr(engine, "run", lambda *told: asked.append(told[1]) or run(*told))
    answer = Visitor(app).get("/api/v1/answer?by=state&at_least=123")
    assert (answer.status_code, [text[:12] for text in asked]) == (200, ["WITH counted"])
