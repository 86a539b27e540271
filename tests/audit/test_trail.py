"""The trail: every act follows the one before, nothing can be changed, and what was changed all the same is found."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from audit import guards
from audit.actions import anchor, record
from audit.chain import GENESIS
from audit.models import Event
from measures.models import Agency

AT = datetime(2026, 11, 24, 7, 5, tzinfo=UTC)
REFUSED = {
    "sqlite": [
        "INSERT OR REPLACE INTO audit_event SELECT * FROM audit_event WHERE seq = 2",
        "INSERT OR REPLACE INTO audit_event"
        " (rowid, hash, chain, seq, previous, at, actor_name, act, target, details_json)"
        " SELECT rowid, 'x', 7, 1, 'y', at, '', act, target, details_json FROM audit_event WHERE seq = 2",
        "INSERT OR REPLACE INTO audit_anchor SELECT * FROM audit_anchor",
    ],
    "postgresql": ["TRUNCATE audit_event", "TRUNCATE audit_anchor"],
}[connection.vendor] + [
    "UPDATE audit_event SET actor_name = 'x'",
    "DELETE FROM audit_event",
    "UPDATE audit_anchor SET seq = 1",
    "DELETE FROM audit_anchor",
]


@pytest.fixture
def trail(town: Agency) -> list[Event]:
    """Five events of a town."""
    return [
        record("measure.changed", agency_id=town.pk, by=None, at=AT, about=town, number=n) for n in range(5)
    ]


def verify(**options: Any) -> str:
    """What the command finds wrong, "" where nothing is."""
    try:
        call_command("verify_audit", **options)
    except CommandError as error:
        return str(error)
    return ""


def test_each_event_follows_the_one_before(trail: list[Event]) -> None:
    assert [event.seq for event in trail] == [1, 2, 3, 4, 5]
    assert [event.previous for event in trail] == [GENESIS, *(event.hash for event in trail[:-1])]


def test_agencies_have_chains_of_their_own(trail: list[Event], other_town: Agency) -> None:
    assert record("plan.started", agency_id=other_town.pk, by=None, at=AT).seq == 1
    assert record("agency.founded", agency_id=None, by=None, at=AT).chain == 0


def test_the_order_is_that_of_writing_not_the_clocks(town: Agency, trail: list[Event]) -> None:
    record("measure.changed", agency_id=town.pk, by=None, at=datetime(2000, 1, 1, tzinfo=UTC))
    assert verify() == ""


@pytest.mark.parametrize("change", REFUSED)
def test_the_database_refuses_to_change_the_trail(trail: list[Event], change: str) -> None:
    anchor(at=AT)
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


def test_a_whole_trail_holds(trail: list[Event]) -> None:
    assert verify() == ""


def test_missing_guards_are_named(trail: list[Event]) -> None:
    guards.lift_guards()
    assert "audit_event_no_" in verify()


def test_missing_guards_keep_the_portal_from_starting(trail: list[Event]) -> None:
    guards.lift_guards()
    with pytest.raises(CommandError, match="The trail can be changed"):
        call_command("check", database=["default"])


def test_a_guard_that_does_nothing_is_as_good_as_none(trail: list[Event]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION audit_event_stays() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"
            if connection.vendor == "postgresql"
            else "DROP TRIGGER audit_event_no_update"
        )
        if connection.vendor == "sqlite":
            cursor.execute(
                "CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event BEGIN SELECT 1; END"
            )
    assert len(guards.missing()) >= 1
    guards.set_guards()
    assert guards.missing() == []


@pytest.mark.django_db(transaction=True)
def test_many_who_write_at_once_make_one_chain(town: Agency) -> None:
    together = Barrier(8)

    def write() -> None:
        together.wait()
        for _ in range(5):
            record("measure.changed", agency_id=town.pk, by=None, at=AT)
        connection.close()

    threads = [Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Event.objects.filter(chain=town.pk).count() == 40
    assert verify() == ""
