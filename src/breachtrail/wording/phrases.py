"""Every sentence that a reader sees, from ``texts/en/`` and ``texts/zh/``: one key, two languages.

The first part of a key names the file: ``caveat.placeholders`` stands in ``caveat.yml``, which is read when first asked.
What is said otherwise of one register stands in the file of its name: ``own.caveat.fresh`` in ``own.yml``.

A phrase is a Jinja2 template. It prints figures through the filters of this module and nowhere else:

    {{ notices|count }}              6,963, 6963             {{ 0.6734|percent }}              67.3%
    {{ individuals|rough }}          289.8 million, 2.898亿   {{ part|share(whole) }}           67.3%
    {{ individuals|rough(2) }}       290 million, 2.9亿       {{ ratio|times }}                 3.2
    {{ individuals|hedged(2) }}      nearly 290 million      {{ rate|decimal(1) }}             12.3
    {{ individuals|about(2) }}       about 290 million       {{ difference|signed }}           +34
    {{ now|change(before) }}         up 12.3%, 增长12.3%      {{ names|listed }}                A, B and C
    {{ submitted_on|day }}           July 19, 2024           {{ first_day|month }}             July 2024
    {{ 7|month_name }}               July, 7月               {{ 2024|year }}                   2024, 2024年
    {{ 'TX'|label('state') }}        Texas                   {{ n|plural('notice', 'notices') }}
    {{ 'notices'|unit('measure') }}  notices, 起             {{ 'Theft'|heading('breach_type') }}   Theft

A variable that is not given is an error, not a blank. Phrases are plain text: a page escapes them like any other text.
"""

import functools
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from importlib import resources
from typing import Any

import yaml
from jinja2 import Environment, StrictUndefined, Template, TemplateError, meta

from breachtrail.errors import VocabularyError
from breachtrail.notices.vocabulary import LANGUAGES, Vocabulary
from breachtrail.wording.numbers import Change, Figure, Numbers

#: The list, in a phrase file, of variables that only this language uses: key without the file's own part → names.
ONLY_HERE = "only_here"
#: The list, in the file of a register, of words that are replaced in whatever the file does not say itself.
INSTEAD = "instead"
#: Values of which equal ones are always printed alike (0.0 and -0.0 are not), and phrases with them that are kept.
_PLAIN, _MOST_SAID = frozenset({str, int, bool, date, type(None)}), 4_000
_SPOKEN = re.compile(r"(\{\{.*?\}\}|\{%.*?%\})")


def flattened(tree: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    """The phrases of a nested mapping with their dotted keys. Raises VocabularyError at what is neither."""
    for name, node in tree.items():
        key = f"{path}.{name}" if path else str(name)
        if isinstance(node, Mapping):
            yield from flattened(node, key)
        elif isinstance(node, str):
            yield key, node.strip()
        else:
            raise VocabularyError(f"phrases, {key}: {node!r} stands where text should. Put it in quotes.")


class Phrases:
    """The phrases of one language: ``Phrases('zh').say('totals.lead', notices=741)``."""

    def __init__(self, language: str, register: str = "") -> None:
        """The phrases of ``language`` (en, zh), said of ``register``. Raises VocabularyError for another language."""
        if language not in LANGUAGES:
            raise VocabularyError(f"There are phrases in {' and '.join(LANGUAGES)}, none in {language!r}.")
        self.language, self.register = language, register
        self.numbers = Numbers(language)
        self._vocabulary = Vocabulary.load()
        self._folder = resources.files(__package__).joinpath("texts", language)
        self._topics: dict[str, dict[str, str]] = {}
        self._only_here: dict[str, frozenset[str]] = {}
        self._instead: dict[str, str] = {}
        self._environment = Environment(undefined=StrictUndefined, autoescape=False)
        self.filters: dict[str, Callable[..., str]] = self._filters()
        self._environment.filters.update(self.filters)
        self._said: dict[tuple[object, ...], str] = {}
        self._compiled: dict[str, Template | None] = {}  # None: a phrase without values

    @classmethod
    @functools.cache
    def of(cls, language: str, register: str = "") -> "Phrases":
        """The phrases of ``language``, read once a process; those of a register of which nothing is said otherwise are the same."""
        phrases = cls(language, register)
        return phrases if not register or phrases._topic(register) else cls.of(language)

    @property
    def keys(self) -> tuple[str, ...]:
        """The dotted keys of all phrases, file by file, in the order of each."""
        topics = sorted(file.name.removesuffix(".yml") for file in self._folder.iterdir())
        return tuple(key for topic in topics for key in self._topic(topic))

    @property
    def only_here(self) -> dict[str, frozenset[str]]:
        """The variables that this language alone uses, by key, as the files list them."""
        return self._only_here if self.keys else {}

    def variables(self, key: str) -> frozenset[str]:
        """The names that the phrase asks for."""
        return frozenset(meta.find_undeclared_variables(self._environment.parse(self.text(key))))

    def say(self, key: str, **values: object) -> str:
        """The phrase with its values. Raises VocabularyError for an unknown key, a missing value or an unfit one."""
        try:
            if key not in self._compiled:
                text = self.text(key)
                self._compiled[key] = self._environment.from_string(text) if "{" in text else None
            template = self._compiled[key]
            return self._rendered(key, template, values) if template else self.text(key)
        except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
            raise VocabularyError(f"texts/{self.language}, {key}: {error}. Given: {values}.") from error

    def _rendered(self, key: str, template: Template, values: dict[str, object]) -> str:
        """The phrase with its values; kept for the next time where they are plain, for the same is said again and again."""
        if not _PLAIN.issuperset(map(type, values.values())):
            return template.render(values)
        asked = (key, *((name, type(value), value) for name, value in values.items()))
        said = self._said.get(asked)
        if said is None:
            said = template.render(values)
            if len(self._said) >= _MOST_SAID:
                self._said.clear()
            self._said[asked] = said
        return said

    def label(self, value: str, column: str, many: bool = False) -> str:
        """How a value of ``column`` is printed in this language; names and other columns without labels as they are."""
        if column not in self._vocabulary.columns:
            return value
        return self._vocabulary.label(column, value, self.language, many=many)

    def heading(self, value: str, column: str, many: bool = False) -> str:
        """The same label where it stands alone: a chart, a table, a heading; English then begins with a capital."""
        label = self.label(value, column, many)
        return label[:1].upper() + label[1:]

    def unit(self, value: str, column: str = "measure") -> str:
        """The unit of a measure in this language: notices, 起; empty where it has none."""
        return self._vocabulary.unit(column, value, self.language)

    def hedged(self, value: Figure, digits: int | None = None) -> str:
        """A rough figure with the hedge that is true: nearly if it was rounded up, more than if down, else none."""
        number = self.numbers.rough(value, digits)
        return self.say(f"hedge.{self.numbers.hedge(value, digits)}", number=number)

    def about(self, value: Figure, digits: int | None = None) -> str:
        """A rough figure after 'about' or 约; without it where the figure is exact as printed."""
        number = self.numbers.rough(value, digits)
        exact = self.numbers.hedge(value, digits) == "exactly"
        return self.say("hedge.exactly" if exact else "hedge.about", number=number)

    def change(self, later: Figure, earlier: Figure) -> str:
        """How ``later`` stands to ``earlier``: up 12.3%, down 4%, 3.2 times as many, unchanged, up from none."""
        change = Change.between(earlier, later)
        if change.ratio is None:
            return self.say("change.from_none")
        if change.ratio == 0:
            return self.say("change.to_none")
        if change.ratio >= 2:
            return self.say("change.times", ratio=change.ratio)
        return self.say(f"change.{change.direction}", relative=change.relative)

    def text(self, key: str) -> str:
        """The phrase as it stands in the file. Raises VocabularyError for an unknown key."""
        topic = key.partition(".")[0]
        if self.register and (own := f"{self.register}.{key}") in self._topic(self.register):
            return self._topic(self.register)[own]
        try:
            text = self._topic(topic)[key]
        except KeyError:
            missing = f"texts/{self.language}/{topic}.yml has no phrase {key!r}: add it in every language."
            raise VocabularyError(missing) from None
        if not self._instead:
            return text
        parts = _SPOKEN.split(text)  # what is said, and between it what Jinja reads
        for word, instead in self._instead.items():
            parts[::2] = [part.replace(word, instead) for part in parts[::2]]
        return "".join(parts)

    def _topic(self, topic: str) -> dict[str, str]:
        """The phrases of one file by key; none where there is no such file."""
        if topic not in self._topics:
            file = self._folder.joinpath(f"{topic}.yml")
            document = {}
            if file.is_file():
                document = yaml.load(file.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
            listed, instead = document.pop(ONLY_HERE, {}), document.pop(INSTEAD, {})
            self._instead.update(instead if topic == self.register else {})
            self._only_here.update({f"{topic}.{key}": frozenset(names) for key, names in listed.items()})
            self._topics[topic] = dict(flattened(document, topic))
        return self._topics[topic]

    def _filters(self) -> dict[str, Callable[..., str]]:
        numbers = self.numbers
        from_numbers: tuple[Callable[..., str], ...] = (
            numbers.decimal, numbers.signed, numbers.rough, numbers.percent, numbers.share,
            numbers.times, numbers.day, numbers.month, numbers.month_name, numbers.year, numbers.listed,
        )  # fmt: skip
        own: tuple[Callable[..., str], ...] = (
            self.label, self.heading, self.unit, self.hedged, self.about, self.change, plural,
        )  # fmt: skip
        return {"count": numbers.said, **{function.__name__: function for function in (*from_numbers, *own)}}


def plural(number: Figure, one: str, many: str) -> str:
    """The word for ``number`` things: ``one`` for exactly 1, else ``many``. Chinese phrases have no use for it."""
    return one if number == 1 else many
