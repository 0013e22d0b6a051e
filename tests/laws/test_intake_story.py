"""Organisations file, an office works through them, counts are raised, cases are closed: ledger, report and site tell it.

The truth is kept beside it, by hand: what the office had made public at the end of each day. Most file by the functions behind
the pages, some by the API, and, where there is a browser, three in English and three in Chinese by hand. A register restored
from a backup, in the other kind of database, publishes the same bytes, and the ledger made of these tells the same again.
"""

import datetime as dt
import os
import random
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from browsed import Served, file_by_hand, opened
from filed import NOW, PUBLISHER, REVIEWER, answers
from filings import WHOLE
from offices import Person, at_once
from told_publicly import fed, listed, of_the_portal, reported, site

import breachtrail
from breachtrail import pipeline
from breachtrail.intake import account as accounts
from breachtrail.intake import backup, decision, filing, inspection, listing, publication, report
from breachtrail.intake.actor import Actor
from breachtrail.intake.permissions import Role
from breachtrail.intake.store import Store

#: Organisations, and days of the office; `make laws` lets 500 file.
DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
ORGANISATIONS, DAYS = (500, 12) if DEEP else (5, 2)
#: Of the organisations, in this order: those that file in a browser (in the ordinary run tests/web does), and one in so many by API.
BY_HAND = ("en", "zh") * 3 if DEEP else ()
BY_API = 10 if DEEP else 2
PLACES = ("TX", "CA", "NY", "PR", "GU")


@dataclass
class Truth:
    """What is public of one report, the count that was accepted last, and every count that was ever shown at the end of a day."""

    name: str
    individuals: int
    status: str = ""
    accepted: int | None = None
    shown: list[int] = field(default_factory=list)


class Office:
    """One register, the people around it, and what they know to be true."""

    def __init__(self, store: Store, out: Path, chance: random.Random) -> None:
        self.store, self.out, self.chance = store, out, chance
        self.truth: dict[str, Truth] = {}
        self.totals: dict[dt.date, tuple[int, int]] = {}

    def file(self, number: int, now: dt.datetime) -> None:
        actor = Actor(f"f{number}", f"Filer {number}", Role.FILER, f"o{number}")
        individuals = self.chance.choice([40, 499, 500, 501, self.chance.randint(500, 2_000_000)])
        told = Truth(f"Organisation {number} of Health", individuals)
        with self.store.begin() as session:
            begun = filing.begin(session, actor, now)
            said = answers(told.name, individuals, entity_state=self.chance.choice(PLACES), notice_end="2026-08-09")
            filing.save(session, actor, begun.id, said, now)
            filing.file(session, actor, begun.id, now)
        self.truth[begun.id] = told

    def file_by_hand(self, number: int, language: str, served: Served, browser) -> None:
        name, individuals = f"Organisation {number} of Health", self.chance.randint(500, 2_000_000)
        person = at_once(served.office, Role.FILER, f"o{number}")
        said = {**WHOLE, "entity_name": name, "individuals": str(individuals), "notice_end": "2026-08-09"}
        page = served.window(browser, person, language, scripts=False)
        tracking_number, _, _ = file_by_hand(page, served.address, said)
        page.context.close()
        self._filed(tracking_number, name, individuals)

    def file_by_api(self, number: int, served: Served) -> None:
        name, individuals = f"Organisation {number} of Health", self.chance.randint(500, 2_000_000)
        person = Person(served.office, Role.FILER, f"o{number}")
        with self.store.begin() as session:
            key = accounts.make_key(session, accounts.one(session, person.id), "a system", dt.datetime.now(dt.UTC))
        with httpx.Client(base_url=f"{served.address}/api", headers={"authorization": f"Bearer {key}"}) as client:
            said = {**WHOLE, "entity_name": name, "individuals": str(individuals), "notice_end": "2026-08-09"}
            begun = client.post("/reports", json=said).raise_for_status().json()["id"]
            filed = client.post(f"/reports/{begun}/file").raise_for_status().json()
        self._filed(filed["tracking_number"], name, individuals)

    def _filed(self, tracking_number: str, name: str, individuals: int) -> None:
        with self.store.begin() as session:
            self.truth[report.find(session, REVIEWER, tracking_number).id] = Truth(name, individuals)

    def raise_count(self, one: str, now: dt.datetime) -> None:
        """An addendum, which the office accepts at once where the report was accepted before."""
        with self.store.begin() as session:
            shown = report.read(session, REVIEWER, one)
            owner = Actor("f", "F", Role.FILER, shown.organisation)
            raised = self.truth[one].individuals + self.chance.randint(600, 90_000)
            filing.addendum(session, owner, str(shown.tracking_number), now)
            said = {"individuals": f"{raised:,}", "affecting": "500_or_more", "attested": "true_and_accurate"}
            filing.save(session, owner, one, said, now)
            filing.file(session, owner, one, now)
            if report.read(session, REVIEWER, one).is_pending:
                decision.decide(session, REVIEWER, one, "accept", "Counted again.", now, seen=shown.version + 1)
                self.truth[one].accepted = raised
        self.truth[one].individuals = raised

    def decide(self, one: str, actor: Actor, what: str, now: dt.datetime) -> None:
        with self.store.begin() as session:
            shown = report.read(session, actor, one)
            if what in decision.decisions_open(actor, shown):
                done = decision.decide(session, actor, one, what, f"{what}: as it should be.", now, seen=shown.version)
                if what == "accept":
                    self.truth[one].accepted = self.truth[one].individuals
                self.truth[one].status = {"public": "under_investigation", "archive": "archive"}.get(done.state, "")

    def work_through(self, now: dt.datetime) -> None:
        for one in list(self.truth):
            for actor, what in ((REVIEWER, "take"), (REVIEWER, "accept"), (PUBLISHER, "publish")):
                if self.chance.random() < 0.8:
                    self.decide(one, actor, what, now)
            if self.chance.random() < 0.2:
                self.raise_count(one, now)
            if self.chance.random() < 0.15:
                self.decide(one, PUBLISHER, "archive", now)

    def close_the_day(self, now: dt.datetime) -> None:
        with self.store.begin() as session:
            day = publication.publish(session, self.out, now).day
        public = [told for told in self.truth.values() if told.status]
        self.totals[day] = (len(public), sum(told.individuals for told in public))
        for told in public:
            if told.shown[-1:] != [told.individuals]:
                told.shown.append(told.individuals)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"] if DEEP else ["sqlite"], indirect=True)
@pytest.mark.parametrize("seed", [5])
def test_the_ledger_tells_what_happened_in_the_office(database, request, tmp_path, seed: int) -> None:
    with Store.create(database) as store:
        office = Office(store, tmp_path / "out", random.Random(seed))
        with Served(tmp_path, store) as served:
            if BY_HAND:
                with opened(request.getfixturevalue("chromium")) as browser:
                    for number, language in enumerate(BY_HAND):
                        office.file_by_hand(number, language, served, browser)
            for day in range(DAYS):
                now = NOW + dt.timedelta(days=day)
                for number in range(ORGANISATIONS * day // DAYS, ORGANISATIONS * (day + 1) // DAYS):
                    if number >= len(BY_HAND) and day == 0 and number % BY_API == 0:
                        office.file_by_api(number, served)
                    elif number >= len(BY_HAND):
                        office.file(number, now)
                office.work_through(now)
                office.close_the_day(now)
        with store.begin() as session:
            inspection.verify(session)
            sums = listing.sums(session, None)
            public = {(row[1], int(row[4]), view) for view in listing.VIEWS for row in listing.rows(session, view)}
        backup.back_up(store, tmp_path / "office.zip")
    assert len(office.truth) == ORGANISATIONS
    pipeline.ingest(tmp_path / "ledger", sorted((tmp_path / "out").glob("*.csv")), register_name="own")
    hold_the_ledger_to_it(office, tmp_path / "ledger")
    hold_report_and_site_to_it(office, public, tmp_path / "ledger", tmp_path)
    small = [
        told.accepted for told in office.truth.values() if not told.status and told.accepted and told.accepted < 500
    ]
    assert [(one.year, one.notices, one.individuals) for one in sums] == [(2026, len(small), sum(small))]
    elsewhere = f"sqlite:///{tmp_path / 'restored.sqlite'}"
    if database.startswith("sqlite"):
        elsewhere = request.getfixturevalue("postgres").url()
    backup.restore(elsewhere, tmp_path / "office.zip")
    with Store.open(elsewhere) as restored, restored.begin() as session:
        publication.publish(session, tmp_path / "again", now)
        assert listing.sums(session, None) == sums
    again = sorted((tmp_path / "again").glob("*.csv"))
    for file in again:
        assert file.read_bytes() == (tmp_path / "out" / file.name).read_bytes()
    pipeline.ingest(tmp_path / "ledger-again", again, register_name="own")
    for language in ("en", "zh") if DEEP else ():
        once, twice = (
            reported(tmp_path / home, 2026, language, tmp_path / home) for home in ("ledger", "ledger-again")
        )
        assert once[:3] == twice[:3]


def hold_the_ledger_to_it(office: Office, home: Path) -> None:
    with breachtrail.open(home) as ledger:
        assert ledger.held() == []
        for day, (notices, individuals) in office.totals.items():
            (row,) = ledger.ask("notices", "individuals", register="own", as_of=day).rows
            assert (row[0], row[1] or 0) == (notices, individuals)
        trails: dict[str, list[int]] = defaultdict(list)
        for notice in ledger.show("Organisation", register="own"):
            for version in notice["trail"]:
                if trails[notice["name"]][-1:] != [version["individuals"]]:
                    trails[notice["name"]].append(version["individuals"])
            assert notice["status"] == next(
                told.status for told in office.truth.values() if told.name == notice["name"]
            )
    assert dict(trails) == {told.name: told.shown for told in office.truth.values() if told.status}
    assert max(map(len, trails.values())) > 1


def hold_report_and_site_to_it(office: Office, public: set[tuple[str, int, str]], home: Path, folder: Path) -> None:
    """Both tongues of the review, and the site, tell what the store has; and none of it is said to be of the HHS portal."""
    totals = list(office.totals.values())[-1]
    reviews = [reported(home, 2026, language, folder) for language in ("en", "zh")]
    assert [review[1:3] for review in reviews] == [totals, totals]
    assert reviews[0][0].startswith(f"# A register of one's own, 2026 so far: {totals[0]} notices, ")
    assert reviews[1][0].startswith(f"# 自建登记册2026年迄今上报{totals[0]}起数据泄露，")
    pages = site(home, folder / "site")
    assert (
        listed(pages)
        == public
        == {(one.name, one.individuals, one.status) for one in office.truth.values() if one.status}
    )
    shown = {f"{figure:,}" for one in office.truth.values() for figure in one.shown}
    titles = fed(pages, "en")
    assert len(titles) == len(fed(pages, "zh")) > 0
    assert {number for title in titles for number in re.findall(r"[\d,]{3,}", title.partition(": ")[2])} <= shown
    for language in ("en", "zh"):
        front = (pages / language / "index.html").read_text(encoding="utf-8")
        assert f"<dd>{totals[0]}</dd>" in front
        for page in (pages / language / "notices").glob("own-*.html"):
            name = re.search(r"Organisation (\d+) of Health", page.read_text(encoding="utf-8"))
            assert name
    texts = [path.read_text(encoding="utf-8") for path in pages.rglob("*.html") if path.name != "method.html"]
    said = [re.sub(r"<details.*?</details>", "", text, flags=re.DOTALL) for text in texts]
    assert of_the_portal(*said, *(review[3] for review in reviews)) == []
