"""What a figure counts and how exactly it is meant: the words right before and right behind it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from breachtrail.claims.figure import Hedge, Unit
from breachtrail.claims.mention import Mention
from breachtrail.claims.numeral import Numeral
from breachtrail.claims.period import Period
from breachtrail.claims.word import ANY_CASE, words

_BLANK = re.compile(r"[\s'\"“”‘’]*")
_GAP = re.compile(r"[ \"'“”]*/?")
_ANY_WORD = re.compile(r"[\w'.&-]+")
_ARTICLE = re.compile(r"(?<![^\s]) ?an?$", ANY_CASE)
_HAN_NOTICES = re.compile(r"\s?(?:[余多来])?\s?(?:起|宗|例|件(?!套)|次(?=数据|泄露|事件|黑客|网络))")
_HAN_PEOPLE = re.compile(
    r"\s?(?:[余多来])?\s?(?:名|位|个)?(?:条|份)?(?:美国)?(?:受影响|受害)?(?:人次|人(?!工|员|类|士|力|民)|患者|用户|受害者|个人|记录|病历|病人|客户|会员|居民|民众|公民|个体|参保人|投保人)|\s?[余多]?[名位条](?![单字]|员工|医生|护士|学生|黑客|专家|受访|嫌疑|记者|职员|雇员|律师|高管|志愿)|\s?[余多]?份(?=记录|病历|档案|医疗)"
)
_HAN_OTHER = re.compile(
    r"\s?(?:[余多])?(?:家|所|个(?!事件|泄露|案)|项|种|类|台|款|页|级|封|部|张|座|笔|步|大|点|篇|字|国|股|名员工|名医生|名护士)"
)


class Head(StrEnum):
    """What stands where the counted noun should."""

    COUNTED = "counted"
    FIELD = "field"
    OTHER = "other"
    NARROWED = "narrowed"
    NONE = "none"


@dataclass(frozen=True)
class Counted:
    """The noun behind a figure.

    head: what it is; unit: for COUNTED and FIELD; end: where the noun ends; inner: mentions between figure and noun
    """

    head: Head
    unit: Unit
    end: int
    inner: tuple[Mention, ...] = ()


def hedge(text: str, number: Numeral, floor: int, ceiling: int, language: str) -> tuple[Hedge, int, int]:
    """How the figure is hedged, and the place of the figure with its hedge."""
    before, behind = words("hedge.before", language), words("hedge.behind", language)
    start, end = number.start, number.end
    tail = text[number.start : number.end]
    if language == "zh" and re.search(r"[余多]", tail):
        return Hedge.OVER, start, end
    place = start
    while place > floor and text[place - 1] in " '\"“”(（":
        place -= 1
    if language == "en" and (article := _ARTICLE.search(text, max(floor, place - 3), place)):
        place = article.start()
    found = before.before(text, place, floor)
    if found:
        return Hedge(found.value), found.start, end
    skip = end
    unit = _HAN_NOTICES.match(text, skip) or _HAN_PEOPLE.match(text, skip) if language == "zh" else None
    for at in filter(None, (skip, unit.end() if unit else None)):
        blank = _BLANK.match(text, at)
        place = blank.end() if blank else at
        if place < min(len(text), ceiling + 12) and (found := behind.at(text, place)):
            return Hedge(found.value), start, found.end
    return Hedge.EXACT, start, end


def counted(
    text: str, number: Numeral, ceiling: int, mentioned: Sequence[Mention], spans: Sequence[Period], language: str
) -> Counted:
    """The noun right behind a figure; modifiers that narrow nothing, and words of the field, may stand between."""
    return (_chinese if language == "zh" else _english)(text, number, ceiling, mentioned, spans)


def _english(
    text: str, number: Numeral, ceiling: int, mentioned: Sequence[Mention], spans: Sequence[Period]
) -> Counted:
    modifiers, others = words("modifier", "en"), words("other_thing", "en")
    nouns = words("counted", "en")
    narrow = words("not_held", "en")
    inner: list[Mention] = []
    place = number.end
    unknown = 0
    while place < ceiling:
        blank = _GAP.match(text, place)
        place = blank.end() if blank else place
        if place >= ceiling or text[place] in ",;:.()[]—\n" or (text[place] == "-" and text[place - 1] == " "):
            break
        period = next((span for span in spans if span.start == place), None)
        if period:
            place = period.end
            continue
        mention = next((one for one in mentioned if one.start == place), None)
        noun = nouns.at(text, place)
        if noun and not (mention and mention.end > noun.end):
            if text[noun.end : noun.end + 1] == "-":  # "patient-facing"
                return Counted(Head.NONE, Unit.UNTOLD, place, tuple(inner))
            # A noun may itself be followed by one that counts: "patient records", "incident reports".
            behind = nouns.at(text, noun.end + 1) if text[noun.end : noun.end + 1] == " " else None
            if behind and behind.value in ("notices", "individuals") and _plural(text[behind.start : behind.end]):
                noun = behind
            if _plural(text[noun.start : noun.end]) or number.value == 1:
                unit = Unit(noun.value)
                return Counted(Head.NARROWED if unknown else Head.COUNTED, unit, noun.end, tuple(inner))
        if mention:
            inner.append(mention)
            place = mention.end
            if _counts_itself(mention):
                return Counted(Head.FIELD, Unit.NOTICES, place, tuple(inner))
            continue
        other = others.at(text, place)
        modifier = modifiers.at(text, place)
        if other and (not modifier or other.end >= modifier.end):
            return Counted(Head.OTHER, Unit.UNTOLD, other.end, tuple(inner))
        if modifier:
            place = modifier.end
            continue
        if whole := _OF_A_WHOLE.match(text, place):
            place = whole.end()
            continue
        if text[place].isdigit():
            break
        narrowing = narrow.at(text, place)
        word = _ANY_WORD.match(text, place)
        if not word or unknown >= (3 if narrowing else 2):
            break
        # A word that is no noun, no modifier and not of the field: a verb ends the phrase, anything else narrows it.
        if not narrowing and (unknown or _ENDS_A_PHRASE.match(text, place)):
            break
        unknown += 1
        place = narrowing.end if narrowing else word.end()
    if match := _AFFECTED.match(text, number.end, ceiling):
        return Counted(Head.COUNTED, Unit.INDIVIDUALS, match.end())
    if inner:
        return Counted(Head.FIELD, Unit.UNTOLD, inner[-1].end, tuple(inner))
    return Counted(Head.NONE, Unit.UNTOLD, place, ())


_ENDS_A_PHRASE = re.compile(
    r"(?:in|at|by|from|to|for|on|with|as|were|was|are|is|had|have|has|involved?|affected|each|per|compared|than|that|which|who|last|this|during|since|between|among|across|through|after|before|so|when|where|came|stemmed|occurred|exposed|if|because|while|up|down|out|via|under)\b",
    ANY_CASE,
)


#: The 725 of "520 of the 725 breaches".
_OF_A_WHOLE = re.compile(r"(?<=\bthe )\d[\d,]*(?= )|(?<=\bthose )\d[\d,]*(?= )")
_AFFECTED = re.compile(
    r" (?:were |was |are |had been )?(?:potentially )?(?:affected|impacted|exposed|compromised)\b", ANY_CASE
)


def _plural(noun: str) -> bool:
    return noun.lower().endswith(("s", "people", "information"))


def _counts_itself(mention: Mention) -> bool:
    """Words of the field that count notices by themselves: hacking incidents, thefts, 黑客事件."""
    return mention.column in ("breach_type", "business_associate") and bool(
        re.search(
            r"(?:incidents|thefts|losses|disposals|disclosures|attacks|breaches|hacks|事件|攻击)$",
            mention.written,
            ANY_CASE,
        )
    )


def _chinese(
    text: str, number: Numeral, ceiling: int, mentioned: Sequence[Mention], spans: Sequence[Period]
) -> Counted:
    modifiers, nouns, narrow = words("modifier", "zh"), words("counted", "zh"), words("not_held", "zh")
    inner: list[Mention] = []
    narrowed = False
    unit = Unit.UNTOLD
    place = number.end
    if match := _HAN_NOTICES.match(text, place):
        unit, place = Unit.NOTICES, match.end()
    elif match := _HAN_PEOPLE.match(text, place):
        unit, place = Unit.INDIVIDUALS, match.end()
    else:
        other = words("other_thing", "zh").at(text, place)
        if other or _HAN_OTHER.match(text, place):
            entity = next(
                (one for one in mentioned if 0 <= one.start - place <= 3 and one.column == "entity_type"), None
            )
            if not entity:
                return Counted(Head.OTHER, Unit.UNTOLD, other.end if other else place)
            return Counted(Head.FIELD, Unit.UNTOLD, entity.end, (entity,))
    while place < ceiling:
        mention = next((one for one in mentioned if one.start == place), None)
        if mention and mention.column != "business_associate":
            inner.append(mention)
            place = mention.end
            continue
        noun = nouns.at(text, place)
        if noun:
            if unit is Unit.UNTOLD:
                unit = Unit(noun.value)
            place = noun.end
            continue
        if narrowing := narrow.at(text, place):
            narrowed = True
            place = narrowing.end
            continue
        modifier = modifiers.at(text, place)
        if not modifier:
            break
        place = modifier.end
    if unit is Unit.UNTOLD:
        return Counted(Head.FIELD if inner else Head.NONE, unit, place, tuple(inner))
    return Counted(Head.NARROWED if narrowed and unit is Unit.NOTICES else Head.COUNTED, unit, place, tuple(inner))


def unit_before(text: str, start: int, end: int, mentioned: Sequence[Mention], language: str) -> Unit:
    """The unit that the words before a figure name: "the number of breaches rose to", "exposing", 事件总数为."""
    lead = words("leads_to_individuals", language)
    nouns = words("counted", language)
    found = [
        (one.end, Unit(one.value))
        for one in nouns.find(text, start, end)
        if language == "zh" or _plural(text[one.start : one.end])
    ]
    found = [
        pair
        for pair in found
        if not any(one.start < pair[0] <= one.end and not _counts_itself(one) for one in mentioned)
    ]
    verbs = [
        (one.end, Unit.INDIVIDUALS)
        for one in lead.find(text, start, end)
        if text[one.start : one.end].lower() not in ("involving", "涉及", "covering", "泄露")
    ]
    near = [pair for pair in verbs if end - pair[0] <= 24]
    if near:
        return Unit.INDIVIDUALS
    return max(found)[1] if found else Unit.UNTOLD
