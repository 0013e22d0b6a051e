"""The commands that serve a register of one's own: a key, the first people, and the server."""

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from breachtrail.cli import options, screen
from breachtrail.cli.intake import database, intake
from breachtrail.settings import Settings

__all__ = ["database", "intake"]
ROLES = ("filer", "reviewer", "publisher", "auditor", "administrator")


@intake.command()
def key() -> None:
    """Make a key for BREACHTRAIL_INTAKE_KEY: it seals what must be read again, and no store opens without its own."""
    from breachtrail.intake.secret import new_key

    screen.lines([new_key()])


@intake.command()
@click.argument("email")
@click.option("--name", required=True, help="The person's name, as the audit trail shows it.")
@click.option("--role", type=click.Choice(ROLES), required=True, help="What the person may do.")
@click.option("--organisation", default="", help="For a filer: the group whose reports are the filer's own.")
@click.option(
    "--provider", is_flag=True, help="The person signs in with the organisation's provider, not with a password."
)
@database
@options.home
@options.lang
def invite(
    email: str,
    name: str,
    role: str,
    organisation: str,
    provider: bool,
    database: str | None,
    home: Path | None,
    lang: str | None,
) -> None:
    """Invite a person by EMAIL; print the code of the invitation, good once and for 24 hours."""
    from breachtrail.intake import account
    from breachtrail.intake.permissions import Role
    from breachtrail.intake.store import Store
    from breachtrail.wording.phrases import Phrases

    settings = Settings.from_environment(home)
    phrases = Phrases.of(lang or settings.language)
    with Store.open(database or settings.intake).begin() as session:
        made, code = account.invite(
            session, None, email, name, Role(role), organisation, datetime.now(UTC), by_provider=provider
        )
    if provider:
        screen.lines([phrases.say("account.invited_by_provider", email=made.email)])
    else:
        screen.lines([phrases.say("account.invited", email=made.email), code])


@intake.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(1, 65535), default=8080, show_default=True, help="The port to listen at.")
@click.option("--proxy", default="", help="Addresses of proxies whose word on where a request came from is believed.")
@click.option("--title", default="", help="What the pages call the register.")
@database
@options.home
@options.lang
def serve(
    host: str, port: int, proxy: str, title: str, database: str | None, home: Path | None, lang: str | None
) -> None:
    """Serve the pages and the API of the office, until it is stopped.

    Wants BREACHTRAIL_INTAKE_ADDRESS (the https address people type) and BREACHTRAIL_INTAKE_KEY; a provider takes
    BREACHTRAIL_INTAKE_OIDC_ISSUER, _CLIENT and _SECRET too. TLS is a proxy's work.
    """
    import uvicorn

    from breachtrail.intake.app import application
    from breachtrail.intake.office import Office
    from breachtrail.intake.secret import Secrets
    from breachtrail.intake.store import Store
    from breachtrail.wording.phrases import Phrases

    settings = Settings.from_environment(home)
    language = lang or settings.language
    secrets = Secrets.from_environment(os.environ)
    office = Office(Store.open(database or settings.intake), secrets, language=language, name=title)
    served = application(office)
    screen.lines(
        [Phrases.of(language).say("account.serving", address=office.secrets.address, host=host, port=str(port))]
    )
    uvicorn.run(
        served, host=host, port=port, proxy_headers=bool(proxy), forwarded_allow_ips=proxy or None, server_header=False,
        log_level="warning", h11_max_incomplete_event_size=64 * 1024,
    )  # fmt: skip
