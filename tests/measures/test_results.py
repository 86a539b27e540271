"""The form of a quarter's result, as the unit and the officer use it."""

from __future__ import annotations

import re
import uuid

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from measures.actions.results import ResultInput, save_result
from measures.choices import Workflow
from measures.models import Measure, Period, Person, Plan, QuarterlyResult
from tests.conftest import browser
from tests.measures.conftest import TEXT, new_period

FIELDS = {"progress": "in_progress", "percent": "๒๕", "body": TEXT, "version": ""}


def address(measure: Measure, period: Period) -> str:
    return reverse("result", args=[measure.pk, period.number])


def send(who: Person, measure: Measure, period: Period, act: str = "save", **fields: object) -> HttpResponse:
    data = {**FIELDS, "act": act, "request_key": str(uuid.uuid4()), **fields}
    return browser(who).post(address(measure, period), data)  # type: ignore[return-value]


def words(answer: HttpResponse) -> str:
    return answer.content.decode()


def acts() -> list[str]:
    return list(Event.objects.exclude(act="person.signed_in").order_by("seq").values_list("act", flat=True))


def the_result() -> QuarterlyResult:
    return QuarterlyResult.objects.get()


def test_a_unit_saves_a_draft(contributor: Person, measure: Measure, period: Period) -> None:
    step = measure.steps.first()
    assert step
    answer = send(contributor, measure, period, steps=[step.pk])
    assert (answer.status_code, answer.headers["Location"]) == (302, address(measure, period))
    saved = the_result()
    assert (saved.state, saved.percent, saved.body) == (Workflow.DRAFT, 25, TEXT)
    assert list(saved.steps_done.all()) == [step]


def test_a_unit_reports_obstacles_and_suggestions(
    contributor: Person, measure: Measure, period: Period
) -> None:
    send(contributor, measure, period, "submit", obstacles="- งบประมาณล่าช้า", suggestions="- จัดสรรต้นปี")
    page = browser(contributor).get(address(measure, period)).content.decode()
    assert (the_result().obstacles, the_result().suggestions) == ("- งบประมาณล่าช้า", "- จัดสรรต้นปี")
    assert "<span>งบประมาณล่าช้า" in page
    assert "<span>จัดสรรต้นปี" in page


def test_a_unit_sends_at_once(contributor: Person, measure: Measure, period: Period) -> None:
    send(contributor, measure, period, "submit")
    assert (the_result().state, the_result().submitted_by) == (Workflow.SUBMITTED, contributor)


def test_a_double_click_is_one_act(contributor: Person, measure: Measure, period: Period) -> None:
    key = str(uuid.uuid4())
    answers = [send(contributor, measure, period, "submit", request_key=key) for _ in range(2)]
    assert [a.headers["Location"] for a in answers] == [address(measure, period)] * 2
    assert acts() == ["result.saved", "result.submitted"]


def test_what_is_missing_is_said_beside_its_field(
    contributor: Person, measure: Measure, period: Period
) -> None:
    answer = send(contributor, measure, period, "submit", body="\u200b \ufeff")
    assert "ยังไม่ได้กรอกผลการดำเนินการ หากไตรมาสนี้ไม่มีการดำเนินการ" in words(answer)
    assert not QuarterlyResult.objects.exists()


def test_a_draft_may_be_incomplete(contributor: Person, measure: Measure, period: Period) -> None:
    send(contributor, measure, period, body="", progress="", percent="")
    assert (the_result().state, the_result().percent) == (Workflow.DRAFT, None)


@pytest.mark.parametrize(
    ("percent", "progress"),
    [("NaN", "in_progress"), ("-1", "in_progress"), ("101", "in_progress"), ("9" * 5000, "in_progress"),
     ("1E+1000000", "in_progress"), ("50", "done"), ("50", "not_started")],
)  # fmt: skip
def test_a_percentage_that_cannot_be_is_refused_and_the_text_stays(
    contributor: Person, measure: Measure, period: Period, percent: str, progress: str
) -> None:
    answer = send(contributor, measure, period, percent=percent, progress=progress)
    assert (answer.status_code, QuarterlyResult.objects.count()) == (200, 0)
    assert "ร้อยละ" in words(answer)
    assert "จัดทำทะเบียนคุม" in words(answer)


@pytest.mark.parametrize("typed", ["50", "๕๐", "５０", "٥٠", "ร้อยละ ๕๐", "50 %"])
def test_a_percentage_is_read_however_it_is_written(
    contributor: Person, measure: Measure, period: Period, typed: str
) -> None:
    send(contributor, measure, period, percent=typed)
    assert the_result().percent == 50


def test_nothing_done_needs_a_reason(contributor: Person, measure: Measure, period: Period) -> None:
    answer = send(contributor, measure, period, "submit", body="", progress="", percent="", nothing_done="on")
    assert "กรุณาระบุเหตุผลที่ไม่มีการดำเนินการ" in words(answer)


def test_nothing_done_with_its_reason_needs_no_text(
    contributor: Person, measure: Measure, period: Period
) -> None:
    send(contributor, measure, period, "submit", body="", progress="", percent="", nothing_done="on",
         nil_reason="รอคำสั่งแต่งตั้ง")  # fmt: skip
    assert (the_result().state, the_result().nothing_done) == (Workflow.SUBMITTED, True)


def test_a_text_at_the_limit_is_taken_and_one_over_is_not(
    contributor: Person, measure: Measure, period: Period
) -> None:
    assert "ตัวอักษร เกินที่รับได้" in words(send(contributor, measure, period, body="ก" * 20_001))
    line = "- " + "ก" * 97 + "\r\n"  # a hundred code points, whichever way the browser ends a line
    send(contributor, measure, period, body=line * 200)
    assert len(the_result().body) == 19_999


def test_fields_that_are_not_in_the_form_are_ignored(
    contributor: Person, measure: Measure, period: Period
) -> None:
    send(contributor, measure, period, state="accepted", submitted_by="1", measure_id=999, agency=7)
    assert (the_result().state, the_result().measure, the_result().submitted_by) == (
        Workflow.DRAFT,
        measure,
        None,
    )


def test_markup_is_shown_as_it_was_typed(contributor: Person, measure: Measure, period: Period) -> None:
    send(contributor, measure, period, body="- </textarea><img onerror=x> {{7*7}}")
    page = browser(contributor).get(address(measure, period)).content.decode()
    assert "&lt;/textarea&gt;&lt;img onerror=x&gt; {{7*7}}" in page
    assert "<img onerror" not in page


def test_two_editors_both_keep_their_text(
    contributor: Person, officer: Person, draft: QuarterlyResult, measure: Measure, period: Period
) -> None:
    send(officer, measure, period, version=1, body="- ข้อความของนิติกร")
    answer = send(contributor, measure, period, version=1, body="- ข้อความของส่วนราชการ")
    page = words(answer)
    assert answer.status_code == 409
    assert f"{officer} บันทึกรายการนี้เมื่อเวลา" in page
    assert "ข้อความของนิติกร" in page
    assert "ข้อความของส่วนราชการ" in page
    assert the_result().body == "- ข้อความของนิติกร"


def test_the_second_editor_may_choose_their_own_text(
    contributor: Person, officer: Person, draft: QuarterlyResult, measure: Measure, period: Period
) -> None:
    send(officer, measure, period, version=1, body="- ข้อความของนิติกร")
    page = words(send(contributor, measure, period, version=1, body="- ของข้าพเจ้า"))
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    send(contributor, measure, period, version=version[1], body="- ของข้าพเจ้า")
    assert the_result().body == "- ของข้าพเจ้า"


def test_both_texts_can_be_joined_before_saving(
    contributor: Person, officer: Person, draft: QuarterlyResult, measure: Measure, period: Period
) -> None:
    send(officer, measure, period, version=1, body="- หนึ่ง\n- สอง")
    page = words(send(contributor, measure, period, "merge", version=1, body="- สอง\n- สาม"))
    assert "- หนึ่ง\n- สอง\n- สาม</textarea>" in page
    assert the_result().body == "- หนึ่ง\n- สอง"


def test_what_was_sent_is_read_only_and_can_be_taken_back(
    contributor: Person, submitted: QuarterlyResult, measure: Measure, period: Period
) -> None:
    client = browser(contributor)
    page = client.get(address(measure, period)).content.decode()
    assert "<textarea" not in page
    recall = reverse("result_recall", args=[measure.pk, period.number])
    assert recall in page
    client.post(recall)
    assert the_result().state == Workflow.DRAFT


def test_text_typed_while_a_colleague_sent_is_shown_again(
    contributor: Person, submitted: QuarterlyResult, measure: Measure, period: Period
) -> None:
    answer = send(contributor, measure, period, version=1, body="- พิมพ์ไว้นาน")
    assert answer.status_code == 409
    assert "ให้ดึงกลับก่อนนิติกรตรวจ" in words(answer)
    assert "- พิมพ์ไว้นาน" in words(answer)


def test_the_officer_accepts_what_was_sent(
    officer: Person, submitted: QuarterlyResult, measure: Measure, period: Period
) -> None:
    send(officer, measure, period, "accept", version=submitted.version)
    assert (the_result().state, the_result().reviewed_by) == (Workflow.ACCEPTED, officer)


def test_the_officer_enters_and_accepts_at_once(officer: Person, measure: Measure, period: Period) -> None:
    send(officer, measure, period, "accept")
    assert (the_result().state, the_result().submitted_by) == (Workflow.ACCEPTED, officer)


def test_the_officer_does_not_accept_what_was_taken_back(
    officer: Person, contributor: Person, submitted: QuarterlyResult, measure: Measure, period: Period
) -> None:
    browser(contributor).post(reverse("result_recall", args=[measure.pk, period.number]))
    assert send(officer, measure, period, "accept", version=submitted.version).status_code == 409
    assert the_result().state == Workflow.DRAFT


def test_the_officer_returns_with_a_reason_that_the_unit_reads(
    officer: Person, contributor: Person, submitted: QuarterlyResult, measure: Measure, period: Period
) -> None:
    send(officer, measure, period, "return", version=submitted.version, return_reason="ขาดหลักฐานขั้นตอนที่ 2")
    page = browser(contributor).get(address(measure, period)).content.decode()
    assert the_result().state == Workflow.RETURNED
    assert "ขาดหลักฐานขั้นตอนที่ 2" in page


def test_a_return_without_a_reason_is_refused(
    officer: Person, submitted: QuarterlyResult, measure: Measure, period: Period
) -> None:
    answer = send(officer, measure, period, "return", version=submitted.version, return_reason=" ")
    assert "กรุณาระบุเหตุผลที่ส่งกลับ" in words(answer)
    assert the_result().state == Workflow.SUBMITTED


@pytest.mark.parametrize("act", ["accept", "return"])
def test_a_unit_does_not_review_itself(
    contributor: Person, submitted: QuarterlyResult, measure: Measure, period: Period, act: str
) -> None:
    answer = send(contributor, measure, period, act, version=submitted.version, return_reason="x")
    assert (answer.status_code, the_result().state) == (403, Workflow.SUBMITTED)


def test_a_period_that_has_not_opened_is_read_not_written(
    contributor: Person, measure: Measure, future: Period
) -> None:
    page = browser(contributor).get(address(measure, future)).content.decode()
    assert "เปิดรับรายงานวันที่" in page
    assert "<textarea" not in page
    assert send(contributor, measure, future).status_code == 409
    assert not QuarterlyResult.objects.exists()


def test_after_the_closing_day_it_is_written_and_marked_late(
    contributor: Person, measure: Measure, year: Plan
) -> None:
    closed = new_period(year, 4, opened=60, closes_in=-3)
    assert "เกินกำหนด 3 วัน" in browser(contributor).get(address(measure, closed)).content.decode()
    send(contributor, measure, closed, "submit")
    assert "ส่งหลังกำหนด 3 วัน" in browser(contributor).get(address(measure, closed)).content.decode()


def test_the_answer_before_can_start_the_text(
    contributor: Person, measure: Measure, first: Period, period: Period
) -> None:
    save_result(measure=measure, period=first, version=None, given=ResultInput(body="- ครั้งก่อน"),
                by=contributor, at=timezone.now())  # fmt: skip
    page = browser(contributor).get(address(measure, period) + "?start=previous").content.decode()
    assert "- ครั้งก่อน</textarea>" in page
    assert QuarterlyResult.objects.count() == 1


def test_the_preview_reads_lines_as_a_list(contributor: Person) -> None:
    answer = browser(contributor).post(reverse("bullets_preview"), {"body": "- หนึ่ง\n๑. ย่อย"})
    assert re.findall(r"<span>([^<]*)</span><span>([^<]*)</span>", answer.content.decode()) == [
        ("-", "หนึ่ง"),
        ("๑.", "ย่อย"),
    ]


# --- who may come in --------------------------------------------------------------------------------------------


def test_a_measure_of_another_unit_is_not_found(
    contributor: Person, foreign: Measure, period: Period
) -> None:
    assert browser(contributor).get(address(foreign, period)).status_code == 404
    assert send(contributor, foreign, period).status_code == 404
    assert acts() == ["access.refused"] * 2


def test_the_officer_of_another_town_finds_nothing(
    stranger: Person, submitted: QuarterlyResult, measure: Measure, period: Period
) -> None:
    assert browser(stranger).get(address(measure, period)).status_code == 404
    assert send(stranger, measure, period, "accept", version=2).status_code == 404
    assert the_result().state == Workflow.SUBMITTED


def test_an_auditor_reads_and_does_not_write(
    auditor: Person, draft: QuarterlyResult, measure: Measure, period: Period
) -> None:
    page = browser(auditor).get(address(measure, period))
    assert (page.status_code, b"<textarea" in page.content) == (200, False)
    assert send(auditor, measure, period, version=1).status_code == 403


@pytest.mark.parametrize(("measure_id", "number"), [(10**30, 1), (1, 10**30), (1, 9)])
def test_a_number_that_names_nothing_is_not_found(
    officer: Person, measure: Measure, period: Period, measure_id: int, number: int
) -> None:
    path = reverse("result", args=[measure.pk if measure_id == 1 else measure_id, number])
    assert browser(officer).get(path).status_code == 404


@pytest.mark.parametrize("name", ["result_recall", "bullets_preview"])
def test_acting_addresses_do_not_answer_get(
    contributor: Person, submitted: QuarterlyResult, measure: Measure, period: Period, name: str
) -> None:
    path = reverse(name, args=[measure.pk, period.number] if name == "result_recall" else [])
    assert browser(contributor).get(path).status_code == 405
    assert the_result().state == Workflow.SUBMITTED


# --- what was typed is never lost -------------------------------------------------------------------------------


def test_a_session_that_ended_keeps_the_text(measure: Measure, period: Period) -> None:
    answer = browser().post(address(measure, period), {**FIELDS, "act": "submit", "request_key": "k"})
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "ข้อความที่พิมพ์ไว้อยู่ด้านล่าง" in page
    assert TEXT + "</textarea>" in page
    assert '<input type="hidden" name="act" value="submit">' in page


def test_after_signing_in_the_kept_text_is_sent_again(
    contributor: Person, measure: Measure, period: Period
) -> None:
    client = Client(enforce_csrf_checks=True)
    data = {**FIELDS, "act": "save", "request_key": "k"}
    client.get(reverse("account_login"))
    old = client.cookies["csrftoken"].value
    assert client.post(address(measure, period), {**data, "csrfmiddlewaretoken": old}).status_code == 401

    client.force_login(contributor)
    client.cookies["csrftoken"] = "x" * 32  # signing in makes a new one
    here = {"HTTP_ORIGIN": "http://testserver"}
    again = client.post(address(measure, period), {**data, "csrfmiddlewaretoken": old}, **here)  # type: ignore[arg-type]
    new = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', again.content.decode())
    assert again.status_code == 403
    assert new
    client.post(address(measure, period), {**data, "csrfmiddlewaretoken": new[1]}, **here)  # type: ignore[arg-type]
    assert the_result().body == TEXT


@pytest.mark.parametrize("origin", ["null", "https://evil.example"])
def test_what_another_site_sent_is_shown_but_cannot_be_sent_with_a_button(
    contributor: Person, measure: Measure, period: Period, origin: str
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(contributor)
    answer = client.post(address(measure, period), FIELDS, HTTP_ORIGIN=origin)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert TEXT in page
    assert "<form" not in page
    assert not QuarterlyResult.objects.exists()


def test_a_password_is_never_shown_again() -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.post(reverse("account_login"), {"login": "ผู้ใช้ที่มีชื่อยาวมาก", "password": "secret-secret"})
    assert page.status_code == 403
    assert b"secret-secret" not in page.content
    assert "ผู้ใช้ที่มีชื่อยาวมาก" not in page.content.decode()


def test_a_signed_out_reader_is_asked_to_sign_in(measure: Measure, period: Period) -> None:
    answer = browser().get(address(measure, period))
    assert answer.headers["Location"] == f"/accounts/login/?next={address(measure, period)}"
