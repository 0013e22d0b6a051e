"""What one window of a sentence tells: conditions, period, list of the register, size, beside its figure."""

import re
from collections.abc import Sequence

from breachtrail.claims.figure import Unit
from breachtrail.claims.mention import Mention
from breachtrail.claims.numeral import Numeral
from breachtrail.claims.period import Period, Role
from breachtrail.claims.word import ANY_CASE, Found, words
from breachtrail.errors import QuestionError
from breachtrail.questions import condition
from breachtrail.questions.condition import Condition

#: Columns whose values a sentence can rank.
RANKED = ("state", "entity_type", "breach_type", "location")
_LEADING = {
    "en": re.compile(r"^(?:[\"'(]?(?:Among|Of|In|Within|For|Across|Looking at|As for|When it comes to|By|At)\b[^,:;]{2,90}[,:]|[^,:;.]{3,80}:)", ANY_CASE),
    "zh": re.compile(r"^[^，,：:；]{2,40}?(?:中|方面|里|而言|来看|当中|之中|内|上|层面)[，,]|^[^，,：:；]{2,30}[：:]"),
}  # fmt: skip
#: A word that leads to what narrows a count, and what follows it.
_NARROWS = re.compile(
    r"\b(?:involving|caused by|due to|attributed to|linked to|stemming from|resulting from|tied to|because of|related to|against|blamed on|traced to|arising from|originating|targeting|at|by|from|in|where|that|of|with|on|through|via|under) "
    r"(?=(?P<object>(?:[^,;:.()—]|\.(?=\S)){1,80}))",
    ANY_CASE,
)


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
    return [
        Mention(mention.start, mention.end, "entity_type", "Business Associate", mention.written)
        if types
        and mention.column == "business_associate"
        and mention.value == "Yes"
        and not _PRESENT.search(mention.written)
        else mention
        for mention in found
    ]


#: Words that leave no doubt that a business associate took part, whoever filed.
_PRESENT = re.compile(r"present|were involved|was involved|involvement|参与", ANY_CASE)


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
            if len({one.column for one in last}) == 1 and len({one.form for one in row}) == 1:
                handed |= {number.start: mention for number, mention in zip(row, last, strict=True)}
    return handed


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
_LARGEST_FEW = {
    "en": re.compile(r"\b(?:top[- ](?:\d+|five|ten|three|twenty)|(?:\d+|two|three|four|five|six|seven|eight|nine|ten|dozen|twenty) (?:largest|biggest|worst))\b", ANY_CASE),
    "zh": re.compile(r"前(?:\d+|[三五十]|二十)(?:大|起|位|名)?(?!个?月|个?季)|(?:\d+|[三五十])起最大|最大的(?:\d+|[二两三五十])起|(?:\d+|[三五十])大"),
}  # fmt: skip


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
    return bool(
        re.search(
            r"\b(?:up from|down from|compared (?:with|to)|versus|vs\.?|than(?: in)?|over|relative to|against|(?:increase|decrease|drop|rise|decline|jump) (?:from|over|on)|(?:half|double|twice|triple|a third|a quarter) (?:of )?(?:the )?|from)\b[^,;]{0,24}$",
            before,
            ANY_CASE,
        )
    )


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


_ACTS = re.compile(
    r"\b(?:involved in|accounted for|behind|responsible for|caused|led to|comprised|made up|suffered|filed|reported|had|saw|recorded|experienced|disclosed|logged|were in|were at)\b", ANY_CASE
)  # fmt: skip


def has_unknown_subject(text: str, start: int, figure: int, found: Sequence[Mention]) -> bool:
    """Whether somebody who is no value of the field did what a bare count counts: "Startups reported 30 breaches"."""
    acts = _ACTS.search(text, start, figure)
    if acts is None:
        return False
    neutral = words("neutral", "en")
    subject = re.split(r"[,;:]", text[start : acts.start()])[-1]
    told = [word.lower().removesuffix("'s") for word in re.findall(r"[A-Za-z'-]{4,}", subject)]
    return any(word not in neutral and word not in _LIGHT and word not in _EVERYBODY for word in told)


_EVERYBODY = frozenset(
    ["that", "this", "they", "which", "federal", "organization", "organizations", "organisations", "entities", "they've", "together", "nation's", "officials", "records", "regulators", "have", "been", "also", "only", "just", "still", "what", "while", "when", "then", "next", "here", "these", "those"]
)


def is_label(text: str, mention: Mention, figure: int) -> bool:
    """Whether nothing stands between a mention and the figure behind it that makes another thing of it ("email protection (1)")."""
    neutral, hedges = words("neutral", "en"), words("hedge.before", "en")
    between = text[mention.end : figure]
    return all(
        word in neutral or word in hedges or word in _LIGHT for word in re.findall(r"[a-z'-]{3,}", between.lower())
    )


_LIGHT = frozenset(
    ["for", "with", "had", "saw", "has", "led", "and", "came", "followed", "accounting", "accounted", "recorded", "logged", "numbered", "made", "up", "than", "more", "least", "most", "incidents", "breaches", "type", "types", "records", "accounts", "in", "to", "from", "at", "on", "by", "of", "as", "is", "be", "totaled", "totalled", "total", "fell", "rose", "dropped", "grew", "climbed", "jumped", "declined", "increased", "decreased", "reached", "hit", "remained", "ended", "finished", "contributed", "systems", "roughly", "close", "just", "then", "ranked", "placed", "tied", "each", "apiece", "topped", "filed", "reported", "the", "list", "fewer", "less", "estimated", "approx"]
)


def _covered(found: Found, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= found.start and found.end <= end for start, end in spans)


def unit_in(text: str, start: int, end: int, language: str) -> Unit:
    """The unit that a sentence or heading speaks of, if it is one alone."""
    found = {
        Unit(one.value)
        for one in words("counted", language).find(text, start, end)
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


_FIRST = {
    "en": re.compile(
        r"\b(?:most common|most frequent|most frequently reported|leading|top|dominant|main|primary|number one|most prevalent) (?:\w+ ){0,2}?(?:cause|type|category|location|source|filer|vector|culprit)s?\b"
        r"|\b(?:the )?(?:most|highest number of|largest number of|highest count of) (?:\w+ ){0,3}?(?P<unit>breaches|incidents|notices|individuals|records|patients|people)\b", ANY_CASE),
    "zh": re.compile(r"(?:最常见|最主要|最多|居首|首位|位居第一|占比最高|首要)[^，。；]{0,6}?(?:事件|泄露|类型|原因|位置|成因|来源)?(?P<unit>受影响人数|人数|人次)?"),
}  # fmt: skip


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
