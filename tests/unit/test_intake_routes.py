"""Every route, every role, own and foreign records: only what the table in docs/intake-office.md allows."""

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi.routing import APIRoute
from filings import WHOLE
from offices import ORIGIN, Person, at_once, office
from starlette.testclient import TestClient

from breachtrail.intake import account as accounts
from breachtrail.intake import decision, filing, permissions
from breachtrail.intake.api import ByKey
from breachtrail.intake.app import application
from breachtrail.intake.gate import ANYBODY, SOMEBODY, Allowed
from breachtrail.intake.permissions import Role

TABLE = Path(__file__).resolve().parents[2] / "docs" / "intake-office.md"
ROW = re.compile(r"^\| `(GET|POST|PATCH|DELETE) (/\S*)` \| ([\w. ]+) \|" + r" (own|all|–) \|" * 5, flags=re.MULTILINE)
NOBODY = "nobody"


@dataclass(frozen=True)
class Line:
    """One line of the table: a route, its action, and whose records each role may touch with it."""

    method: str
    path: str
    action: str
    whose: dict[str, str]


def written() -> list[Line]:
    text = TABLE.read_text(encoding="utf-8")
    return [
        Line(found[1], found[2], found[3], dict(zip(Role, found.groups()[3:], strict=True)))
        for found in ROW.finditer(text)
    ]


def routes(app) -> list[tuple[str, str, str]]:
    """Every route of the application with the action that its dependencies name; one without any is named so."""
    told = []
    included = [getattr(one, "original_router", None) for one in app.routes]
    alone = [one for one, router in zip(app.routes, included, strict=True) if router is None]
    for route in [*alone, *(route for router in included if router for route in router.routes)]:
        assert isinstance(route, APIRoute), route
        gates = [one.call for one in route.dependant.dependencies if isinstance(one.call, Allowed | ByKey)]
        action = gates[0].action if gates else ANYBODY
        stage = getattr(gates[0], "stage", "full") if gates else "full"
        for method in route.methods - {"HEAD"}:
            told.append((method, route.path, action if stage == "full" else ANYBODY))
    return told


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> "Ground":
    return Ground(tmp_path_factory.mktemp("routes"))


class Ground:
    """An office with two organisations, a person of every role, and a report of each organisation in each state asked for."""

    def __init__(self, folder: Path) -> None:
        self.office = office(folder)
        self.app = application(self.office)
        self.people = {role: at_once(self.office, role, "Alder" if role is Role.FILER else "") for role in Role}
        self.other = at_once(self.office, Role.FILER, "Birch")
        self.keys = {role: self._key(person) for role, person in self.people.items()}
        self.victim = Person(self.office, Role.AUDITOR, email="victim@example.org")

    def _key(self, person: Person) -> str:
        with self.office.store.begin() as session:
            return accounts.make_key(session, accounts.one(session, person.id), "key", dt.datetime.now(dt.UTC))

    def report_of(self, filer: Person, filed: bool) -> tuple[str, str]:
        """A fresh report's id and tracking number."""
        now = dt.datetime.now(dt.UTC)
        with self.office.store.begin() as session:
            one = filing.begin(session, filer.actor, now)
            filing.save(session, filer.actor, one.id, WHOLE, now)
            number = filing.file(session, filer.actor, one.id, now) if filed else ""
            return one.id, number

    def accept(self, report_id: str) -> None:
        """Review it, so that it can be made public."""
        with self.office.store.begin() as session:
            for verb in ("take", "accept"):
                reviewer = self.people[Role.REVIEWER].actor
                decision.decide(session, reviewer, report_id, verb, "because", dt.datetime.now(dt.UTC), seen=1)

    def ask(self, line: Line, role: str, whose: str):
        """Send the request of a line, by somebody of a role, about a record of whose."""
        filer = self.people[Role.FILER] if whose == "own" else self.other
        # The office sees what is filed; a filer's own forms want a draft.
        wants_filed = line.action in ("report.read", "report.review", "report.publish") or line.path == "/api/addenda"
        report_id, number = self.report_of(filer, wants_filed)
        if line.action == "report.publish":
            self.accept(report_id)
        path = (
            line.path.replace("{report_id}", report_id)
            .replace("{page}", "contact")
            .replace("{account_id}", self.victim.id)
        )
        path = (
            path.replace("{change}", "open")
            .replace("{key_id}", "of nobody")
            .replace("{language}", "en")
            .replace("{name}", "x.css")
        )
        if line.path.startswith("/api/"):
            headers = {"authorization": f"Bearer {self.keys[role]}"} if role != NOBODY else {}
            browser = TestClient(self.app, base_url=ORIGIN, follow_redirects=False)
            body = {"tracking_number": number} if "addenda" in path else WHOLE
            return browser.request(
                line.method, path, headers=headers, json=body if line.method in ("POST", "PATCH") else None
            )
        browser = (
            self.people[role].browser
            if role != NOBODY
            else TestClient(self.app, base_url=ORIGIN, follow_redirects=False)
        )
        if line.method == "GET":
            return browser.get(path)
        token = self.people[role].form_token() if role != NOBODY else ""
        verb = "publish" if line.action == "report.publish" else "take"
        fields = {"form_token": token, "decision": verb, "reason": "because", "report_type": "initial", "seen": "1"}
        return browser.post(path, data=fields, headers={"origin": ORIGIN})


LINES = written()


def test_the_table_names_every_route_with_the_action_that_runs(ground: Ground) -> None:
    assert sorted((line.method, line.path, line.action) for line in LINES) == sorted(routes(ground.app))


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.method} {line.path}")
def test_the_table_says_what_the_permissions_say(line: Line) -> None:
    for role, whose in line.whose.items():
        if line.action in (ANYBODY, SOMEBODY):
            assert whose != "–"
        else:
            assert whose == permissions.scope(Role(role), line.action).value.replace("none", "–")


@pytest.mark.parametrize(
    "line", [line for line in LINES if line.action != ANYBODY], ids=lambda line: f"{line.method} {line.path}"
)
def test_only_what_the_table_allows(ground: Ground, line: Line) -> None:
    nobody = ground.ask(line, NOBODY, "own").status_code
    assert nobody == (401 if line.path.startswith("/api/") else 303)
    for role, whose in line.whose.items():
        for record in ("own", "foreign"):
            status = ground.ask(line, role, record).status_code
            if whose == "–":
                assert status == 403, (role, record)
            elif whose == "own" and record == "foreign" and ("report_id" in line.path or line.path == "/api/addenda"):
                assert status == 404, (role, record)
            else:
                assert status not in (401, 403), (role, record)
                assert status != 404 or line.path.endswith("/drop"), (role, record)
                assert status < 500, (role, record)


def test_no_answer_invites_another_origin_and_each_says_what_it_is(ground: Ground) -> None:
    for line in LINES:
        if line.method == "GET":
            answer = ground.ask(line, Role.FILER, "own")
            assert "access-control-allow-origin" not in answer.headers
            if answer.content:
                assert re.search(r"charset=utf-8|application/json", answer.headers["content-type"])
