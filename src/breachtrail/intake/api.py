"""The same by API, for groups that file from systems of their own: an access key in place of a session, JSON in place of pages.

A draft is made, filled and filed in three calls, so that a call whose answer was lost can be repeated: a report is filed once, and
a second try is told so. What is typed is judged by the same list of fields as the form.
"""

import datetime as dt
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, create_model
from starlette.responses import JSONResponse, Response

from breachtrail.errors import IntakeForbidden, IntakeSlow
from breachtrail.intake import account as accounts
from breachtrail.intake import clock, filing, permissions, report
from breachtrail.intake.actor import Actor
from breachtrail.intake.field import FIELDS
from breachtrail.intake.gate import NotSignedIn
from breachtrail.intake.office import Office
from breachtrail.intake.refusal import refusals
from breachtrail.wording.phrases import Phrases

router = APIRouter(prefix="/api", tags=["reports"])
_key = HTTPBearer(auto_error=False, description="An access key, made on the page of one's own account.")
MOST = 20_000


class Refusal(BaseModel):
    """Why not: a sentence, and where fields are to blame, each with its reason."""

    error: str
    fields: dict[str, str] | None = None


ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": Refusal, "description": said}
    for status, said in {
        400: "Refused: what was sent cannot be taken, or the report is not whole.",
        401: "No access key, or no good one.",
        403: "The key's role does not allow this.",
        404: "There is no such report in your organisation.",
        409: "The report's state does not allow this.",
        413: "Larger than two megabytes.",
        422: "Not the shape that is wanted.",
        429: "Too many calls; wait a minute.",
    }.items()
}


def _keepable(text: str) -> str:
    """Raises ValueError for characters that no store keeps."""
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("holds a character that cannot be kept (NUL, or half of a pair)")
    return text


Text = Annotated[str, Field(max_length=MOST), AfterValidator(_keepable)]


def _answers() -> type[BaseModel]:
    """The fields of the form as a model: all may be left out of a draft, none may be added."""
    english = Phrases.of("en")
    members: dict[str, Any] = {}
    for field in FIELDS:
        said = f"{field.label(english)} {field.hint(english)}".strip()
        if field.options:
            said += f" One of: {'; '.join(field.options)}."
        kind = Annotated[list[Text], Field(max_length=100)] if field.kind == "many" else Text
        members[field.name] = (kind | None, Field(default=None, description=said))
    return create_model("Answers", __config__=ConfigDict(extra="forbid"), **members)


Answers = _answers()


class Told(BaseModel):
    """A report as its own organisation sees it."""

    id: str
    state: str
    tracking_number: str | None
    versions: int
    answers: dict[str, str | list[str]]
    refused: dict[str, str] = Field(description="Fields that keep the report from being filed, each with its reason.")


class Due(BaseModel):
    """One duty of the rule, and its day."""

    duty: str
    due_on: dt.date
    is_late: bool
    citation: str


class Tracking(BaseModel):
    """The number of a report that was filed."""

    model_config = ConfigDict(extra="forbid")
    tracking_number: Text


class ByKey:
    """A dependency: the actor an access key stands for, if its role may do ``action``, and the office it is shown to."""

    def __init__(self, action: str) -> None:
        self.action = action

    def __call__(self, request: Request, shown: HTTPAuthorizationCredentials | None = Depends(_key)) -> "Call":  # noqa: B008
        """Raises NotSignedIn, IntakeForbidden, IntakeSlow."""
        office: Office = request.app.state.office
        now = dt.datetime.now(dt.UTC)
        with office.store.begin() as session:
            account = accounts.with_key(session, shown.credentials, now) if shown else None
        if account is None:
            raise NotSignedIn
        if not office.limits.allows("api", account.id):
            raise IntakeSlow("Too many calls with this account's keys; wait a minute.")
        actor = accounts.actor_of(account)
        if not permissions.may(actor.role, self.action):
            raise IntakeForbidden("The role of this key does not allow this.")
        return Call(office, actor, now)


class Call:
    """One call, understood."""

    def __init__(self, office: Office, actor: Actor, now: dt.datetime) -> None:
        self.office = office
        self.actor = actor
        self.now = now

    def told(self, one: report.Report) -> Told:
        """A report, field by field: nothing goes out that is not listed here."""
        return Told(
            id=one.id, state=one.state, tracking_number=one.tracking_number, versions=one.version, answers=dict(one.answers),
            refused=refusals(one.answers, today=self.now.astimezone(ZoneInfo(one.timezone)).date()) if one.has_draft else {},
        )  # fmt: skip


def by_key(action: str) -> Any:
    """``call: Call = by_key('report.write')``."""
    return Depends(ByKey(action))


@router.get("/openapi.json", include_in_schema=False)
def description(request: Request) -> Response:
    """What can be called, as OpenAPI."""
    return JSONResponse(request.app.openapi())


@router.get("/reports", responses=ERRORS)
def own_reports(call: Call = by_key("report.write")) -> list[Told]:
    """Every report of the key's organisation."""
    with call.office.store.begin() as session:
        return [call.told(one) for one in report.own(session, call.actor)]


@router.post("/reports", status_code=201, responses=ERRORS)
def begin(answers: Answers, call: Call = by_key("report.write")) -> Told:  # type: ignore[valid-type]
    """A new draft of an initial report, with whatever is known already."""
    with call.office.store.begin() as session:
        one = filing.begin(session, call.actor, call.now)
        return call.told(filing.save(session, call.actor, one.id, _given(answers), call.now))


@router.post("/addenda", status_code=201, responses=ERRORS)
def addendum(number: Tracking, call: Call = by_key("report.write")) -> Told:
    """A draft of an addendum, filled with the version that stands."""
    with call.office.store.begin() as session:
        return call.told(filing.addendum(session, call.actor, number.tracking_number, call.now))


@router.get("/reports/{report_id}", responses=ERRORS)
def read(report_id: str, call: Call = by_key("report.write")) -> Told:
    """One report of the key's organisation."""
    with call.office.store.begin() as session:
        return call.told(report.read(session, call.actor, report_id))


@router.patch("/reports/{report_id}", responses=ERRORS)
def save(report_id: str, answers: Answers, call: Call = by_key("report.write")) -> Told:  # type: ignore[valid-type]
    """Change fields of a draft; those that are not sent stay."""
    with call.office.store.begin() as session:
        return call.told(filing.save(session, call.actor, report_id, _given(answers), call.now))


@router.post("/reports/{report_id}/file", responses=ERRORS)
def file(report_id: str, call: Call = by_key("report.write")) -> Tracking:
    """File a draft: once, and only whole."""
    with call.office.store.begin() as session:
        return Tracking(tracking_number=filing.file(session, call.actor, report_id, call.now))


@router.delete("/reports/{report_id}", status_code=204, responses=ERRORS)
def discard(report_id: str, call: Call = by_key("report.write")) -> None:
    """Give up a draft that was never filed."""
    with call.office.store.begin() as session:
        filing.discard(session, call.actor, report_id)


@router.get("/reports/{report_id}/deadlines", responses=ERRORS)
def deadlines(report_id: str, call: Call = by_key("report.write")) -> list[Due]:
    """What the rule asks after this report, and when. It informs and cites; it gives no legal advice."""
    with call.office.store.begin() as session:
        one = report.read(session, call.actor, report_id)
        return [
            Due(duty=due.duty, due_on=due.due_on, is_late=due.is_late, citation=due.citation)
            for due in clock.due(one, call.now)
        ]


def _given(answers: BaseModel) -> dict[str, str | list[str]]:
    return {name: value for name, value in answers.model_dump(exclude_unset=True).items() if value is not None}
