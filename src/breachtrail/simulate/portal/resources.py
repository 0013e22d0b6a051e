"""What the pages name besides themselves: images, styles and scripts. One script does the posting, one style
makes it legible; the rest is empty."""

from base64 import b64decode
from functools import cache
from importlib.resources import files

from breachtrail.simulate.portal import page
from breachtrail.simulate.portal.answer import Answer

#: One transparent dot.
_GIF = b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
_SCRIPTS = ("/core.js", "/jsf.js", "/jquery.js")
_STYLE = "/theme.css"
_ICONS = "/ocr/images/icons/"


def answer(path: str) -> Answer:
    """A resource by its path."""
    name = path.removesuffix(".jsf")
    if name.startswith(_ICONS) and name.endswith(
        ".png"
    ):  # as a drawing, under the name that the portal's pages have for it
        return Answer("resource", page.icon(name.removeprefix(_ICONS).removesuffix(".png")), "image/svg+xml")
    if name.endswith((".png", ".gif", ".jpg", ".ico")):
        return Answer("resource", _GIF, "image/gif")
    if name.endswith(".js"):
        return Answer(
            "resource", _own("script.js") if name.endswith(_SCRIPTS) else b"", "text/javascript;charset=UTF-8"
        )
    if name.endswith(".css"):
        return Answer("resource", _own("style.css") if name.endswith(_STYLE) else b"", "text/css")
    return Answer("not found", status=404)


@cache
def _own(name: str) -> bytes:
    return files("breachtrail.simulate.portal").joinpath(name).read_bytes()
