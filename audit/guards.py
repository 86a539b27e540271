"""You come here for what keeps the database from changing an event: triggers, set again after every migration.

What they cannot keep from is the owner of the tables: on PostgreSQL the portal runs as another role (docs/trail.md);
SQLite knows no roles, and whoever may write the file may remove them. Then the chain tells.
"""

from __future__ import annotations

from typing import Final

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

TABLE: Final = "audit_event"
SENTENCE: Final = "events are never changed or deleted"
_SQLITE: Final = {
    f"{TABLE}_no_{act}": f"""CREATE TRIGGER {TABLE}_no_{act} BEFORE {act.upper()} ON {TABLE}
        BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"""
    for act in ("update", "delete")
}
_POSTGRESQL: Final = f"""
    CREATE OR REPLACE FUNCTION {TABLE}_stays() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
    DROP TRIGGER IF EXISTS {TABLE}_no_update ON {TABLE};
    CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {TABLE}_stays();
    DROP TRIGGER IF EXISTS {TABLE}_no_truncate ON {TABLE};
    CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} EXECUTE FUNCTION {TABLE}_stays();
"""


def set_guards(using: str = "default") -> None:
    """Make events unchangeable; where they are already, nothing changes."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL)
            return
        for name, statement in _SQLITE.items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(statement)


def lift_guards(using: str = "default") -> None:
    """Let events be changed: for emptying a test's database, and for nothing else."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name in expected(connection):
            on = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def missing(using: str = "default") -> list[str]:
    """The guards that are not there or not in force, by name."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND tgenabled IN ('O', 'A')",
                [TABLE],
            )
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE])
        there = {name for (name,) in cursor.fetchall()}
    return [name for name in expected(connection) if name not in there]


def expected(connection: BaseDatabaseWrapper) -> list[str]:
    """The guards that a database should have."""
    kinds = ("update", "truncate") if connection.vendor == "postgresql" else ("update", "delete")
    return [f"{TABLE}_no_{kind}" for kind in kinds]
