"""On PostgreSQL, as deploy/postgres-roles.sql sets it up, the portal can add to the trail and change nothing of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction

from audit import guards
from audit.actions import anchor, record
from audit.checks import guards_are_set
from audit.models import Event, Head
from measures.models import Agency

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no roles")
SETUP = Path(__file__).parents[2] / "deploy" / "postgres-roles.sql"
AT = datetime(2026, 11, 24, 7, 5, tzinfo=UTC)


@pytest.fixture
def as_portal(town: Agency) -> Iterator[Agency]:
    """Set up as documented, and be the portal; all of it is undone with the test."""
    with connection.cursor() as cursor:
        cursor.execute(SETUP.read_text(encoding="utf-8").replace("BEGIN;\n", "", 1).replace("COMMIT;", ""))
        cursor.execute("SET LOCAL SESSION AUTHORIZATION ita_portal")
        yield town
        cursor.execute("RESET SESSION AUTHORIZATION")


def test_the_portal_writes_reads_and_verifies(as_portal: Agency) -> None:
    event = record("plan.started", agency_id=as_portal.pk, by=None, at=AT)
    anchor(at=AT)
    assert Event.objects.get(pk=event.pk).act == "plan.started"
    call_command("verify_audit")


def test_the_portal_starts_and_sets_no_guards(as_portal: Agency) -> None:
    call_command("migrate", verbosity=0)
    assert guards_are_set(databases=["default"]) == []
    assert not guards.may_set()


@pytest.mark.parametrize("statement", [
    "UPDATE audit_event SET act = 'x'", "DELETE FROM audit_event", "TRUNCATE audit_event",
    "UPDATE audit_anchor SET seq = 1", "DELETE FROM audit_anchor", "TRUNCATE audit_anchor",
    "DELETE FROM audit_head", "TRUNCATE audit_head",
    "DROP TRIGGER audit_event_no_change ON audit_event", "ALTER TABLE audit_event DISABLE TRIGGER ALL",
    "ALTER TABLE audit_event DROP CONSTRAINT event_seq_once", "DROP TABLE audit_event",
    "ALTER TABLE audit_event RENAME TO gone",
    "CREATE TRIGGER t BEFORE INSERT ON audit_event EXECUTE FUNCTION audit_event_stays()",
    "CREATE OR REPLACE FUNCTION audit_event_stays() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "CREATE RULE r AS ON INSERT TO audit_event DO INSTEAD NOTHING",
    "SET session_replication_role = replica", "SET ROLE ita_owner",
    "CREATE TABLE mine (a int)",
])  # fmt: skip
def test_the_portal_is_refused(as_portal: Agency, statement: str) -> None:
    record("plan.started", agency_id=as_portal.pk, by=None, at=AT)
    with (
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Event.objects.count() == 1


def test_the_portal_works_on_everything_else(as_portal: Agency) -> None:
    Agency.objects.create(slug="mai", name="เทศบาลตำบลใหม่")
    Agency.objects.filter(slug="mai").update(name="เทศบาลตำบลใหม่กว่า")
    Agency.objects.filter(slug="mai").delete()
    assert Head.objects.count() == 0


def test_a_migration_takes_back_what_the_portal_was_given(town: Agency) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SETUP.read_text(encoding="utf-8").replace("BEGIN;\n", "", 1).replace("COMMIT;", ""))
        cursor.execute("GRANT ALL ON audit_event, audit_anchor, audit_head TO ita_portal")
        cursor.execute("SET LOCAL SESSION AUTHORIZATION ita_owner")
        call_command("migrate", verbosity=0)
        cursor.execute("RESET SESSION AUTHORIZATION")
        cursor.execute(
            "SELECT table_name, string_agg(privilege_type, ' ' ORDER BY privilege_type)"
            " FROM information_schema.role_table_grants WHERE grantee = 'ita_portal' AND table_name LIKE 'audit%'"
            " GROUP BY 1 ORDER BY 1"
        )
        given = cursor.fetchall()
    assert given == [
        ("audit_anchor", "INSERT SELECT"),
        ("audit_event", "INSERT SELECT"),
        ("audit_head", "INSERT SELECT UPDATE"),
    ]
