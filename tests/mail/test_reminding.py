"""A reminder for each turn: by the worker in office hours with growing gaps, by the officer's hand once a day."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from audit.models import Event
from measures.choices import LetterKind, LetterState
from measures.errors import Refused
from measures.fiscal import BANGKOK
from measures.models import Appointment, Letter, Person
from reports.actions.reminding import remind, remind_those_who_wait
from reports.models import Revision
from reports.reminders import is_due, last_due, office_is_open
from tests.reports.conftest import NOW, sign

DAY = timedelta(days=1)


def at(day: int, hour: int = 9, minute: int = 0, month: int = 1) -> datetime:
    """A moment of 2025 in Bangkok; 1 January was a Wednesday."""
    return datetime(2025, month, day, hour, minute, tzinfo=BANGKOK)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (at(6, 8, 29), False), (at(6, 8, 30), True), (at(6, 16, 29), True), (at(6, 16, 30), False),
        (at(4), False), (at(5), False), (at(10), True),
    ],
)  # fmt: skip
def test_reminders_go_out_in_office_hours_only(moment: datetime, is_open: bool) -> None:
    assert office_is_open(moment) is is_open


@pytest.mark.parametrize(
    ("days", "due"), [(0, 0), (1, 1), (2, 1), (3, 3), (6, 3), (7, 7), (13, 7), (14, 14), (20, 14), (30, 28)]
)
def test_the_gaps_grow_to_a_week(days: int, due: int) -> None:
    assert last_due(days * DAY) == due


def test_over_six_weeks_the_worker_reminds_on_these_days() -> None:
    since, reminded, days = at(6, 10), None, []
    for minutes in range(0, 42 * 24 * 60, 30):
        now = since + timedelta(minutes=minutes)
        if is_due(waiting_since=since, reminded_at=reminded, at=now):
            reminded = now
            days.append((now - since).days)
    assert days == [1, 3, 7, 14, 21, 28, 35]


def test_after_a_reminder_by_hand_the_worker_waits_a_day() -> None:
    since, by_hand = at(6, 10), at(8, 16)
    assert not is_due(waiting_since=since, reminded_at=by_hand, at=at(9, 15))
    assert is_due(waiting_since=since, reminded_at=by_hand, at=at(10, 8, 30))


def test_what_fell_due_while_nobody_worked_is_made_up_for_once() -> None:
    since = at(6, 10)
    assert is_due(waiting_since=since, reminded_at=None, at=at(24))
    assert not is_due(waiting_since=since, reminded_at=at(24), at=at(24, 15))


def reminders(revision: Revision) -> list[tuple[str, str]]:
    found = Letter.objects.filter(kind=LetterKind.REMINDER, key__startswith=f"revision:{revision.pk}:")
    return [(str(letter.person), letter.subject) for letter in found.order_by("pk")]


@pytest.mark.django_db
def test_the_worker_reminds_whoever_has_the_turn_and_says_since_when(
    sent: Revision, chain: list[Person]
) -> None:
    assert remind_those_who_wait(NOW + 3 * DAY) == 1  # Monday
    assert remind_those_who_wait(NOW + 3 * DAY) == 0
    [(person, _)] = reminders(sent)
    assert person == str(chain[1])
    letter = Letter.objects.get(kind=LetterKind.REMINDER)
    assert "รอตั้งแต่วันที่ 27 ธันวาคม 2567 เวลา 14.05 น. (รวม 3 วัน)" in letter.body


@pytest.mark.django_db
def test_a_turn_that_is_over_is_not_reminded_and_its_unsent_letters_are_set_aside(
    sent: Revision, chain: list[Person]
) -> None:
    Person.objects.filter(pk=chain[1].pk).update(email="head@example.test")
    Letter.objects.filter(person=chain[1]).update(address="head@example.test")
    remind(revision=sent, by=chain[0], at=NOW)
    sign(sent, chain[1])
    states = Letter.objects.filter(person=chain[1]).values_list("state", flat=True)
    assert list(states) == [LetterState.HELD, LetterState.HELD]
    assert remind_those_who_wait(NOW + 3 * DAY) == 1
    assert reminders(sent)[-1][0] == str(chain[2])


@pytest.mark.django_db
def test_the_officer_reminds_once_a_day(sent: Revision, officer: Person) -> None:
    place = remind(revision=sent, by=officer, at=NOW)
    assert place.reminded_at == NOW
    with pytest.raises(Refused, match=r"แล้ววันนี้ เวลา 14\.05 น\. เตือนได้วันละหนึ่งครั้ง"):
        remind(revision=sent, by=officer, at=NOW + timedelta(hours=2))
    remind(revision=sent, by=officer, at=NOW + DAY)
    assert len(reminders(sent)) == 2
    assert Event.objects.filter(act="revision.reminded").count() == 2


@pytest.mark.django_db
def test_where_nobody_fills_the_position_the_officer_is_told_what_to_do(
    sent: Revision, officer: Person
) -> None:
    Appointment.objects.filter(position=sent.signoffs.get(order=1).position).delete()
    with pytest.raises(Refused, match="ไม่มีผู้ดำรงตำแหน่ง"):
        remind(revision=sent, by=officer, at=NOW)
    assert sent.signoffs.get(order=1).reminded_at is None


@pytest.mark.django_db
def test_what_all_have_signed_waits_for_nobody(signed: Revision, officer: Person) -> None:
    with pytest.raises(Refused, match="ไม่ได้รอลงนามแล้ว"):
        remind(revision=signed, by=officer, at=NOW)
