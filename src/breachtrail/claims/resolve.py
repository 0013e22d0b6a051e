"""Who is meant by a name in an article: the vocabulary first, then the names in the ledger, then similar ones."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from breachtrail.claims.ledger import Ledger
from breachtrail.ledger.asof import Row
from breachtrail.notices.vocabulary import Vocabulary
from breachtrail.questions.condition import Condition
from breachtrail.questions.question import Question

#: Letters and digits that a name needs before it may be looked for inside others; shorter ones must begin them.
_LONG_ENOUGH = 6
#: RapidFuzz ``token_sort_ratio`` from which on another spelling is taken for the same name.
_SIMILAR = 88
#: So many of the names found are told.
_TOLD = 5

_NO_LETTERS = re.compile(r"[^A-Za-z0-9&'./ -]+")
_LETTERS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Organisation:
    """Who was found.

    condition: that a notice is theirs; None where nobody was found
    names:     names as filed, the one with the largest notice of the period first
    in_period: whether a notice of the question's period bears one of them
    is_unsure: whether the names found may be those of several
    """

    written: str
    condition: Condition | None = None
    names: tuple[str, ...] = ()
    in_period: bool = False
    is_unsure: bool = False


def found(ledger: Ledger, wanted: Sequence[tuple[str, Question]]) -> list[Organisation]:
    """Who each name means; ``wanted`` pairs a name as written with the question that is asked of it."""
    if not wanted:
        return []
    vocabulary = Vocabulary.load()
    words = [vocabulary.find("organisation", name) or _NO_LETTERS.sub(" ", name).strip() for name, _ in wanted]
    rows: dict[int, list[Row]] = {}
    for row in ledger.named(words):
        rows.setdefault(row["place"], []).append(row)
    every: list[Row] | None = None
    organisations = []
    for place, (name, question) in enumerate(wanted):
        key, candidates = name_key(words[place]), rows.get(place, [])
        candidates = _nearest(words[place], key, candidates)
        if not candidates and len(key) >= _LONG_ENOUGH:
            if every is None:
                every = ledger.named()
            candidates = _similar(words[place], every)
        organisations.append(_of(name, candidates, question))
    return organisations


def _nearest(words: str, key: str, candidates: list[Row]) -> list[Row]:
    """Of the names that hold the words those that begin with them, as words; else as letters; else, if they are long, all."""
    opening = re.compile(rf"{re.escape(words)}(?!\w)", re.IGNORECASE)
    as_words = [row for row in candidates if opening.match(row["name"])]
    if as_words or len(key) < _LONG_ENOUGH:
        return as_words
    return [row for row in candidates if row["key"].startswith(key)] or candidates


def name_key(text: str) -> str:
    """Letters and digits of a name, as ``ledger.name`` compares them."""
    return _LETTERS.sub("", unicodedata.normalize("NFD", text).casefold())


def _of(name: str, candidates: Sequence[Row], question: Question) -> Organisation:
    if not candidates:
        return Organisation(name)
    condition = Condition("name", "=", tuple(dict.fromkeys(row["name"] for row in candidates)))
    first, last = question.submitted_from or date.min, question.submitted_to or date.max
    inside = [row for row in candidates if first <= row["submitted_on"] <= last]
    names = tuple(
        dict.fromkeys(row["name"] for row in sorted(inside or candidates, key=lambda row: -(row["individuals"] or 0)))
    )
    keys = [name_key(one) for one in names]
    same = all(key.startswith(keys[0][:_LONG_ENOUGH]) or keys[0] in key or key in keys[0] for key in keys)
    return Organisation(name, condition, names[:_TOLD], bool(inside), not same)


def _similar(word: str, every: Sequence[Row]) -> list[Row]:
    from rapidfuzz import fuzz, process, utils

    names = list(dict.fromkeys(row["name"] for row in every))
    likely = {
        found[0]
        for found in process.extract(
            word,
            names,
            scorer=fuzz.token_sort_ratio,
            processor=utils.default_process,
            score_cutoff=_SIMILAR,
            limit=_TOLD,
        )
    }
    return [row for row in every if row["name"] in likely]
