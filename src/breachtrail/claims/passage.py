"""One sentence while it is read: what was found in it, and what each of its figures' windows tells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from breachtrail.claims import told
from breachtrail.claims.claim import Aside, Claim, Unsure
from breachtrail.claims.context import Context, Days
from breachtrail.claims.counted import hedge
from breachtrail.claims.figure import Figure, Hedge, Unit
from breachtrail.claims.mention import Mention
from breachtrail.claims.numeral import Numeral
from breachtrail.claims.period import Period, Role
from breachtrail.claims.sentence import Window
from breachtrail.claims.word import ANY_CASE, words
from breachtrail.questions.condition import Condition
from breachtrail.questions.question import Question

_VERB = re.compile(
    r"\b(?:were|was|are|is|involved?|affected|came|reported|had|occurred|hit|stemmed|resulted|took)\b", ANY_CASE
)
_WHEN = re.compile(r",? (?:when|in which)\b", ANY_CASE)
#: How far behind a period a figure may stand that is that period's: "2023's 747", 11月的67起.
_BESIDE = {"en": 12, "zh": 4}

_SET_AGAINST = re.compile(r"[与同和较][^。；，,]{2,60}?相比")

Outcome = list[Claim] | Aside | Unsure


@dataclass(frozen=True)
class Sentence:
    """A sentence and what was found in it; ``is_item``: it is an item of a list, which takes over from what introduces it."""

    text: str
    start: int
    end: int
    language: str
    published: date | None
    numbers: tuple[Numeral, ...]
    mentions: tuple[Mention, ...]
    periods: tuple[Period, ...]
    is_item: bool = False


@dataclass(frozen=True)
class Told:
    """What a window's figure was taken to be, for the windows behind it; ``of_one``: the number of one organisation."""

    unit: Unit
    measure: str
    conditions: tuple[Condition, ...]
    days: Days
    rank: int | None = None
    of_one: bool = False


@dataclass
class Passage:
    """One sentence being read in its context.

    outcomes: by the figure's first place, the figure and what it was taken for
    ranks:    places that the sentence gives without a figure
    windows, told: its figures' windows, and what each was taken to be; None where it is no claim
    periods:  its periods with their days
    sizes:    conditions on the size, by the place of the figure that they narrow
    handed:   what figures are of that stand in a row ("5 and 3, respectively")
    lead:     conditions of the phrase that opens the sentence and ends at ``lead_end``
    """

    sentence: Sentence
    context: Context
    outcomes: dict[int, tuple[Figure, Outcome]] = field(default_factory=dict)
    ranks: list[Claim] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)
    told: list[Told | None] = field(default_factory=list)
    periods: list[Period] = field(default_factory=list)
    sizes: dict[int, Condition] = field(default_factory=dict)
    handed: dict[int, Mention] = field(default_factory=dict)
    lead: tuple[Condition, ...] = ()
    lead_end: int = 0
    about_people: bool = False

    def main_period(self) -> Period | None:
        """The period of the sentence: the first that nothing is measured against."""
        sentence = self.sentence
        for span in self.periods:
            if span.role in (Role.PERIOD, Role.ROLLING) and not told.is_compared(
                sentence.text, span, sentence.start, sentence.language
            ):
                return span
        return None

    def own(self, place: int) -> list[Mention]:
        """What a window says of the field's columns, behind the opening phrase; organisations left out."""
        window, sentence = self.windows[place], self.sentence
        if window.number.start in self.handed:
            handed = self.handed[window.number.start]
            return [handed] if handed.column != "organisation" else []
        start, end = max(window.start, self.lead_end), window.end
        if window.host is not None:
            opening = max(sentence.text.rfind(sign, window.start, window.number.start) for sign in "(（")
            closing = re.compile(r"[)）]").search(sentence.text, window.number.end, window.end)
            start, end = (
                max(start, opening if opening >= 0 else window.number.start),
                closing.start() if closing else window.end,
            )
            if window.is_whole and (verb := _VERB.search(sentence.text, window.number.end, window.end)):
                end = verb.start()
        inside = [one for one in sentence.mentions if start <= one.start < end and one.column != "organisation"]
        clause_end = told.own_clause(sentence.text, window.number.end, window.end, sentence.language)
        said = {one.column for one in inside if one.start < clause_end}
        inside = [one for one in inside if one.start < clause_end or one.column not in said]
        return told.filers(inside, sentence.mentions)

    def days(self, place: int, compared: bool = False) -> Days | Unsure:
        """The period of a window's figure; ``compared``: of what the figure is measured against."""
        window, sentence = self.windows[place], self.sentence
        spans = [
            one
            for one in self.periods
            if told.is_compared(sentence.text, one, sentence.start, sentence.language) is compared
        ]
        if compared:
            own = told.own_period(spans, window.start, window.end, window.number.start) or (spans[0] if spans else None)
        else:
            own = told.own_period(spans, window.start, window.end, window.number.start)
            beside = [
                one
                for one in self.periods
                if one.role is Role.PERIOD
                and sentence.text[one.end : window.number.start].strip() in ("", "(", "（")
                and 0 <= window.number.start - one.end <= 2
            ]
            own = beside[0] if beside else own  # "than 2024 (741)"
            own = self._set_against(window) or own
        if not compared and own is None:
            measured = told.own_period(self.periods, window.start, window.end, window.number.end)
            behind = measured is not None and (
                0 <= measured.start - window.number.end < 40
                or 0 <= window.number.start - measured.end <= _BESIDE[sentence.language]
            )
            if measured is not None and behind and window.number.form == "count" and measured.role is not Role.KNOWN_BY:
                own = measured  # "up from 725 in 2023": the figure's own period
        if own is None and not compared:
            ahead = [one for one in self.periods if one.end <= window.number.start and one.role is Role.PERIOD]
            if ahead and _WHEN.match(sentence.text, ahead[-1].end):  # "a reduction from 2024, when 289.8 million ..."
                return (ahead[-1].first, ahead[-1].last) if ahead[-1].known else Unsure.UNKNOWN_PERIOD
            if ahead and ahead[-1].start >= window.start and window.number.form == "count":
                return Unsure.UNKNOWN_PERIOD
            before = self.told[place - 1] if place else None
            if before is not None and self.leads(place):
                return before.days  # "in August there were 52, affecting 9.7 million people"
            own = self.main_period()
        if own is not None:
            return (own.first, own.last) if own.known else Unsure.UNKNOWN_PERIOD
        if compared:
            return Unsure.UNKNOWN_COMPARISON
        if self.context.is_doubtful:
            return Unsure.UNKNOWN_PERIOD
        if sentence.is_item and self.context.list_days is not None:
            return self.context.list_days
        around = self.context.days()
        return around if around is not None else Unsure.UNKNOWN_PERIOD

    def _set_against(self, window: Window) -> Period | None:
        """The period of what a Chinese sentence sets others against: 与2024年的741起、2.9亿人次相比."""
        for match in _SET_AGAINST.finditer(self.sentence.text, self.sentence.start, self.sentence.end):
            if match.start() <= window.number.start < match.end():
                return next((one for one in self.periods if match.start() <= one.start < match.end()), None)
        return None

    def leads(self, place: int) -> bool:
        """Whether the words before a figure lead to it from the figure before: "affecting", 影响."""
        window, text, language = self.windows[place], self.sentence.text, self.sentence.language
        first = words("leads_to_individuals", language).first(text, window.start, window.number.start)
        return first is not None and len(text[window.start : first.start].strip(" ,，、和")) <= (
            24 if language == "en" else 8
        )

    def understood(self) -> list[tuple[int, int]]:
        """The places of the sentence that are mentions, periods or numbers."""
        sentence = self.sentence
        places = [(one.start, one.end) for one in sentence.mentions]
        places += [(one.start, one.end) for one in sentence.periods]
        return places + [(one.start, one.end) for one in sentence.numbers]

    def figure(self, number: Numeral, unit: Unit) -> Figure:
        """The figure at a number's place."""
        sentence = self.sentence
        how, _, _ = hedge(sentence.text, number, sentence.start, sentence.end, sentence.language)
        return figure(sentence.text, number, how, unit)

    def question(self, measure: str, wheres: Sequence[Condition], days: Days, place: int) -> Question:
        """The question that a window asks."""
        window, sentence = self.windows[place], self.sentence
        known_by = next((span.last for span in self.periods if span.role is Role.KNOWN_BY), None)
        listed = told.view(sentence.text, window.start, window.end, sentence.language)
        return Question((measure,), (), tuple(wheres), days[0], days[1], as_of=known_by, view=listed)

    def clause(self, place: int) -> tuple[int, int]:
        """The window without the signs at its ends."""
        window, text = self.windows[place], self.sentence.text
        start, end = window.start, window.end
        while start < window.number.start and text[start] in " ,;:，；、：)）\n":
            start += 1
        while end > window.number.end and text[end - 1] in " ,;，；、\n":
            end -= 1
        return start, end

    def speaks_of_elsewhere(self, start: int, end: int) -> bool:
        sentence = self.sentence
        return any(
            not any(mention.start <= one.start < mention.end for mention in sentence.mentions)
            for one in words("other_country", sentence.language).find(sentence.text, start, end)
        )


def figure(text: str, number: Numeral, how: Hedge, unit: Unit) -> Figure:
    """The figure that a numeral is."""
    return Figure(
        number.start, number.end, text[number.start : number.end], number.value, number.step, how, unit, number.upper
    )
