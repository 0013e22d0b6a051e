"""The site's assets: its style sheet, put together from the sheets of the house, its scripts and its glyphs."""

import functools
from importlib import resources

from breachtrail.wording import font

_SHEETS = (
    ("wording", "style.css"),
    ("report.templates", "report.css"),
    ("claims.templates", "check.css"),
    ("web.assets", "site.css"),
    ("web.assets", "search.css"),
)


@functools.cache
def asset(name: str) -> bytes | None:
    """The bytes of an asset; None where there is none of that name."""
    if name == "style.css":
        return font.site_face().encode() + b"\n".join(_sheet(*sheet) for sheet in _SHEETS)
    if name in font.SITE_FILES:
        return font.site_glyphs(name)
    file = (
        resources.files("breachtrail.web.assets").joinpath(name)
        if name.replace(".", "").replace("-", "").isalnum()
        else None
    )
    return (
        file.read_bytes()
        if file is not None and file.is_file() and name.endswith((".js", ".svg", ".txt", ".map"))
        else None
    )


def assets() -> dict[str, bytes]:
    """Every asset of a site of plain files, by its place."""
    own = [file.name for file in resources.files("breachtrail.web.assets").iterdir()]
    found = {f"assets/{name}": asset(name) for name in ("style.css", *font.SITE_FILES, *own)}
    return {name: body for name, body in found.items() if body is not None}


def _sheet(package: str, name: str) -> bytes:
    return resources.files(f"breachtrail.{package}").joinpath(name).read_bytes()
