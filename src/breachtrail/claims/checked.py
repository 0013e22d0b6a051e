"""What came of a check: every claim with its verdict, the readings that were tried, and what was not claimed of."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import ceil, floor

from breachtrail.claims.article import Article
from breachtrail.claims.claim import Aside, Claim, ClaimKind, Unsure
from breachtrail.claims.figure import Figure, Hedge
from breachtrail.claims.readings import BY_CHANCE, FEWEST, Reading
from breachtrail.claims.resolve import Organisation
from breachtrail.claims.standing import Sight, Standing
from breachtrail.claims.tolerance import Manner, allowed
from breachtrail.claims.verdict import AGAINST, Bracket, Judgement, Reason, Verdict, is_near, outside
from breachtrail.ledger.store import Head
from breachtrail.questions.bracket import Asked

#: Hedges that leave a figure on either side of the answer.
_TWO_SIDED = (Hedge.EXACT, Hedge.ABOUT, Hedge.NEARLY)


@dataclass(frozen=True)
class Tried:
    """What a reading makes of one claim: the bracket that it gives, and whether that admits the figure."""

    reading: Reading
    bracket: Bracket
    admits: bool


@dataclass(frozen=True)
class Score:
    """How a reading does on the article's figures together.

    figures:   different figures that it changes the question of
    explained: those that its bracket admits; ``plainly``: those that the plain reading admits
    left:      those that the plain reading leaves unexplained; ``gained``: those of them that this one explains
    by_chance: the chance that so many of them are admitted by accident
    is_offered: whether it explains them better than chance, and better than any other reading
    """

    reading: Reading
    figures: int
    explained: int
    plainly: int
    left: int
    gained: int
    by_chance: float
    is_offered: bool = False

    @property
    def is_shown(self) -> bool:
        """Whether it explains several figures that the plain reading does not, hardly by accident."""
        return self.is_offered or (self.gained >= FEWEST and self.by_chance <= BY_CHANCE)


@dataclass(frozen=True)
class Ranking:
    """The place that the answer gives to what a claim ranks: the best and the worst that it can have had on the day."""

    claimed: int
    best: int
    worst: int
    now: int
    is_observed: bool = True

    @property
    def verdict(self) -> Verdict:
        """The verdict on the place alone; while a list was unobserved, one place more or less is not held against it."""
        if self.best <= self.claimed <= self.worst:
            return Verdict.HOLDS if self.best == self.worst else Verdict.CONSISTENT
        if self.claimed == self.now:
            return Verdict.HOLDS_NOW
        is_near = self.best - 1 <= self.claimed <= self.worst + 1
        return Verdict.UNKNOWN if is_near and not self.is_observed else Verdict.DOES_NOT_HOLD


@dataclass(frozen=True)
class Checking:
    """One claim, checked.

    asked:        what was asked for it, the claim's own question first
    standing:     what the ledger answers; None where nothing could be asked
    reading:      the reading that explains the figure, where the plain one does not
    also:         the article's reading admits this figure too
    tried:        the readings that were tried, in their order
    ranking:      of what the claim gives a place to
    """

    claim: Claim
    asked: tuple[Asked, ...]
    standing: Standing | None
    judgement: Judgement
    organisation: Organisation | None = None
    reading: Reading | None = None
    also: bool = False
    tried: tuple[Tried, ...] = ()
    ranking: Ranking | None = None

    @property
    def verdict(self) -> Verdict:
        """The verdict on the whole claim: on its figure, or on its place where that fares worse."""
        if self.ranking is None or self.judgement.verdict in AGAINST or self.judgement.reason is Reason.FAR_OFF:
            return self.judgement.verdict
        placed = self.ranking.verdict
        return placed if self.claim.figure is None or placed is Verdict.DOES_NOT_HOLD else self.judgement.verdict

    @property
    def figure(self) -> Figure | None:
        """The figure that was checked."""
        return self.claim.figure

    @property
    def stands_for(self) -> tuple[Fraction, Fraction] | None:
        """The least and the most that the figure can stand for, where it lies outside them or was rounded; of a count whole."""
        figure, judgement = self.figure, self.judgement
        if figure is None or figure.hedge not in _TWO_SIDED:
            return None
        is_outside = judgement.verdict is Verdict.DOES_NOT_HOLD or judgement.reason is Reason.JUST_OUTSIDE
        if not is_outside and judgement.manner not in (Manner.ROUNDED, Manner.TRUNCATED, Manner.HEDGED):
            return None
        answers = allowed(figure)
        if self.claim.kind is ClaimKind.COUNT:
            return Fraction(ceil(answers.least)), Fraction(floor(answers.most))
        return answers.least, answers.most

    def shows(self, test: Tried) -> bool:
        """Whether a reading gives the figure by a span that says something, or comes near it and nearer than the plain one."""
        figure, standing = self.figure, self.standing
        if figure is None or standing is None or test.bracket.is_wide:
            return False
        answers, of_notices = allowed(figure), self.claim.question.measures == ("notices",)
        is_nearer = outside(answers, test.bracket) < outside(answers, standing.bracket)
        return test.admits or (is_nearer and is_near(answers, test.bracket, of_notices))


@dataclass(frozen=True)
class Checked:
    """A check of an article, or of claims written down.

    day, now:    the day as of which it is checked (``is_told``: the article's own), and the newest day looked at
    claims:      those with a figure and those of a place alone, in the article's order
    scores:      the readings of the whole article, the offered one first
    """

    article: Article
    sight: Sight
    now: date
    is_told: bool
    head: Head
    claims: tuple[Checking, ...]
    not_about_the_register: tuple[tuple[Figure, Aside], ...]
    not_understood: tuple[tuple[Figure, Unsure], ...]
    scores: tuple[Score, ...] = ()
    verdicts: Counter[Verdict] = field(default_factory=Counter)

    @property
    def day(self) -> date:
        """The day as of which the article is checked."""
        return self.sight.day

    @property
    def offered(self) -> Score | None:
        """The reading that explains the article's figures together, if there is one."""
        return next((score for score in self.scores if score.is_offered), None)

    @property
    def has_moved(self) -> bool:
        """Whether a figure that the register allowed on the day is none that it shows now."""
        return any(
            one.verdict is Verdict.HELD_THEN
            or (
                one.verdict is Verdict.CONSISTENT
                and one.figure
                and one.standing
                and not _allows(one.figure, one.standing.now)
            )
            for one in self.claims
        )

    @property
    def speaks_against(self) -> bool:
        """Whether something that was published does not hold as it stands."""
        return any(one.verdict in AGAINST for one in self.claims)


def _allows(figure: Figure, answer: Fraction | None) -> bool:
    return answer is not None and allowed(figure).meets(answer, answer)
