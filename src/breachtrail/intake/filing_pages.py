"""What a filer sees: own reports, the staged form, the report as it stands, and the summary to print."""

import datetime as dt
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from starlette.responses import Response

from breachtrail.errors import IntakeConflict, IntakeNotFound, IntakeRefused
from breachtrail.intake import calendar as deadlines
from breachtrail.intake import clock, filing, form, report
from breachtrail.intake.decision import decisions_open
from breachtrail.intake.gate import SOMEBODY, Here, allowed
from breachtrail.intake.refusal import refusals
from breachtrail.wording.phrases import Phrases

router = APIRouter()


@router.get("/")
def first_page(here: Here = allowed(SOMEBODY)) -> Response:
    """Own reports for a filer; for the office's people the page they work at."""
    if not here.may("report.write"):
        places = (("audit.read", "/audit"), ("sums.read", "/queue"))
        return here.to(next((path for action, path in places if here.may(action)), "/accounts"))
    with here.office.store.begin() as session:
        reports = [(one, clock.next_due(one, here.now)) for one in report.own(session, here.actor)]
        return here.page("own_reports.html", reports=reports, refused="", tracking_number="")


@router.post("/reports")
def begin(here: Here = allowed("report.write")) -> Response:
    """A new draft: an initial report, or the addendum to one that is known by its tracking number."""
    with here.office.store.begin() as session:
        if here.text("report_type") != "addendum":
            begun = filing.begin(session, here.actor, here.now)
            return here.to(f"/reports/{begun.id}/form/{form.PAGES[0]}")
        number = here.text("tracking_number").strip()
        try:
            begun = filing.addendum(session, here.actor, number, here.now)
        except IntakeNotFound:
            reports = [(one, clock.next_due(one, here.now)) for one in report.own(session, here.actor)]
            return here.page("own_reports.html", 404, reports=reports, refused="number", tracking_number=number)
    return here.to(f"/reports/{begun.id}/form/{form.PAGES[0]}")


@router.get("/reports/{report_id}/form/{page}")
def form_page(report_id: str, page: str, here: Here = allowed("report.write")) -> Response:
    """One page of the form, as it was last kept."""
    _known(here, page)
    with here.office.store.begin() as session:
        one = report.read(session, here.actor, report_id)
        _must_be_draft(here, one)
        return _form(here, one, page)


@router.post("/reports/{report_id}/form/{page}")
def keep_page(report_id: str, page: str, here: Here = allowed("report.write")) -> Response:
    """Keep what was typed, whatever it is; then on, or the same page with what is refused and why."""
    _known(here, page)
    with here.office.store.begin() as session:
        answers = form.typed(page, here.form, here.uploaded)
        before = report.read(session, here.actor, report_id)
        one = filing.save(session, here.actor, report_id, answers, here.now)
        if here.text("then") == "later":
            return here.to("/")
        if refused := refusals(one.answers, page, today=one_day(one, here)):
            return _form(here, one, page, form.as_met(refused, before.answers), 400)
    following = form.PAGES[form.PAGES.index(page) + 1 :]
    return here.to(f"/reports/{report_id}/form/{following[0]}" if following else f"/reports/{report_id}/check")


@router.get("/reports/{report_id}/check")
def check_page(report_id: str, here: Here = allowed("report.write")) -> Response:
    """All that was typed, what still is refused, and the button that files."""
    with here.office.store.begin() as session:
        one = report.read(session, here.actor, report_id)
        _must_be_draft(here, one)
        return _check(here, one)


@router.post("/reports/{report_id}/file")
def file(report_id: str, here: Here = allowed("report.write")) -> Response:
    """File the report: from now on nothing of it is overwritten."""
    try:
        with here.office.store.begin() as session:
            filing.file(session, here.actor, report_id, here.now)
    except IntakeRefused:
        with here.office.store.begin() as session:
            return _check(here, report.read(session, here.actor, report_id), 400)
    return here.to(f"/reports/{report_id}")


@router.post("/reports/{report_id}/discard")
def discard(report_id: str, here: Here = allowed("report.write")) -> Response:
    """Give up a draft."""
    with here.office.store.begin() as session:
        filing.discard(session, here.actor, report_id)
    return here.to("/")


@router.get("/reports/{report_id}")
def report_page(report_id: str, here: Here = allowed("report.read")) -> Response:
    """A report as it stands: its state, what is due, what was decided and why, every version."""
    with here.office.store.begin() as session:
        one = report.read(session, here.actor, report_id)
        return page_of(here, one)


@router.get("/reports/{report_id}/summary")
def summary(report_id: str, here: Here = allowed("report.read")) -> Response:
    """The report in the order of OCR's own pages, to print or to copy from."""
    with here.office.store.begin() as session:
        one = report.read(session, here.actor, report_id)
        # OCR's form is English: its words are what is copied, whatever language the labels beside them have.
        pages = form.told(one.stands, Phrases.of("en"), form.OCR_PAGES)
        names = {shown.field.name: shown.field.label(here.phrases) for _, fields in pages for shown in fields}
        return here.page("summary.html", report=one, pages=pages, names=names)


@router.get("/reports/{report_id}/calendar.ics")
def calendar(report_id: str, here: Here = allowed("report.read")) -> Response:
    """What is due, for a calendar."""
    with here.office.store.begin() as session:
        one = report.read(session, here.actor, report_id)
        written = deadlines.calendar(one, here.now, here.language)
    name = {"content-disposition": f'attachment; filename="deadlines-{one.id}.ics"'}
    return Response(written, media_type="text/calendar; charset=utf-8", headers=name)


def page_of(here: Here, one: report.Report, refused: str = "", status: int = 200) -> Response:
    """The page of a report, with whatever whoever asks may do to it."""
    decisions = decisions_open(here.actor, one)
    return here.page(
        "report.html", status, report=one, decisions=decisions, refused=refused, due=clock.due(one, here.now),
        edition=clock.edition(here.phrases), pages=form.told(one.stands, here.phrases), changes=_changes(here, one),
    )  # fmt: skip


def _changes(here: Here, one: report.Report) -> list[tuple[form.Shown, form.Shown]]:
    """What the newest version says otherwise than the one before."""
    if one.version < 2:
        return []
    before, after = one.versions[-2:]
    return form.changed(before.answers, after.answers, here.phrases)


def _form(
    here: Here, one: report.Report, page: str, errors: dict[str, str] | None = None, status: int = 200
) -> Response:
    shown = form.of_page(page, one.answers, errors or {}, here.phrases)
    return here.page("form.html", status, report=one, page=page, pages=form.PAGES, shown=shown)


def _check(here: Here, one: report.Report, status: int = 200) -> Response:
    errors = refusals(one.answers, today=one_day(one, here))
    pages = [(page, form.of_page(page, one.answers, errors, here.phrases)) for page in form.PAGES]
    return here.page("check.html", status, report=one, pages=pages, names=form.PAGES, errors=errors)


def one_day(one: report.Report, here: Here) -> dt.date:
    """The day that it is where the register's days begin and end."""
    return here.now.astimezone(ZoneInfo(one.timezone)).date()


def _must_be_draft(here: Here, one: report.Report) -> None:
    if not one.has_draft:
        raise IntakeConflict(here.say("office.no_draft"))


def _known(here: Here, page: str) -> None:
    if page not in form.PAGES:
        raise IntakeNotFound(here.say("account.no_such_page"))
