"""What one window of a sentence tells: conditions, period, list of the register, size, beside its figure."""

import re
from collections.abc import Sequence
from itertools import pairwise

from breachtrail.claims.figure import Unit
from breachtrail.claims.mention import Mention
from breachtrail.claims.numeral import Numeral
from breachtrail.claims.pattern import pattern, patterns
from breachtrail.claims.period import Period, Role
from breachtrail.claims.word import ANY_CASE, Found, words
from breachtrail.errors import QuestionError
from breachtrail.questions import condition
from breachtrail.questions.condition import Condition

#: Columns whose values a sentence can rank.
RANKED = ("state", "entity_type", "breach_type", "location")
_LEADING = patterns("told.leading")
#: A word that leads to what narrows a count, and what follows it.
_NARROWS = pattern("told.narrows", any_case=True)


def conditions(found: Sequence[Mention]) -> tuple[Condition, ...]:
    """Conditions from mentions: several values of one column are alternatives. Organisations are left out."""
    values: dict[str, list[str]] = {}
    for mention in found:
        if mention.column != "organisation" and mention.value not in values.setdefault(mention.column, []):
            values[mention.column].append(mention.value)
    made = []
    for column, several in sorted(values.items()):
        try:
            made.append(condition.of(column, "=", several))
        except QuestionError:
            continue
    return tuple(made)


def merged(own: Sequence[Condition], carried: Sequence[Condition]) -> tuple[Condition, ...]:
    """``own``, with those of ``carried`` whose column it does not speak of."""
    columns = {one.column for one in own}
    if columns & _OF_ASSOCIATES:  # who filed, and who took part, are two questions
        columns |= _OF_ASSOCIATES
    return (*own, *(one for one in carried if one.column not in columns))


_OF_ASSOCIATES = {"entity_type", "business_associate"}


def leading_end(text: str, start: int, first: int, language: str) -> int:
    """Where the phrase that opens a sentence and holds for all of it ends; ``start`` if there is none."""
    match = _LEADING[language].match(text[start:first])
    return start + match.end() if match else start


def filers(found: Sequence[Mention], around: Sequence[Mention]) -> list[Mention]:
    """Where the sentence tells entity types apart, "involving business associates" is one of them, and no other column."""
    types = any(mention.column == "entity_type" and mention.value != "Business Associate" for mention in around)
    if any((mention.column, mention.value) == ("entity_type", "Business Associate") for mention in around):
        types = False  # the sentence tells those who filed from those who took part
    told = [
        Mention(mention.start, mention.end, "entity_type", "Business Associate", mention.written)
        if types
        and mention.column == "business_associate"
        and mention.value == "Yes"
        and not _PRESENT.search(mention.written)
        else mention
        for mention in found
    ]
    if any(one.column == "business_associate" for one in told):
        told = [one for one in told if (one.column, one.value) != ("entity_type", "Business Associate")]
    return told


#: Words that leave no doubt that a business associate took part, whoever filed.
_PRESENT = re.compile(r"present|involves? |were involved|was involved|involvement|参与", ANY_CASE)


def respectively(
    text: str, start: int, end: int, numbers: Sequence[Numeral], found: Sequence[Mention], language: str
) -> dict[int, Mention]:
    """Which mention each number is of, where a sentence gives them in the same order: "A and B reported 5 and 3, respectively"."""
    handed: dict[int, Mention] = {}
    for word in words("respectively", language).find(text, start, end):
        if language == "zh":
            row = _row([one for one in numbers if one.start >= word.end], found)
            named = [one for one in found if one.end <= word.start]
        else:
            row = _row([one for one in numbers if one.end <= word.start][::-1], found)[::-1]
            named = [one for one in found if row and one.end <= row[0].start]
        if len(row) > 1 and len(named) >= len(row):
            last = named[-len(row) :]
            if not all(_SIDE_BY_SIDE.fullmatch(text, left.end, right.start) for left, right in pairwise(last)):
                continue
            if len({one.column for one in last}) == 1 and len({one.form for one in row}) == 1:
                handed |= {number.start: mention for number, mention in zip(row, last, strict=True)}
    return handed


_SIDE_BY_SIDE = re.compile(r"[\s,，、]*(?:和|与|及|以及|and)?[\s、]*(?:the )?", ANY_CASE)


def _row(numbers: Sequence[Numeral], found: Sequence[Mention]) -> list[Numeral]:
    """The numbers that follow one another without anything of the field between them."""
    row: list[Numeral] = []
    for number in numbers:
        if row and (
            abs(number.start - row[-1].start) > 40
            or any(min(row[-1].end, number.end) <= one.start < max(row[-1].start, number.start) for one in found)
        ):
            break
        row.append(number)
    return row


#: The largest few of all: which notices they are depends on the day, and no question asks for them.
_LARGEST_FEW = patterns("told.largest_few")


def speaks_of_a_few(text: str, start: int, end: int, language: str) -> bool:
    """Whether the words single out the largest few."""
    return bool(_LARGEST_FEW[language].search(text, start, end))


def view(text: str, start: int, end: int, language: str) -> str | None:
    """The one list of the register that the words name."""
    found = words("view", language).first(text, start, end)
    return found.value if found else None


def own_period(spans: Sequence[Period], start: int, end: int, figure: int) -> Period | None:
    """The period in a window that is nearest to its figure; one behind it before one ahead of it."""
    inside = [span for span in spans if start <= span.start < end and span.role is not Role.KNOWN_BY]
    behind = [span for span in inside if span.start >= figure]
    return behind[0] if behind else inside[-1] if inside else None


def is_compared(text: str, span: Period, floor: int, language: str) -> bool:
    """Whether a period is what something else is measured against: "up from 725 in 2023", 较2023年."""
    if span.role is Role.EARLIER:
        return True
    before = text[max(floor, span.start - (34 if language == "en" else 6)) : span.start]
    if language == "zh":
        return bool(re.search(r"(?:较|比|相比|相较于?|对比|与)(?:上|前)?$", before)) or text[
            span.end : span.end + 3
        ].lstrip("的")[:2] in ("相比", "同期")
    return bool(_MEASURED_AGAINST.search(before))


#: What stands before the period that something is measured against.
_MEASURED_AGAINST = pattern("told.measured_against")


def joined_by_or(text: str, own: Sequence[Mention]) -> bool:
    """Whether two locations are named as one thing or the other: which of them was meant is not to be counted."""
    places = [one for one in own if one.column == "location"]
    return any(re.fullmatch(r" or |或", text[left.end : right.start]) is not None for left, right in pairwise(places))


def own_clause(text: str, figure: int, end: int, language: str) -> int:
    """Where the clause of a figure ends: at the first comma behind it, unless what follows goes on narrowing it."""
    for sign in re.compile(r"[,，;；](?!\d)").finditer(text, figure, end):
        if not _GOES_ON[language].match(text, sign.end()):
            return sign.start()
    return end


_GOES_ON = {
    "en": re.compile(r" ?(?:all|each|caused|involving|due|linked|attributed|stemming|resulting|which were|that|at|by|in)\b", ANY_CASE),
    "zh": re.compile(r"(?:均|都|全部|皆|系)"),
}  # fmt: skip


def narrowed_by_unknown(text: str, start: int, end: int, spans: Sequence[tuple[int, int]], language: str) -> bool:
    """Whether a window narrows its count by something that the register does not hold, or that is not understood."""
    if words("unasked", language).first(text, start, end):
        return True
    for found in words("not_held", language).find(text, start, end):
        if not _covered(found, spans):
            return True
    if language == "zh":
        return False
    neutral = words("neutral", "en")
    for match in _NARROWS.finditer(text, start, end):
        first, last = match.start("object"), match.end("object")
        if any(first <= place[0] < last or place[0] <= first < place[1] for place in spans):
            continue
        told = [word.group().lower().removesuffix("'s") for word in re.finditer(r"[\w'.&-]+", text[first:last])][:5]
        if told and not any(word.rstrip(".'") in neutral or word in neutral or word[0].isdigit() for word in told[:4]):
            return True
    return False


_ACTS = pattern("told.acts", any_case=True)


def has_unknown_subject(text: str, start: int, figure: int) -> bool:
    """Whether somebody who is no value of the field did what a bare count counts: "Startups reported 30 breaches"."""
    acts = _ACTS.search(text, start, figure)
    if acts is None:
        return False
    neutral, light, everybody = (words(path, "en") for path in ("neutral", "light", "everybody"))
    subject = re.split(r"[,;:]", text[start : acts.start()])[-1]
    told = [word.lower().removesuffix("'s") for word in re.findall(r"[A-Za-z'-]{4,}", subject)]
    return any(word not in neutral and word not in light and word not in everybody for word in told)


def has_unknown_adjective(text: str, start: int, figure: int) -> bool:
    """Whether the noun before a figure has an adjective that narrows it by something unknown: "dental breaches hit 40"."""
    nouns = [one for one in words("counted", "en").find(text, start, figure) if one.value == "notices"]
    before = re.search(r"([A-Za-z'-]+) $", text[start : nouns[-1].start]) if nouns else None
    if before is None:
        return False
    word = before[1].lower().removesuffix("'s")
    lists = [words(path, "en") for path in ("neutral", "light", "everybody", "modifier", "change", "whole", "counted")]
    return len(word) > 3 and not any(word in known for known in lists)


def is_label(text: str, mention: Mention, figure: int) -> bool:
    """Whether nothing stands between a mention and the figure behind it that makes another thing of it ("email protection (1)")."""
    neutral, hedges, light = words("neutral", "en"), words("hedge.before", "en"), words("light", "en")
    between = text[mention.end : figure]
    if re.search(r"[\u3400-\u9fff]", between):
        return (
            re.search(r"[^\s“”\"'（(：:，,、为有共约近超达仅计则是的事件相关类型起占比以达到均各过半逾分别]", between)
            is None
        )
    return all(
        word in neutral or word in hedges or word in light for word in re.findall(r"[a-z'-]{3,}", between.lower())
    )


def _covered(found: Found, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= found.start and found.end <= end for start, end in spans)


def unit_in(text: str, start: int, end: int, language: str, mentioned: Sequence[Mention] = ()) -> Unit:
    """The unit that a sentence or heading speaks of, if it is one alone; the records of "paper records" are none."""
    found = {
        Unit(one.value)
        for one in words("counted", language).find(text, start, end)
        if one.value == "notices" or not any(mention.start < one.end <= mention.end for mention in mentioned)
        if (language == "zh" and one.end - one.start > 1) or text[one.start : one.end].lower().endswith(("s", "people"))
    }
    return found.pop() if len(found) == 1 else Unit.NOTICES if Unit.NOTICES in found else Unit.UNTOLD


_TOGETHER = {
    "en": re.compile(r"\b(?:together|combined|jointly)\b", ANY_CASE),
    "zh": re.compile(r"合计|加起来|两者|二者|合占"),
}  # fmt: skip


def says_together(text: str, start: int, end: int, language: str) -> bool:
    """Whether a figure is said of several things at once."""
    return bool(_TOGETHER[language].search(text, start, end))


def is_superlative(text: str, found: Found) -> bool:
    """Whether a word that can say "first" does: not "most of the breaches", "first reported"."""
    word = text[found.start : found.end].lower()
    if text[found.start - 1 : found.start] == "-":  # "fifth-highest"
        return False
    behind = text[found.end : found.end + 16].lower()
    if word in ("most", "first", "top", "highest", "largest", "biggest", "leading"):
        return not re.match(r" (?:of|reported|time|half|quarter|two|three|\d)", behind) and word not in (
            "most",
            "first",
            "top",
        )
    return True


_FIRST = patterns("told.first")


def ranked_first(
    text: str, start: int, end: int, found: Sequence[Mention], language: str
) -> tuple[Mention, str] | None:
    """The one value that a sentence without figures puts first, and the measure it does so by."""
    said = _FIRST[language].search(text, start, end)
    near = [one for one in found if one.column in RANKED]
    if (
        said is None
        or len({(one.column, one.value) for one in near}) != 1
        or any(True for _ in words("not_held", language).find(text, start, end))
    ):
        return None
    unit = (said["unit"] or "").lower()
    return near[0], "individuals" if unit in (
        "individuals",
        "records",
        "patients",
        "people",
        "人数",
        "人次",
        "受影响人数",
    ) else "notices"
