"""The declared readings: what each makes of a question, and what it would explain by accident."""

from fractions import Fraction

import pytest
from handmade import figure, question

from breachtrail.claims.readings import Reading, at_least_by_chance, chance, readings
from breachtrail.claims.tolerance import allowed
from breachtrail.questions.bracket import Asked
from breachtrail.wording.phrases import Phrases


def reading(code: str) -> Reading:
    return next(one for one in readings() if one.code == code)


def test_every_reading_has_words_in_both_languages_and_a_reach() -> None:
    for one in readings():
        assert one.reach in ("article", "figure")
        assert all(Phrases.of(language).say(f"check.reading.{one.code}") for language in ("en", "zh"))
    codes = [one.code for one in readings()]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("associate_involved", question("entity_type=Business Associate"), question("business_associate=Yes")),
        ("filed_by_associate", question("business_associate=Yes"), question("entity_type=Business Associate")),
        ("notices_merged", question("name~mega", measure="largest"), question("name~mega", measure="individuals")),
        ("more_than_500", question("state=TX"), question("state=TX", "individuals>=501")),
    ],
)
def test_a_reading_takes_a_question_otherwise(code: str, before: Asked, after: Asked) -> None:
    assert reading(code).asked(Asked(before)) == Asked(after)


def test_a_reading_leaves_what_it_does_not_bear_on() -> None:
    assert reading("associate_involved").asked(Asked(question("state=TX"))) is None
    assert reading("single_value").asked(Asked(question("state=TX"))) is None
    assert reading("single_value").asked(Asked(question("location=Email"))) == Asked(
        question("location=Email"), single=True
    )
    assert reading("posted").asked(Asked(question(year=None))) is None
    assert reading("posted").asked(Asked(question())) == Asked(question(), posted=True)
    assert reading("open_alone").asked(Asked(question())) == Asked(question())
    assert reading("open_alone").asked(Asked(question(view="archive"))) is None


def test_slips_of_the_digits() -> None:
    printed = figure(18_000, step=1000)
    slip = reading("ten_thousand_times").allowed(printed)
    assert slip is not None
    assert slip.meets(Fraction(180_000_000), Fraction(180_000_000))
    off = reading("rounding").allowed(figure(2_400_000, step=100_000))
    assert off is not None
    assert off.meets(Fraction(2_310_000), Fraction(2_310_000))
    assert reading("rounding").allowed(figure(585)) is None
    assert reading("open_alone").allowed(printed) is None


def test_the_wider_the_bracket_the_likelier_the_accident() -> None:
    told = figure(100)
    exact, wide = (chance(told, allowed(told), Fraction(low), Fraction(high)) for low, high in ((100, 100), (60, 110)))
    assert (exact, wide) == (0.01, 0.51)
    assert chance(told, allowed(told), Fraction(0), Fraction(1000)) == 1
    assert chance(figure(0), allowed(figure(0)), Fraction(0), Fraction(0)) == 1


def test_the_chance_of_several_accidents() -> None:
    assert at_least_by_chance([0.5, 0.5], 0) == 1
    assert at_least_by_chance([0.5, 0.5], 1) == 0.75
    assert at_least_by_chance([0.5, 0.5], 2) == 0.25
    assert at_least_by_chance([0.1, 0.2, 0.3], 3) == pytest.approx(0.006)
