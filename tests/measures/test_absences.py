"""A signatory says that they are away; the officer is told and appoints; nobody loses the right to sign by it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from measures.actions.absences import say_absent
from measures.choices import LetterKind
from measures.dates import long_date
from measures.fiscal import bangkok_date
from measures.models import Absence, Appointment, Letter, Person
from measures.permissions import Access
from tests.conftest import browser

pytestmark = pytest.mark.django_db


def days(first: int, last: int) -> dict[str, Any]:
    """Days counted from today, as somebody types them."""
    today = bangkok_date(timezone.now())
    return {"starts": long_date(today + timedelta(first)), "ends": long_date(today + timedelta(last))}


def say(someone: Person, first: int = 3, last: int = 7) -> Absence:
    today = bangkok_date(timezone.now())
    return say_absent(
        person=someone, starts=today + timedelta(first), ends=today + timedelta(last), note="", by=someone,
        at=timezone.now(),
    )  # fmt: skip


def test_a_signatory_says_from_when_to_when_they_are_away(chain: list[Person]) -> None:
    browser(chain[5]).post(reverse("absence_new"), {**days(3, 7), "note": "ไปราชการ"})
    absence = chain[5].absences.get()
    assert (absence.ends - absence.starts, absence.note) == (timedelta(4), "ไปราชการ")
    assert Event.objects.filter(act="absence.said", target_id=absence.pk).exists()


def test_one_day_needs_no_last_day(chain: list[Person]) -> None:
    browser(chain[5]).post(reverse("absence_new"), {"starts": days(3, 3)["starts"]})
    absence = chain[5].absences.get()
    assert absence.starts == absence.ends


def test_days_that_are_over_are_refused(chain: list[Person]) -> None:
    answer = browser(chain[5]).post(reverse("absence_new"), days(-5, -1))
    assert "วันที่แจ้งผ่านไปแล้ว" in answer.content.decode()
    assert not Absence.objects.exists()


def test_the_officers_get_a_letter(chain: list[Person], officer: Person) -> None:
    say(chain[5])
    letter = Letter.objects.get(kind=LetterKind.LEAVE)
    assert (letter.person, letter.path) == (officer, reverse("absences"))
    assert "นายกเทศมนตรีตำบลตัวอย่าง" in letter.body


def test_who_was_an_officer_until_yesterday_gets_none(chain: list[Person], officer: Person) -> None:
    officer.grants.update(until=bangkok_date(timezone.now()) - timedelta(1))
    say(chain[5])
    assert not Letter.objects.exists()


def test_the_officer_gets_the_order_filled_in_with_position_and_days(
    chain: list[Person], officer: Person
) -> None:
    absence = say(chain[5])
    desk = browser(officer)
    url = desk.get(reverse("absences")).content.decode().split('btn btn-quiet" href="')[1].split('"')[0]
    page = desk.get(url.replace("&amp;", "&")).content.decode()
    assert f'value="{long_date(absence.starts)}"' in page
    assert f'value="{long_date(absence.ends)}"' in page
    assert "นายกเทศมนตรีตำบลตัวอย่าง" in page


def test_who_is_away_may_still_sign(chain: list[Person]) -> None:
    say(chain[5], 0, 3)
    assert Access(chain[5], bangkok_date(timezone.now())).is_signatory


def test_a_notice_is_taken_back_by_who_gave_it_and_nobody_else(chain: list[Person], officer: Person) -> None:
    absence = say(chain[5])
    assert browser(chain[4]).post(reverse("absence_take_back", args=[absence.pk])).status_code == 404
    browser(chain[5]).post(reverse("absence_take_back", args=[absence.pk]))
    absence.refresh_from_db()
    assert absence.taken_back_at
    assert "ไม่มีผู้แจ้งไม่อยู่ในขณะนี้" in browser(officer).get(reverse("absences")).content.decode()
    assert Letter.objects.filter(kind=LetterKind.LEAVE).count() == 2


def test_a_notice_expires_by_itself(chain: list[Person], officer: Person) -> None:
    Absence.objects.create(
        person=chain[5], starts=date(2024, 1, 1), ends=date(2024, 1, 5), said_at=timezone.now()
    )
    assert "ไม่มีผู้แจ้งไม่อยู่ในขณะนี้" in browser(officer).get(reverse("absences")).content.decode()


def test_the_list_costs_the_same_for_one_notice_and_for_many(
    chain: list[Person], officer: Person, django_assert_num_queries: Any
) -> None:
    for signatory in chain[1:]:
        say(signatory)
    Appointment.objects.filter(person=chain[1]).update(starts=date(2021, 1, 1))
    desk = browser(officer)
    desk.get(reverse("absences"))
    with django_assert_num_queries(10):
        desk.get(reverse("absences"))
    Absence.objects.exclude(person=chain[5]).delete()
    with django_assert_num_queries(10):
        desk.get(reverse("absences"))
