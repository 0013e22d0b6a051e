"""How the portal behaves: every behaviour that is known to differ, by name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

from breachtrail.errors import QuestionError

GENERATIONS = ("tabs", "buttons")


@dataclass(frozen=True)
class Switches:
    """What can be set. docs/stand-in-portal.md says what each imitates, and on which evidence.

    generation:      tabs (since 2026: front page, a page a list, a TabView) or buttons (until 2025: one page, three buttons)
    nodes:           servers behind the load balancer, each with its own sessions and its own generated ids
    numbering:       which generated ids the nodes give; another number, another deployment
    uipanel:         two header cells of the CSV read ``javax.faces.component.UIPanel@<hex>``
    multipart:       forms are ``multipart/form-data`` (as until 2025), and such posts are understood
    urlencoded:      urlencoded posts are understood
    rewriting:       ``;jsessionid=`` in the addresses of the first answer
    renewed:         every answer to an AJAX post has a new ViewState; the old one keeps standing for what it stood for
    views:           how many ViewStates a session keeps; the oldest goes first
    idle:            seconds after which an unused session is forgotten
    own_archive_ids: the archive's page has other generated ids than that of the open cases
    """

    generation: str = "tabs"
    nodes: int = 2
    numbering: int = 1
    uipanel: bool = True
    multipart: bool = False
    urlencoded: bool = True
    rewriting: bool = True
    renewed: bool = True
    views: int = 15
    idle: float = 1800.0
    own_archive_ids: bool = False

    def __post_init__(self) -> None:
        """Raises QuestionError for what no portal can be."""
        if self.generation not in GENERATIONS:
            raise QuestionError(
                f"The portal has the generations {' and '.join(GENERATIONS)}; {self.generation!r} is none."
            )
        for name in ("nodes", "views"):
            if getattr(self, name) < 1:
                raise QuestionError(f"{name} is a number from 1; {getattr(self, name)} is none.")
        if not (self.multipart or self.urlencoded):
            raise QuestionError("A portal that understands neither multipart nor urlencoded posts answers nothing.")

    @classmethod
    def of_2025(cls, **other: object) -> "Switches":
        """The portal as captured in May 2025: three buttons, multipart forms, right headers."""
        told: dict[str, object] = {
            "generation": "buttons",
            "uipanel": False,
            "multipart": True,
            "own_archive_ids": True,
        }
        return cls(**{**told, **other})  # type: ignore[arg-type]

    def set(self, told: Sequence[str]) -> "Switches":
        """With switches set by text, as ``nodes=3`` or ``uipanel=no``. Raises QuestionError for one that cannot be."""
        known = {field.name: getattr(self, field.name) for field in fields(self)}
        for one in told:
            name, _, text = one.partition("=")
            if name not in known:
                raise QuestionError(f"The portal has no switch {name!r}; it has {', '.join(known)}.")
            try:
                known[name] = _MEANT[type(known[name])](text)
            except (KeyError, ValueError):
                raise QuestionError(
                    f"{name} is set as {name}={known[name]!s:.5}, for instance; {one!r} is not understood."
                ) from None
        return Switches(**known)


_MEANT: dict[type, Callable[[str], object]] = {
    bool: {"yes": True, "no": False, "true": True, "false": False}.__getitem__,
    int: int,
    float: float,
    str: str,
}
