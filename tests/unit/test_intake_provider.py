"""Signing in by an OpenID Connect provider: a made-up one, honest or not, behind the client's own transport."""

import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey
from offices import ORIGIN, UNLIMITED, Person
from starlette.testclient import TestClient

from breachtrail.intake import account as accounts
from breachtrail.intake.app import application
from breachtrail.intake.limit import Limits
from breachtrail.intake.office import Office
from breachtrail.intake.permissions import Role
from breachtrail.intake.secret import ADDRESS, CLIENT, CLIENT_SECRET, ISSUER, KEY, Secrets, new_key
from breachtrail.intake.store import Store

NAME = "https://login.example.org"
SIGNING = RSAKey.generate_key(2048, parameters={"kid": "one"})


@dataclass
class MadeUpProvider:
    """What it says of the person, and how it signs; ``asked`` is the last request for a token."""

    claims: dict[str, object] = field(default_factory=dict)
    issuer: str = NAME
    algorithms: tuple[str, ...] = ("RS256",)
    signed_by: object = field(default_factory=lambda: SIGNING)
    signed_with: str = "RS256"
    nonce: str = ""
    asked: dict[str, list[str]] = field(default_factory=dict)

    def answer(self, request: httpx.Request) -> httpx.Response:
        match request.url.path:
            case "/.well-known/openid-configuration":
                return httpx.Response(200, json={
                    "issuer": self.issuer, "authorization_endpoint": NAME + "/authorize", "token_endpoint": NAME + "/token",
                    "jwks_uri": NAME + "/keys", "id_token_signing_alg_values_supported": list(self.algorithms),
                })  # fmt: skip
            case "/keys":
                return httpx.Response(200, json=KeySet([SIGNING]).as_dict(private=False))
            case "/token":
                self.asked = parse_qs(request.content.decode())
                now = int(time.time())
                claims = {
                    "iss": NAME, "aud": "breachtrail", "sub": "person-1", "email": "ann@example.org", "email_verified": True,
                    "iat": now, "exp": now + 300, "nonce": self.nonce, **self.claims,
                }  # fmt: skip
                signed = jwt.encode(
                    {"alg": self.signed_with, "kid": "one"}, claims, self.signed_by, algorithms=[self.signed_with]
                )
                return httpx.Response(200, json={"access_token": "a", "token_type": "Bearer", "id_token": signed})
        return httpx.Response(404)


class Ground:
    """An office with a provider, and a browser."""

    def __init__(self, folder: Path) -> None:
        environment = {
            KEY: new_key(),
            ADDRESS: ORIGIN,
            ISSUER: NAME,
            CLIENT: "breachtrail",
            CLIENT_SECRET: "of the client",
        }
        self.office = Office(
            Store.create(f"sqlite:///{folder / 'intake.db'}"),
            Secrets.from_environment(environment),
            Limits(dict(UNLIMITED)),
        )
        self.provider = MadeUpProvider()
        self.app = application(self.office)
        self.app.state.provider.client_kwargs["transport"] = httpx.MockTransport(self.provider.answer)
        self.browser = self.another_browser()
        self.administrator = Person(self.office, Role.ADMINISTRATOR)
        self.invite("ann@example.org")

    def another_browser(self) -> TestClient:
        return TestClient(self.app, base_url=ORIGIN, headers={"origin": ORIGIN}, follow_redirects=False)

    def invite(self, email: str, by_provider: bool = True) -> str:
        import datetime as dt

        with self.office.store.begin() as session:
            now = dt.datetime.now(dt.UTC)
            account, _ = accounts.invite(
                session, self.administrator.actor, email, "Ann", Role.REVIEWER, "", now, by_provider=by_provider
            )
            return account.id

    def go(self) -> dict[str, str]:
        """To the provider: what it is asked."""
        page = self.browser.post("/sign-in/provider")
        assert page.status_code == 200, page.text
        link = page.text.split('class="button" href="')[1].split('"')[0].replace("&amp;", "&")
        asked = {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}
        self.provider.nonce = self.provider.nonce or asked["nonce"]
        return asked

    def come_back(self, asked: dict[str, str], browser: TestClient | None = None) -> httpx.Response:
        path = "/sign-in/provider/back"
        return (browser or self.browser).get(path, params={"code": "of the provider", "state": asked["state"]})


@pytest.fixture
def ground(tmp_path: Path) -> Ground:
    return Ground(tmp_path)


def test_an_invited_person_comes_in_by_code_flow_with_proof_state_and_nonce(ground: Ground) -> None:
    asked = ground.go()
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == ORIGIN + "/sign-in/provider/back"
    assert len(asked["nonce"]) >= 20
    assert ground.come_back(asked).headers["location"] == "/"
    assert ground.provider.asked["code_verifier"]
    assert "ann@example.org" in ground.browser.get("/account").text


def test_later_the_subject_counts_and_not_the_address(ground: Ground) -> None:
    ground.come_back(ground.go())
    ground.invite("bob@example.org")
    ground.browser = ground.another_browser()
    ground.provider.nonce, ground.provider.claims = "", {"email": "bob@example.org"}
    ground.come_back(ground.go())
    assert "ann@example.org" in ground.browser.get("/account").text


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "another client"},
        {"iss": "https://evil.example"},
        {"exp": 1_000_000_000},
        {"nonce": "of another time"},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email": "nobody@example.org"},
    ],
)
def test_what_the_provider_must_not_say(ground: Ground, claims: dict[str, object]) -> None:
    ground.provider.claims = claims
    assert ground.come_back(ground.go()).status_code == 401
    assert ground.browser.get("/account").status_code == 303


@pytest.mark.filterwarnings("ignore:JWS algorithm")
@pytest.mark.parametrize("algorithm", ["HS256", "none"])
def test_a_word_signed_with_the_clients_own_secret_or_not_at_all_is_refused(ground: Ground, algorithm: str) -> None:
    ground.provider.algorithms = ("RS256", algorithm)
    ground.provider.signed_with = algorithm
    ground.provider.signed_by = OctKey.import_key("of the client padded to what the library wants")
    assert ground.come_back(ground.go()).status_code == 401


def test_a_word_signed_by_somebody_else_is_refused(ground: Ground) -> None:
    ground.provider.signed_by = RSAKey.generate_key(2048, parameters={"kid": "one"})
    assert ground.come_back(ground.go()).status_code == 401


def test_the_way_back_is_for_the_browser_that_went_and_once(ground: Ground) -> None:
    asked = ground.go()
    assert ground.come_back(asked, ground.another_browser()).headers["location"] == "/sign-in"
    assert ground.come_back({"state": "another"}).status_code == 401
    assert ground.come_back(asked).status_code == 303
    assert ground.browser.get("/account").status_code == 303


def test_a_provider_that_calls_itself_otherwise_is_not_believed(ground: Ground) -> None:
    ground.provider.issuer = "https://evil.example"
    assert ground.browser.post("/sign-in/provider").status_code == 503
    ground.provider.issuer = NAME
    assert ground.browser.post("/sign-in/provider").status_code == 200


def test_a_provider_that_is_silent_is_said_to_be(ground: Ground) -> None:
    def silent(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("nobody there", request=request)

    ground.app.state.provider.client_kwargs["transport"] = httpx.MockTransport(silent)
    answer = ground.browser.post("/sign-in/provider")
    assert answer.status_code == 503
    assert "does not answer" in answer.text


def test_an_account_with_a_password_is_not_had_by_a_providers_address(ground: Ground) -> None:
    ground.invite("carol@example.org", by_provider=False)
    ground.provider.claims = {"email": "carol@example.org", "sub": "person-3"}
    assert ground.come_back(ground.go()).status_code == 401


def test_a_closed_account_is_closed_to_the_provider_too(ground: Ground) -> None:
    account = ground.invite("dan@example.org")
    with ground.office.store.begin() as session:
        accounts.close(session, ground.administrator.actor, account, True)
    ground.provider.claims = {"email": "dan@example.org", "sub": "person-4"}
    assert ground.come_back(ground.go()).status_code == 401


def test_without_a_provider_there_is_no_such_way(tmp_path: Path) -> None:
    from offices import office

    person = Person(office(tmp_path))
    assert person.browser.post("/sign-in/provider").status_code == 503
    assert "provider" not in person.browser.get("/sign-in").text
