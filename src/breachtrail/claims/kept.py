"""claims.yml: an article's checks written down exactly, so that published figures stay under test as the register moves."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from breachtrail.claims.article import Article, Block, BlockKind
from breachtrail.claims.checked import Checked
from breachtrail.claims.claim import Claim, ClaimKind, Read
from breachtrail.claims.figure import Figure, Hedge, Unit
from breachtrail.errors import ArticleRefused, BreachTrailError
from breachtrail.questions import catalog, condition, period
from breachtrail.questions.bracket import LISTS
from breachtrail.questions.question import DEFAULT_REGISTER, Question

#: Endings of files that hold claims, not an article.
ENDINGS = (".yml", ".yaml")

_HEAD = """\
# Published figures, as BreachTrail read them: each is a question to the register and what was said to be its answer.
# `breachtrail check` of this file asks them again. Entries may be mended, removed or added by hand.
"""
_KNOWN = frozenset(
    {
        "text",
        "figure",
        "kind",
        "question",
        "whole",
        "value",
        "upper",
        "step",
        "hedge",
        "unit",
        "direction",
        "rank",
        "ranked",
        "organisation",
    }
)
_ASKED = frozenset({"measure", "where", "from", "to", "view"})


def written(checked: Checked) -> str:
    """The claims of a check as YAML."""
    article = checked.article
    document = {
        "title": article.title,
        "language": article.language,
        "published": article.published,
        "claims": [_entry(one.claim, _words(article, one.claim)) for one in checked.claims],
    }
    return _HEAD + yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=120)


def load(path: Path, published: date | None = None) -> tuple[Article, Read]:
    """An article of nothing but the claims of a file, and the claims.

    Raises ArticleRefused where the file cannot be read, or an entry cannot be understood.
    """
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        reason = str(error).splitlines()[0]
        raise ArticleRefused(f"{path.name} cannot be read as YAML ({reason}). Mend it there.") from None
    if not isinstance(document, Mapping) or not isinstance(document.get("claims"), Sequence):
        raise ArticleRefused(
            f"{path.name} has no list named claims. Write one with `breachtrail check ARTICLE --write-claims`."
        )
    text, blocks, claims = "", [], []
    for number, fields in enumerate(document["claims"], 1):
        try:
            shown = str(fields["text"]) if isinstance(fields, Mapping) and "text" in fields else ""
            claim = _claim(fields, len(text), shown)
        except (KeyError, ValueError, TypeError, ZeroDivisionError, BreachTrailError) as error:
            reason = f"{error.args[0]!r} is missing" if isinstance(error, KeyError) else str(error)
            raise ArticleRefused(f"{path.name}, claim {number}: {reason}. Nothing was checked.") from None
        blocks.append(Block(BlockKind.ITEM, len(text), len(text) + len(shown)))
        text += shown + "\n\n"
        claims.append(claim)
    told = document.get("published")
    day = published or (told if isinstance(told, date) else None)
    language = document.get("language")
    article = Article(
        text, str(document.get("title") or path.stem), language if language in ("en", "zh") else "en", day,
        "told" if day else "", "claims", tuple(blocks), path.name,
    )  # fmt: skip
    return article, Read(tuple(claims), (), ())


def _words(article: Article, claim: Claim) -> str:
    return " ".join(article.text[claim.start : claim.end].split())


def _entry(claim: Claim, words: str) -> dict[str, Any]:
    figure = claim.figure
    entry: dict[str, Any] = {"text": words, "kind": claim.kind.value, "question": _asked(claim.question)}
    if claim.whole is not None:
        entry["whole"] = _asked(claim.whole)
    if figure is not None:
        entry |= {"figure": figure.text, "value": _number(figure.value)}
        if figure.upper is not None:
            entry["upper"] = _number(figure.upper)
        entry |= {"step": _number(figure.step), "hedge": figure.hedge.value, "unit": figure.unit.value}
    for name in ("direction", "rank", "ranked", "organisation"):
        if getattr(claim, name):
            entry[name] = getattr(claim, name)
    return entry


def _asked(question: Question) -> dict[str, Any]:
    asked: dict[str, Any] = {"measure": question.measures[0]}
    if question.conditions:
        asked["where"] = [str(one) for one in question.conditions]
    for name, value in (("from", question.submitted_from), ("to", question.submitted_to), ("view", question.view)):
        if value is not None:
            asked[name] = value
    return asked


def _claim(fields: Any, start: int, shown: str) -> Claim:
    if not isinstance(fields, Mapping):
        raise ValueError("an entry is a mapping of names to values")
    if strays := sorted(set(fields) - _KNOWN):
        raise ValueError(f"{strays[0]!r} is not known; known are {', '.join(sorted(_KNOWN))}")
    kind = ClaimKind(fields.get("kind", "count"))
    whole = _question(fields["whole"]) if "whole" in fields else None
    if (whole is None) == (kind in (ClaimKind.SHARE, ClaimKind.CHANGE, ClaimKind.TIMES)):
        raise ValueError(f"a {kind.value} {'needs' if whole is None else 'takes no'} whole")
    end = start + len(shown)
    figure = _figure(fields, start, end, shown) if kind is not ClaimKind.RANK else None
    rank = fields.get("rank")
    return Claim(
        figure, start, end, kind, _question(fields["question"]), whole, str(fields.get("direction", "")),
        int(rank) if rank is not None else None, str(fields.get("ranked", "")), str(fields.get("organisation", "")),
    )  # fmt: skip


def _figure(fields: Mapping[str, Any], start: int, end: int, shown: str) -> Figure:
    upper = fields.get("upper")
    value, step = Fraction(str(fields["value"])), Fraction(str(fields.get("step", 1)))
    if value < 0 or step <= 0:
        raise ValueError("a value is never below 0, and a step always above")
    return Figure(
        start, end, str(fields.get("figure", shown)), value, step, Hedge(fields.get("hedge", "exact")), Unit(fields.get("unit", "untold")),
        Fraction(str(upper)) if upper is not None else None,
    )  # fmt: skip


def _question(fields: Any) -> Question:
    if not isinstance(fields, Mapping):
        raise ValueError("a question is a mapping of names to values")
    if strays := sorted(set(fields) - _ASKED):
        raise ValueError(f"{strays[0]!r} is not known in a question; known are {', '.join(sorted(_ASKED))}")
    where, view = fields.get("where", []), fields.get("view")
    if view not in LISTS:
        raise ValueError(f"the register has no view {view!r}")
    return Question(
        (catalog.measure(str(fields["measure"])).name,),
        (),
        tuple(condition.parse(str(one)) for one in ([where] if isinstance(where, str) else where)),
        period.day(fields.get("from")),
        period.day(fields.get("to")),
        None,
        view,
        DEFAULT_REGISTER,
    )


def _number(value: Fraction) -> int | float | str:
    """A number that reads back as the same fraction."""
    if value.denominator == 1:
        return int(value)
    return float(value) if Fraction(str(float(value))) == value else str(value)
