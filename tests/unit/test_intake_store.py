"""The store of a register of one's own, on both databases: made, opened, refused, and grow-only where it must be."""

import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from filed import FILER, NOW, filed, published
from sqlalchemy import insert, text

from breachtrail.errors import IntakeBroken, IntakeConflict, IntakeError, IntakeRefused
from breachtrail.intake import assessment, filing, identity, inspection, setting
from breachtrail.intake.store import Store, head
from breachtrail.intake.tables import GROW_ONLY, Base, Draft

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "intake.md").read_text(encoding="utf-8")
GRANTS = [" ".join(one.split()) for one in re.findall(r"`(GRANT [^`]+)`", PAGE)]


def test_the_migrations_make_the_tables_that_the_code_knows(store) -> None:
    with store.reading() as connection:
        assert identity.Account.metadata is Base.metadata  # its tables are among those that are compared
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_making_it_twice_changes_nothing(database) -> None:
    with Store.create(database) as store, store.begin() as session:
        made = filed(session)
    with Store.create(database) as store, store.begin() as session:
        assert session.execute(text("SELECT id FROM report")).scalars().all() == [made]


def test_what_is_done_in_part_is_not_done(store) -> None:
    with pytest.raises(IntakeRefused), store.begin() as session:
        filed(session, individuals=0)  # begun and filled in, and refused at the end
    with store.begin() as session:
        assert session.execute(text("SELECT count(*) FROM report")).scalar() == 0
        assert session.execute(text("SELECT count(*) FROM audit")).scalar() == 0


def test_what_only_grows_cannot_be_changed_past_the_code(store) -> None:
    with store.begin() as session:
        published(session, filed(session))
        assessment.record(session, FILER, "x", {"permitted": "Yes", "permitted_reason": "It was."}, NOW)
    for statement in ("UPDATE {} SET account = 'x'", "DELETE FROM {}"):
        for table in GROW_ONLY:
            with pytest.raises(IntakeError, match=f"{table} only grows"), store.begin() as session:
                session.execute(text(statement.format(table)))


def test_a_second_draft_of_one_report_is_refused_in_a_sentence(store) -> None:
    with store.begin() as session:
        made = filed(session)
        session.add(Draft(report_id=made, answers={}, changed_at=NOW))
    again = insert(Draft).values(report_id=made, answers={}, changed_at=NOW)
    with pytest.raises(IntakeConflict, match="faster"), store.begin() as session:
        session.execute(again)


def test_no_register_is_said_to_be_none(database) -> None:
    with pytest.raises(IntakeError, match="intake init"):
        Store.open(database)


def test_tables_of_another_breachtrail_are_refused(store, database) -> None:
    with store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'later'"))
    with pytest.raises(IntakeBroken, match=f"'later', this one knows '{head()}'"):
        Store.open(database)


@pytest.mark.parametrize(
    "url", ["mysql://here/x", "no address", "sqlite://", "postgresql://office@/x?host=/nowhere/at/all"]
)
def test_an_address_that_leads_nowhere_is_said_in_a_sentence(url: str) -> None:
    with pytest.raises(IntakeError, match=r"\."):
        Store.open(url)


def test_the_file_is_its_owners_alone(tmp_path) -> None:
    Store.create(f"sqlite:///{tmp_path / 'r.sqlite'}").close()
    assert (tmp_path / "r.sqlite").stat().st_mode & 0o077 == 0


def test_the_rights_that_the_page_names_are_enough_at_the_database(postgres) -> None:
    """docs/intake.md, "Keeping it": an account with these rights does all an office does, and can change nothing filed."""
    address = postgres.url()
    clerk = f"clerk{address.split('?')[0].rsplit('/', 1)[1]}"
    with Store.create(address) as store, store.writing() as connection:
        connection.execute(text(f"CREATE ROLE {clerk} LOGIN"))
        for statement in GRANTS:
            connection.execute(text(f"{statement} TO {clerk}"))
    with Store.open(address.replace("office@", f"{clerk}@")) as store:
        with store.begin() as session:
            published(session, filed(session))
            filing.discard(session, FILER, filing.begin(session, FILER, NOW).id)
            setting.write(session, None, "threshold", "501")
            inspection.verify(session)
        for table in GROW_ONLY:
            with pytest.raises(IntakeError, match="permission denied"), store.begin() as session:
                session.execute(text(f"DELETE FROM {table}"))
