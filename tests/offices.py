"""An office to try things at: a store in memory or on disk, its application, and people who have signed in to it."""

import datetime as dt
import re
import weakref
from pathlib import Path
from types import MappingProxyType

import pyotp
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from breachtrail.intake import account as accounts
from breachtrail.intake import password, visit
from breachtrail.intake.app import application
from breachtrail.intake.identity import Visit
from breachtrail.intake.limit import RATES, Limits
from breachtrail.intake.office import Office
from breachtrail.intake.permissions import Role
from breachtrail.intake.secret import ADDRESS, KEY, Secrets, new_key
from breachtrail.intake.store import Store

ORIGIN = "https://register.example.org"
PASSPHRASE = "violet harbour seven lamps"
#: Argon2 at the price of a test; ``test_intake_password.py`` tries it at its own.
CHEAP = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
UNLIMITED = MappingProxyType(dict.fromkeys(RATES, "1000000/second"))
FORM_TOKEN = re.compile(r'name="form_token" value="([\w-]+)"')


def office(folder: Path, limits: dict[str, str] | None = None, database: str = "") -> Office:
    """An office with a fresh store."""
    store = Store.create(database or f"sqlite:///{folder / 'intake.db'}")
    password._hasher = CHEAP
    secrets = Secrets.from_environment({KEY: new_key(), ADDRESS: ORIGIN})
    made = Office(store, secrets, Limits(dict(UNLIMITED) if limits is None else limits))
    weakref.finalize(made, store.close)
    return made


class Person:
    """Somebody with an account and a browser, signed in or not."""

    def __init__(self, office: Office, role: Role = Role.FILER, organisation: str = "", email: str = "") -> None:
        self.office = office
        self.email = email or f"{role.value}{'.' + organisation.lower() if organisation else ''}@example.org"
        organisation = organisation or ("Alder" if role is Role.FILER else "")
        with office.store.begin() as session:
            account, self.invitation = accounts.invite(
                session, None, self.email, f"A {role.value}", role, organisation, dt.datetime.now(dt.UTC)
            )
            self.id, self.actor = account.id, accounts.actor_of(account)
        self.seed = ""
        self.browser = TestClient(
            application(office), base_url=ORIGIN, headers={"origin": ORIGIN}, follow_redirects=False
        )

    def form_token(self) -> str:
        """The token that the forms of the person's session bear; empty without one."""
        token = self.browser.cookies.get(visit.COOKIE)
        with self.office.store.begin() as session:
            found = session.get(Visit, accounts.digest(token)) if token else None
        return found.form_token if found else ""

    def post(self, path: str, token: str | None = None, files: object = None, **fields: object):
        """Send a form of the office's own."""
        form_token = self.form_token() if token is None else token
        return self.browser.post(path, data={"form_token": form_token, **fields}, files=files)

    def with_password(self) -> "Person":
        """Take the invitation up."""
        taken = self.browser.post(
            "/invitation", data={"code": self.invitation, "password": PASSPHRASE, "again": PASSPHRASE}
        )
        assert taken.status_code == 200, taken.text
        return self

    def signed_in(self) -> "Person":
        """The whole way in, as a browser goes it."""
        self.with_password()
        self.browser.post("/sign-in", data={"email": self.email, "password": PASSPHRASE})
        page = self.browser.get("/sign-in/authenticator").text
        self.seed = re.search(r'class="seed">(\w+)<', page)[1]
        token = FORM_TOKEN.search(page)[1]
        code = pyotp.TOTP(self.seed).at(dt.datetime.now(dt.UTC))
        entered = self.browser.post("/sign-in/authenticator", data={"form_token": token, "code": code})
        assert entered.status_code == 303, entered.text
        return self


def at_once(office: Office, role: Role, organisation: str = "", email: str = "") -> Person:
    """Somebody signed in without the work of password and code: for tests that are about something else."""
    person = Person(office, role, organisation, email)
    with office.store.begin() as session:
        account = accounts.one(session, person.id)
        _, token = visit.begin(session, account, "full", dt.datetime.now(dt.UTC))
    person.browser.cookies.set(visit.COOKIE, token, domain="register.example.org")
    return person
