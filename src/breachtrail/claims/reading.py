"""An article to claims: every number of its text once, as a claim, as not about the register, or as not understood."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from breachtrail.claims import told
from breachtrail.claims.article import Article, Block, BlockKind
from breachtrail.claims.claim import Aside, Claim, Read, Unsure
from breachtrail.claims.context import Context
from breachtrail.claims.figure import Figure, Hedge, Unit
from breachtrail.claims.mention import Mention, mentions
from breachtrail.claims.numeral import Numeral, numerals, plain
from breachtrail.claims.passage import Outcome, Sentence, figure
from breachtrail.claims.period import Period, Role, in_context, periods
from breachtrail.claims.saying import Saying
from breachtrail.claims.sentence import sentences
from breachtrail.claims.shape import shapes
from breachtrail.claims.table import Table

#: A stretch with more figures is a column of figures, no sentence.
MOST_FIGURES = 80


def read(article: Article) -> Read:
    """All figures of ``article``, each in exactly one list, in the order of the text. Raises nothing."""
    return _Reading(article).read()


class _Reading:
    def __init__(self, article: Article) -> None:
        self._article = article
        self._text = plain(article.text)
        self._mentions = mentions(self._text, article.language)
        self._places = [one.start for one in self._mentions]
        self._context = Context()
        self._outcomes: dict[int, tuple[Figure, Outcome]] = {}
        self._ranks: list[Claim] = []

    def read(self) -> Read:
        article = self._article
        blocks = article.blocks or (Block(BlockKind.PARAGRAPH, 0, len(article.text)),)
        for block in blocks:
            if block.kind is BlockKind.TABLE:
                self._table(block)
            else:
                self._block(block)
        claims: list[Claim] = list(self._ranks)
        aside: list[tuple[Figure, Aside]] = []
        unsure: list[tuple[Figure, Unsure]] = []
        for _, (found, outcome) in sorted(self._outcomes.items()):
            if isinstance(outcome, list):
                claims += outcome
            elif isinstance(outcome, Aside):
                aside.append((found, outcome))
            else:
                unsure.append((found, outcome))
        claims = [replace(claim, figure=self._as_written(claim.figure)) if claim.figure else claim for claim in claims]
        claims.sort(key=lambda claim: (claim.figure.start if claim.figure else claim.start, claim.end))
        return Read(
            tuple(claims),
            tuple((self._as_written(found), why) for found, why in aside),
            tuple((self._as_written(found), why) for found, why in unsure),
        )

    def _as_written(self, found: Figure) -> Figure:
        """With the signs as the article has them, not as they were made simple."""
        return replace(found, text=self._article.text[found.start : found.end])

    def _block(self, block: Block) -> None:
        context, text = self._context, self._text
        numbers, spans = self._numbers(block.start, block.end)
        if block.kind is BlockKind.LINK:
            self._put_aside(numbers, Aside.OTHER_SOURCE)
            return
        places = [number.start for number in numbers]
        is_heading = block.kind in (BlockKind.TITLE, BlockKind.HEADING)
        if is_heading:
            self._heading(block, spans)
        elif block.kind is BlockKind.PARAGRAPH:
            context.new_paragraph()
        for start, end in sentences(text, block.start, block.end, self._article.language):
            inside = numbers[bisect_left(places, start) : bisect_left(places, end)]
            if len(inside) > MOST_FIGURES:
                self._put_aside(inside, Unsure.NOTHING_COUNTED)
                continue
            saying = Saying(
                Sentence(
                    text,
                    start,
                    end,
                    self._article.language,
                    self._article.published,
                    tuple(inside),
                    tuple(self._within(start, end)),
                    tuple(span for span in spans if start <= span.start < end),
                    block.kind is BlockKind.ITEM,
                ),
                context,
            )
            saying.read()
            self._outcomes |= saying.outcomes
            self._ranks += saying.ranks
        if is_heading:
            context.before, context.paragraph = (), None
        for number in numbers:  # a sentence of nothing but signs is none, yet its numbers are not lost
            if number.start not in self._outcomes:
                self._put_aside([number], Unsure.NOTHING_COUNTED)

    def _within(self, start: int, end: int) -> list[Mention]:
        """The mentions that lie in a stretch of the text."""
        found = self._mentions[bisect_left(self._places, start) : bisect_left(self._places, end)]
        return [one for one in found if one.end <= end]

    def _heading(self, block: Block, spans: Sequence[Period]) -> None:
        context = self._context
        days = None
        for span in spans:
            one = in_context(span, context.title or context.days() or (None, None), self._article.published)
            if one.role is Role.PERIOD and one.known:
                days = (one.first, one.last)
                break
        unit = told.unit_in(self._text, block.start, block.end, self._article.language)
        if block.kind is BlockKind.TITLE:
            context.title = context.title or days
            context.new_section(days, (), unit)
            return
        inside = self._within(block.start, block.end)
        context.new_section(days, told.conditions(told.filers(inside, inside)), unit)

    def _table(self, block: Block) -> None:
        numbers: list[Numeral] = []
        for row in block.rows:
            for span in row:
                numbers += self._numbers(span.start, span.end)[0]
        table = Table(block, self._text, self._article.language, self._context, self._article.published)
        table.read(numbers)
        self._outcomes |= table.outcomes

    def _numbers(self, start: int, end: int) -> tuple[list[Numeral], list[Period]]:
        """The numbers of a stretch that are not put aside at once, and the periods that it names.

        Those whose shape, or whose place in a name or a period, says what they are, are put aside here.
        """
        text = self._text
        found = numerals(text, start, end)
        spans = [
            replace(span, start=span.start + start, end=span.end + start)
            for span in periods(text[start:end], self._article.published)
        ]
        places: list[tuple[int, int, Aside | None]] = list(shapes(text, start, end))
        places += [
            (one.start, one.end, Aside.NAME)
            for one in self._within(start, end)
            if one.column == "organisation" and any(sign.isdigit() for sign in one.written)
        ]
        places += [
            (span.start, span.end, Aside.TIME_SPAN if span.role is Role.ROLLING else Aside.YEAR) for span in spans
        ]
        places.sort(key=lambda place: place[:2])
        kept: list[Numeral] = []
        first = 0
        for number in found:
            while first < len(places) and places[first][1] <= number.start:
                first += 1
            over = []
            for place in places[first:]:
                if place[0] >= number.end:
                    break
                if place[1] > number.start:
                    over.append(place)
            if not over:
                kept.append(number)
            elif over[0][2] is not None:
                self._one_aside(number, over[0])
        return kept, spans

    def _one_aside(self, number: Numeral, place: tuple[int, int, Aside | None]) -> None:
        """Put a number aside with the whole of what it belongs to; several numbers of one shape are one figure."""
        start, end, reason = min(place[0], number.start), max(place[1], number.end), place[2]
        assert reason is not None
        last = next(reversed(self._outcomes.values()), None)
        if last is not None and isinstance(last[1], Aside) and last[0].start <= start < last[0].end:
            widened = replace(
                last[0], end=max(end, last[0].end), text=self._article.text[last[0].start : max(end, last[0].end)]
            )
            self._outcomes[last[0].start] = (widened, last[1])
            return
        whole = Figure(start, end, self._article.text[start:end], number.value, number.step, Hedge.EXACT, Unit.UNTOLD)
        self._outcomes[start] = (whole, reason)

    def _put_aside(self, numbers: Sequence[Numeral], reason: Aside | Unsure) -> None:
        for number in numbers:
            self._outcomes[number.start] = (figure(self._article.text, number, Hedge.EXACT, Unit.UNTOLD), reason)
