"""You come here for what keeps the database from changing the trail: triggers, set again after every migration.

They guard events and anchors alike. What they cannot keep from is the owner of the tables: on PostgreSQL the portal
runs as another role (deploy/postgres-roles.sql); SQLite knows no roles, and whoever may write the file may remove
them. Then the chain tells, and the anchors that were published.
"""

from __future__ import annotations

from typing import Final

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

TABLES: Final = ("audit_event", "audit_anchor")
SENTENCE: Final = "events are never changed or deleted"
# Where a row stands already in a new one's place: SQLite's INSERT OR REPLACE removes it and asks no other trigger.
_TAKEN: Final = {
    "audit_event": """SELECT 1 FROM audit_event WHERE rowid = NEW.rowid OR hash = NEW.hash
        OR (chain = NEW.chain AND (seq = NEW.seq OR previous = NEW.previous))""",
    "audit_anchor": "SELECT 1 FROM audit_anchor WHERE rowid = NEW.rowid OR (chain = NEW.chain AND day = NEW.day)",
}
_BODY: Final = f" BEGIN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END "


def set_guards(using: str = "default") -> None:
    """Make the trail unchangeable; where it is already, nothing changes.

    On PostgreSQL only the tables' owner can: as any other role this does nothing, and ``missing`` tells what lacks.
    """
    connection = connections[using]
    if not set(TABLES) <= set(connection.introspection.table_names()) or not may_set(using):
        return
    with connection.cursor() as cursor:
        for table in TABLES:
            for statement in _statements(connection, table):
                cursor.execute(statement)
        if connection.vendor == "postgresql":
            cursor.execute(_REVOKE)


def lift_guards(using: str = "default") -> None:
    """Let the trail be changed: for emptying a test's database, and for nothing else."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name, table in expected(connection).items():
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def missing(using: str = "default") -> list[str]:
    """The guards that are not there, not in force or not as they were set, by name."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
                " WHERE tgrelid = ANY (%s::regclass[]) AND tgenabled = 'A' AND prosrc = %s AND tgqual IS NULL",
                [list(TABLES), _BODY],
            )
            there = {name for (name,) in cursor.fetchall()}
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            kept = dict(cursor.fetchall())
            there = {name for name, sql in _triggers().items() if kept.get(name) == sql}
    return [name for name in expected(connection) if name not in there]


def expected(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """The guards that a database should have, each with its table."""
    kinds = ("change", "truncate") if connection.vendor == "postgresql" else ("update", "delete", "replace")
    return {f"{table}_no_{kind}": table for table in TABLES for kind in kinds}


def may_set(using: str = "default") -> bool:
    """Whether the portal's own role could set the guards, and so also lift them."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_and(pg_has_role(relowner, 'MEMBER')) FROM pg_class WHERE oid = ANY (%s::regclass[])",
            [list(TABLES)],
        )
        return bool(cursor.fetchone()[0])


def _statements(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    if connection.vendor != "postgresql":
        mine = {name: sql for name, sql in _triggers().items() if name.startswith(table)}
        return [s for name, sql in mine.items() for s in (f"DROP TRIGGER IF EXISTS {name}", sql)]
    before = {"change": "UPDATE OR DELETE", "truncate": "TRUNCATE"}
    found = [f"CREATE OR REPLACE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql AS $${_BODY}$$"]
    for kind, acts in before.items():
        name, each = f"{table}_no_{kind}", " FOR EACH ROW" if kind == "change" else ""
        found += [
            f"DROP TRIGGER IF EXISTS {name} ON {table}",
            f"CREATE TRIGGER {name} BEFORE {acts} ON {table}{each} EXECUTE FUNCTION {table}_stays()",
            # Also for a session that says it only replays what another server did.
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
        ]
    return found


def _triggers() -> dict[str, str]:
    """SQLite's guards by name, as it keeps them."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
    found = {}
    for table, taken in _TAKEN.items():
        for act in ("update", "delete"):
            found[f"{table}_no_{act}"] = (
                f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} {refuse}"
            )
        found[f"{table}_no_replace"] = (
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS ({taken}) {refuse}"
        )
    return found


# Whoever was given all rights on all tables may still only add to these; of a head, only move it on.
_REVOKE: Final = """
    DO $$ DECLARE given record; BEGIN
        FOR given IN
            SELECT DISTINCT relname,
                CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END AS role
            FROM pg_class, aclexplode(relacl)
            WHERE oid IN ('audit_event'::regclass, 'audit_anchor'::regclass, 'audit_head'::regclass)
                AND grantee <> relowner
        LOOP
            EXECUTE format('REVOKE DELETE, TRUNCATE, REFERENCES, TRIGGER ON %I FROM %s', given.relname, given.role);
            IF given.relname <> 'audit_head' THEN
                EXECUTE format('REVOKE UPDATE ON %I FROM %s', given.relname, given.role);
            END IF;
        END LOOP;
    END $$;
"""
