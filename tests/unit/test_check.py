"""Claims against a ledger: the plain verdicts, whose notice is meant, and the day as of which."""

from datetime import date
from pathlib import Path

import pytest
from handmade import BETWEEN, FIRST, SECOND, checked, claim, one, question

import breachtrail
from breachtrail.claims.check import check
from breachtrail.claims.claim import ClaimKind
from breachtrail.claims.load import from_text
from breachtrail.claims.reading import read
from breachtrail.claims.tolerance import Manner
from breachtrail.claims.verdict import Reason, Verdict
from breachtrail.errors import QuestionError


def test_a_count_holds_on_its_day_and_no_longer(claimed: breachtrail.Ledger) -> None:
    assert one(claimed, claim(5, "state=FL")).verdict is Verdict.HELD_THEN
    assert one(claimed, claim(6, "state=FL")).verdict is Verdict.HOLDS_NOW
    assert one(claimed, claim(6, "state=FL"), SECOND).verdict is Verdict.HOLDS
    assert one(claimed, claim(9, "state=CA")).verdict is Verdict.HOLDS
    assert one(claimed, claim(10, "state=CA")).verdict is Verdict.DOES_NOT_HOLD


def test_between_two_looks_either_is_consistent(claimed: breachtrail.Ledger) -> None:
    found = [one(claimed, claim(value, "state=FL"), BETWEEN) for value in (5, 6)]
    assert [one.verdict for one in found] == [Verdict.CONSISTENT, Verdict.CONSISTENT]
    assert found[0].standing is not None
    assert (found[0].standing.bracket.low, found[0].standing.bracket.high) == (5, 6)


def test_without_a_day_the_newest_is_taken(claimed: breachtrail.Ledger) -> None:
    found = checked(claimed, [claim(6, "state=FL")], None)
    assert (found.day, found.is_told, found.claims[0].verdict) == (SECOND, False, Verdict.HOLDS)


def test_after_the_last_look_a_settled_year_holds_and_a_fresh_one_may_have_grown(claimed: breachtrail.Ledger) -> None:
    assert one(claimed, claim(6, "state=FL"), date(2026, 1, 1)).verdict is Verdict.HOLDS
    for day, reason in ((date(2025, 4, 20), None), (date(2025, 12, 1), Reason.NO_LATER_LOOK)):
        found = one(claimed, claim(15, year=2025), day)
        assert found.judgement.reason is reason


def test_now_can_be_told(claimed: breachtrail.Ledger) -> None:
    found = checked(claimed, [claim(5, "state=FL")], FIRST, as_of=BETWEEN)
    assert (found.now, found.claims[0].verdict) == (BETWEEN, Verdict.HOLDS)
    with pytest.raises(QuestionError, match="knows nothing by that day"):
        checked(claimed, [claim(5)], as_of=date(2020, 1, 1))


def test_before_the_first_look_nothing_is_known(claimed: breachtrail.Ledger) -> None:
    found = one(claimed, claim(37), date(2024, 12, 1))
    assert (found.verdict, found.judgement.reason) == (Verdict.UNKNOWN, Reason.BEFORE_FIRST_LOOK)


def test_a_sentence_can_name_its_own_day(claimed: breachtrail.Ledger) -> None:
    from dataclasses import replace

    told = claim(5, "state=FL")
    told = replace(told, question=replace(told.question, as_of=FIRST))
    assert one(claimed, told, SECOND).verdict is Verdict.HELD_THEN


def test_shares_changes_and_multiples(claimed: breachtrail.Ledger) -> None:
    whole = question()
    share = {"kind": ClaimKind.SHARE, "whole": whole, "step": "0.01"}
    assert one(claimed, claim("0.32", "state=TX", **share)).verdict is Verdict.HOLDS
    assert one(claimed, claim("0.45", "state=TX", **share)).verdict is Verdict.DOES_NOT_HOLD
    times = {"kind": ClaimKind.TIMES, "whole": question("state=IL"), "step": "0.2"}
    assert one(claimed, claim(3, "state=TX", **times)).verdict is Verdict.HOLDS
    up = {"kind": ClaimKind.CHANGE, "whole": question("state=CA"), "step": "0.01"}
    assert one(claimed, claim("0.33", "state=TX", direction="up", **up)).verdict is Verdict.HOLDS
    assert one(claimed, claim("0.33", "state=TX", direction="down", **up)).verdict is not Verdict.HOLDS
    nothing = {"kind": ClaimKind.CHANGE, "whole": question("state=PR"), "step": "0.01"}
    found = one(claimed, claim("0.33", "state=TX", direction="up", **nothing))
    assert (found.verdict, found.judgement.reason) == (Verdict.UNKNOWN, Reason.NOTHING_COUNTED)


def test_an_organisation_is_its_largest_notice(claimed: breachtrail.Ledger) -> None:
    size = {"measure": "individuals", "organisation": "Mega Health", "step": 100_000}
    truncated, rounded = one(claimed, claim(2_300_000, **size)), one(claimed, claim(2_400_000, **size))
    assert (truncated.verdict, truncated.judgement.manner) == (Verdict.HOLDS, Manner.TRUNCATED)
    assert (rounded.verdict, rounded.judgement.manner) == (Verdict.HOLDS, Manner.ROUNDED)
    assert truncated.organisation is not None
    assert truncated.organisation.names == ("Mega Health, Inc.",)


def test_an_organisation_of_another_year_is_found(claimed: breachtrail.Ledger) -> None:
    found = one(claimed, claim(2_350_236, measure="individuals", organisation="Mega Health", year=2023))
    assert found.verdict is Verdict.HOLDS


def test_nobody_of_that_name(claimed: breachtrail.Ledger) -> None:
    found = one(claimed, claim(2_300_000, measure="individuals", organisation="Nobody at All"))
    assert (found.verdict, found.judgement.reason) == (Verdict.UNKNOWN, Reason.NO_SUCH_NAME)


def test_what_is_asked_together_is_asked_once(claimed: breachtrail.Ledger) -> None:
    """Fifty claims that hold cost two statements."""
    asked = []

    class Counting:
        head, register = claimed.head, claimed.register

        def coverage(self) -> object:
            return claimed.coverage()

        def bracketed(self, some: list[object], **how: object) -> object:
            if some:
                asked.append(len(some))
            return claimed.bracketed(some, **how)

        named = staticmethod(claimed.named)

    claims = [claim(9, "state=CA")] * 48 + [claim(7, "state=NY"), claim(4, "state=IL")]
    found = checked(Counting(), claims)  # type: ignore[arg-type]
    assert asked == [3]
    assert {one.verdict for one in found.claims} == {Verdict.HOLDS}


def test_the_page_of_nothing(claimed: breachtrail.Ledger, tmp_path: Path) -> None:
    found = checked(claimed, [])
    assert (found.claims, found.speaks_against, found.offered) == ((), False, None)


def test_far_off_is_wrong_where_every_word_was_understood(claimed: breachtrail.Ledger) -> None:
    verdicts = []
    for text in ("In 2024 there were 400 breaches.", "In 2024 the gang made 400 breaches."):
        told = from_text(text, FIRST, "en")
        [found] = check(claimed, told, read(told)).claims
        verdicts.append((found.verdict, found.judgement.reason, found.judgement.unread))
    assert verdicts[0] == (Verdict.DOES_NOT_HOLD, None, ())
    assert verdicts[1] == (Verdict.UNKNOWN, Reason.FAR_OFF, ("gang",))
