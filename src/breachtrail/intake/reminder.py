"""Reminders by mail: what is due soon or late, one mail a person and day, with what is the person's own and nothing of anybody else.

A mail names a report by its number, a duty by its name and a day; no organisation, no contact person, nothing of what was
typed. Before it goes out it is taken, in the store, so that two who remind at once send it once; once the mail server has it,
that is kept too, and told in the audit trail. Whoever is killed between the two sends that mail again the next time.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from breachtrail.errors import IntakeUndelivered
from breachtrail.intake import account as accounts
from breachtrail.intake import audit, clock, filing, report, setting
from breachtrail.intake.identity import Account, Reminder
from breachtrail.intake.permissions import Role
from breachtrail.intake.store import Store
from breachtrail.wording.phrases import Phrases

#: After so long one that was taken and not sent is taken again: whoever had it is gone.
TAKEN = dt.timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Mail:
    """What one person is to read. day: in the register's zone; told: the same as was said, for the store."""

    account: str
    to: str
    day: dt.date
    subject: str
    text: str
    told: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Reminded:
    """sent, refused: addresses; before: how many had theirs already that day."""

    sent: tuple[str, ...]
    refused: tuple[str, ...]
    before: int


Send = Callable[[Mail], None]
Progress = Callable[[str, int, int], None]


def mails(session: Session, now: dt.datetime, days: int, *, language: str, address: str) -> Iterator[Mail]:
    """A mail for every filer whose organisation has a deadline that is open and late, or due within ``days`` days.

    language: for people who have not signed in since theirs is kept; address: of the office, for the links
    """
    filers = session.scalars(
        select(Account)
        .where(Account.role == Role.FILER.value, Account.closed.is_(False), Account.signed_in_at.is_not(None))
        .order_by(Account.organisation, Account.email)
    ).all()
    today = setting.today(session, now)
    for _, people in groupby(filers, key=lambda one: one.organisation):
        group = list(people)
        reports = report.own(session, accounts.actor_of(group[0]))
        found = [
            (one, deadline)
            for one in reports
            for deadline in clock.still_open(one, now)
            if deadline.due_on <= today + dt.timedelta(days=days)
        ]
        found.sort(key=lambda pair: (pair[1].due_on, pair[0].id))
        for person in group if found else ():
            yield _written(person, found, today, Phrases.of(person.language or language), address)


def remind(store: Store, written: list[Mail], send: Send, progress: Progress = lambda what, done, of: None) -> Reminded:
    """Send what was not sent that day, one after the other, and keep that it was.

    send: hands one mail to the mail server; IntakeUndelivered where it does not take this one, and the others go on

    Raises whatever else ``send`` raises; what was sent before is kept.
    """
    sent, refused, before = [], [], 0
    for place, mail in enumerate(written):
        progress(mail.to, place, len(written))
        if not _is_taken(store, mail):
            before += 1
            continue
        try:
            send(mail)
        except IntakeUndelivered:
            refused.append(mail.to)
            _let_go(store, mail)
        except BaseException:
            _let_go(store, mail)
            raise
        else:
            sent.append(mail.to)
            _keep(store, mail)
    return Reminded(tuple(sent), tuple(refused), before)


def _is_taken(store: Store, mail: Mail) -> bool:
    """Whether this mail is now ours to send."""
    now = dt.datetime.now(dt.UTC)
    with store.begin() as session:
        accounts.one(session, mail.account)  # locked: of two who remind at once, one waits here
        row = session.get(Reminder, (mail.account, str(mail.day)), populate_existing=True)
        if row is not None and (row.sent_at is not None or row.begun_at > now - TAKEN):
            return False
        told = [dict(one) for one in mail.told]
        session.merge(Reminder(account_id=mail.account, day=str(mail.day), told=told, begun_at=now))
        return True


def _let_go(store: Store, mail: Mail) -> None:
    with store.begin() as session:
        session.delete(session.get_one(Reminder, (mail.account, str(mail.day))))


def _keep(store: Store, mail: Mail) -> None:
    with store.begin() as session:
        row = session.get_one(Reminder, (mail.account, str(mail.day)))
        row.sent_at = dt.datetime.now(dt.UTC)
        content = {"day": row.day, "deadlines": len(row.told), "content": filing.digest({"told": row.told})}
        audit.record(session, None, "reminder.sent", mail.account, content)


def _written(
    person: Account, found: list[tuple[report.Report, clock.Deadline]], today: dt.date, phrases: Phrases, address: str
) -> Mail:
    late = sum(deadline.is_late for _, deadline in found)
    lines = [phrases.say("reminder.why"), ""]
    told = []
    for one, deadline in found:
        number = one.tracking_number or phrases.say("reminder.draft", begun=one.made_at.date())
        lines.append(
            phrases.say(
                "reminder.line", due_on=deadline.due_on, days=(deadline.due_on - today).days, number=number,
                duty=phrases.say(f"clock.duty.{deadline.duty}"), citation=deadline.citation, is_late=deadline.is_late,
            )
        )  # fmt: skip
        lines += [phrases.say("clock.perhaps")] if not deadline.is_certain else []
        lines += [f"{address}/reports/{one.id}", ""]
        told.append({"report": one.id, "duty": deadline.duty, "due_on": str(deadline.due_on)})
    lines += [phrases.say("reminder.owed"), phrases.say("clock.no_advice")]
    subject = phrases.say("reminder.subject", many=len(found), late=late)
    return Mail(person.id, person.email, today, subject, "\n".join(lines) + "\n", tuple(told))
