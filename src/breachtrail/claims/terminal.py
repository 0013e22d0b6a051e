"""A check as the terminal shows it: a table of the claims, and what came of them."""

from breachtrail.claims.telling import Telling, cut
from breachtrail.claims.verdict import AGAINST, Verdict
from breachtrail.wording.terminal import Table


def table(telling: Telling) -> Table:
    """A row a claim: what is said, the register's figure then and now, the verdict."""
    day = telling.checked.day
    names = [
        telling.say("column.figure"),
        telling.say("column.then", day=day),
        telling.say("column.now"),
        telling.say("column.verdict"),
    ]
    rows = [[cut(one.clause), one.then, one.now, one.verdict] for one in telling.claims]
    return names, rows, [False, True, True, False]


def lines(telling: Telling) -> list[str]:
    """The result, then every claim that does not simply hold, and every figure that was not understood."""
    told = [*telling.lead, ""]
    told += telling.lines((*AGAINST, Verdict.UNKNOWN, Verdict.HELD_THEN))
    if telling.unsure:
        told += ["", telling.say("page.unsure")]
        told += ["· " + telling.say("why", text=figure, why=why) for figure, why in telling.unsure]
    return [*told, "", *telling.looks(), telling.phrases.say("terminal.head", head=telling.checked.head)]
