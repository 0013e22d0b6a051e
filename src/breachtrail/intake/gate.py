"""The one way into every page: who asks, by which session, whether the form is the office's own, and whether the role may.

Each route names its action in ``allowed('report.read')``; a test reads these names off the routes and tries every role at each.
Whether a *record* may be had is judged once more by the functions that fetch it.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile
from starlette.responses import HTMLResponse, RedirectResponse, Response

from breachtrail.errors import IntakeForbidden, IntakeRefused
from breachtrail.intake import account as accounts
from breachtrail.intake import permissions, visit
from breachtrail.intake.actor import Actor
from breachtrail.intake.identity import Account, Visit
from breachtrail.intake.office import Office
from breachtrail.wording.phrases import Phrases

#: Actions that need no account, and those that need one and no particular role.
ANYBODY, SOMEBODY = "anybody", "somebody"
LANGUAGE_COOKIE = "__Host-language"
MOST_FIELDS = 2000


class NotSignedIn(Exception):
    """The page wants somebody to be signed in; ``stage`` is how far the session has come (empty: there is none)."""

    def __init__(self, stage: str = "") -> None:
        super().__init__(stage)
        self.stage = stage


@dataclass
class Here:
    """One request, understood: what the functions of pages are given."""

    office: Office
    request: Request
    now: dt.datetime
    language: str
    form: FormData
    visit: Visit | None = None
    account: Account | None = None
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def bare(cls, request: Request) -> "Here":
        """A request of which nothing was looked into: for saying that something cannot be."""
        office: Office = request.app.state.office
        return cls(office, request, dt.datetime.now(dt.UTC), language_of(request, office), FormData())

    @property
    def actor(self) -> Actor:
        """Who asks. Raises NotSignedIn for nobody."""
        if self.account is None:
            raise NotSignedIn
        return accounts.actor_of(self.account)

    @property
    def uploaded(self) -> dict[str, str]:
        """The text of a file that came with the form, by the field that it is for."""
        uploaded: dict[str, str] = self.request.state.uploaded
        return uploaded

    @property
    def phrases(self) -> Phrases:
        """What is said, in the language of whoever asks."""
        return self.office.phrases(self.language)

    def may(self, action: str) -> bool:
        """Whether the role of whoever asks may do this to any record at all: which links a page shows."""
        return self.account is not None and permissions.may(self.actor.role, action)

    def text(self, name: str) -> str:
        """One field of the form; empty where there is none. Line ends become one kind, nothing else changes."""
        told = self.form.get(name, "")
        return told.replace("\r\n", "\n") if isinstance(told, str) else ""

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """A page of the office, in the language of whoever asks."""
        return HTMLResponse(self.office.render(template, self.language, here=self, **values), status, self.headers)

    def to(self, path: str) -> Response:
        """On to another page of the office, by GET."""
        return RedirectResponse(path, 303, self.headers)

    def say(self, key: str, **values: object) -> str:
        """A phrase in the language of whoever asks."""
        return self.phrases.say(key, **values)


async def _form(request: Request) -> FormData:
    request.state.uploaded = {}
    if request.method != "POST":
        return FormData()
    async with request.form(max_files=1, max_fields=MOST_FIELDS) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                request.state.uploaded[name.removesuffix("_upload")] = await _text_of(request, value)
            elif "\x00" in name + value:
                raise _refused(request, "account.not_kept")
    return form


async def _text_of(request: Request, file: UploadFile) -> str:
    """A file that was sent, as text; empty where none was chosen. Of its name only the ending is looked at, and nothing is kept."""
    raw = await file.read()
    if not raw and not file.filename:
        return ""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refused(request, "account.not_text") from None
    if "\x00" in text or not (file.filename or "").lower().endswith(".csv"):
        raise _refused(request, "account.not_text")
    return text


def _refused(request: Request, key: str) -> IntakeRefused:
    office: Office = request.app.state.office
    return IntakeRefused(office.phrases(language_of(request, office)).say(key), {})


class Allowed:
    """A dependency of a route: lets through whoever may do ``action``, as ``Here``."""

    def __init__(self, action: str, stage: str = "full") -> None:
        self.action = action
        self.stage = stage

    def __call__(self, request: Request, form: FormData = Depends(_form)) -> Here:  # noqa: B008
        """Raises NotSignedIn, IntakeForbidden, or IntakeRefused for a form that is not the office's own."""
        office: Office = request.app.state.office
        now = dt.datetime.now(dt.UTC)
        here = Here(office, request, now, language_of(request, office), form)
        token = request.cookies.get(visit.COOKIE)
        if token:
            with office.store.begin() as session:
                if found := visit.found(session, token, now):
                    here.visit, here.account = found
        if request.method == "POST":
            self._own_form(here)
        if self.action == ANYBODY:
            return here
        if here.visit is None or here.visit.stage != self.stage or (self.stage == "full" and here.account is None):
            raise NotSignedIn(here.visit.stage if here.visit else "")
        if self.action != SOMEBODY and not here.may(self.action):
            raise IntakeForbidden(here.say("account.forbidden"))
        return here

    def _own_form(self, here: Here) -> None:
        """The browser says that one of the office's own pages sent it, and it bears the token of the session, if there is one."""
        headers = here.request.headers
        own_origin = headers.get("origin") == here.office.secrets.address
        if not own_origin or headers.get("sec-fetch-site", "same-origin") != "same-origin":
            raise IntakeRefused(here.say("account.foreign_form"), {})
        if here.visit is not None and not visit.is_own_form(here.visit, here.text("form_token")):
            raise IntakeRefused(here.say("account.foreign_form"), {})


def allowed(action: str, stage: str = "full") -> Any:
    """``here: Here = allowed('report.read')``."""
    return Depends(Allowed(action, stage))


def action_of(call: Callable[..., Any] | None) -> str | None:
    """The action that a dependency of a route stands for, if it stands for one."""
    return call.action if isinstance(call, Allowed) else None


def own_path(path: str) -> str:
    """``path`` if it is one of this office's own, else the first page: nobody is sent elsewhere by a link."""
    is_own = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return quote(path, safe="/?=&-_.~") if is_own else "/"


def language_of(request: Request, office: Office) -> str:
    """What was chosen here, else what the browser asks for, else the office's own."""
    told = request.cookies.get(LANGUAGE_COOKIE)
    if told in ("en", "zh"):
        return told
    wanted = request.headers.get("accept-language", "")[:2].lower()
    return wanted if wanted in ("en", "zh") else office.language
