"""Filing from a system of one's own: keys, drafts, filing once, and what Schemathesis throws at it."""

import datetime as dt
import json
from pathlib import Path

import pytest
import schemathesis
from filings import WHOLE
from hypothesis import HealthCheck, Phase, given, settings
from offices import Person, at_once, office
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from breachtrail.intake import account as accounts
from breachtrail.intake.app import application
from breachtrail.intake.permissions import Role

CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
]  # fmt: skip


def with_key(person: Person) -> dict[str, str]:
    with person.office.store.begin() as session:
        key = accounts.make_key(session, accounts.one(session, person.id), "a system", dt.datetime.now(dt.UTC))
    return {"authorization": f"Bearer {key}"}


class System:
    """A filer's own system."""

    def __init__(self, person: Person) -> None:
        self.browser, self.headers = person.browser, with_key(person)
        self.browser.cookies.clear()

    def __call__(self, method: str, path: str, **more):
        return self.browser.request(method, f"/api{path}", headers=self.headers, **more)


@pytest.fixture
def system(tmp_path: Path) -> System:
    return System(Person(office(tmp_path)))


def test_a_system_begins_fills_and_files(system: System) -> None:
    begun = system("POST", "/reports", json={"entity_name": "Alder Clinic"})
    assert begun.status_code == 201
    path = f"/reports/{begun.json()['id']}"
    assert "entity_name" not in begun.json()["refused"]
    short = system("POST", f"{path}/file")
    assert short.status_code == 400
    assert short.json()["fields"] == begun.json()["refused"]
    assert system("PATCH", path, json=WHOLE).json()["refused"] == {}
    number = system("POST", f"{path}/file").json()["tracking_number"]
    assert system("POST", f"{path}/file").status_code == 409
    assert [(one["tracking_number"], one["state"]) for one in system("GET", "/reports").json()] == [(number, "filed")]


def test_an_addendum_begins_with_what_stands(system: System) -> None:
    path = f"/reports/{system('POST', '/reports', json=WHOLE).json()['id']}"
    number = system("POST", f"{path}/file").json()["tracking_number"]
    begun = system("POST", "/addenda", json={"tracking_number": number}).json()
    assert begun["answers"] == {name: told for name, told in WHOLE.items() if name != "attested"}
    system("PATCH", f"/reports/{begun['id']}", json={"individuals": "70000", "attested": "true_and_accurate"})
    assert system("POST", f"/reports/{begun['id']}/file").json() == {"tracking_number": number}
    assert system("GET", "/reports").json()[0]["versions"] == 2


def test_a_field_that_is_not_known_is_refused_and_not_dropped(system: System) -> None:
    answer = system("POST", "/reports", json={"entity_nam": "Alder"})
    assert answer.status_code == 422
    assert "entity_nam" in str(answer.json()["fields"])


@pytest.mark.parametrize("text", ["a\x00b", "\ud800"])
def test_a_character_that_no_store_keeps_is_refused(system: System, text: str) -> None:
    sent = json.dumps({"entity_city": text}).encode()
    answer = system.browser.post(
        "/api/reports", content=sent, headers={**system.headers, "content-type": "application/json"}
    )
    assert answer.status_code in (400, 422)


def test_a_session_is_no_key_and_a_key_no_session(tmp_path: Path) -> None:
    person = at_once(office(tmp_path), Role.FILER)
    assert person.browser.get("/api/reports").status_code == 401
    headers = with_key(person)
    person.browser.cookies.clear()
    assert person.browser.get("/api/reports", headers=headers).status_code == 200
    assert person.browser.get("/account", headers=headers).status_code == 303


def test_a_key_ends_with_its_year_and_with_its_account(system: System, tmp_path: Path) -> None:
    import time_machine

    with time_machine.travel(dt.datetime.now(dt.UTC) + accounts.KEY_LIFE + dt.timedelta(seconds=1)):
        assert system("GET", "/reports").status_code == 401
    assert system("GET", "/reports").status_code == 200


def test_keys_of_the_office_cannot_file(tmp_path: Path) -> None:
    system = System(Person(office(tmp_path), Role.REVIEWER))
    assert system("GET", "/reports").status_code == 403
    assert system("POST", "/reports", json={}).status_code == 403


def test_calls_are_counted(tmp_path: Path) -> None:
    system = System(Person(office(tmp_path, limits={"api": "2/minute"})))
    assert [system("GET", "/reports").status_code for _ in range(3)] == [200, 200, 429]


def test_what_is_refused_before_it_is_read_is_said_as_json_too(system: System, tmp_path: Path) -> None:
    """Found by Schemathesis, with many more examples than are tried each time."""
    large = system("POST", "/reports", json={"description": "x" * (2 * 1024 * 1024)})
    assert (large.status_code, large.json().keys()) == (413, {"error"})
    flooded = System(Person(office(tmp_path / "other", limits={"request": "0/minute"})))
    assert (flooded("GET", "/reports").status_code, flooded("GET", "/reports").json().keys()) == (429, {"error"})


def test_schemathesis_finds_nothing(tmp_path: Path) -> None:
    """Whatever the description allows, and whatever it does not, is answered as the description says."""
    person = Person(office(tmp_path))
    with_host = {**with_key(person), "host": "register.example.org"}
    schema = schemathesis.openapi.from_asgi(
        "/api/openapi.json", application(person.office), headers={"host": "register.example.org"}
    )
    calls = 0
    for operation in schema.get_all_operations():
        for mode in schemathesis.GenerationMode:

            @given(case=operation.ok().as_strategy(generation_mode=mode))
            @settings(
                max_examples=4, deadline=None, database=None, suppress_health_check=list(HealthCheck),
                phases=[Phase.explicit, Phase.generate],
            )  # fmt: skip
            def each(case: schemathesis.Case) -> None:
                nonlocal calls
                calls += 1
                case.call_and_validate(headers=with_host, checks=CHECKS)

            each()
    assert calls > 30
