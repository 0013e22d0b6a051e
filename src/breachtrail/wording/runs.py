"""What a run of ``sync`` did, and how it stands with each view, in the reader's language: for the log and the screen."""

from collections.abc import Sequence
from typing import Any

from breachtrail.wording.phrases import Phrases

Table = tuple[Sequence[str], Sequence[Sequence[str]], Sequence[bool]]


def run_line(run: Any, language: str) -> str:
    """A run in a line: which register, how it ended, what it brought."""
    phrases = Phrases.of(language)
    views = [
        phrases.say("sync.view", view=view, rows=rows, reused=view in run.reused) for view, rows in run.rows.items()
    ]
    key = "looked" if run.reason == "looked" else run.outcome
    told = {
        "new": sum(one.new for one in run.days),
        "changed": sum(one.changed for one in run.days),
        "gone": sum(one.closed + one.missing + one.unlisted for one in run.days),
        "views": views,
        "head": run.head,
    }
    fault = phrases.say(f"fault.{run.reason}") if run.outcome in ("refused", "unreachable") else ""
    return f"{run.register}: " + phrases.say(f"sync.{key}", **told, fault=fault, message=run.message)


def details(run: Any, language: str) -> list[str]:
    """What went wrong on the way, a line each, and where the portal's answer is kept."""
    phrases = Phrases.of(language)
    told = [
        phrases.say(
            "sync.setback" if one.number else "sync.left_over",
            number=one.number,
            fault=phrases.say(f"fault.{one.fault}"),
            message=one.message,
            wait=round(one.wait),
        )
        for one in run.setbacks
    ]
    return [*told, *([phrases.say("sync.kept", folder=str(run.kept))] if run.kept else [])]


def broken_line(register: str, message: str, language: str) -> str:
    """A run that the ledger itself ended."""
    return f"{register}: " + Phrases.of(language).say("sync.broken", message=message)


def planned_lines(register: str, plan: Any, address: str, language: str) -> list[str]:
    """What would be fetched."""
    phrases = Phrases.of(language)
    if not plan["pages"]:
        return [phrases.say("sync.plan_nothing", register=register)]
    return [
        phrases.say("sync.plan", register=register, address=address, page=plan["pages"][0], others=list(plan["pages"][1:])),
        *(phrases.say("sync.plan_view", view=view) for view in plan["views"]),
        *(phrases.say("sync.plan_kept", view=view) for view in plan["kept"]),
        phrases.say("sync.plan_nothing_sent"),
    ]  # fmt: skip


def status_table(told: Any, language: str) -> Table:
    """Each view: when it was last fetched, how long ago, how many notices it showed, when it is due again."""
    phrases = Phrases.of(language)
    names = [phrases.say(f"sync.column.{name}") for name in ("register", "view", "fetched", "age", "rows", "due")]
    rows = [
        [
            phrases.label(one.register, "register"),
            phrases.label(one.view, "view"),
            f"{one.fetched_at:%Y-%m-%d %H:%M %Z}" if one.fetched_at else phrases.say("sync.never"),
            phrases.say("sync.age", hours=one.hours) if one.fetched_at else "",
            phrases.numbers.count(one.rows) if one.fetched_at else "",
            phrases.say("sync.overdue") if one.is_overdue else f"{one.due:%Y-%m-%d}" if one.due else "",
        ]
        for one in told.views
    ]
    return names, rows, [False, False, False, True, True, False]


def status_lines(told: Any, language: str) -> list[str]:
    """How the last run of each register ended."""
    phrases = Phrases.of(language)
    return [phrases.say("sync.last_run", at=f"{one.ran_at:%Y-%m-%d %H:%M %Z}", said=one.said) for one in told.runs] or [
        phrases.say("sync.no_run")
    ]
