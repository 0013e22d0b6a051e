"""A figure that counts notices or individuals, as a claim."""

import re
from collections.abc import Sequence
from dataclasses import replace

from breachtrail.claims import doubt, order, organisation, told
from breachtrail.claims.claim import Aside, Claim, ClaimKind, Unsure
from breachtrail.claims.context import NO_DAYS
from breachtrail.claims.counted import Counted, Head, unit_before
from breachtrail.claims.figure import Unit
from breachtrail.claims.mention import Mention
from breachtrail.claims.passage import Outcome, Passage, Told
from breachtrail.claims.pattern import patterns
from breachtrail.claims.sentence import Window
from breachtrail.claims.word import ANY_CASE, Found, words
from breachtrail.questions.condition import Condition
from breachtrail.questions.question import Question

#: A bare figure from here on counts individuals rather than notices, below it the other way round.
_MANY = 20_000
#: No notice is smaller: a smaller figure beside a name counts something else.
_SMALLEST = 100
_DIFFERENCE = patterns("count.difference")
_MORE_THAN_THEN = re.compile(r"\s?(?:[\w-]+ )?(?:more|fewer|less|higher|lower)\b(?: [\w-]+)? (?:than|year)", ANY_CASE)


def outcome(passage: Passage, place: int, noun: Counted) -> Outcome:
    """What the count in a window claims."""
    window, sentence = passage.windows[place], passage.sentence
    number, text, language = window.number, sentence.text, sentence.language
    if noun.head is Head.OTHER:
        return Aside.OTHER_THING
    if passage.about_people:
        return Aside.PEOPLE
    if passage.context.is_of_another_day:
        return Unsure.UNKNOWN_PERIOD
    if number.value.denominator != 1:
        return Unsure.NOTHING_COUNTED
    if _DIFFERENCE[language].search(
        text[max(sentence.start, number.start - 30) : number.start]
    ) or _MORE_THAN_THEN.match(text, number.end, sentence.end):
        return Unsure.UNKNOWN_COMPARISON
    if language == "en" and _OF_A_FEW.match(text, number.end, sentence.end):
        return Unsure.UNKNOWN_CONDITION
    if number.in_words and number.value == 1 and noun.head is not Head.COUNTED:
        return Aside.NO_NUMBER
    if window.host is not None and not window.is_whole and passage.told[window.host] is None and noun.head is Head.NONE:
        return Unsure.NOTHING_COUNTED
    own = passage.own(place)
    if len({one.value for one in own}) == 1 and told.says_together(text, window.start, window.end, language):
        return Unsure.UNKNOWN_CONDITION  # together with what, we did not read
    unit = noun.unit
    name = _name(passage, place, unit, own)
    if not organisation.written_before(
        text, window.start, number.start, language, sentence.mentions
    ) and doubt.is_of_a_row(passage, place, own):
        return Unsure.TWO_READINGS
    if unit is Unit.UNTOLD:
        unit = _unit(passage, place, own, name)
    if unit is Unit.UNTOLD:
        return Unsure.NOTHING_COUNTED
    measure = _measure(passage, window, unit, noun)
    if measure is None:
        return Unsure.UNKNOWN_COMPARISON
    figure = passage.figure(number, unit)
    if name and measure in ("individuals", "largest"):
        if words("at_first", language).first(text, window.start, window.end):
            return Unsure.TWO_READINGS
        days = passage.days(place)
        period = NO_DAYS if isinstance(days, Unsure) else days
        rank = order.nth(text, window) or (1 if _says_first(passage, window) else None)
        if passage.context.is_doubtful:
            rank = None
        question = passage.question("individuals", (), period, place)
        passage.told[place] = Told(unit, measure, (), period, rank, of_one=True)
        return [
            Claim(
                figure,
                *passage.clause(place),
                ClaimKind.COUNT,
                question,
                rank=rank,
                ranked="name" if rank else "",
                organisation=name,
            )
        ]
    if noun.head is Head.NARROWED:
        return Unsure.UNKNOWN_CONDITION
    if noun.head is Head.NONE:
        if number.in_words and not own:
            return Unsure.NOTHING_COUNTED
        label = [one for one in own if one.end <= number.start]
        if (
            number.start not in passage.handed
            and len(label) == len(own) == 1
            and not told.is_label(text, label[0], number.start)
        ):
            return Unsure.UNKNOWN_CONDITION
    if unit is Unit.INDIVIDUALS and not own and not passage.lead and doubt.after_a_name(passage, place):
        return Unsure.TWO_READINGS
    if words("supposed", language).first(text, sentence.start, sentence.end):
        return Unsure.UNKNOWN_CONDITION
    if doubt.may_be_singly(passage, place):
        return Unsure.TWO_READINGS
    spans = passage.understood()
    if told.narrowed_by_unknown(
        text,
        max(window.start, passage.lead_end),
        told.own_clause(text, number.end, window.end, language),
        spans,
        language,
    ):
        return Unsure.UNKNOWN_CONDITION
    if not own and (
        told.speaks_of_a_few(text, sentence.start, window.end, language)
        or words("unasked", language).first(text, sentence.start, window.end)
    ):
        return Unsure.UNKNOWN_CONDITION
    if not own and not passage.lead and doubt.follows_unknown(passage, place):
        return Unsure.TWO_READINGS
    if doubt.is_said_of_placeholders(text, sentence.start, sentence.end) or doubt.has_unknown_beside(
        text, own, language
    ):
        return Unsure.UNKNOWN_CONDITION
    if (
        told.joined_by_or(text, own)
        or doubt.may_be_each(passage, place, own)
        or doubt.may_sum_a_part(passage, place, own)
    ):
        return Unsure.TWO_READINGS
    if not own and not passage.lead and window.host is None and language == "en":
        ahead = text, window.start, number.start
        if told.has_unknown_subject(*ahead) or (noun.head is Head.NONE and told.has_unknown_adjective(*ahead)):
            return Unsure.UNKNOWN_CONDITION
    if doubt.measured_from(passage, place):
        return Unsure.UNKNOWN_PERIOD
    wheres = _conditions(passage, place, own, unit)
    days = passage.days(place)
    if isinstance(wheres, Unsure):
        return wheres
    if isinstance(days, Unsure):
        return days
    if number.start in passage.sizes:
        wheres = (*(one for one in wheres if one.column != "individuals"), passage.sizes[number.start])
    rank, column = order.rank(passage, place, own)
    passage.told[place] = Told(unit, measure, wheres, days, rank)
    question = passage.question(measure, wheres, days, place)
    return [
        Claim(figure, *passage.clause(place), ClaimKind.COUNT, one, rank=rank, ranked=column, organisation=name)
        for one in _each(passage, window, own, question)
    ]


def _unit(passage: Passage, place: int, own: Sequence[Mention], name: str) -> Unit:
    """The unit of a figure that no noun follows: from the words before it, from its neighbours, from what introduces it."""
    window, sentence, context = passage.windows[place], passage.sentence, passage.context
    value = window.number.value
    before = unit_before(
        sentence.text, max(window.start, passage.lead_end), window.number.start, sentence.mentions, sentence.language
    )
    if before is Unit.NOTICES and value >= _MANY:
        before = Unit.INDIVIDUALS if name else Unit.UNTOLD
    if before is not Unit.UNTOLD:
        return before
    if name:
        return Unit.INDIVIDUALS if value >= _SMALLEST else Unit.UNTOLD
    neighbours = [one.unit for one in reversed(passage.told[:place]) if one is not None]
    if not neighbours:  # "Texas 56, California 43 and New York 34 breaches"
        neighbours = [told.unit_in(sentence.text, sentence.start, sentence.end, sentence.language)]
    inherited = [
        *neighbours,
        context.list_unit if sentence.is_item else context.unit,
        context.list_unit,
        context.heading_unit,
    ]
    inherited += sorted(context.section_units if sentence.is_item else context.units)
    for unit in inherited:
        if (unit is Unit.NOTICES and value < _MANY) or (unit is Unit.INDIVIDUALS and value >= _MANY):
            return unit
    if own and value < _MANY and Unit.INDIVIDUALS not in inherited and (sentence.is_item or len(passage.windows) > 1):
        return Unit.NOTICES
    return Unit.UNTOLD


def _name(passage: Passage, place: int, unit: Unit, own: Sequence[Mention]) -> str:
    """The organisation that a figure is about, as it is written."""
    window, sentence = passage.windows[place], passage.sentence
    text, language, number = sentence.text, sentence.language, window.number
    handed = passage.handed.get(number.start)
    if handed is not None:
        return handed.written if handed.column == "organisation" else ""
    known = [
        one for one in sentence.mentions if one.column == "organisation" and window.start <= one.start < window.end
    ]
    if known:
        before = [one for one in known if one.end <= number.start]
        written = (before[-1] if before else known[0]).written
        longer = organisation.written_before(text, window.start, number.start, language, sentence.mentions)
        return longer if longer.startswith(written) else written
    if unit is Unit.NOTICES or number.value < _SMALLEST:
        return ""
    name = organisation.written_before(text, window.start, number.start, language, sentence.mentions)
    if name and all(one.written in name and len(one.written) + 3 < len(name) for one in own):
        return name
    if not own and window.host is None:
        name = organisation.written_in(text, window.start, window.end, language, sentence.mentions)
        if name and (unit is Unit.INDIVIDUALS or " " in name):
            return name
        if passage.context.organisation and organisation.stands_for_one(text, window.start, window.end, language):
            return passage.context.organisation
        earlier = [one for one in sentence.mentions if one.column == "organisation" and one.end <= window.start]
        if earlier and unit is Unit.INDIVIDUALS and place == 0:
            return earlier[-1].written
    return ""


def _measure(passage: Passage, window: Window, unit: Unit, noun: Counted) -> str | None:
    """The catalogue's measure; None where a figure is a rate or a mean of something that has none."""
    sentence = passage.sentence
    text, language = sentence.text, sentence.language
    behind = text[noun.end : min(window.end, noun.end + 26)]
    near = words("rate", language).first(re.split(r"[,，;；]", behind)[0])
    sized = [one.value for path in ("median", "mean", "largest") for one in _size_words(text, window, language, path)]
    if unit is Unit.INDIVIDUALS:
        if "median" in sized or "mean" in sized:
            return "median" if "median" in sized else "mean"
        if near:
            return None
        return "largest" if "largest" in sized else "individuals"
    if near or (
        language == "zh"
        and words("rate", language).first(text, max(window.start, window.number.start - 6), window.number.start)
    ):
        return None
    return None if "median" in sized or "mean" in sized else "notices"


def _size_words(text: str, window: Window, language: str, path: str) -> list[Found]:
    reach = 60 if language == "en" else 16
    return [
        one._replace(value=path)
        for one in words("size", language).find(
            text, max(window.start, window.number.start - reach), min(window.end, window.number.end + 20)
        )
        if one.value == path and not (path == "largest" and _OF_ALL.match(text, one.end))
    ]


#: "The largest number of individuals" is no notice's size.
_OF_ALL = re.compile(r" (?:number|share|count|total|proportion)|的?(?:人数|数量|比例|占比)|限度")


def _says_first(passage: Passage, window: Window) -> bool:
    text, language = passage.sentence.text, passage.sentence.language
    found = [one for one in words("size", language).find(text, window.start, window.end) if one.value == "largest"]
    return any(not _AMONG.search(text[max(0, one.start - 14) : one.start]) for one in found)


#: "After the largest come ...", "one of the biggest": no first place.
_AMONG = re.compile(r"\b(?:after|behind|than|among|of)(?: the)? $|之一|除|仅次于$", ANY_CASE)


def _conditions(passage: Passage, place: int, own: Sequence[Mention], unit: Unit) -> tuple[Condition, ...] | Unsure:
    """A figure's conditions: its own, those of the sentence's opening, and those it takes over from what went before."""
    if passage.windows[place].is_whole:
        return told.merged(told.conditions(own), passage.lead)
    window, sentence, context = passage.windows[place], passage.sentence, passage.context
    text, language = sentence.text, sentence.language
    wheres = told.merged(told.conditions(own), passage.lead)
    before = (
        passage.told[window.host]
        if window.host is not None
        else next((one for one in reversed(passage.told[:place]) if one), None)
    )
    total = words("whole", language).first(text, window.start, window.end) is not None
    back = words("back", language).first(text, sentence.start if not place else window.start, window.number.start)
    weak = back is not None and text[back.start : back.end].lower() in ("including", "which", "包括", "they")
    if back is not None and not (weak and not own):
        base = before.conditions if before else context.counted
        if base is not None:
            return told.merged(wheres, base)
        if not weak and text[back.start : back.end] != "其中":
            return Unsure.TWO_READINGS
    if own:
        return told.merged(wheres, _shared(passage, place, own))
    if before is None and place and _TO.search(text[max(window.start, window.number.start - 14) : window.number.start]):
        return told.merged(told.conditions(passage.own(place - 1)), wheres)  # "jumped 20% to 84"
    if before is None:
        if any(passage.own(earlier) for earlier in range(place)) and not total:
            return Unsure.TWO_READINGS
        return wheres if total or passage.lead else _bare(passage, place, wheres)
    if not before.conditions:
        return wheres
    if _TO.search(text[max(window.start, window.number.start - 14) : window.number.start]):
        return told.merged(wheres, before.conditions)
    if window.host is not None or (unit is Unit.INDIVIDUALS and passage.leads(place)):
        return told.merged(wheres, before.conditions)
    if period := told.own_period(passage.periods, window.start, window.end, window.number.start):
        if unit is before.unit is Unit.NOTICES and (period.first, period.last) == before.days:
            return Unsure.TWO_READINGS  # "32% of the breaches of 2024 were in Texas, and 20 were reported in 2024"
        return told.merged(wheres, before.conditions)
    return wheres if total and unit is before.unit else Unsure.TWO_READINGS


def _bare(passage: Passage, place: int, wheres: tuple[Condition, ...]) -> tuple[Condition, ...] | Unsure:
    """A count without a condition: of all, unless the heading or the sentence before speaks of a part."""
    sentence, context = passage.sentence, passage.context
    if sentence.is_item:
        return told.merged(wheres, context.list_conditions)
    if not context.heading and not context.before:
        return wheres
    says = words("here", sentence.language).first(sentence.text, sentence.start, sentence.end) or passage.main_period()
    return wheres if says else Unsure.TWO_READINGS


def _shared(passage: Passage, place: int, own: Sequence[Mention]) -> tuple[Condition, ...]:
    """What the subject of a list says for all its items: "hacking incidents numbered 56 in Texas and 43 in California"."""
    if not place:
        return passage.context.list_conditions if passage.sentence.is_item else ()
    if any(one.is_whole and one.host == place for one in passage.windows):
        return ()  # "49 of the 60 Texas breaches": its whole is told
    first = passage.own(0)
    common = {one.column for one in first} & {one.column for one in own}
    if not common:
        return ()
    start = passage.windows[0].number.start
    return told.conditions(
        [one for one in first if one.column not in {mine.column for mine in own} and one.end <= start]
    )


_TO = re.compile(r"\bto (?:about |nearly |around |roughly |some |almost )?$|[至到](?:约|近)?$", ANY_CASE)
#: A few out of a few: which ones they are is nowhere said.
_OF_A_FEW = re.compile(
    r"\s?(?:of|out of|in) (?:the |its )?(?:[\w-]+ ){0,3}?(?:largest|biggest|worst|top|most)\b", ANY_CASE
)


def _each(passage: Passage, window: Window, own: Sequence[Mention], question: Question) -> list[Question]:
    """One question for each value where the figure is said of each ("Texas and California roughly 60 each")."""
    text, language = passage.sentence.text, passage.sentence.language
    if not words("each", language).first(text, window.start, window.end):
        return [question]
    several = next((one for one in question.conditions if one.operator == "=" and len(one.values) > 1), None)
    if several is None:
        return [question]
    return [
        replace(
            question,
            conditions=tuple(replace(one, values=(value,)) if one is several else one for one in question.conditions),
        )
        for value in several.values
    ]
