"""What the pages name besides themselves: images, styles and scripts. One script does the posting; the rest is empty."""

from base64 import b64decode
from functools import cache
from importlib.resources import files

from breachtrail.simulate.portal.answer import Answer

#: One transparent dot.
_GIF = b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
_SCRIPTS = ("/core.js", "/jsf.js", "/jquery.js")


def answer(path: str) -> Answer:
    """A resource by its path."""
    name = path.removesuffix(".jsf")
    if name.endswith((".png", ".gif", ".jpg", ".ico")):
        return Answer("resource", _GIF, "image/gif")
    if name.endswith(".js"):
        return Answer("resource", _script() if name.endswith(_SCRIPTS) else b"", "text/javascript;charset=UTF-8")
    if name.endswith(".css"):
        return Answer(
            "resource", b".ui-helper-hidden, .ui-helper-hidden-accessible, .ui-dialog { display: none; }\n", "text/css"
        )
    return Answer("not found", status=404)


@cache
def _script() -> bytes:
    return files("breachtrail.simulate.portal").joinpath("script.js").read_bytes()
