"""Labels and synonyms, English and Chinese, read from ``vocabulary.yml``: their only home."""

import functools
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any, NamedTuple, Self

import yaml

from breachtrail.errors import VocabularyError

LANGUAGES = ("en", "zh")
EVERY_KIND = "every"
_ASIDE = "information_type_not_said_in"
NO_MATCH = r"[^\s\S]"
_ONE_DASH_ONE_QUOTE = str.maketrans("‐‑‒–—−‘’“”", "------''\"\"")
_TEXTS = ("value", "en", "en_many", "zh")
_LISTS = ("same_as", "words")
_FIELDS = {*_TEXTS, *_LISTS, "said_as", "unit", "from", "to"}


def folded(text: str) -> str:
    """``text`` as it is compared: case, blanks, full or half width, kinds of dash and of quotation mark put aside."""
    return "".join(unicodedata.normalize("NFKC", text).translate(_ONE_DASH_ONE_QUOTE).casefold().split())


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of one column: what the ledger stores, how it is printed, how others write it."""

    value: str
    en: str
    zh: str
    en_many: str = ""
    same_as: tuple[str, ...] = ()
    said_en: tuple[str, ...] = ()
    said_zh: tuple[str, ...] = ()
    unit_en: str = ""
    unit_zh: str = ""
    words: tuple[str, ...] = ()
    smallest: int | None = None
    largest: int | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """Its printed forms in both languages."""
        return tuple(filter(None, (self.en, self.en_many, self.zh)))


class SizeBand(NamedTuple):
    """A class of notices by individuals; both ends inclusive, ``None`` for no limit (both: no figure stated)."""

    value: str
    smallest: int | None
    largest: int | None


class KindWords(NamedTuple):
    """How one kind of information is told from a description: an RE2 pattern, and one that is put aside before."""

    kind: str
    not_said_in: str
    said: str


class InformationWords(NamedTuple):
    """What tells kinds of information from a register's description; all patterns are RE2, used as they stand.

    Every match of ``not_said_in`` is replaced by a blank first (denials, remedies, names of organisations); then, for
    each of ``kinds``, every match of its own ``not_said_in``; the kind is involved where ``said`` is then found. In
    DuckDB: ``regexp_matches(regexp_replace(regexp_replace(description, every, ' ', 'g'), own, ' ', 'g'), said)``.
    """

    not_said_in: str
    kinds: tuple[KindWords, ...]


class Vocabulary:
    """Every value that a column, a list of measures or a list of dimensions may hold, in both languages."""

    def __init__(self, lists: Mapping[str, Callable[[], Any]]) -> None:
        """Take the lists of ``vocabulary.yml`` by name, each as what reads it: most commands want a few of them."""
        self._lists = lists
        self._read: dict[str, _Column] = {}

    @classmethod
    @functools.cache
    def load(cls) -> Self:
        """The vocabulary of the package, each list of it read once a process."""
        text = resources.files(__package__).joinpath("vocabulary.yml").read_text(encoding="utf-8")
        _, *parts = re.split(r"^(\w+):", text, flags=re.MULTILINE)
        return cls({name: functools.partial(_parsed, part) for name, part in zip(parts[::2], parts[1::2], strict=True)})

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> Self:
        """A vocabulary from the parsed ``vocabulary.yml``. Raises VocabularyError, naming any unfit entry."""
        vocabulary = cls({name: functools.partial(_given, fields) for name, fields in document.items()})
        for column in vocabulary.columns:
            vocabulary._of(column)
        vocabulary._put_aside()
        return vocabulary

    @functools.cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns and lists that it knows."""
        return tuple(name for name in self._lists if name != _ASIDE)

    def values(self, column: str) -> tuple[str, ...]:
        """The values of ``column`` in the vocabulary's order; ``''`` among them where a blank cell has a label."""
        return tuple(self._of(column))

    def label(self, column: str, value: str, language: str, many: bool = False) -> str:
        """How ``value`` is printed in ``language`` (``en`` or ``zh``); a value that is not listed is its own label."""
        entry = self._of(column).get(value)
        if entry is None:
            return value
        if language == "zh":
            return entry.zh
        return entry.en_many if many and entry.en_many else entry.en

    def unit(self, column: str, value: str, language: str) -> str:
        """The unit of a measure in ``language`` (起, 人次, days); empty where it has none."""
        entry = self._of(column).get(value)
        if entry is None:
            return ""
        return entry.unit_zh if language == "zh" else entry.unit_en

    def find(self, column: str, text: str) -> str | None:
        """The value that ``text`` means in ``column``, by value, spelling, synonym or label of either language."""
        return self._column(column).found.get(folded(text))

    def spellings(self, column: str) -> dict[str, str]:
        """What exports may hold in ``column``: spelling (stripped, casefolded) → value. No synonyms, no labels."""
        return dict(self._column(column).spellings)

    def said(self, column: str, language: str) -> dict[str, str]:
        """How people write the values of ``column`` in ``language``: labels and synonyms as they stand → value."""
        sayings: dict[str, str] = {}
        for entry in self._of(column).values():
            spoken = (entry.zh, *entry.said_zh) if language == "zh" else (entry.en, entry.en_many, *entry.said_en)
            sayings.update((saying, entry.value) for saying in spoken if saying)
        return sayings

    def size_bands(self) -> tuple[SizeBand, ...]:
        """The classes of size with their limits in individuals, smallest first, the unstated last."""
        return tuple(SizeBand(entry.value, entry.smallest, entry.largest) for entry in self._of("size_band").values())

    def information_words(self) -> InformationWords:
        """The patterns that read kinds of information from a description; case does not count."""
        aside = self._put_aside()
        kinds = tuple(
            KindWords(entry.value, _either(aside.get(entry.value, ())), _either(entry.words))
            for entry in self._of("information_type").values()
            if entry.words
        )
        return InformationWords(_either(aside.get(EVERY_KIND, ())), kinds)

    def _of(self, column: str) -> dict[str, Entry]:
        return self._column(column).entries

    def _column(self, column: str) -> "_Column":
        if column not in self._read:
            if column not in self.columns:
                raise VocabularyError(f"vocabulary.yml has no list {column!r}. It has: {', '.join(self.columns)}.")
            entries = tuple(_entry(column, fields) for fields in self._lists[column]())
            self._read[column] = _Column(
                {entry.value: entry for entry in entries},
                _index(column, entries, _export_spellings),
                _index(column, entries, _all_spellings),
            )
        return self._read[column]

    def _put_aside(self) -> dict[str, tuple[str, ...]]:
        """By kind of information the patterns that are put aside before it is read."""
        aside = self._lists[_ASIDE]() if _ASIDE in self._lists else {}
        kinds = {EVERY_KIND, *(self._of("information_type") if "information_type" in self._lists else ())}
        if strays := sorted(set(aside) - kinds):
            raise VocabularyError(
                f"vocabulary.yml, {_ASIDE}: {strays[0]!r} is no kind of information. Known: {', '.join(sorted(kinds))}."
            )
        return {kind: tuple(patterns) for kind, patterns in aside.items()}


class _Column(NamedTuple):
    """One list: its entries by value, what exports may hold, and all that may be meant."""

    entries: dict[str, Entry]
    spellings: dict[str, str]
    found: dict[str, str]


def _parsed(text: str) -> Any:
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _given(fields: Any) -> Any:
    return fields


def _either(patterns: tuple[str, ...]) -> str:
    """One RE2 pattern for several: case aside, a blank standing for any run of blanks; for none, one without match."""
    return "(?is)" + "|".join(patterns).replace(" ", r"\s+") if patterns else NO_MATCH


def _export_spellings(entry: Entry) -> Iterator[str]:
    for spelling in (entry.value, *entry.same_as):
        yield spelling.strip().casefold()


def _all_spellings(entry: Entry) -> Iterator[str]:
    for spelling in (entry.value, *entry.same_as, *entry.labels, *entry.said_en, *entry.said_zh):
        yield folded(spelling)


def _index(column: str, entries: tuple[Entry, ...], spellings: Any) -> dict[str, str]:
    index: dict[str, str] = {}
    for entry in entries:
        for spelling in spellings(entry):
            other = index.setdefault(spelling, entry.value)
            if other != entry.value:
                raise VocabularyError(
                    f"vocabulary.yml, {column}: {spelling!r} leads to {other!r} and to {entry.value!r}. "
                    "A spelling may mean one value only: take it from one of the two."
                )
    return index


def _entry(column: str, fields: dict[str, Any]) -> Entry:
    unknown = sorted(set(fields) - _FIELDS)
    if unknown:
        raise _unfit(column, fields, f"the field {unknown[0]!r} is not known (known: {', '.join(sorted(_FIELDS))})")
    for name in _TEXTS:
        if not isinstance(fields.get(name, "" if name == "en_many" else None), str):
            raise _unfit(column, fields, f"{name!r} should be text, but is {fields.get(name)!r}; put it in quotes")
    said, unit = fields.get("said_as", {}), fields.get("unit", {})
    lists = [fields.get(name, []) for name in _LISTS] + [said.get(language, []) for language in LANGUAGES]
    for items in lists:
        for item in items:
            if not isinstance(item, str):
                raise _unfit(column, fields, f"{item!r} stands where text should; put it in quotes")
    same_as, words, said_en, said_zh = map(tuple, lists)
    return Entry(
        value=fields["value"], en=fields["en"], zh=fields["zh"], en_many=fields.get("en_many", ""),
        same_as=same_as, said_en=said_en, said_zh=said_zh,
        unit_en=unit.get("en", ""), unit_zh=unit.get("zh", ""),
        words=words, smallest=fields.get("from"), largest=fields.get("to"),
    )  # fmt: skip


def _unfit(column: str, fields: dict[str, Any], why: str) -> VocabularyError:
    return VocabularyError(f"vocabulary.yml, {column}, entry {fields.get('value', '(without value)')!r}: {why}.")
