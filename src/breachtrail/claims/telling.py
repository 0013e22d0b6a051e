"""A check in words of one language, claim by claim, free of any dress: what the terminal, the page and JSON show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property

from breachtrail.claims.checked import Checked, Checking, Tried
from breachtrail.claims.claim import ClaimKind
from breachtrail.claims.figure import Figure
from breachtrail.claims.standing import on
from breachtrail.claims.verdict import AGAINST, Bracket, Verdict
from breachtrail.questions import ask, bracket
from breachtrail.questions.question import Question
from breachtrail.wording.phrases import Phrases
from breachtrail.wording.question import said

#: Verdicts as they are summed up for a reader.
SUMMED = {
    "holds": (Verdict.HOLDS, Verdict.HELD_THEN),
    "consistent": (Verdict.CONSISTENT,),
    "against": AGAINST,
    "unknown": (Verdict.UNKNOWN,),
}


@dataclass(frozen=True)
class Told:
    """One claim in words.

    number:    its place among the claims, from 1
    figure:    the figure as printed; of a claim of a place alone the words that say it
    stated:    its value and hedge
    then, now: the answer on the article's day, or the span in which it lies, and the answer now
    sentences: the verdict in full
    tried:     readings that give the figure or come near it, what they give, and whether that admits it
    rest:      the other readings that were tried, and what they give; slips in the digits left out
    """

    number: int
    checking: Checking
    figure: str
    clause: str
    question: str
    stated: str
    then: str
    now: str
    verdict: str
    sentences: tuple[str, ...]
    tried: tuple[tuple[str, str, bool], ...]
    rest: tuple[tuple[str, str], ...]

    @property
    def code(self) -> str:
        """The verdict for machines."""
        return self.checking.verdict.value


class Telling:
    """A check told in the language of ``phrases``."""

    def __init__(self, checked: Checked, phrases: Phrases) -> None:
        self.checked, self.phrases = checked, phrases

    def say(self, key: str, /, **values: object) -> str:
        """A phrase of the checks."""
        return self.phrases.say(f"check.{key}", **values)

    @cached_property
    def title(self) -> str:
        """What was checked."""
        title = self.checked.article.title
        return self.say("title", title=title) if title else self.say("untitled")

    @cached_property
    def claims(self) -> tuple[Told, ...]:
        """Every claim in words, in the article's order."""
        return tuple(self._told(number, one) for number, one in enumerate(self.checked.claims, 1))

    @cached_property
    def lead(self) -> tuple[str, ...]:
        """What came of it, in a few sentences."""
        checked = self.checked
        told = [self._result()]
        if not checked.claims:
            return (*told, *([self.sums] if checked.not_about_the_register or checked.not_understood else []))
        if (score := checked.offered) is not None:
            reading = self.reading(score.reading.code)
            counts = {name: getattr(score, name) for name in ("gained", "left", "explained", "figures", "plainly")}
            told.insert(0, self.say("only", reading=reading, **counts))
        return (*told, self.day, self.sums)

    def _result(self) -> str:
        claims = self.checked.claims
        against = sum(one.verdict in AGAINST for one in claims)
        unknown = sum(one.verdict is Verdict.UNKNOWN for one in claims)
        if not claims:
            return self.say("nothing_to_check", unsure=len(self.checked.not_understood))
        if against:
            return self.say("against", claims=against)
        if unknown:
            return self.say("none_against", claims=len(claims), unknown=unknown)
        return self.say("nothing_against")

    @property
    def day(self) -> str:
        """As of when it was checked."""
        checked = self.checked
        return self.say("day", day=checked.day, is_told=checked.is_told, now=checked.now)

    @property
    def sums(self) -> str:
        """That every number of the text is accounted for."""
        aside, unsure = len(self.checked.not_about_the_register), len(self.checked.not_understood)
        claims = len({one.figure.start for one in self.checked.claims if one.figure is not None})
        return self.say("sums", numbers=claims + aside + unsure, checked=claims, aside=aside, unsure=unsure)

    @property
    def totals(self) -> tuple[tuple[str, int], ...]:
        """How many claims fared how."""
        return tuple(
            (self.say(f"counted.{name}"), sum(self.checked.verdicts[verdict] for verdict in verdicts))
            for name, verdicts in SUMMED.items()
        )

    @cached_property
    def summary(self) -> tuple[str, ...]:
        """What a desk editor can paste: title, result, and what does not hold or cannot be known."""
        return (self.title, *self.lead, *self.lines((*AGAINST, Verdict.UNKNOWN)))

    def lines(self, verdicts: Sequence[Verdict]) -> tuple[str, ...]:
        """A line for each claim with one of these verdicts; what is said several times stands there once."""
        several: dict[tuple[object, ...], Told] = {}
        for one in self.claims:
            if one.checking.verdict in verdicts:
                several.setdefault((one.question, one.figure, one.sentences), one)
        return tuple(map(self.line, several.values()))

    @property
    def asides(self) -> tuple[tuple[str, str], ...]:
        """Every number that is not about the register, and why."""
        return tuple(
            (self.clause(figure.start, figure.end), self.say(f"aside.{aside.value}"))
            for figure, aside in self.checked.not_about_the_register
        )

    @property
    def unsure(self) -> tuple[tuple[str, str], ...]:
        """Every figure that was not understood, and why."""
        return tuple(
            (self.clause(figure.start, figure.end), self.say(f"unsure.{why.value}"))
            for figure, why in self.checked.not_understood
        )

    def line(self, one: Told) -> str:
        """One claim in a line."""
        text = ("" if self.phrases.language == "zh" else " ").join(one.sentences)
        return self.say("line", figure=one.figure, clause=cut(one.clause), verdict=one.verdict, text=text)

    def reading(self, code: str) -> str:
        """A reading in words."""
        return self.say(f"reading.{code}")

    def statements(self, one: Checking) -> Iterator[tuple[str, str]]:
        """The SQL behind a claim, each with its title: the answers on both days, and the span where it is one."""
        day, now = self.day_of(one), self.checked.now
        for asked in one.asked[:2]:
            yield self.say("page.sql_then", day=day), ask.shown(replace(asked.question, as_of=day))
            if now != day:
                yield self.say("page.sql_now"), ask.shown(replace(asked.question, as_of=now))
        if one.standing is not None and one.standing.bracket.low != one.standing.bracket.high:
            for asked in one.asked:
                yield self.say("page.sql_bracket", day=day), bracket.shown(asked, asked.question.register, day)

    def looks(self) -> tuple[str, ...]:
        """For each list the looks next to the article's day."""
        sight = self.checked.sight
        told = []
        for view in ("under_investigation", "archive"):
            days = sorted({look.taken_on for look in sight.of(view)})
            before = max((day for day in days if day < sight.day), default=None)
            after = min((day for day in days if day > sight.day), default=None)
            on_the_day = sight.day in days
            told.append(self.say("page.look", view=view, before=before, after=after, on_the_day=on_the_day))
        return tuple(told)

    def clause(self, start: int, end: int) -> str:
        """The words of the article at a place, on one line."""
        return " ".join(self.checked.article.text[start:end].split())

    def figure(self, figure: Figure) -> str:
        """Value and hedge of a figure, as this language prints them."""
        return self.say(f"stated.{figure.hedge.value}", number=figure.text)

    def day_of(self, one: Checking) -> date:
        """The day as of which a claim was checked: the article's, or the one that its sentence names."""
        return on(self.checked.sight, one.claim).day

    def value(self, value: Fraction | None, one: Checking) -> str:
        """An answer as it is printed beside the claim."""
        numbers = self.phrases.numbers
        if value is None:
            return self.say("nothing")
        if one.claim.kind in (ClaimKind.SHARE, ClaimKind.CHANGE):
            return numbers.percent(float(value))
        if one.claim.kind is ClaimKind.TIMES:
            return numbers.times(float(value))
        return numbers.said(round(value))

    def span(self, span: Bracket | None, one: Checking) -> str:
        """A bracket as it is printed: one figure where its ends are the same as printed."""
        if span is None:
            return self.say("nothing")
        low, high = self.value(span.low, one), self.value(span.high, one)
        return low if low == high else self.say("bracket", low=low, high=high)

    def _told(self, number: int, one: Checking) -> Told:
        claim, standing = one.claim, one.standing
        clause = self.clause(claim.start, claim.end)
        return Told(
            number,
            one,
            claim.figure.text if claim.figure is not None else clause,
            clause,
            self.question(one),
            self.figure(claim.figure) if claim.figure is not None else "",
            self.span(standing.bracket if standing else None, one),
            self.value(standing.now if standing else None, one),
            self.say(f"verdict.{one.verdict.value}"),
            tuple(self._sentences(one)),
            tuple(
                (self.reading(test.reading.code), self._given(test, one), test.admits)
                for test in one.tried
                if one.shows(test)
            ),
            tuple(
                (self.reading(test.reading.code), self._given(test, one))
                for test in one.tried
                if not one.shows(test) and not test.reading.is_of_the_digits
            ),
        )

    def question(self, one: Checking) -> str:
        """What was asked, in words."""
        day, claim = self.day_of(one), one.claim
        asked = one.asked[0].question if one.asked else claim.question
        whole = self._said(claim.whole, day) if claim.whole is not None else ""
        return self.say(f"kind.{claim.kind.value}", question=self._said(asked, day), whole=whole)

    def _said(self, question: Question, day: date) -> str:
        return said(replace(question, as_of=day), self.phrases)

    def _sentences(self, one: Checking) -> Iterator[str]:
        judgement, standing = one.judgement, one.standing
        day = self.day_of(one)
        span, now = (
            self.span(standing.bracket if standing else None, one),
            self.value(standing.now if standing else None, one),
        )
        manner = self.say(f"manner.{judgement.manner.value}") if judgement.manner else ""
        verdict = judgement.verdict
        if one.claim.figure is None and standing is not None:
            pass
        elif verdict is Verdict.UNKNOWN:
            assert judgement.reason is not None
            who = one.organisation
            yield self.say(
                f"unknown.{judgement.reason.value}", day=day, bracket=span, now=now,
                name=who.written if who else "", names=list(who.names) if who else [], unread=list(judgement.unread),
            )  # fmt: skip
        elif verdict is Verdict.ONLY_IF:
            yield self._only_if(one, span, now)
        elif verdict is Verdict.DOES_NOT_HOLD and standing and standing.bracket.is_observed:
            yield self.say("exactly", day=day, bracket=span, now=now)
        elif verdict is Verdict.HOLDS:
            yield self.say("holds", day=day, then=span, manner=manner)
        elif verdict in (Verdict.CONSISTENT, Verdict.HELD_THEN):
            yield self.say(verdict.value, day=day, bracket=span, now=now, manner=manner)
        else:
            yield self.say(verdict.value, day=day, bracket=span, now=now)
        yield from self._printed(one)
        yield from self._beside(one)

    def _printed(self, one: Checking) -> Iterator[str]:
        """Which answers a rounded figure can stand for."""
        if one.figure is not None and (ends := one.stands_for) is not None:
            low, high = self._end(ends[0], one), self._end(ends[1], one)
            if low != high:
                yield self.say("printed", figure=self.figure(one.figure), low=low, high=high)

    def _end(self, value: Fraction, one: Checking) -> str:
        """An end of what a figure can stand for: of a percentage with one place more than it was printed with."""
        if one.figure is None or one.claim.kind not in (ClaimKind.SHARE, ClaimKind.CHANGE):
            return self.value(value, one)
        step = one.figure.step * 100
        places = next((places for places in range(1, 5) if step * 10 ** (places - 1) >= 1), 5)
        return f"{self.phrases.numbers.decimal(float(value * 100), places)}%"

    def _given(self, test: Tried, one: Checking) -> str:
        """What a reading gives: another span; or, of a slip in the digits, the answers that the figure would stand for."""
        figure = one.claim.figure
        answers = test.reading.allowed(figure) if figure is not None else None
        return self.span(test.bracket if answers is None else Bracket(answers.least, answers.most), one)

    def _only_if(self, one: Checking, span: str, now: str) -> str:
        reading = one.reading
        assert reading is not None
        assert one.standing is not None
        told = {
            "reading": self.reading(reading.code), "bracket": span, "day": self.day_of(one), "now": now,
            "is_point": one.standing.bracket.low == one.standing.bracket.high,
        }  # fmt: skip
        if reading.is_of_the_digits:
            return self.say("slip", **told)
        return self.say("only_if", given=self.span(_test(one, reading.code).bracket, one), **told)

    def _beside(self, one: Checking) -> Iterator[str]:
        """What else is said of a claim: its place, whose notice was meant, the article's reading."""
        day, offered = self.day_of(one), self.checked.offered
        ranking = one.ranking
        if ranking is not None and not (one.reading is not None and ranking.verdict is Verdict.CONSISTENT):
            known = {Verdict.HOLDS: "holds", Verdict.CONSISTENT: "consistent"}.get(ranking.verdict, "fails")
            values = {"claimed": ranking.claimed, "best": ranking.best, "worst": ranking.worst, "now": ranking.now}
            yield self.say(
                f"rank.{known}",
                **{name: values[name] for name in _RANKS[known]},
                **({} if known == "holds" else {"day": day}),
            )
        if one.organisation is not None and one.standing is not None and one.organisation.names:
            yield self.say("organisation", names=list(one.organisation.names[:1]))
        if one.also and offered is not None:
            code = offered.reading.code
            yield self.say("also", reading=self.reading(code), given=self.span(_test(one, code).bracket, one))


def cut(text: str, longest: int = 60) -> str:
    """The text, or its beginning where it is long."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


_RANKS = {
    "holds": ("claimed",),
    "consistent": ("claimed", "best", "worst"),
    "fails": ("claimed", "best", "worst", "now"),
}


def _test(one: Checking, code: str) -> Tried:
    return next(test for test in one.tried if test.reading.code == code)
