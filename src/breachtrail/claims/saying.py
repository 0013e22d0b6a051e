"""One sentence to claims: each of its figures is claimed, put aside, or not understood."""

import re

from breachtrail.claims import count, share, threshold, told
from breachtrail.claims.claim import Aside, Claim, ClaimKind, Unsure
from breachtrail.claims.context import NO_DAYS
from breachtrail.claims.counted import counted
from breachtrail.claims.figure import Unit
from breachtrail.claims.numeral import Numeral
from breachtrail.claims.passage import Outcome, Passage, Sentence
from breachtrail.claims.pattern import pattern
from breachtrail.claims.period import in_context
from breachtrail.claims.sentence import windows
from breachtrail.claims.word import ANY_CASE, words
from breachtrail.questions.question import Question

_SAID_BY = pattern("saying.said_by", any_case=True)


def _figure_follows(text: str, place: int, sentence: Sentence) -> bool:
    """Whether a figure stands right behind a place, without a sign between them that parts clauses."""
    return any(
        0 <= number.start - place < 24 and not re.search(r"[;；。]", text[place : number.start])
        for number in sentence.numbers
    )


class Saying(Passage):
    """Reads a sentence."""

    def read(self) -> None:
        """Fill ``outcomes`` (by the figure's first place) and ``ranks``, and tell the context what was said."""
        sentence = self.sentence
        around = self.context.days() or NO_DAYS
        self.periods = [in_context(span, around, sentence.published) for span in sentence.periods]
        if main := self.main_period():  # "up from 725 the year before" is measured from the sentence's own period
            self.periods = [in_context(span, (main.first, main.last), sentence.published) for span in sentence.periods]
        foreign = self._foreign()
        rest = []
        for number in sentence.numbers:
            size = (
                None
                if foreign
                else threshold.condition(
                    sentence.text, number, sentence.start, sentence.end, sentence.mentions, sentence.language
                )
            )
            if foreign or size:
                self._settle(number, foreign or Aside.THRESHOLD)
            else:
                rest.append(number)
            if size and not threshold.is_own(size):
                self.sizes[number.start] = size
        self.windows = windows(sentence.text, sentence.start, sentence.end, rest, sentence.mentions, sentence.language)
        if words("knowledge", sentence.language).first(sentence.text, sentence.start, sentence.end):
            self.context.is_of_another_day = True
        self.handed = told.respectively(
            sentence.text, sentence.start, sentence.end, rest, sentence.mentions, sentence.language
        )
        self._hand_out_sizes()
        self._open()
        for place, window in enumerate(self.windows):
            self.told.append(None)
            self._settle(window.number, self._window(place))
        if foreign is None:
            self._ranks_alone()
        self._remember()

    def _foreign(self) -> Aside | None:
        """Why no figure of the sentence is about the register, if it is so."""
        sentence = self.sentence
        text, language, place = sentence.text, sentence.language, (sentence.start, sentence.end)
        if words("other_source", language).first(text, *place):
            return Aside.OTHER_SOURCE
        for authority in words("authority", language).find(text, *place):
            if _SAID_BY.search(text[max(sentence.start, authority.start - 45) : authority.end + 40]):
                return Aside.OTHER_SOURCE
        if self.speaks_of_elsewhere(*place) and not words("here", language).first(text, *place):
            return Aside.OTHER_COUNTRY
        self.about_people = words("people", language).first(text, *place) is not None
        return None

    def _hand_out_sizes(self) -> None:
        """A threshold narrows the figure that is nearest to it in the sentence."""
        sizes, self.sizes = self.sizes, {}
        for place, size in sizes.items():
            inside = next((window.number.start for window in self.windows if window.start <= place < window.end), None)
            if inside is not None:
                self.sizes[inside] = size
                continue
            near = min(
                (window.number.start for window in self.windows), key=lambda start: abs(start - place), default=None
            )
            if near is not None:
                self.sizes[near] = size

    def _open(self) -> None:
        """The phrase that opens the sentence ("Among providers, ...") and holds for all its figures."""
        sentence = self.sentence
        self.lead_end = sentence.start
        if not self.windows:
            return
        end = told.leading_end(sentence.text, sentence.start, self.windows[-1].number.start, sentence.language)
        first = self.windows[0].number
        if first.end <= end and not re.match(r"\W*of\b|在", sentence.text[sentence.start : end], ANY_CASE):
            return  # it holds a figure of its own: no opening
        if sentence.text[end - 1] in ":：" and sum(window.host is None for window in self.windows) == 1:
            return  # the label of one figure ("Hacking: 37"), no opening
        inside = [mention for mention in sentence.mentions if mention.end <= end]
        if end > sentence.start and inside:
            self.lead_end = end
            self.lead = told.conditions(told.filers(inside, sentence.mentions))

    def _window(self, place: int) -> Outcome:
        window, sentence = self.windows[place], self.sentence
        number = window.number
        plainly: dict[str, Outcome] = {
            "vague": Aside.NO_NUMBER, "part": Aside.NAME, "ordinal": Aside.NUMBERING, "points": Unsure.UNKNOWN_COMPARISON,
        }  # fmt: skip
        if number.form in plainly:
            return plainly[number.form]
        if self.speaks_of_elsewhere(window.start, window.end):
            return Aside.OTHER_COUNTRY
        noun = counted(sentence.text, number, sentence.end, sentence.mentions, sentence.periods, sentence.language)
        if number.form in ("percent", "fraction", "multiple"):
            return share.outcome(self, place, noun)
        return count.outcome(self, place, noun)

    # What remains

    def _settle(self, number: Numeral, outcome: Outcome) -> None:
        first = outcome[0].figure if isinstance(outcome, list) else None
        self.outcomes[number.start] = (first or self.figure(number, Unit.UNTOLD), outcome)

    def _ranks_alone(self) -> None:
        """Places that the sentence gives without a figure: "followed by unauthorized access", 其次为…."""
        sentence = self.sentence
        text, language = sentence.text, sentence.language
        ranked = [place for place, one in enumerate(self.told) if one is not None]
        for word in words("rank.next", language).find(text, sentence.start, sentence.end):
            mention = next(
                (one for one in sentence.mentions if 0 <= one.start - word.end <= 14 and one.column in told.RANKED),
                None,
            )
            if mention is None or _figure_follows(text, mention.end, sentence):
                continue
            before = [place for place in ranked if self.windows[place].number.start < word.start]
            if not before or (base := self.told[before[-1]]) is None:
                continue
            same = [one for one in base.conditions if one.column == mention.column]
            if not same:
                continue
            wheres = (*told.conditions([mention]), *(one for one in base.conditions if one.column != mention.column))
            question = Question((base.measure,), (), wheres, *base.days)
            self.ranks.append(
                Claim(
                    None,
                    word.start,
                    mention.end,
                    ClaimKind.RANK,
                    question,
                    rank=(base.rank or 1) + 1,
                    ranked=mention.column,
                )
            )
        if not sentence.numbers:
            self._first_alone()

    def _first_alone(self) -> None:
        """ "Hacking was the most common cause", "Texas had the most breaches": a sentence of one value, without a figure."""
        sentence = self.sentence
        found = told.ranked_first(sentence.text, sentence.start, sentence.end, sentence.mentions, sentence.language)
        days = self.main_period() or None
        around = (days.first, days.last) if days and days.known else self.context.days()
        if found and around is not None:
            mention, measure = found
            question = Question((measure,), (), told.conditions([mention]), *around)
            self.ranks.append(
                Claim(None, sentence.start, sentence.end, ClaimKind.RANK, question, rank=1, ranked=mention.column)
            )

    def _remember(self) -> None:
        sentence, context = self.sentence, self.context
        main = self.main_period()
        says = (
            any(one is not None for one in self.told)
            or told.unit_in(sentence.text, sentence.start, sentence.end, sentence.language) is not Unit.UNTOLD
        )
        if main is not None and main.known and main.first is not None and not sentence.is_item and says:
            context.speak_of((main.first, main.last))
        field_words = [one for one in sentence.mentions if one.column != "organisation"]
        context.before = told.conditions(told.filers(field_words, sentence.mentions))
        names = [one.written for one in sentence.mentions if one.column == "organisation"]
        claimed = [
            claim.organisation
            for _, outcome in self.outcomes.values()
            if isinstance(outcome, list)
            for claim in outcome
            if claim.organisation
        ]
        context.organisation = (claimed or names or [context.organisation])[-1]
        claims = [one for one in self.told if one is not None]
        last = claims[-1] if claims else None
        if last is not None:  # "of those", behind a list, means what all its items have in common
            context.counted = tuple(one for one in last.conditions if all(one in other.conditions for other in claims))
            context.unit, context.units = last.unit, frozenset(one.unit for one in claims)
            context.section_units |= context.units
        if not sentence.is_item:
            unit = last.unit if last else told.unit_in(sentence.text, sentence.start, sentence.end, sentence.language)
            context.list_unit = unit if unit is not Unit.UNTOLD else context.list_unit
            context.list_days = context.days()
            context.list_conditions = (
                context.before if sentence.text[sentence.start : sentence.end].rstrip().endswith((":", "：")) else ()
            )
