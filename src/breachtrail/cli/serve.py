"""The command that shows the ledger as a site."""

from contextlib import suppress
from pathlib import Path

import click

import breachtrail
from breachtrail.cli import options
from breachtrail.cli.commands import app
from breachtrail.settings import Settings


@app.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any that is free.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for every one.")
@click.option(
    "--patience",
    type=click.FloatRange(0.1, 600),
    default=20.0,
    show_default=True,
    help="Seconds that one visit may ask.",
)
@click.option(
    "--visits", type=click.IntRange(1), default=240, show_default=True, help="Visits a minute from one address."
)
@options.register
@options.home
def serve(port: int, host: str, patience: float, visits: int, register: str, home: Path | None) -> None:
    """Show the ledger as a site, in English and Chinese, with an API, feeds and downloads.

    Pages follow the ledger: what `ingest` or `sync` seals is shown from the next visit on. Behind a proxy, let it pass
    X-Forwarded-For, so that visits are counted by visitor.
    """
    import uvicorn

    from breachtrail.web.api import make_ready
    from breachtrail.web.app import create_app

    place = Settings.from_environment(home).home
    with breachtrail.open(place, register) as ledger:
        ledger.ask("notices")  # says in a sentence what is wrong, before anybody visits
    app = create_app(lambda: breachtrail.open(place, register), patience=patience, visits_a_minute=visits)
    make_ready(app.state.site)
    server = uvicorn.Server(uvicorn.Config(app, host=host, port=port, log_level="warning", proxy_headers=True))
    click.echo(f"http://{host}:{port}/" if port else f"http://{host}/ on a free port", err=True)
    with suppress(KeyboardInterrupt):  # that is how it is ended
        server.run()
    app.state.site.close()
