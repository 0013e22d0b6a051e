"""Which reading explains an article's figures: readings compete by how many of them they admit together."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import log

from breachtrail.claims import readings
from breachtrail.claims.checked import Checking, Score, Tried
from breachtrail.claims.claim import ClaimKind
from breachtrail.claims.ledger import Answers
from breachtrail.claims.readings import Reading
from breachtrail.claims.standing import Sight, asked, on, standing
from breachtrail.claims.tolerance import allowed, manner
from breachtrail.claims.verdict import AGAINST, Bracket, Judgement, Reason, Verdict
from breachtrail.questions.bracket import Asked

_UNSETTLED = (Reason.JUST_OUTSIDE, Reason.FAR_OFF)
_Ask = tuple[int, Reading, tuple[Asked, ...]]


def explained(
    answers: Answers, checkings: tuple[Checking, ...], sight: Sight
) -> tuple[tuple[Checking, ...], tuple[Score, ...]]:
    """The claims with the readings that were tried on them; nothing is tried where every claim holds."""
    if sight.is_before_the_first or not any(_is_open_question(one) for one in checkings):
        return checkings, ()
    tried = _tried(answers, checkings, sight)
    scores = _scores(checkings, tried)
    offered = next((score.reading for score in scores if score.is_offered), None)
    return tuple(_with_reading(one, tried.get(place, ()), offered) for place, one in enumerate(checkings)), scores


def _is_open_question(one: Checking) -> bool:
    judgement = one.judgement
    return judgement.verdict in AGAINST or judgement.reason in _UNSETTLED or _is_loose(one)


def _is_loose(one: Checking) -> bool:
    return (
        one.judgement.verdict is Verdict.HOLDS and one.judgement.manner is not None and one.judgement.manner == "loose"
    )


def _tried(answers: Answers, checkings: Sequence[Checking], sight: Sight) -> dict[int, tuple[Tried, ...]]:
    """Every reading of every claim that it takes otherwise; a statement for each day that is asked of."""
    by_day: dict[date, list[_Ask]] = {}
    for place, one in enumerate(checkings):
        if one.figure is None or one.standing is None:
            continue
        for reading in readings.readings():
            told_of = on(sight, one.claim)
            day = told_of.neighbour(reading.look) if reading.look else told_of.day
            if day is None or reading.is_of_the_digits:
                continue
            if one.claim.organisation if reading.is_of_the_article else not _is_open_question(one):
                continue
            if (questions := asked(one.claim, one.asked[0].question, reading)) is not None:
                by_day.setdefault(day, []).append((place, reading, questions))
    found: dict[int, list[Tried]] = {}
    for day, asks in by_day.items():
        told_of_all = answers.of([questions for _, _, questions in asks], day, bounds_alone=True)
        for (place, reading, questions), answer in zip(asks, told_of_all, strict=True):
            one, then = checkings[place], replace(sight, day=day)
            told = standing(one.claim, answer, questions, then, reading.view or one.claim.question.view)
            assert one.figure is not None
            admits = allowed(one.figure).meets(told.bracket.low, told.bracket.high)
            found.setdefault(place, []).append(Tried(reading, told.bracket, admits))
    for place, one in enumerate(checkings):
        if one.figure is not None and one.standing is not None and _is_open_question(one):
            for reading in readings.readings():
                if (answers_allowed := reading.allowed(one.figure)) is not None:
                    bracket = one.standing.bracket
                    admits = answers_allowed.meets(bracket.low, bracket.high)
                    found.setdefault(place, []).append(Tried(reading, bracket, admits))
    order = {reading: number for number, reading in enumerate(readings.readings())}
    return {place: tuple(sorted(some, key=lambda one: order[one.reading])) for place, some in found.items()}


def _scores(checkings: Sequence[Checking], tried: dict[int, tuple[Tried, ...]]) -> tuple[Score, ...]:
    """The readings of the whole article, the likeliest first; at most one of them is offered.

    Only what the plain reading leaves unexplained speaks for another one: how likely is it that so many of those figures
    lie in its brackets by accident?
    """
    of_the_article = [reading for reading in readings.readings() if reading.is_of_the_article]
    scores = [score for reading in of_the_article if (score := _score(reading, checkings, tried))]
    scores.sort(key=lambda score: (score.by_chance, -score.explained))
    limit = readings.BY_CHANCE / len(of_the_article)
    if (
        scores
        and scores[0].gained >= readings.FEWEST
        and scores[0].by_chance <= limit
        and scores[0].gained * 2 > scores[0].left
    ):
        scores[0] = replace(scores[0], is_offered=True)
    return tuple(scores)


def _score(reading: Reading, checkings: Sequence[Checking], tried: dict[int, tuple[Tried, ...]]) -> Score | None:
    chances: list[float] = []
    figures = admitted = plainly = gained = 0
    seen = set()
    for place, one in enumerate(checkings):
        test = next((test for test in tried.get(place, ()) if test.reading == reading), None)
        if test is None or one.figure is None or one.standing is None or one.claim.organisation:
            continue
        same = one.claim.kind, one.asked, one.figure.value
        if same in seen or test.bracket == one.standing.bracket:
            continue
        seen.add(same)
        figures += 1
        admitted += test.admits
        answers = allowed(one.figure)
        if answers.meets(one.standing.bracket.low, one.standing.bracket.high):
            plainly += 1
            continue
        gained += test.admits
        chances.append(readings.chance(one.figure, answers, test.bracket.low, test.bracket.high))
    if not figures:
        return None
    by_chance = readings.at_least_by_chance(chances, gained) if chances else 1.0
    return Score(reading, figures, admitted, plainly, len(chances), gained, by_chance)


def _with_reading(one: Checking, tried: tuple[Tried, ...], offered: Reading | None) -> Checking:
    """The claim with what explains it: the article's reading, else a slip of its own."""
    one = replace(one, tried=tried)
    by_reading = {test.reading: test for test in tried}
    if offered is not None and (test := by_reading.get(offered)) and test.admits:
        if not _is_open_question(one):
            return replace(one, also=True)
        return replace(one, reading=offered, judgement=_only_if(one, test.bracket))
    if one.judgement.verdict is Verdict.DOES_NOT_HOLD or one.judgement.reason is Reason.FAR_OFF:
        limit = readings.ONE_FIGURE_BY_CHANCE
    elif one.judgement.reason is Reason.JUST_OUTSIDE:
        limit = readings.JUST_OUTSIDE_BY_CHANCE
    else:
        return one
    for test in tried:
        if one.judgement.reason is Reason.FAR_OFF and not (test.reading.times and test.reading.times < 1):
            continue  # what was not understood may make it a part; it can hardly make more of it than there is
        if test.admits and not test.reading.is_of_the_article and _by_chance(one, test) <= limit:
            return replace(one, reading=test.reading, judgement=_only_if(one, test.bracket))
    return one


def _only_if(one: Checking, bracket: Bracket) -> Judgement:
    assert one.figure is not None
    is_point = bracket.low == bracket.high
    return Judgement(Verdict.ONLY_IF, manner(one.figure, bracket.low) if is_point else None)


def _by_chance(one: Checking, test: Tried) -> float:
    """The chance that a slip of one figure explains it by accident."""
    figure, reading = one.figure, test.reading
    assert figure is not None
    if reading.times is not None:
        # Over the sizes between the figure and what it would be in the other unit, evenly by orders of magnitude. One notice
        # stood at what its bracket ends at, a sum may have been anything in between.
        answers, (low, high) = reading.allowed(figure), (test.bracket.low, test.bracket.high)
        assert answers is not None
        if one.claim.kind is not ClaimKind.COUNT or not low or answers.least <= 0:
            return 1.0
        width = log(float(answers.most / answers.least))
        if one.claim.organisation:
            if not any(answers.meets(end, end) for end in (low, high)):
                return 1.0
            width *= 2
        else:
            width += log(float(high / low))
        return width / abs(log(float(reading.times)))
    answers = reading.allowed(figure) or allowed(figure)
    if reading.steps is not None and one.judgement.reason is Reason.JUST_OUTSIDE:
        return 1.0  # the register may have said so on a day that nobody looked
    return readings.chance(figure, answers, test.bracket.low, test.bracket.high)
