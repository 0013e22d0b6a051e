"""A figure that is relative to another: a share, a change, a multiple."""

import re
from collections.abc import Sequence
from dataclasses import replace

from breachtrail.claims import measured, told
from breachtrail.claims.claim import Aside, Claim, ClaimKind, Unsure
from breachtrail.claims.context import Days
from breachtrail.claims.counted import Counted, Head
from breachtrail.claims.figure import Unit
from breachtrail.claims.passage import Outcome, Passage, Told
from breachtrail.claims.pattern import pattern
from breachtrail.claims.period import Role
from breachtrail.claims.word import ANY_CASE, words
from breachtrail.questions.condition import Condition

#: What a share is of: "73% of all breaches reported by providers were ...", up to the verb.
_OF = pattern("share.of", any_case=True)
_HAN_WHOLE = re.compile(r"(?:在|占)(?P<whole>[^，。；]{0,30}?)(?:中|里|的)[，,]?")
_CHANGE_BEHIND = {"en": 34, "zh": 8}
_CHANGE_AHEAD = {"en": 26, "zh": 10}
_ACROSS_A_SIGN = re.compile(r"[,;，；。.(（:：]")


def outcome(passage: Passage, place: int, noun: Counted) -> Outcome:
    """What the percentage, fraction or multiple in a window claims."""
    number, text = passage.windows[place].number, passage.sentence.text
    context = passage.context
    if context.is_of_another_day or (context.is_doubtful and passage.main_period() is None):
        return Unsure.UNKNOWN_PERIOD
    way = _direction(passage, place)
    if number.form == "multiple" and text[number.start : number.end].lower() == "halved":
        way = "down"
    if number.form == "multiple" or way:
        return _change(passage, place, way)
    if noun.head is Head.OTHER and not re.match(r"[^,.;]{0,40}(?:breach|incident)", text[noun.end : noun.end + 60]):
        return Aside.OTHER_THING
    return _share(passage, place, noun)


def _direction(passage: Passage, place: int) -> str:
    """``up`` or ``down`` where the words around a percentage say that it is a change; else ''."""
    window, sentence = passage.windows[place], passage.sentence
    text, language, number = sentence.text, sentence.language, window.number
    changes = words("change", language)
    ahead_from = max(sentence.start, number.start - _CHANGE_BEHIND[language])
    ahead = [
        one
        for one in changes.find(text, ahead_from, number.start)
        if not _ACROSS_A_SIGN.search(text[one.end : number.start])
    ]
    ahead = [
        one
        for one in ahead
        if text[one.start : one.end].lower() not in ("more", "less", "fewer", "higher", "lower", "gain")
    ]
    if ahead and not (
        language == "en"
        and re.search(r"\bmade up\b|\bmaking up\b|\bmake up\b|\bup to $", text[ahead[-1].start - 6 : number.start + 1])
    ):
        return ahead[-1].value
    behind = next(iter(changes.find(text, number.end, min(sentence.end, number.end + _CHANGE_AHEAD[language]))), None)
    if (
        behind
        and not _ACROSS_A_SIGN.search(text[number.end : behind.start])
        and not re.search(r"\bof\b|\bwere\b|的(?!增|降|升|下|涨)", text[number.end : behind.start])
    ):
        return behind.value
    return ""


def _change(passage: Passage, place: int, way: str) -> Outcome:
    window, sentence = passage.windows[place], passage.sentence
    number = window.number
    unit = measured.of_a_change(sentence.text, window.start, (number.start, number.end), window.end, sentence.language)
    if unit is Unit.UNTOLD:
        unit = _unit(passage, place)
    if unit is Unit.UNTOLD:
        return Unsure.NOTHING_COUNTED
    earlier = passage.days(place, compared=True)
    pair = [one for one in passage.told[:place] if one is not None and one.unit is unit]
    if isinstance(earlier, Unsure) or (len(pair) > 1 and window.host is None):
        # "from 168 million in 2023 to 276 million in 2024, a rise of 64%"
        if len(pair) < 2 or pair[-1].days == pair[-2].days or pair[-1].conditions != pair[-2].conditions:
            if isinstance(earlier, Unsure):
                return Unsure.UNKNOWN_COMPARISON
        elif None not in (*pair[-1].days, *pair[-2].days):
            first, second = sorted((pair[-1].days, pair[-2].days), key=lambda days: str(days[0]))
            question = passage.question(str(unit), pair[-1].conditions, second, place)
            whole = replace(question, submitted_from=first[0], submitted_to=first[1])
            kind = ClaimKind.TIMES if number.form == "multiple" else ClaimKind.CHANGE
            made = passage.figure(number, Unit.TIMES if kind is ClaimKind.TIMES else Unit.SHARE)
            return [Claim(made, *passage.clause(place), kind, question, whole=whole, direction=way or "up")]
    assert not isinstance(earlier, Unsure)
    own = passage.own(place)
    before = next((one for one in reversed(passage.told[:place]) if one), None)
    wheres = told.merged(told.conditions(own), passage.lead)
    if not own and before is not None and (window.host is not None or not _names_unit(passage, place)):
        wheres = told.merged(wheres, before.conditions)
    if _narrowed(passage, place):
        return Unsure.UNKNOWN_CONDITION
    days: Days | Unsure = passage.days(place)
    if isinstance(days, Unsure):
        return days
    if days == earlier:
        shift = next((one for one in passage.periods if one.role is Role.EARLIER), None)
        if shift is None or passage.context.days() in (None, earlier):
            return Unsure.UNKNOWN_COMPARISON
        days = passage.context.days() or days
    if None in (*days, *earlier) or days == earlier:
        return Unsure.UNKNOWN_COMPARISON
    passage.told[place] = Told(unit, str(unit), wheres, days)
    question = passage.question(str(unit), wheres, days, place)
    whole = replace(question, submitted_from=earlier[0], submitted_to=earlier[1])
    kind = ClaimKind.TIMES if number.form == "multiple" else ClaimKind.CHANGE
    figure = passage.figure(number, Unit.TIMES if kind is ClaimKind.TIMES else Unit.SHARE)
    if (
        kind is ClaimKind.TIMES
        and sentence.language == "zh"
        and _BY_TIMES.search(sentence.text, max(sentence.start, number.start - 6), number.start)
    ):
        figure = replace(figure, value=figure.value + 1)  # 增长一倍 is twice as many
    return [Claim(figure, *passage.clause(place), kind, question, whole=whole, direction=way or "up")]


_BY_TIMES = re.compile(r"(?:增长|增加|上升|提高|增|多|高出|激增|上涨)了?(?:近|约|超|超过)?$")


def _share(passage: Passage, place: int, noun: Counted) -> Outcome:
    window, sentence = passage.windows[place], passage.sentence
    text, number = sentence.text, window.number
    if window.host is not None:
        return _in_brackets(passage, place)
    own = passage.own(place)
    whole_place = _whole_place(passage, place)
    of_whole = [one for one in own if whole_place and whole_place[0] <= one.start < whole_place[1]]
    part = [one for one in own if one not in of_whole]
    whole_text = text[whole_place[0] : whole_place[1]] if whole_place else ""
    unit = measured.named(text, window.start, window.end, sentence.language)
    if unit is Unit.UNTOLD:
        unit = _unit(passage, place, whole_text)
    if unit is Unit.UNTOLD:
        return Unsure.NOTHING_COUNTED
    if not part and of_whole and len(of_whole) == 1 and passage.lead:
        part, of_whole = of_whole, []
    if (
        not part
        and whole_place
        and not re.search(
            r"\b(?:breach|incident|record|individual|people|patient|case|notice|total|all|them|those|these)|事件|泄露|人|总数|全部",
            whole_text,
            ANY_CASE,
        )
    ):
        return Aside.OTHER_THING
    before = passage.told[place - 1] if place else None
    shares = [one for one in range(place) if passage.told[one] and passage.windows[one].number.form == number.form]
    if shares and place and passage.windows[place - 1].host == shares[-1]:
        before = passage.told[shares[-1]]  # "81% of the breaches (640 of them) and 96% of the records"
    if not part and before is not None and before.conditions and shares:
        # "Hacking made up 81% of the breaches and 91% of the individuals."
        days = passage.days(place)
        if unit is not before.unit and not isinstance(days, Unsure):
            return _made(passage, place, unit, before.conditions, passage.lead, days)
    if (
        not part
        and before is not None
        and before.conditions
        and before.unit is unit
        and not of_whole
        and window.end - window.start < 40
    ):
        return _made(passage, place, unit, before.conditions, passage.lead, before.days)  # "40 incidents, less than 6%"
    if not part:
        return Unsure.UNKNOWN_CONDITION
    if _narrowed(passage, place):
        return Unsure.UNKNOWN_CONDITION
    days = passage.days(place)
    if isinstance(days, Unsure):
        return days
    columns = {one.column for one in part}
    lead = tuple(one for one in passage.lead if one.column not in columns)
    of_conditions = told.merged(told.conditions(of_whole), lead)
    wheres = told.merged(told.conditions(part), of_conditions)
    return _made(passage, place, unit, wheres, of_conditions, days)


def _in_brackets(passage: Passage, place: int) -> Outcome:
    """ "440 breaches (61%)": the share that the figure before the brackets is of the whole."""
    window = passage.windows[place]
    host = passage.told[window.host] if window.host is not None else None
    if host is None:
        return Unsure.NOTHING_COUNTED
    lead = tuple(one for one in passage.lead if one in host.conditions)
    own = {one.column for one in host.conditions} - {one.column for one in lead}
    if not own:
        return Unsure.UNKNOWN_CONDITION
    wheres = host.conditions
    if len(own) > 1:
        return Unsure.TWO_READINGS
    return _made(passage, place, host.unit, wheres, lead, host.days)


def _made(
    passage: Passage,
    place: int,
    unit: Unit,
    wheres: Sequence[Condition],
    of_conditions: Sequence[Condition],
    days: Days,
) -> Outcome:
    window = passage.windows[place]
    question = passage.question(str(unit), wheres, days, place)
    whole = replace(question, conditions=tuple(of_conditions))
    passage.told[place] = Told(unit, str(unit), tuple(wheres), days)
    figure = passage.figure(window.number, Unit.SHARE)
    return [Claim(figure, *passage.clause(place), ClaimKind.SHARE, question, whole=whole)]


def _whole_place(passage: Passage, place: int) -> tuple[int, int] | None:
    """Where the words stand that say of what the share is."""
    window, sentence = passage.windows[place], passage.sentence
    if sentence.language == "en":
        match = _OF.match(sentence.text, window.number.end, window.end)
        return (match.start("whole"), match.end("whole")) if match else None
    for match in _HAN_WHOLE.finditer(sentence.text, window.start, window.number.start):
        return match.start("whole"), match.end("whole")
    behind = re.compile(r"的(?P<whole>[^，。；]{0,12}?(?:事件|泄露|人|记录|用户|患者))").match(
        sentence.text, window.number.end, window.end
    )
    return (behind.start("whole"), behind.end("whole")) if behind else None


def _names_unit(passage: Passage, place: int) -> bool:
    window, sentence = passage.windows[place], passage.sentence
    return told.unit_in(sentence.text, window.start, window.end, sentence.language) is not Unit.UNTOLD


def _unit(passage: Passage, place: int, whole: str = "") -> Unit:
    """What is counted on both sides: told in the whole, in the window, or by the figures before."""
    window, sentence, context = passage.windows[place], passage.sentence, passage.context
    text, language = sentence.text, sentence.language
    if whole:
        found = told.unit_in(whole, 0, len(whole), language)
        if found is not Unit.UNTOLD:
            return found
    found = told.unit_in(text, window.start, window.end, language, sentence.mentions)
    if found is not Unit.UNTOLD:
        return found
    before = next((one.unit for one in reversed(passage.told[:place]) if one), None)
    if before is not None:
        return before
    found = told.unit_in(text, sentence.start, window.number.start, language, sentence.mentions)
    if found is Unit.UNTOLD and Unit.NOTICES in context.units and re.search(r"\b(?:them|those|these)\b", whole):
        return Unit.NOTICES
    if found is Unit.UNTOLD and len(context.units) > 1:
        return Unit.UNTOLD
    for unit in (
        found,
        context.list_unit if sentence.is_item else context.unit,
        context.list_unit,
        context.heading_unit,
    ):
        if unit is not Unit.UNTOLD:
            return unit
    return Unit.UNTOLD


def _narrowed(passage: Passage, place: int) -> bool:
    window, sentence = passage.windows[place], passage.sentence
    spans = passage.understood()
    end = told.own_clause(sentence.text, window.number.end, window.end, sentence.language)
    return told.narrowed_by_unknown(sentence.text, max(window.start, passage.lead_end), end, spans, sentence.language)
