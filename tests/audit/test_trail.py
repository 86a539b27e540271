"""The trail: every act follows the one before, nothing can be changed, and what was changed all the same is found."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from audit import guards
from audit.actions import record
from audit.chain import GENESIS
from audit.models import Event, Head
from measures.models import Agency

AT = datetime(2026, 11, 24, 7, 5, tzinfo=UTC)
COLUMNS: dict[str, Any] = {
    "hash": "f" * 64, "chain": 999, "seq": 999, "previous": "e" * 64, "at": datetime(2020, 1, 1, tzinfo=UTC),
    "actor_id": 77, "actor_name": "คนอื่น", "act": "report.sent", "target": "plan", "target_id": 99,
    "details_json": '{"number":9}',
}  # fmt: skip


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


@pytest.mark.parametrize("change", ["UPDATE audit_event SET actor_name = 'x'", "DELETE FROM audit_event"])
def test_the_database_refuses_to_change_an_event(trail: list[Event], change: str) -> None:
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


def test_a_whole_trail_holds(trail: list[Event]) -> None:
    assert verify() == ""


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("place", [0, 2, 4])
def test_a_change_of_any_column_is_found(trail: list[Event], column: str, place: int) -> None:
    guards.lift_guards()
    Event.objects.filter(pk=trail[place].pk).update(**{column: COLUMNS[column]})
    guards.set_guards()
    assert str(place + 1) in verify()


@pytest.mark.parametrize("place", range(5))
def test_a_removed_event_is_found(trail: list[Event], place: int) -> None:
    guards.lift_guards()
    Event.objects.filter(pk=trail[place].pk).delete()
    guards.set_guards()
    assert verify()


def test_two_events_that_changed_places_are_found(trail: list[Event]) -> None:
    guards.lift_guards()
    for event, seq in ((trail[1], 99), (trail[2], 2), (trail[1], 3)):
        Event.objects.filter(pk=event.pk).update(seq=seq)
    guards.set_guards()
    assert "ที่ 2 ไม่ต่อจาก" in verify()


def test_a_tail_cut_off_with_its_head_is_found_by_what_was_published(trail: list[Event]) -> None:
    guards.lift_guards()
    Event.objects.filter(seq__gt=3).delete()
    guards.set_guards()
    Head.objects.update(seq=3, hash=trail[2].hash)
    assert verify() == ""
    assert "ตามที่เคยประกาศไว้" in verify(chain=trail[0].chain, head=f"5:{trail[4].hash}")


def test_missing_guards_are_named(trail: list[Event]) -> None:
    guards.lift_guards()
    assert "_no_update" in verify()


def test_missing_guards_keep_the_portal_from_starting(trail: list[Event]) -> None:
    guards.lift_guards()
    with pytest.raises(CommandError, match="The trail can be changed"):
        call_command("check", database=["default"])


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
