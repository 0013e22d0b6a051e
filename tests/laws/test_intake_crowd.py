"""Many file at once on PostgreSQL: none is lost, none doubled, every tracking number is one report's alone."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from filed import AUDITOR, REVIEWER
from office_at_work import work

from breachtrail.intake import audit, inspection, report
from breachtrail.intake.store import Store

#: Filers, and reports of each; `make laws` lets 200 file at once.
CROWD = (200, 2) if os.environ.get("HYPOTHESIS_PROFILE") == "deep" else (20, 1)


@pytest.mark.parametrize("crowd", [CROWD])
def test_a_crowd_files_corrects_and_adds(postgres, crowd: tuple[int, int]) -> None:
    filers, each = crowd
    with Store.create(postgres.url()) as store:
        with ThreadPoolExecutor(filers) as pool:
            told = [
                line for lines in pool.map(lambda n: list(work(store, f"o{n}", each)), range(filers)) for line in lines
            ]
        with store.begin() as session:
            kept = report.queue(session, REVIEWER)
            found = inspection.verify(session)
            actions = [entry.action for entry in audit.entries(session, AUDITOR, limit=10 * len(told))]
    numbers = [number for number, version, _ in told if version == 1]
    assert len(set(numbers)) == len(numbers) == filers * each
    assert {one.tracking_number for one in kept} == set(numbers)
    assert sorted(
        (one.tracking_number, v.number, int(v.answers["individuals"])) for one in kept for v in one.versions
    ) == sorted(told)
    assert (found.reports, found.versions, found.drafts) == (filers * each, 2 * filers * each, 0)
    assert actions.count("report.filed") == len(told)
