"""Was it a breach at all: the questions one after the other, and the conclusions that were kept."""

from fastapi import APIRouter
from starlette.responses import Response

from breachtrail.errors import IntakeRefused
from breachtrail.intake import assessment
from breachtrail.intake.gate import Here, allowed

router = APIRouter()


@router.get("/assessments")
def kept(here: Here = allowed("assessment.read")) -> Response:
    """The assessments that whoever asks may read, the newest first."""
    with here.office.store.begin() as session:
        return here.page(
            "assessments.html",
            assessments=assessment.of(session, here.actor),
            questions=assessment.QUESTIONS,
            edition=assessment.edition(here.phrases),
        )


@router.get("/assessments/new")
def begin(subject: str = "", here: Here = allowed("assessment.write")) -> Response:
    """The first question."""
    return _asked(here, {}, subject)


@router.post("/assessments/new")
def go_on(here: Here = allowed("assessment.write")) -> Response:
    """The questions that the answers lead to; once nothing is missing, and it is wished, the conclusion is kept."""
    names = [name for question in assessment.QUESTIONS for name in (question.name, question.reason)]
    answers = {name: here.text(name) for name in names}
    subject = here.text("subject")
    if here.text("then") != "keep":
        return _asked(here, answers, subject)
    try:
        with here.office.store.begin() as session:
            assessment.record(session, here.actor, subject, answers, here.now)
    except IntakeRefused as error:
        return _asked(here, answers, subject, dict(error.refusals), 400)
    return here.to("/assessments")


def _asked(
    here: Here, answers: dict[str, str], subject: str, refused: dict[str, str] | None = None, status: int = 200
) -> Response:
    is_whole = not assessment.refusals(answers)
    return here.page(
        "assessment.html", status, questions=assessment.asked(answers), answers=answers, subject=subject,
        refused=refused or {}, edition=assessment.edition(here.phrases), conclusion=assessment.conclusion(answers) if is_whole else "",
    )  # fmt: skip
