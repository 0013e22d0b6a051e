"""The way of a check: claims → questions → answers with their bounds → verdicts → the reading that explains them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from breachtrail.claims import ranking, resolve
from breachtrail.claims.article import Article
from breachtrail.claims.checked import Checked, Checking
from breachtrail.claims.claim import Claim, ClaimKind, Read
from breachtrail.claims.elsewhere import without_other_registers
from breachtrail.claims.explain import explained
from breachtrail.claims.ledger import Answers, Ledger
from breachtrail.claims.resolve import Organisation
from breachtrail.claims.standing import Sight, Standing, asked, on, standing
from breachtrail.claims.unread import is_plain, unread
from breachtrail.claims.verdict import Bracket, Judgement, Reason, Verdict, judged
from breachtrail.errors import QuestionError
from breachtrail.questions.bracket import Asked, Bracketed
from breachtrail.questions.question import Question

#: Better first: of two ways of finding an organisation's notice, the one that fits is taken.
_FIT = (Verdict.HOLDS, Verdict.CONSISTENT, Verdict.HELD_THEN, Verdict.HOLDS_NOW)


def check(ledger: Ledger, article: Article, read: Read, *, as_of: date | None = None) -> Checked:
    """Every claim of ``read`` with its verdict, as known on the article's day and now.

    as_of: the day that is *now*; else the newest day known. Raises QuestionError where the ledger knows nothing by then.
    """
    read = without_other_registers(article, read, ledger.register)
    looks = tuple(ledger.coverage())
    days = [look.taken_on for look in looks if as_of is None or look.taken_on <= as_of]
    if not days:
        raise QuestionError("The ledger knows nothing by that day, so nothing can be checked. Ask as of a later one.")
    now = as_of or max(days)
    day = article.published or now
    sight = Sight(day if as_of is None else min(day, as_of), looks)
    answers = Answers(ledger, now)
    checkings = _doubted(article, _answered(ledger, answers, read.claims, sight))
    checkings, scores = explained(answers, checkings, sight)
    checkings = ranking.ranked(answers, checkings, sight)
    return Checked(
        article, sight, now, article.published is not None, ledger.head, checkings, read.not_about_the_register,
        read.not_understood, scores, Counter(one.verdict for one in checkings),
    )  # fmt: skip


def _answered(ledger: Ledger, answers: Answers, claims: Sequence[Claim], sight: Sight) -> tuple[Checking, ...]:
    """Every claim by the plain reading, asked in one go."""
    named = [claim for claim in claims if claim.organisation]
    who = dict(
        zip(map(id, named), resolve.found(ledger, [(one.organisation, one.question) for one in named]), strict=True)
    )
    whom = [who.get(id(claim)) for claim in claims]
    first = _asked(
        answers, claims, [_question(claim, one) for claim, one in zip(claims, whom, strict=True)], whom, sight
    )
    # Whose notice lies outside the article's period, or fits nothing in it, may be a well-known one of another year.
    again = [
        place
        for place, (one, found) in enumerate(zip(whom, first, strict=True))
        if one is not None
        and one.condition is not None
        and found.judgement.verdict not in _FIT
        and _has_period(claims[place])
    ]
    ever = [_question(claims[place], whom[place], ever=True) for place in again]
    second = _asked(answers, [claims[place] for place in again], ever, [whom[place] for place in again], sight)
    checkings = list(first)
    for place, found in zip(again, second, strict=True):
        who_is_meant = whom[place]
        assert who_is_meant is not None
        if found.judgement.verdict in _FIT or not who_is_meant.in_period:
            checkings[place] = found
        judgement = checkings[place].judgement
        if who_is_meant.is_unsure and (
            judgement.verdict is Verdict.DOES_NOT_HOLD or judgement.reason is Reason.FAR_OFF
        ):
            checkings[place] = replace(
                checkings[place], judgement=Judgement(Verdict.UNKNOWN, reason=Reason.SEVERAL_NAMES)
            )
    return tuple(checkings)


def _doubted(article: Article, checkings: Sequence[Checking]) -> tuple[Checking, ...]:
    """Those that lie far off: wrong where the clause says by itself, in known words, what is counted; else of something else perhaps."""

    def told(one: Checking) -> Checking:
        if one.judgement.reason is not Reason.FAR_OFF:
            return one
        words = unread(article, one.claim)
        if not words and is_plain(article, one.claim):
            return replace(one, judgement=Judgement(Verdict.DOES_NOT_HOLD))
        return replace(one, judgement=replace(one.judgement, unread=words))

    return tuple(map(told, checkings))


def _has_period(claim: Claim) -> bool:
    return claim.question.submitted_from is not None or claim.question.submitted_to is not None


def _question(claim: Claim, who: Organisation | None, *, ever: bool = False) -> Question | None:
    """The claim's question; of an organisation the largest of its notices. None where nobody of that name is known."""
    if who is None:
        return claim.question
    if who.condition is None:
        return None
    measures = ("largest",) if claim.question.measures == ("individuals",) else claim.question.measures
    question = replace(claim.question, measures=measures, conditions=(*claim.question.conditions, who.condition))
    return replace(question, submitted_from=None, submitted_to=None) if ever else question


def _asked(
    answers: Answers,
    claims: Sequence[Claim],
    questions: Sequence[Question | None],
    whom: Sequence[Organisation | None],
    sight: Sight,
) -> list[Checking]:
    """One statement for all of these claims, and what it says of each."""
    tuples = [(asked(claim, one) or ()) if one else () for claim, one in zip(claims, questions, strict=True)]
    found = answers.of_days([(on(sight, claim).day, some) for claim, some in zip(claims, tuples, strict=True)])
    return [
        _judged(claim, some, told, who, on(sight, claim))
        if some
        else Checking(claim, (), None, Judgement(Verdict.UNKNOWN, reason=Reason.NO_SUCH_NAME), who)
        for claim, some, told, who in zip(claims, tuples, found, whom, strict=True)
    ]


def _judged(
    claim: Claim, questions: tuple[Asked, ...], answers: tuple[Bracketed, ...], who: Organisation | None, sight: Sight
) -> Checking:
    told = standing(claim, answers, questions, sight, claim.question.view)
    return Checking(claim, questions, told, _verdict(claim, told, sight, who), who)


def _verdict(claim: Claim, told: Standing, sight: Sight, who: Organisation | None) -> Judgement:
    if sight.is_before_the_first:
        return Judgement(Verdict.UNKNOWN, reason=Reason.BEFORE_FIRST_LOOK)
    if claim.figure is None:
        return Judgement(Verdict.UNKNOWN, reason=Reason.NOTHING_COUNTED)
    if (
        claim.kind is not ClaimKind.COUNT
        and told.then is None
        and told.bracket == Bracket(Fraction(0), Fraction(0), told.bracket.growth, told.bracket.is_observed)
    ):
        return Judgement(Verdict.UNKNOWN, reason=Reason.NOTHING_COUNTED)
    if who is not None and told.then is None and not told.bracket.high:
        return Judgement(Verdict.UNKNOWN, reason=Reason.NO_SUCH_NAME)
    of_notices = claim.question.measures == ("notices",)
    return judged(claim.figure, told.bracket, told.then, told.now, is_of_one=who is not None, of_notices=of_notices)
