"""Before a term, an order or a career ends amid a chain, the officer is warned: on the pages and by letter."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from measures.choices import Acting, LetterKind
from measures.errors import Refused
from measures.fiscal import bangkok_date
from measures.models import Appointment, Letter, Person
from reports.actions.recalling import recall
from reports.actions.terms import hazards, usual_days, waiting_places, warn_of_terms
from reports.models import Report, Revision
from tests.conftest import browser
from tests.reports.conftest import NOW, send, sign

TODAY = date(2024, 12, 27)


def warned(revision: Revision, today: date = TODAY) -> list[tuple[str, int]]:
    return [(h.kind, h.order) for h in hazards(waiting_places(revision), today, today + timedelta(7))]


@pytest.mark.parametrize(("ends", "kinds"), [(7, [("ending", 5)]), (8, [])])
def test_a_term_that_ends_within_a_week_is_warned_of(
    sent: Revision, chain: list[Person], ends: int, kinds: list[tuple[str, int]]
) -> None:
    Appointment.objects.filter(person=chain[5]).update(ends=TODAY + timedelta(ends))
    assert warned(sent) == kinds


@pytest.mark.parametrize(
    ("today", "kinds"),
    [
        (date(2024, 9, 22), []),
        (date(2024, 9, 23), [("ending", 5)]),
        (date(2024, 9, 30), [("ending", 5)]),
        (date(2024, 10, 1), [("vacant", 5)]),
    ],
)
def test_a_retirement_is_warned_of_and_then_leaves_a_vacancy(
    sent: Revision, chain: list[Person], today: date, kinds: list[tuple[str, int]]
) -> None:
    Person.objects.filter(pk=chain[5].pk).update(retires_in=2567)
    assert warned(sent, today) == kinds


def test_an_order_that_ends_is_warned_of_where_nobody_holds_the_position(
    sent: Revision, chain: list[Person]
) -> None:
    holder = Appointment.objects.get(person=chain[5])
    Appointment.objects.create(
        position=holder.position, person=chain[4], kind=Acting.ACTING_VACANT, own_title="ปลัดเทศบาล",
        order_issuer="จังหวัดตัวอย่าง", order_number="1/2567", order_date=TODAY, starts=TODAY,
        ends=TODAY + timedelta(5),
    )  # fmt: skip
    assert warned(sent) == []
    holder.delete()
    assert warned(sent) == [("ending", 5)]


def test_who_has_a_successor_is_not_warned_of(sent: Revision, chain: list[Person]) -> None:
    last = TODAY + timedelta(3)
    holder = Appointment.objects.get(person=chain[5])
    Appointment.objects.filter(pk=holder.pk).update(ends=last)
    Appointment.objects.create(position=holder.position, person=chain[4], starts=last + timedelta(1))
    assert warned(sent) == []


def test_who_has_signed_is_not_warned_of(sent: Revision, chain: list[Person]) -> None:
    sign(sent, chain[1])
    Appointment.objects.filter(person=chain[1]).update(ends=TODAY)
    assert warned(Revision.objects.get(pk=sent.pk)) == []


def test_the_officer_gets_one_letter_of_each_end(
    sent: Revision, chain: list[Person], officer: Person
) -> None:
    Appointment.objects.filter(person=chain[5]).update(ends=TODAY + timedelta(3))
    assert [warn_of_terms(NOW), warn_of_terms(NOW + timedelta(hours=1))] == [1, 0]
    letter = Letter.objects.get(kind=LetterKind.TERM)
    assert (letter.person, letter.path) == (officer, reverse("revision_tracking", args=[sent.pk]))
    assert "วาระของผู้ลงนาม 5 สิ้นสุดวันที่ 30 ธันวาคม 2567" in letter.body


def test_of_what_is_not_being_signed_nobody_is_warned(
    sent: Revision, chain: list[Person], officer: Person
) -> None:
    Appointment.objects.filter(person=chain[5]).update(ends=TODAY + timedelta(3))
    recall(revision=sent, by=officer, at=NOW)
    assert warn_of_terms(NOW) == 0


def test_the_day_is_that_of_bangkok(sent: Revision, chain: list[Person]) -> None:
    Person.objects.filter(pk=chain[5].pk).update(retires_in=2568)
    assert warn_of_terms(datetime(2025, 9, 22, 16, 59, tzinfo=UTC)) == 0
    assert warn_of_terms(datetime(2025, 9, 22, 17, 0, tzinfo=UTC)) == 1


def test_the_list_of_reports_says_what_may_get_stuck(
    sent: Revision, chain: list[Person], officer: Person
) -> None:
    desk, url = browser(officer), reverse("reports")
    assert "เรื่องที่อาจค้าง" not in desk.get(url).content.decode()
    Appointment.objects.filter(person=chain[5]).update(ends=bangkok_date(timezone.now()))
    page = desk.get(url).content.decode()
    assert "วาระของผู้ลงนาม 5" in page
    assert reverse("revision_tracking", args=[sent.pk]) in page


def test_before_sending_the_officer_sees_it_for_the_usual_time_of_the_chain(
    report: Report, chain: list[Person], officer: Person
) -> None:
    today = bangkok_date(timezone.now())
    url, desk = reverse("report_send", args=[report.pk]), browser(officer)
    Appointment.objects.filter(person=chain[5]).update(ends=today + timedelta(20))
    assert "วาระของผู้ลงนาม 5" not in desk.get(url).content.decode()
    Appointment.objects.filter(person=chain[5]).update(ends=today + timedelta(6))
    assert "วาระของผู้ลงนาม 5" in desk.get(url).content.decode()


def test_the_usual_time_is_that_of_the_last_chains(signed: Revision) -> None:
    agency = signed.report.plan.agency
    assert usual_days(agency) == 7
    signed.signoffs.filter(order=5).update(decided_at=NOW + timedelta(days=12))
    assert usual_days(agency) == 13


def test_a_retired_holder_stands_in_the_way_of_sending(
    report: Report, chain: list[Person], officer: Person
) -> None:
    Person.objects.filter(pk=chain[5].pk).update(retires_in=2567)
    with pytest.raises(Refused, match="ตำแหน่งนายกเทศมนตรีตำบลตัวอย่างไม่มีผู้ดำรงตำแหน่ง"):
        send(report, officer)
