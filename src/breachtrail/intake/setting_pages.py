"""What the office sets: from how many individuals on it publishes, and where its days begin and end."""

from fastapi import APIRouter
from starlette.responses import Response

from breachtrail.errors import IntakeRefused
from breachtrail.intake import setting
from breachtrail.intake.gate import Here, allowed

router = APIRouter()


@router.get("/settings")
def shown(here: Here = allowed("setting.write")) -> Response:
    """The settings as they are."""
    with here.office.store.begin() as session:
        chosen = setting.read(session)
    return here.page("settings.html", told={name: str(getattr(chosen, name)) for name in setting.DEFAULTS}, refused={})


@router.post("/settings")
def write(here: Here = allowed("setting.write")) -> Response:
    """Set what has changed: all of it, or nothing."""
    told = {name: here.text(name).strip() for name in setting.DEFAULTS}
    try:
        with here.office.store.begin() as session:
            chosen = setting.read(session)
            for name, value in told.items():
                if value != str(getattr(chosen, name)):
                    setting.write(session, here.actor, name, value)
    except IntakeRefused as error:
        return here.page("settings.html", 400, told=told, refused=error.refusals)
    return here.to("/settings")
