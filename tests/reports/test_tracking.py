"""The officer follows a round: who holds it up since when, what may hold it up, and what can be done."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from measures.actions.absences import say_absent
from measures.choices import Acting
from measures.fiscal import bangkok_date
from measures.models import Appointment, Letter, Person
from reports.actions.recalling import recall
from reports.choices import Stage
from reports.models import Report, Revision, SignOff
from tests.conftest import browser
from tests.reports.conftest import NOW, give_back, send, sign

HEAD = "หัวหน้าฝ่ายบริการและเผยแพร่วิชาการ"


def tracking(someone: Person, revision: Revision) -> str:
    return browser(someone).get(reverse("revision_tracking", args=[revision.pk])).content.decode()


def test_it_says_who_holds_it_up_since_when_and_whether_it_was_opened(
    sent: Revision, officer: Person
) -> None:
    page = tracking(officer, sent)
    assert f"เรื่องอยู่ที่{HEAD}" in page
    assert "รอลงนามตั้งแต่วันที่ 27 ธันวาคม 2567 เวลา 14.05 น. (รอมาแล้ว" in page
    assert "ยังไม่ได้เปิดอ่าน" in page
    SignOff.objects.filter(revision=sent, order=1).update(opened_at=NOW)
    assert "เปิดอ่านครั้งแรกเมื่อวันที่ 27 ธันวาคม 2567" in tracking(officer, sent)


def test_a_decision_shows_its_words_its_time_and_its_proof(
    sent: Revision, officer: Person, chain: list[Person]
) -> None:
    sign(sent, chain[1], "เห็นควรเผยแพร่")
    page = tracking(officer, sent)
    assert "“เห็นควรเผยแพร่”" in page
    assert "ลงนามเมื่อวันที่ 27 ธันวาคม 2567 เวลา 14.05 น." in page
    assert "ยืนยันตัวตน: รหัสผ่าน" in page


def test_the_newest_text_for_line_is_there_to_be_copied(sent: Revision, officer: Person) -> None:
    page = tracking(officer, sent)
    assert f"readonly>{Letter.objects.get().line_text}</textarea>" in page


def test_a_reminder_goes_out_once_a_day(sent: Revision, officer: Person) -> None:
    desk, url = browser(officer), reverse("revision_remind", args=[sent.pk])
    assert desk.post(url)["Location"] == reverse("revision_tracking", args=[sent.pk])
    again = desk.post(url)
    assert again.status_code == 409
    assert "เตือนได้วันละหนึ่งครั้ง" in again.content.decode()


def test_the_officer_recalls_from_here_while_nobody_has_signed(
    sent: Revision, report: Report, officer: Person, chain: list[Person]
) -> None:
    url = reverse("revision_recall", args=[sent.pk])
    assert f'action="{url}"' in tracking(officer, sent)
    answer = browser(officer).post(url, {"reason": "แนบผิดไฟล์"})
    sent.refresh_from_db()
    assert (answer["Location"], sent.stage) == (reverse("report", args=[report.pk]), Stage.RECALLED)
    assert "นางสาวตัวอย่าง สอง ดึงฉบับนี้กลับเมื่อวันที่" in tracking(officer, sent)


def test_after_a_signature_there_is_no_recall(sent: Revision, officer: Person, chain: list[Person]) -> None:
    url = reverse("revision_recall", args=[sent.pk])
    sign(sent, chain[1])
    assert url not in tracking(officer, sent)
    answer = browser(officer).post(url)
    assert answer.status_code == 409
    assert f"{HEAD}ลงนามแล้ว จึงดึงกลับไม่ได้" in answer.content.decode()


def test_every_round_is_listed_with_what_became_of_it(
    sent: Revision, report: Report, officer: Person, chain: list[Person]
) -> None:
    recall(revision=sent, by=officer, at=NOW)
    second = send(report, officer)
    give_back(second, chain[1], "ตัวเลขไม่ตรง")
    third = send(report, officer)
    page = tracking(officer, third).split('class="rounds"')[1]
    states = [page.index(words) for words in ("ฉบับที่ 3", "รอลงนาม", "ฉบับที่ 2", "ส่งกลับแก้ไข", "ฉบับที่ 1", "ดึงกลับ")]
    assert states == sorted(states)
    assert third.content_sha256[:4].upper() in page


def test_a_vacancy_that_arises_is_shown_with_the_way_out(
    sent: Revision, officer: Person, chain: list[Person]
) -> None:
    Appointment.objects.filter(person=chain[4]).update(ends=bangkok_date(timezone.now()) - timedelta(1))
    place = sent.signoffs.get(order=4)
    page = tracking(officer, sent)
    assert "ตำแหน่งปลัดเทศบาลว่าง" in page
    assert reverse("acting_new", args=[place.position_id]) in page


def test_a_leave_is_shown_with_its_days(sent: Revision, officer: Person, chain: list[Person]) -> None:
    today = bangkok_date(timezone.now())
    say_absent(
        person=chain[5], starts=today, ends=today + timedelta(4), note="", by=chain[5], at=timezone.now()
    )
    assert "ผู้ลงนาม 5 แจ้งไม่อยู่วันที่" in tracking(officer, sent)


def test_who_acts_today_is_named_with_the_order(sent: Revision, officer: Person, chain: list[Person]) -> None:
    today = bangkok_date(timezone.now())
    Appointment.objects.create(
        position=sent.signoffs.get(order=1).position, person=chain[2], kind=Acting.ACTING_ABSENT,
        own_title="ผู้อำนวยการกอง", order_issuer="เทศบาลตำบลตัวอย่าง", order_number="1/2569", order_date=today,
        starts=today, ends=today + timedelta(30),
    )  # fmt: skip
    assert "ผู้ลงนาม 2 (ผู้อำนวยการกอง รักษาราชการแทน ตามคำสั่งเทศบาลตำบลตัวอย่าง ที่ 1/2569" in tracking(officer, sent)


def test_who_only_reads_gets_no_buttons(sent: Revision, auditor: Person) -> None:
    page = tracking(auditor, sent)
    assert "เรื่องอยู่ที่" in page
    assert reverse("revision_remind", args=[sent.pk]) not in page


def test_after_sending_stands_the_number_and_what_happens_next(sent: Revision, officer: Person) -> None:
    page = browser(officer).get(reverse("revision_sent", args=[sent.pk])).content.decode()
    assert "ที่ ตย ๑๒๓๔๕/๓๕๘" in page
    assert "ขั้นตอนต่อไป" in page
    assert f"ขณะนี้เรื่องอยู่ที่<b>{HEAD}</b>" in page


def test_following_costs_the_same_however_far_it_has_come(
    sent: Revision, officer: Person, chain: list[Person], django_assert_num_queries: Any
) -> None:
    url, desk = reverse("revision_tracking", args=[sent.pk]), browser(officer)
    desk.get(url)
    with django_assert_num_queries(16):
        desk.get(url)
    for signatory in chain[1:4]:
        sign(sent, signatory)
    with django_assert_num_queries(16):
        desk.get(url)


@pytest.mark.parametrize("name", ["revision_tracking", "revision_sent"])
def test_signatories_have_their_own_page(sent: Revision, chain: list[Person], name: str) -> None:
    assert browser(chain[1]).get(reverse(name, args=[sent.pk])).status_code == 403
