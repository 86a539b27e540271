"""Sending freezes what was prepared, and refuses what is not ready."""

from __future__ import annotations

import base64
from datetime import date

import pytest
from django.urls import reverse

from measures import storage
from measures.errors import Changed, Refused
from measures.models import Appointment, Measure, Outcome, Person
from reports.actions.sending import emblem_of, prepare, send_report
from reports.choices import Decision, Stage
from reports.compose import compose
from reports.models import Report, Revision
from tests.conftest import browser
from tests.reports.conftest import NOW, PROVEN, send

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


def test_what_was_composed_is_frozen_byte_for_byte(report: Report, officer: Person) -> None:
    revision = send(report, officer)
    assert revision.content == compose(report).canonical_json()
    assert storage.read(revision.presented_sha256).startswith(b"%PDF-")
    assert (revision.number, revision.stage, revision.turn) == (1, Stage.SIGNING, 1)


def test_sending_is_the_authors_own_signature(sent: Revision, officer: Person) -> None:
    author = sent.signoffs.get(order=0)
    assert (author.decision, author.person, author.person_name) == (
        Decision.SENT, officer, "นางสาวตัวอย่าง สอง",
    )  # fmt: skip
    assert len(author.hash) == 64


def test_the_first_position_waits_and_the_others_do_not_yet(sent: Revision) -> None:
    assert [s.waiting_since for s in sent.signoffs.all()[1:3]] == [NOW, None]


def test_what_is_edited_later_does_not_touch_what_was_sent(sent: Revision) -> None:
    Outcome.objects.update(body="- เปลี่ยน")
    sent.refresh_from_db()
    assert "เปลี่ยน" not in sent.content


def test_a_change_after_preparing_is_not_frozen(report: Report, officer: Person) -> None:
    prepared = prepare(report)
    Measure.objects.update(title="เปลี่ยนชื่อ")
    with pytest.raises(Changed):
        send_report(
            report=report,
            prepared=prepared,
            version=report.version,
            by=officer,
            at=NOW,
            proof=PROVEN,
            agreed="",
        )
    assert not Revision.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("number", "ตย ๑๒๓๔๕/", "ยังไม่ได้กรอกเลขที่บันทึกข้อความให้ครบ"),
        ("number", "", "ยังไม่ได้กรอกเลขที่บันทึกข้อความให้ครบ"),
        ("date", None, "ยังไม่ได้กรอกวันที่ของบันทึกข้อความ"),
    ],
)
def test_number_and_date_are_needed(
    report: Report, officer: Person, field: str, value: str | None, sentence: str
) -> None:
    Report.objects.filter(pk=report.pk).update(**{field: value})
    with pytest.raises(Refused, match=sentence):
        send(report, officer)


def test_a_vacant_position_stands_in_the_way(report: Report, officer: Person, chain: list[Person]) -> None:
    Appointment.objects.filter(person=chain[4]).update(ends=date(2024, 12, 1))
    with pytest.raises(Refused, match="ตำแหน่งปลัดเทศบาลไม่มีผู้ดำรงตำแหน่ง"):
        send(report, officer)


def test_only_who_holds_the_authors_position_sends(report: Report, chain: list[Person]) -> None:
    with pytest.raises(Refused, match="การเสนอลงนามเป็นการลงนามของนิติกรปฏิบัติการ"):
        send(report, chain[1])


def test_a_report_in_the_chain_is_not_sent_again(sent: Revision, report: Report, officer: Person) -> None:
    with pytest.raises(Refused, match="รายงานฉบับที่ 1 อยู่ระหว่างลงนาม"):
        send(report, officer)


def test_the_page_links_what_is_missing_to_its_field(report: Report, officer: Person) -> None:
    Report.objects.filter(pk=report.pk).update(date=None)
    page = browser(officer).get(reverse("report_send", args=[report.pk])).content.decode()
    assert f"{reverse('report', args=[report.pk])}#div_id_date" in page
    assert "เสนอลงนาม (5 ตำแหน่ง)" not in page


def test_the_page_gives_advice_without_standing_in_the_way(report: Report, officer: Person) -> None:
    Outcome.objects.all().delete()
    page = browser(officer).get(reverse("report_send", args=[report.pk])).content.decode()
    assert "ยังไม่ได้เขียนผลลัพธ์/ผลการดำเนินการ" in page
    assert "เสนอลงนาม (5 ตำแหน่ง)" in page


def test_the_page_says_what_a_look_at_the_pages_would_show(report: Report, officer: Person) -> None:
    report.sections.update(body="ข้อความที่ยาวมาก " * 300)
    page = browser(officer).get(reverse("report_send", args=[report.pk])).content.decode()
    assert "ข้อความยาวเกิน 1 หน้า ส่วนท้ายอยู่ในหน้าที่ " in page
    assert "เสนอลงนาม (5 ตำแหน่ง)" in page


def test_what_no_font_can_print_is_told_before_it_is_sent(report: Report, officer: Person) -> None:
    Report.objects.filter(pk=report.pk).update(subject="รายงาน ᚠ")
    page = browser(officer).get(reverse("report_send", args=[report.pk])).content.decode()
    assert "ต้องแก้ไขก่อนเสนอ (1)" in page
    assert "(U+16A0)" in page
    assert "เสนอลงนาม (5 ตำแหน่ง)" not in page


def proven(report: Report, officer: Person, **changed: object) -> dict[str, object]:
    """The form of the page that sends, as displayed, with the officer's password."""
    page = browser(officer).get(reverse("report_send", args=[report.pk]))
    shown = page.context["proving"].agreed_sha256
    return {"version": report.version, "agreed_sha256": shown, "secret": officer.username, **changed}


def test_pressing_twice_sends_once_with_the_same_answer(report: Report, officer: Person) -> None:
    data = proven(report, officer, request_key="5b1c9d0e-0000-4000-8000-000000000002")
    answers = [browser(officer).post(reverse("report_send", args=[report.pk]), data) for _ in range(2)]
    assert answers[0]["Location"] == reverse("revision_sent", args=[Revision.objects.get().pk])
    assert answers[1]["Location"] == answers[0]["Location"]


def test_a_form_saved_meanwhile_is_not_sent(report: Report, officer: Person) -> None:
    answer = browser(officer).post(
        reverse("report_send", args=[report.pk]), proven(report, officer, version=report.version - 1)
    )
    assert answer.status_code == 409
    assert not Revision.objects.exists()


def test_the_emblem_is_frozen_with_the_content(report: Report, officer: Person) -> None:
    report.plan.agency.emblem_sha256 = storage.keep([PNG]).sha256
    report.plan.agency.save()
    revision = send(report, officer)
    report.plan.agency.emblem_sha256 = ""
    report.plan.agency.save()
    assert emblem_of(revision.read()) == PNG


def test_an_emblem_lost_from_the_store_is_told_where_it_is_sent(report: Report, officer: Person) -> None:
    report.plan.agency.emblem_sha256 = "0" * 64
    report.plan.agency.save()
    answer = browser(officer).post(reverse("report_send", args=[report.pk]), {"version": report.version})
    assert answer.status_code == 409
    assert "กู้คืนจากสำเนาสำรอง" in answer.content.decode()
    assert not report.revisions.exists()


def test_every_remark_leads_to_where_it_is_mended(report: Report, officer: Person) -> None:
    Report.objects.filter(pk=report.pk).update(number="")
    measure = report.plan.measures.get()
    Outcome.objects.update(body="")
    page = browser(officer).get(reverse("report_send", args=[report.pk])).content.decode()
    addresses = [
        f"{reverse('report', args=[report.pk])}#div_id_number",
        reverse("outcome", args=[measure.pk]),
    ]
    assert [f'href="{address}">ไปที่ช่องนี้' in page for address in addresses] == [True, True]
