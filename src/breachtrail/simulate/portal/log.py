"""What was asked of the portal, and what it answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One request and its answer.

    kind:    as faults name it (front_page, list_page, navigation, view_change, export, paging, other, resource)
    fields:  what was posted, in its order
    headers: as sent, names in lower case
    cookies: names and values that came in
    node:    which one answered
    status, answered, bytes: of the answer; ``answered`` says in a word what it was (csv, list page, front page, …)
    fault:   the fault that befell it, if one did
    """

    kind: str
    method: str
    path: str
    fields: Sequence[tuple[str, str]]
    headers: Mapping[str, str]
    cookies: Mapping[str, str]
    node: str
    status: int
    answered: str
    bytes: int
    fault: str | None
