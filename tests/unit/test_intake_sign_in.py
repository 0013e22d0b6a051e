"""Coming in: an invitation, a password, a one-time code; what is refused, and what locks."""

import datetime as dt
from pathlib import Path

import pyotp
import pytest
import time_machine
from offices import FORM_TOKEN, PASSPHRASE, Person, at_once, office
from sqlalchemy import select

from breachtrail.intake import account as accounts
from breachtrail.intake import visit
from breachtrail.intake.identity import AccessKey, Account, Visit
from breachtrail.intake.permissions import Role


@pytest.fixture
def person(tmp_path: Path) -> Person:
    return Person(office(tmp_path))


def code_of(person: Person, later: float = 0) -> str:
    return pyotp.TOTP(person.seed).at(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=later))


def try_password(person: Person, password: str = PASSPHRASE, email: str = ""):
    return person.browser.post("/sign-in", data={"email": email or person.email, "password": password})


def try_code(person: Person, code: str):
    token = FORM_TOKEN.search(person.browser.get("/sign-in/code").text)[1]
    return person.browser.post("/sign-in/code", data={"form_token": token, "code": code})


def test_an_invitation_a_password_and_a_code_lead_in_and_no_less(person: Person) -> None:
    assert person.browser.get("/account").headers["location"] == "/sign-in"
    person.with_password()
    assert try_password(person).headers["location"] == "/sign-in/authenticator"
    assert person.browser.get("/account").headers["location"] == "/sign-in/code"
    again = Person(person.office, email="again@example.org").signed_in()
    entered = again.browser.get("/account")
    assert entered.status_code == 200
    assert again.email in entered.text


def test_each_sign_in_is_a_new_token_and_the_old_one_is_worth_nothing(person: Person) -> None:
    person.signed_in()
    before = person.browser.cookies[visit.COOKIE]
    person.browser.post(
        "/sign-in", data={"form_token": person.form_token(), "email": person.email, "password": PASSPHRASE}
    )
    assert person.browser.cookies[visit.COOKIE] != before
    person.browser.cookies.set(visit.COOKIE, before, domain="register.example.org")
    assert person.browser.get("/account").status_code == 303


def test_an_invitation_is_good_once_and_for_a_day(person: Person, tmp_path: Path) -> None:
    person.with_password()
    again = {"code": person.invitation, "password": PASSPHRASE, "again": PASSPHRASE}
    assert person.browser.post("/invitation", data=again).status_code == 400
    late = Person(person.office, email="late@example.org")
    with time_machine.travel(dt.datetime.now(dt.UTC) + accounts.INVITATION + dt.timedelta(minutes=1)):
        assert late.browser.post("/invitation", data={**again, "code": late.invitation}).status_code == 400


@pytest.mark.parametrize(
    "password", ["fourteen chars", "passwordpassword", "breachtrailbreachtrail", "filer@example.org"]
)
def test_a_password_that_somebody_could_guess_is_refused(person: Person, password: str) -> None:
    chosen = {"code": person.invitation, "password": password, "again": password}
    assert person.browser.post("/invitation", data=chosen).status_code == 400


def test_the_two_passwords_have_to_be_the_same(person: Person) -> None:
    chosen = {"code": person.invitation, "password": PASSPHRASE, "again": PASSPHRASE + "!"}
    assert "not the same" in person.browser.post("/invitation", data=chosen).text


@pytest.mark.parametrize(
    "password", ["x" * 256 + "yz", "  violet harbour seven lamps ", "紫色 港口 七盏 灯火 河流 山谷 ñ"]
)
def test_a_password_counts_exactly_as_it_is_sent(person: Person, password: str) -> None:
    chosen = {"code": person.invitation, "password": password, "again": password}
    taken = person.browser.post("/invitation", data=chosen)
    assert taken.status_code == (400 if len(password) > 256 else 200)
    if taken.status_code == 200:
        assert try_password(person, password.strip() + "!").status_code == 401
        assert try_password(person, password).status_code == 303


def test_the_same_is_said_whether_there_is_such_an_account_or_not(person: Person) -> None:
    person.with_password()
    known, unknown = try_password(person, "wrong wrong wrong"), try_password(person, email="nobody@example.org")
    assert (known.status_code, unknown.status_code) == (401, 401)
    assert known.text.replace(person.email, "") == unknown.text.replace("nobody@example.org", "")


def test_a_code_is_taken_once(person: Person) -> None:
    person.signed_in()
    code = code_of(person)
    with time_machine.travel(dt.datetime.now(dt.UTC), tick=False):
        try_password(person, PASSPHRASE)
        person.browser.cookies.clear()
        try_password(person)
        assert try_code(person, code).status_code == 401
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=60)):
        person.browser.cookies.clear()
        try_password(person)
        assert try_code(person, code_of(person)).status_code == 303


def test_ten_refusals_lock_the_account_for_a_quarter_of_an_hour(person: Person) -> None:
    person.with_password()
    for _ in range(accounts.MOST_FAILURES):
        assert try_password(person, "wrong wrong wrong").status_code == 401
    assert try_password(person).status_code == 401
    with time_machine.travel(dt.datetime.now(dt.UTC) + accounts.LOCK + dt.timedelta(seconds=1)):
        assert try_password(person).status_code == 303


def test_wrong_codes_count_towards_the_lock_too(person: Person) -> None:
    person.signed_in()
    person.browser.cookies.clear()
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=60), tick=False):
        try_password(person)
        for _ in range(accounts.MOST_FAILURES):
            assert try_code(person, "000000").status_code == 401
        assert try_code(person, code_of(person)).status_code == 401


def test_one_address_has_few_attempts_at_an_account_and_locks_it_for_nobody_else(tmp_path: Path) -> None:
    person = Person(office(tmp_path, limits={})).with_password()
    answers = [try_password(person, "wrong wrong wrong").status_code for _ in range(7)]
    assert answers == [401] * 5 + [429] * 2
    with person.office.store.begin() as session:
        assert session.get(Account, person.id).locked_until is None


def test_a_session_ends_after_half_an_hour_of_silence_and_after_twelve_hours(person: Person) -> None:
    person.signed_in()
    start = dt.datetime.now(dt.UTC)
    for minutes in range(25, 12 * 60, 25):
        with time_machine.travel(start + dt.timedelta(minutes=minutes)):
            assert person.browser.get("/account").status_code == 200
    with time_machine.travel(start + dt.timedelta(hours=12, minutes=1)):
        assert person.browser.get("/account").status_code == 303
    other = at_once(person.office, Role.AUDITOR)
    with time_machine.travel(dt.datetime.now(dt.UTC) + visit.IDLE + dt.timedelta(minutes=2)):
        assert other.browser.get("/account").status_code == 303


def test_signing_out_ends_the_session_in_the_store(person: Person) -> None:
    person.signed_in()
    token = person.browser.cookies[visit.COOKIE]
    gone = person.post("/sign-out")
    assert gone.headers["clear-site-data"] == '"cache", "storage"'
    person.browser.cookies.set(visit.COOKIE, token, domain="register.example.org")
    assert person.browser.get("/account").status_code == 303


def test_the_cookie_is_for_this_host_alone_and_for_no_script(person: Person) -> None:
    person.with_password()
    words = try_password(person).headers["set-cookie"].lower().split("; ")
    assert words[0].startswith("__host-")
    assert {"secure", "httponly", "samesite=lax", "path=/"} <= set(words)
    assert not [word for word in words if word.startswith("domain")]


def test_a_new_password_takes_the_old_one_and_ends_the_other_sessions(person: Person) -> None:
    person.signed_in()
    other = at_once(person.office, Role.FILER, email="other@example.org")
    with person.office.store.begin() as session:
        _, token = visit.begin(session, accounts.one(session, person.id), "full", dt.datetime.now(dt.UTC))
    new = "quiet copper meadow nine"
    assert person.post("/account/password", present="wrong", password=new, again=new).status_code == 400
    assert person.post("/account/password", present=PASSPHRASE, password=new, again=new).status_code == 303
    assert person.browser.get("/account").status_code == 200
    assert other.browser.get("/account").status_code == 200
    person.browser.cookies.set(visit.COOKIE, token, domain="register.example.org")
    assert person.browser.get("/account").status_code == 303


def test_a_form_from_elsewhere_does_nothing(person: Person) -> None:
    person.signed_in()
    token = person.form_token()
    for headers in ({"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}):
        sent = person.browser.post("/sign-out", data={"form_token": token}, headers=headers)
        assert sent.status_code == 400
    assert person.post("/sign-out", token="of another session").status_code == 400
    assert person.browser.get("/account").status_code == 200


def test_nothing_that_opens_a_door_stands_in_the_store_in_clear(person: Person) -> None:
    person.signed_in()
    key = person.post("/account/keys", label="our system").text.split("btk_")[1][:43]
    token = person.browser.cookies[visit.COOKIE]
    with person.office.store.begin() as session:
        rows = [*session.scalars(select(Account)), *session.scalars(select(Visit)), *session.scalars(select(AccessKey))]
        kept = " ".join(repr(vars(row)) for row in rows)
    for secret in (PASSPHRASE, person.seed, person.invitation, token, key):
        assert secret not in kept
    assert "$argon2id$" in kept


def test_a_closed_account_is_out_at_once_with_its_keys(person: Person) -> None:
    administrator = at_once(person.office, Role.ADMINISTRATOR)
    person.signed_in()
    person.post("/account/keys", label="our system")
    assert administrator.post(f"/accounts/{person.id}/close").status_code == 303
    assert person.browser.get("/account").status_code == 303
    assert try_password(person).status_code == 401
    with person.office.store.begin() as session:
        assert session.scalars(select(AccessKey)).all() == []


def test_the_last_administrator_stays(tmp_path: Path) -> None:
    administrator = at_once(office(tmp_path), Role.ADMINISTRATOR)
    assert administrator.post(f"/accounts/{administrator.id}/close").status_code == 409


def test_a_new_invitation_forgets_password_and_authenticator(person: Person) -> None:
    administrator = at_once(person.office, Role.ADMINISTRATOR)
    person.signed_in()
    shown = administrator.post(f"/accounts/{person.id}/invite").text
    assert person.browser.get("/account").status_code == 303
    assert try_password(person).status_code == 401
    person.invitation = shown.split('class="seed">')[1].split("<")[0]
    person.signed_in()


@pytest.mark.parametrize(
    ("told", "refused"),
    [
        ({"email": "no address"}, "email"),
        ({"name": " "}, "name"),
        ({"organisation": ""}, "organisation"),
        ({"role": "king"}, "roles"),
    ],
)
def test_an_invitation_that_cannot_be_says_why(tmp_path: Path, told: dict[str, str], refused: str) -> None:
    administrator = at_once(office(tmp_path), Role.ADMINISTRATOR)
    whole = {"email": "new@example.org", "name": "New", "role": "filer", "organisation": "Alder", **told}
    answer = administrator.post("/accounts", **whole)
    assert answer.status_code == 400
    assert refused in answer.text


def test_an_address_is_invited_once(tmp_path: Path) -> None:
    administrator = at_once(office(tmp_path), Role.ADMINISTRATOR)
    whole = {"email": "New@example.org", "name": "New", "role": "filer", "organisation": "Alder"}
    assert administrator.post("/accounts", **whole).status_code == 200
    assert administrator.post("/accounts", **{**whole, "email": "new@EXAMPLE.org"}).status_code == 409


def test_every_answer_tells_the_browser_to_run_and_keep_nothing(person: Person) -> None:
    for path in ("/sign-in", "/nowhere", "/account"):
        headers = person.browser.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "script-src" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert headers["strict-transport-security"].startswith("max-age=31536000")


def test_another_host_and_a_large_body_are_refused(person: Person) -> None:
    assert person.browser.get("/sign-in", headers={"host": "evil.example"}).status_code == 421
    large = b"email=" + b"x" * (2 * 1024 * 1024)
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert person.browser.post("/sign-in", content=large, headers=form).status_code == 413
    in_pieces = (large[start : start + 65536] for start in range(0, len(large), 65536))
    assert person.browser.post("/sign-in", content=in_pieces, headers=form).status_code == 413


def test_the_way_back_of_a_language_stays_in_the_house(person: Person) -> None:
    def there(back: str) -> str:
        return person.browser.get("/language/zh", params={"back": back}).headers["location"]

    assert there("/account") == "/account"
    assert {there("//evil.example"), there("https://evil.example"), there("/\\evil.example"), there("/\r\nx: y")} == {
        "/"
    }
    assert "登录" in person.browser.get("/sign-in").text
