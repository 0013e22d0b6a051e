"""What a node answers, before it goes over the wire."""

from dataclasses import dataclass, field, replace

HTML = "text/html;charset=UTF-8"


@dataclass(frozen=True)
class Answer:
    """Status, headers and body; ``what`` says in a word what it is, for the log.

    cut:      the connection ends after so many bytes of the body, though more were announced
    dropped:  the connection ends without an answer
    late:     seconds until it is sent
    """

    what: str
    body: bytes = b""
    kind: str = HTML
    status: int = 200
    headers: tuple[tuple[str, str], ...] = field(default=())
    cut: int | None = None
    dropped: bool = False
    late: float = 0.0

    def with_headers(self, *headers: tuple[str, str]) -> "Answer":
        return replace(self, headers=(*self.headers, *headers))


def sent_on(to: str) -> Answer:
    """A redirect to another page of the portal."""
    return Answer("redirect", status=302, headers=(("location", to),))


def partial(*changes: tuple[str, str]) -> Answer:
    """The answer to an AJAX post: what to put in place of which element (the id of each, and its HTML)."""
    told = "".join(
        f'<update id="{id}"><![CDATA[{text.replace("]]>", "]]]]><![CDATA[>")}]]></update>' for id, text in changes
    )
    return _xml("partial", f"<changes>{told}</changes>")


def partial_redirect(to: str) -> Answer:
    return _xml("partial redirect", f'<redirect url="{to}"></redirect>')


def _xml(what: str, inner: str) -> Answer:
    text = f"<?xml version='1.0' encoding='UTF-8'?>\n<partial-response id=\"j_id1\">{inner}</partial-response>"
    return Answer(what, text.encode(), "text/xml;charset=UTF-8", headers=(("cache-control", "no-cache"),))
