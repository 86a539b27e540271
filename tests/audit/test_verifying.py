"""What verify_audit finds, and how it names it: every column, every kind of tampering, and a chain written anew."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from audit import guards
from audit.actions import anchor, line_of, record
from audit.chain import GENESIS, heads_in, sha256
from audit.models import Anchor, Event, Head
from audit.verifying import verify_end
from measures.models import Agency

AT = datetime(2026, 11, 24, 7, 5, tzinfo=UTC)
COLUMNS: dict[str, Any] = {
    "hash": "f" * 64, "chain": 999, "seq": 999, "previous": "e" * 64, "at": datetime(2020, 1, 1, tzinfo=UTC),
    "actor_id": 77, "actor_name": "คนอื่น", "act": "report.sent", "target": "plan", "target_id": 99,
    "details_json": '{"number":9}',
}  # fmt: skip


@pytest.fixture
def trail(town: Agency) -> list[Event]:
    """Five events of a town, the first three of them anchored."""
    events = [_write(town, n) for n in range(3)]
    anchor(at=AT)
    return events + [_write(town, n) for n in (3, 4)]


@pytest.fixture
def published(trail: list[Event], tmp_path: Path) -> Path:
    """What a letter said on the evening of the next day."""
    anchor(at=AT + timedelta(days=1))
    letter = tmp_path / "letter.txt"
    lines = [f"{each.known}\n" for each in Anchor.objects.all()]
    letter.write_text(f"เรียน ผู้ดูแลระบบ\n{''.join(lines)}https://example.go.th/", encoding="utf-8")
    return letter


def _write(town: Agency, number: int) -> Event:
    return record("measure.changed", agency_id=town.pk, by=None, at=AT, about=town, number=number)


def verify(**options: Any) -> str:
    """What the command finds wrong, "" where nothing is."""
    try:
        call_command("verify_audit", **options)
    except CommandError as error:
        return str(error)
    return ""


class _Lifted:
    """The guards are off, as for who owns the tables."""

    def __enter__(self) -> None:
        guards.lift_guards()

    def __exit__(self, *_: object) -> None:
        guards.set_guards()


lifted = _Lifted()


def _write_anew(chain: int) -> None:
    """Make a chain whole again after any change, as someone would who knows how it is made."""
    previous = GENESIS
    for event in list(Event.objects.filter(chain=chain).order_by("seq")):
        was, event.previous = event.hash, previous
        event.hash = previous = sha256(line_of(event))
        Event.objects.filter(pk=was).update(hash=event.hash, previous=event.previous)
        Head.objects.filter(chain=chain).update(seq=event.seq, hash=event.hash)


def test_a_whole_trail_with_its_anchors_holds(trail: list[Event], published: Path) -> None:
    assert verify() == ""
    assert verify(heads=str(published)) == ""


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("place", [0, 2, 4])
def test_a_change_of_any_column_is_found(trail: list[Event], column: str, place: int) -> None:
    with lifted:
        Event.objects.filter(pk=trail[place].pk).update(**{column: COLUMNS[column]})
    assert f"ที่ {place + 1}" in verify(chain=trail[0].chain)


def test_a_change_that_left_its_hash_alone_is_called_a_change(trail: list[Event]) -> None:
    with lifted:
        Event.objects.filter(pk=trail[1].pk).update(actor_name="คนอื่น")
    assert "เหตุการณ์ที่ 2 ถูกแก้ไข" in verify()


@pytest.mark.parametrize("place", range(4))
def test_a_removed_event_is_named(trail: list[Event], place: int) -> None:
    with lifted:
        Event.objects.filter(pk=trail[place].pk).delete()
    assert f"เหตุการณ์ที่ {place + 1} ถูกลบ" in verify()


def test_two_events_that_changed_places_are_named(trail: list[Event]) -> None:
    with lifted:
        for event, seq in ((trail[1], 99), (trail[2], 2), (trail[1], 3)):
            Event.objects.filter(pk=event.pk).update(seq=seq)
    assert "เหตุการณ์ที่ 2 ถูกสลับลำดับ" in verify()


def test_an_event_put_between_two_others_is_named(trail: list[Event]) -> None:
    with lifted:
        for event in reversed(trail[2:]):
            Event.objects.filter(pk=event.pk).update(seq=event.seq + 1)
        # Its place must be free: of two that follow the same event the database takes only one.
        Event.objects.filter(pk=trail[2].pk).update(previous="d" * 64)
        added = Event(chain=trail[0].chain, seq=3, previous=trail[1].hash, at=AT, act="person.closed")
        added.hash = sha256(line_of(added))
        added.save(force_insert=True)
    assert "เหตุการณ์ที่ 4" in verify()


def test_an_event_put_at_the_end_without_its_head_is_named(trail: list[Event]) -> None:
    added = Event(chain=trail[0].chain, seq=6, previous=trail[4].hash, at=AT, act="person.closed")
    added.hash = sha256(line_of(added))
    added.save(force_insert=True)
    assert "เหตุการณ์ที่ 6 ถูกแทรกท้ายสาย" in verify()


def test_a_tail_without_its_head_is_named(trail: list[Event]) -> None:
    with lifted:
        Event.objects.filter(pk__in=[trail[3].pk, trail[4].pk]).delete()
    assert "เหตุการณ์ที่ 4 ถึง 5 ท้ายสายถูกตัดออก" in verify()


def test_a_tail_cut_off_with_its_head_is_found_by_the_anchor(trail: list[Event]) -> None:
    with lifted:
        Event.objects.filter(chain=trail[0].chain, seq__gt=2).delete()
    Head.objects.filter(chain=trail[0].chain).update(seq=2, hash=trail[1].hash)
    assert "วันที่ 2026-11-24 สายมีถึงเหตุการณ์ที่ 3 แต่ตรวจพบถึงเหตุการณ์ที่ 2" in verify()


def test_what_came_after_the_last_anchor_can_be_cut_off_unseen(trail: list[Event]) -> None:
    with lifted:
        Event.objects.filter(chain=trail[0].chain, seq__gt=3).delete()
    Head.objects.filter(chain=trail[0].chain).update(seq=3, hash=trail[2].hash)
    assert verify() == ""


def test_a_chain_that_was_emptied_is_found(trail: list[Event]) -> None:
    with lifted:
        Event.objects.filter(chain=trail[0].chain).delete()
    Head.objects.filter(chain=trail[0].chain).delete()
    assert "แต่ตรวจพบถึงเหตุการณ์ที่ 0" in verify()


def test_a_chain_written_anew_is_found_by_the_anchor(trail: list[Event]) -> None:
    with lifted:
        Event.objects.filter(pk=trail[0].pk).update(actor_name="คนอื่น")
        _write_anew(trail[0].chain)
    assert "สายถูกเขียนใหม่: เหตุการณ์ที่ 3" in verify()


def test_an_anchor_that_was_changed_is_told_from_a_chain_that_was(trail: list[Event]) -> None:
    with lifted:
        Anchor.objects.filter(chain=trail[0].chain).update(hash="a" * 64)
    found = verify()
    assert "หมุดวันที่ 2026-11-24 ถูกแก้ไข" in found
    assert "เขียนใหม่" not in found


def test_an_anchor_that_was_removed_or_added_is_named(trail: list[Event]) -> None:
    with lifted:
        Anchor.objects.filter(chain=trail[0].chain).delete()
    Anchor.objects.create(chain=trail[0].chain, day="2026-11-20", seq=1, hash=trail[0].hash, noted_at=AT)
    found = verify()
    assert f"หมุดวันที่ 2026-11-24 ของสาย {trail[0].chain} ถูกลบ" in found
    assert f"หมุดวันที่ 2026-11-20 ของสาย {trail[0].chain} ถูกแทรก" in found


def test_chains_and_anchors_written_anew_together_are_found_by_what_was_published(
    trail: list[Event], published: Path
) -> None:
    with lifted:
        Event.objects.filter(pk=trail[0].pk).update(actor_name="คนอื่น")
        _write_anew(trail[0].chain)
        for seq in (1, 2):
            event = Event.objects.get(chain=0, seq=seq)
            for known in heads_in(event.details_json):
                now = Event.objects.filter(chain=known.chain, seq=known.seq).get()
                Anchor.objects.filter(day=known.day, chain=known.chain).update(hash=now.hash)
                event.details_json = event.details_json.replace(known.hash, now.hash)
            Event.objects.filter(seq=event.seq, chain=0).update(details_json=event.details_json)
            _write_anew(0)
        for kept in Anchor.objects.filter(chain=0):
            now = Event.objects.get(chain=0, seq=kept.seq)
            Anchor.objects.filter(pk=kept.pk).update(hash=now.hash)
    found = verify(chain=trail[0].chain, heads=str(published))
    assert "สายถูกเขียนใหม่: เหตุการณ์ที่ 3 ไม่ตรงกับปลายสายที่ประกาศไว้เมื่อวันที่ 2026-11-24" in found
    assert verify() == ""


def test_a_database_put_back_to_yesterday_is_found_by_what_was_published(
    trail: list[Event], published: Path
) -> None:
    with lifted:
        Event.objects.filter(chain=0, seq=2).delete()
        Event.objects.filter(chain=trail[0].chain, seq__gt=4).delete()
        Anchor.objects.filter(day="2026-11-25").delete()
    Head.objects.filter(chain=trail[0].chain).update(seq=4, hash=trail[3].hash)
    Head.objects.filter(chain=0).update(seq=1, hash=Event.objects.get(chain=0).hash)
    assert verify() == ""
    assert "สายมีถึงเหตุการณ์ที่ 5 แต่ตรวจพบถึงเหตุการณ์ที่ 4" in verify(heads=str(published))


def test_a_letter_as_the_mail_program_saves_it_tells_its_heads(
    trail: list[Event], published: Path, tmp_path: Path
) -> None:
    letter = EmailMessage()
    letter.set_content("เรียน ผู้ตรวจสอบ\n" + published.read_text(encoding="utf-8"), cte="base64")
    (tmp_path / "letter.eml").write_bytes(letter.as_bytes())
    assert verify(heads=str(tmp_path / "letter.eml")) == ""
    with lifted:
        Event.objects.filter(chain=0, seq=2).delete()
        Event.objects.filter(chain=trail[0].chain, seq__gt=4).delete()
        Anchor.objects.filter(day="2026-11-25").delete()
    Head.objects.filter(chain=trail[0].chain).update(seq=4, hash=trail[3].hash)
    Head.objects.filter(chain=0).update(seq=1, hash=Event.objects.get(chain=0).hash)
    assert "สายมีถึงเหตุการณ์ที่ 5" in verify(heads=str(tmp_path / "letter.eml"))


def test_a_file_without_heads_is_refused(tmp_path: Path, db: None) -> None:
    (tmp_path / "empty.txt").write_text("ไม่มีอะไร", encoding="utf-8")
    assert "no line DAY CHAIN SEQ HASH" in verify(heads=str(tmp_path / "empty.txt"))
    assert "No such file" in verify(heads=str(tmp_path / "nowhere.txt"))


def test_anchors_are_noted_once_a_day(trail: list[Event]) -> None:
    assert anchor(at=AT + timedelta(hours=1)) == []
    # 17:00 in UTC is the next day in Bangkok.
    new = anchor(at=AT.replace(hour=17))
    assert [(each.chain, each.seq) for each in new] == [(0, 2), (trail[0].chain, 5)]


def test_a_chain_that_begins_on_an_anchored_day_is_noted_too(trail: list[Event], other_town: Agency) -> None:
    _write(other_town, 1)
    assert [each.chain for each in anchor(at=AT)] == [other_town.pk]


def test_a_clock_that_goes_wrong_breaks_nothing(trail: list[Event], town: Agency) -> None:
    for away in (timedelta(hours=-1), timedelta(days=1), timedelta(days=-400)):
        record("measure.changed", agency_id=town.pk, by=None, at=AT + away)
        anchor(at=AT + away)
    assert [event.seq for event in Event.objects.for_agency(town.pk)] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert verify() == ""


def test_the_end_of_a_long_chain_is_followed_from_an_anchor(trail: list[Event], town: Agency) -> None:
    assert (verify_end(town.pk, at_most=4).first, verify_end(town.pk, at_most=4).problems) == (3, [])
    assert verify_end(town.pk, at_most=2).first == 4
    assert verify_end(town.pk, at_most=9).first == 1
    with lifted:
        Event.objects.filter(pk=trail[4].pk).update(act="person.closed")
    assert verify_end(town.pk, at_most=2).problems == ["เหตุการณ์ที่ 5 ถูกแก้ไข"]


def test_the_database_keeps_moments_to_the_microsecond(town: Agency) -> None:
    record("plan.started", agency_id=town.pk, by=None, at=AT.replace(microsecond=123456))
    record("plan.started", agency_id=town.pk, by=None, at=AT)
    assert verify() == ""
    assert connection.vendor in ("sqlite", "postgresql")
