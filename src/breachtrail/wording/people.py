"""People behind records, peers, sizes and sketches, as columns and lines in the reader's language, and as documents."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from breachtrail.people.sketch import Sketch
from breachtrail.people.together import Number, Together
from breachtrail.questions.peers import FEWEST, Means, Peers
from breachtrail.questions.people import People
from breachtrail.questions.sizes import Group, Sizes
from breachtrail.wording.phrases import Phrases

if TYPE_CHECKING:
    from breachtrail.estimates.distinct import Distinct, Overlap

Table = tuple[Sequence[str], Sequence[Sequence[str]], Sequence[bool]]

#: A notice names several breach types and locations; so many of the most frequent are told.
_TOLD = 4
#: Columns of the tables of the bulk.
_BODY = {
    "body": ("notices", "median", "between", "largest", "ten", "hundredth"),
    "law": ("mean_log", "sd_log", "cut_mean", "cut_sd", "distance"),
}
_TAIL = ("threshold", "notices", "shape", "between", "scale", "has_mean", "chosen")
#: A period of more years than this has deaths and births in it that matter.
_LONG = 2


def say(language: str, key: str, **values: Any) -> str:
    """A phrase of this topic."""
    return Phrases.of(language).say(f"people.{key}", **values)


def key_lines(path: Path, fingerprint: str, language: str) -> list[str]:
    """That a key was made, and what it opens."""
    return [say(language, "key.made", path=str(path), fingerprint=fingerprint)]


def sketched_lines(sketch: Sketch, path: Path, language: str) -> list[str]:
    """What was sketched, and which rows were not."""
    rule = say(language, f"sketched.rule.{sketch.rule}")
    told = [
        say(language, "sketched.done", path=str(path), rows=sketch.rows, name=sketch.name, rule=rule,
            fingerprint=sketch.fingerprint)
    ]  # fmt: skip
    return told + [
        say(language, "sketched.unread", rows=rows, field=say(language, f"sketched.field.{field}"))
        for field, rows in sketch.unread.items()
        if rows
    ]


def together_table(found: Together, language: str) -> Table:
    """A row for each list, for all together, and for any two of them."""
    rows = [_row(name, number, language) for name, number in found.each]
    if len(found.each) > 1:
        rows.append(_row(say(language, "together.union"), found.union, language))
    rows += [
        _row(say(language, "together.both", one=one.one, other=one.other), one.both, language) for one in found.overlaps
    ]
    return (
        [say(language, f"together.column.{name}") for name in ("list", "people", "between")],
        rows,
        [False, True, True],
    )


def together_notes(found: Together, language: str) -> list[str]:
    """What the bounds hold for."""
    return [say(language, "together.exactly" if found.union.is_exact else "together.bounds")]


def together_document(found: Together) -> dict[str, Any]:
    """The same for machines."""
    return asdict(found)


def bounds_table(found: People, language: str) -> Table:
    """The bounds, and between them a row for each assumption."""
    count = Phrases.of(language).numbers.count
    told = found.distinct
    rows = [[say(language, "bounds.least"), count(told.least), ""]]
    rows += [
        [say(language, f"bounds.{one.assumption}"), *assumed(one, told, Phrases.of(language))]
        for one in sorted(told.overlaps, key=lambda one: one.people)
    ]
    rows.append([say(language, "bounds.most"), count(told.most), ""])
    return [say(language, f"bounds.column.{name}") for name in ("what", "people", "between")], rows, [False, True, True]


def assumed(one: "Overlap", told: "Distinct", phrases: Phrases) -> tuple[str, str]:
    """What an assumption gives, and its interval, to three digits; where these would lead over a bound, the bound itself.

    The interval is empty where three digits do not tell its ends apart.
    """

    def printed(people: float) -> str:
        rounded = phrases.numbers.rounded(people, 3)
        if told.least <= rounded <= told.most:
            return phrases.numbers.rough(people, 3)
        return phrases.numbers.count(told.least if rounded < told.least else told.most)

    low, high = map(printed, one.between)
    return printed(one.people), say(phrases.language, "interval", low=low, high=high) if low != high else ""


def bounds_notes(found: People, language: str) -> list[str]:
    """On what the bounds rest, and what they say nothing of."""
    told = found.distinct
    if not told.notices:
        return [say(language, "bounds.none")]
    question = found.question
    first, last = question.submitted_from, question.submitted_to or question.as_of
    notes = [
        say(language, "bounds.records", records=told.records, notices=told.notices, largest=told.largest,
            residents=told.residents, year=found.residents_year),
        say(language, "bounds.meaning"),
    ]  # fmt: skip
    if first is None or (last is not None and last.year - first.year >= _LONG):
        notes.append(say(language, "bounds.over"))
    if told.largest > told.residents:
        notes.append(say(language, "bounds.repeated"))
    if found.without_count:
        notes.append(say(language, "bounds.without", notices=found.without_count))
    return notes


def bounds_document(found: People) -> dict[str, Any]:
    """The same for machines."""
    return {
        "as_of": found.question.as_of,
        **asdict(found.distinct),
        "residents_year": found.residents_year,
        "without_count": found.without_count,
        "sql": found.sql,
        "head": asdict(found.head),
    }


def sizes_tables(found: Sizes, language: str) -> list[tuple[str, Table]]:
    """The bulk, a row for each group; and the tail by threshold, where there is but one group."""
    phrases = Phrases.of(language)
    described = [group for group in found.groups if group.median is not None]
    tables: list[tuple[str, Table]] = []
    for part, columns in _BODY.items():
        if described:
            names = [say(language, f"sizes.body.{name}") for name in ("group", *columns)]
            rows = [[_value(group, found, phrases), *_body_cells(group, part, phrases)] for group in described]
            tables.append((say(language, f"sizes.{part}.title"), (names, rows, [False, *[True] * len(columns)])))
    tails = [
        (group, tail) for group in described for tail in group.tails if len(found.groups) == 1 or tail == group.tail
    ]
    if tails:
        tables.append((
            say(language, "sizes.tail.title"),
            (
                [say(language, "sizes.body.group"), *(say(language, f"sizes.tail.{name}") for name in _TAIL)],
                [_tail_row(group, tail, found, phrases) for group, tail in tails],
                [False, *[True] * len(_TAIL)],
            ),
        ))  # fmt: skip
    return tables


def sizes_notes(found: Sizes, language: str) -> list[str]:
    """Return levels, groups too small to describe, and what the laws are used for."""
    phrases = Phrases.of(language)
    notes = []
    for group in found.groups:
        name = _value(group, found, phrases)
        if group.median is None:
            notes.append(say(language, "sizes.few", group=name, notices=group.notices))
        notes += [
            say(language, "sizes.level", years=one.years, size=one.size,
                low=one.between[0], high=one.between[1])
            for one in group.levels if len(found.groups) == 1
        ]  # fmt: skip
    return [*notes, *([say(language, "sizes.logs"), say(language, "sizes.tails")] if found.groups else [])]


def sizes_document(found: Sizes) -> dict[str, Any]:
    """The same for machines."""
    groups = [asdict(group) for group in found.groups]
    return {
        "as_of": found.question.as_of,
        "years": found.years,
        "groups": groups,
        "sql": found.sql,
        "head": asdict(found.head),
    }


def peers_lines(found: Peers, language: str) -> list[str]:
    """What befell the peers, and what cannot be said."""
    phrases = Phrases.of(language)
    kind = found.kind
    as_of = found.answers[0].question.as_of
    states = [phrases.label(state, "state") for state in kind.states]
    lines = [
        say(language, "peers.who", entity_type=kind.entity_type, states=states, first=found.first_year, last=found.last_year,
            as_of=as_of, notices=found.notices)
    ]  # fmt: skip
    if found.a_year is None:
        lines.append(say(language, "peers.once", notices=found.notices))
    else:
        yearly = [phrases.numbers.count(number) for number in found.yearly.values()]
        low, high = map(round, found.a_year.between)
        lines.append(say(language, "peers.often", value=found.a_year.value, yearly=yearly, low=low, high=high))
    if found.per_organisation is None or kind.organisations is None:
        lines.append(say(language, "peers.no_rate"))
    elif found.per_organisation.value:
        rate = found.per_organisation
        lines.append(
            say(language, "peers.rate", organisations=kind.organisations, value=rate.value, low=rate.between[0],
                high=rate.between[1], years=1 / rate.value)
        )  # fmt: skip
    if not found.is_enough:
        return [
            *lines,
            say(language, "peers.few", notices=found.notices, fewest=FEWEST),
            say(language, "peers.meaning"),
        ]
    if found.sizes:
        told = [
            say(language, "peers.at_most", part=part, value=one.value, low=one.between[0], high=one.between[1])
            for part, one in found.sizes.items()
        ]
        lines.append(say(language, "peers.size", told=told, size=kind.size))
    elif kind.size:
        lines.append(say(language, "peers.few_within", size=kind.size))
    if found.larger is not None:
        larger = found.larger
        ends = {"low": larger.between[0], "high": larger.between[1]}
        lines.append(say(language, "peers.larger", value=larger.value, size=kind.size, **ends))
    if found.placeholders:
        lines.append(say(language, "peers.placeholders", notices=found.placeholders))
    lines.append(say(language, "peers.means", told=_shares(found.means, "breach_type", phrases)))
    lines.append(say(language, "peers.whereabouts", told=_shares(found.whereabouts, "location", phrases)))
    if found.through_associate is not None:
        through = found.through_associate
        lines.append(
            say(language, "peers.through", value=through.value, low=through.between[0], high=through.between[1])
        )
    return [*lines, say(language, "peers.meaning")]


def peers_document(found: Peers) -> dict[str, Any]:
    """The same for machines."""
    told = {name: value for name, value in vars(found).items() if name not in ("answers", "kind")}
    shown = {
        name: [asdict(one) for one in value] if isinstance(value, tuple) else _plain(value)
        for name, value in told.items()
    }
    return {"kind": asdict(found.kind), "as_of": found.answers[0].question.as_of, **shown}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return asdict(value) if hasattr(value, "__dataclass_fields__") else value


def _shares(means: Sequence[Means], column: str, phrases: Phrases) -> list[str]:
    return [
        say(phrases.language, "peers.share", label=phrases.label(one.value, column) or say(phrases.language, "sizes.unknown"),
            value=one.share.value, low=one.share.between[0], high=one.share.between[1])
        for one in means[:_TOLD]
    ]  # fmt: skip


def _row(name: str, number: Number, language: str) -> list[str]:
    between = say(language, "together.exact") if number.is_exact else _between(number.between, language)
    return [name, Phrases.of(language).numbers.count(number.people), between]


def _between(ends: tuple[float, float], language: str) -> str:
    count = Phrases.of(language).numbers.count
    return say(language, "interval", low=count(round(ends[0])), high=count(round(ends[1])))


def _value(group: Group, found: Sizes, phrases: Phrases) -> str:
    if not found.question.dimensions:
        return say(phrases.language, "sizes.all")
    return phrases.heading(str(group.value), found.question.dimensions[0]) or say(phrases.language, "sizes.unknown")


def _body_cells(group: Group, part: str, phrases: Phrases) -> list[str]:
    body, numbers = group.body, phrases.numbers
    assert group.median is not None
    if part == "law":
        logs = (body.mean_log, body.sd_log, body.cut_mean, body.cut_sd, body.distance) if body else (None,) * 5
        return ["–" if one is None else numbers.decimal(one, 3) for one in logs]
    shares = [numbers.percent(one) for one in group.share_of_largest.values()]
    return [
        numbers.count(group.notices), numbers.count(round(group.median.value)),
        _between(group.median.between, phrases.language), *shares, *["–"] * (3 - len(shares)),
    ]  # fmt: skip


def _tail_row(group: Group, tail: Any, found: Sizes, phrases: Phrases) -> list[str]:
    numbers, language = phrases.numbers, phrases.language
    low, high = (numbers.decimal(end, 2) for end in tail.shape_between)
    answers = (say(language, "sizes.tail.answer", is_so=one) for one in (tail.has_mean, tail == group.tail))
    return [
        _value(group, found, phrases), numbers.count(tail.threshold), numbers.count(tail.above), numbers.decimal(tail.shape, 2),
        say(language, "interval", low=low, high=high), numbers.count(round(tail.scale)), *answers,
    ]  # fmt: skip
