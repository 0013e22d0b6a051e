"""The words of the grammar, from ``words.yml``, and where they stand in a text."""

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import yaml

#: Case aside, for Latin letters alone; a Chinese sign ends a word. (Case-blind classes of Chinese signs are slow to compile.)
ANY_CASE = re.IGNORECASE | re.ASCII
_WORD = re.compile(r"[A-Za-z0-9]")


def scan(pattern: re.Pattern[str], starts: re.Pattern[str], text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """As ``pattern.finditer``, which is only tried where ``starts`` (a single sign) matches: several times as fast."""
    place = start
    while (sign := starts.search(text, place, end)) is not None:
        match = pattern.match(text, sign.start(), end)
        if match is None or match.end() == match.start():
            place = sign.end()
        else:
            yield match
            place = match.end()


class Found(NamedTuple):
    """A word of a list at its place."""

    start: int
    end: int
    value: str


class Words:
    """Lists of words of one language, each under the value that it stands for; the longest word is found first."""

    def __init__(self, lists: dict[str, list[str]]) -> None:
        self._values = {_folded(word): value for value, words in lists.items() for word in words}
        ordered = sorted(self._values, key=len, reverse=True)
        self._pattern = _either(ordered)

    def __contains__(self, text: str) -> bool:
        return _folded(text) in self._values

    def every(self) -> Iterator[str]:
        """All words, in lower case."""
        return iter(self._values)

    def value(self, text: str) -> str | None:
        """The value that exactly ``text`` stands for."""
        return self._values.get(_folded(text))

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Found]:
        """Every word in ``text[start:end]``, from left to right, without overlap."""
        for match in self._pattern.finditer(text, start, len(text) if end is None else end):
            yield Found(match.start(), match.end(), self._values[_folded(match.group())])

    def first(self, text: str, start: int = 0, end: int | None = None) -> Found | None:
        """The first word in ``text[start:end]``."""
        return next(self.find(text, start, end), None)

    def at(self, text: str, start: int) -> Found | None:
        """The word that begins at ``start``."""
        match = self._pattern.match(text, start)
        return Found(match.start(), match.end(), self._values[_folded(match.group())]) if match else None

    def before(self, text: str, end: int, floor: int = 0) -> Found | None:
        """The word that ends at ``end``, the longest; nothing before ``floor`` belongs to it."""
        for start in range(max(floor, end - _LONGEST), end):
            match = self._pattern.fullmatch(text, start, end)
            if match and (start == 0 or not (_WORD.match(text[start]) and _WORD.match(text[start - 1]))):
                return Found(start, end, self._values[_folded(match.group())])
        return None


#: No word of the grammar is longer.
_LONGEST = 40


def _folded(text: str) -> str:
    return " ".join(text.lower().split())


def _either(words: list[str]) -> re.Pattern[str]:
    if not words:
        return re.compile(r"(?!)")
    whole = [re.escape(word) for word in words if _WORD.match(word[0]) and _WORD.match(word[-1])]
    parts = [rf"(?<![A-Za-z0-9])(?:{'|'.join(whole)})(?![A-Za-z0-9])"] if whole else []
    for word in words:
        if not (_WORD.match(word[0]) and _WORD.match(word[-1])):
            front = r"(?<![A-Za-z0-9])" if _WORD.match(word[0]) else ""
            back = r"(?![A-Za-z0-9])" if _WORD.match(word[-1]) else ""
            parts.append(front + re.escape(word) + back)
    return re.compile("|".join(parts), ANY_CASE)


@cache
def words(path: str, language: str) -> Words:
    """The list at ``path`` (``hedge.before``, ``whole``) of ``words.yml``. A list without values has its own name for one."""
    node: Any = _document()
    for step in path.split("."):
        node = node[step]
    if isinstance(node.get("en"), list):
        return Words({path.rpartition(".")[2]: list(map(str, node[language]))})
    return Words({value: list(map(str, lists[language])) for value, lists in node.items()})


@cache
def _document() -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loaded: dict[str, Any] = yaml.load(resources.files(__package__).joinpath("words.yml").read_bytes(), Loader=loader)
    return loaded
