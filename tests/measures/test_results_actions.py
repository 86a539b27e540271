"""Saving, sending, taking back, accepting and returning a result."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from audit.models import Event
from measures.actions.results import (
    ResultInput,
    accept_result,
    recall_result,
    return_result,
    save_result,
    submit_result,
)
from measures.choices import Progress, Workflow
from measures.errors import Changed, Refused
from measures.models import Measure, Period, Person, QuarterlyResult
from tests.measures.conftest import DONE_SOMETHING


def acts() -> list[str]:
    return list(Event.objects.order_by("seq").values_list("act", flat=True))


def save(
    result: QuarterlyResult, by: Person, *, version: int | None = None, given: ResultInput = DONE_SOMETHING
) -> QuarterlyResult:
    return save_result(
        measure=result.measure,
        period=result.period,
        version=version or result.version,
        given=given,
        by=by,
        at=timezone.now(),
    )


def test_the_first_save_makes_a_draft(draft: QuarterlyResult, contributor: Person) -> None:
    assert (draft.state, draft.version, draft.saved_by) == (Workflow.DRAFT, 1, contributor)
    assert acts() == ["result.saved"]


def test_a_save_over_the_version_that_was_seen_makes_the_next(
    draft: QuarterlyResult, contributor: Person
) -> None:
    saved = save(draft, contributor, given=replace(DONE_SOMETHING, body="ใหม่"))
    assert (saved.body, saved.version) == ("ใหม่", 2)


def test_saving_the_same_again_changes_nothing(draft: QuarterlyResult, contributor: Person) -> None:
    assert save(draft, contributor).version == 1
    assert acts() == ["result.saved"]


def test_a_save_over_an_older_version_names_who_saved_since(
    draft: QuarterlyResult, contributor: Person, officer: Person
) -> None:
    save(draft, officer, given=replace(DONE_SOMETHING, body="ของนิติกร"))
    with pytest.raises(Changed, match=f"^{officer} บันทึกรายการนี้เมื่อเวลา"):
        save(draft, contributor, version=1, given=replace(DONE_SOMETHING, body="ของส่วนราชการ"))
    draft.refresh_from_db()
    assert draft.body == "ของนิติกร"


def test_a_second_first_save_meets_the_first(draft: QuarterlyResult, contributor: Person) -> None:
    with pytest.raises(Changed):
        save_result(
            measure=draft.measure,
            period=draft.period,
            version=None,
            given=ResultInput(body="อื่น"),
            by=contributor,
            at=timezone.now(),
        )


def test_steps_of_another_measure_are_not_taken(
    draft: QuarterlyResult, foreign: Measure, contributor: Person
) -> None:
    own, other = draft.measure.steps.first(), foreign.steps.first()
    assert own
    assert other
    saved = save(draft, contributor, given=replace(DONE_SOMETHING, step_ids=frozenset({own.pk, other.pk})))
    assert list(saved.steps_done.all()) == [own]


def test_a_percentage_that_does_not_fit_is_refused(draft: QuarterlyResult, contributor: Person) -> None:
    with pytest.raises(Refused, match="แล้วเสร็จ"):
        save(draft, contributor, given=replace(DONE_SOMETHING, progress=Progress.DONE))


def test_a_period_opens_by_the_day_in_bangkok(measure: Measure, period: Period, contributor: Person) -> None:
    opens = datetime.combine(period.opens, datetime.min.time(), ZoneInfo("Asia/Bangkok"))

    def save_at(at: datetime) -> QuarterlyResult:
        return save_result(
            measure=measure, period=period, version=None, given=DONE_SOMETHING, by=contributor, at=at
        )

    with pytest.raises(Refused, match="เปิดรับรายงานวันที่"):
        save_at((opens - timedelta(microseconds=1)).astimezone(ZoneInfo("America/New_York")))
    assert save_at(opens.astimezone(ZoneInfo("America/New_York"))).state == Workflow.DRAFT


def test_a_period_of_another_year_is_refused(measure: Measure, period: Period, contributor: Person) -> None:
    period.plan_id += 1
    with pytest.raises(Refused):
        save_result(
            measure=measure,
            period=period,
            version=None,
            given=DONE_SOMETHING,
            by=contributor,
            at=timezone.now(),
        )


def test_sending_says_who_and_when(submitted: QuarterlyResult, contributor: Person) -> None:
    assert (submitted.state, submitted.submitted_by) == (Workflow.SUBMITTED, contributor)
    assert acts() == ["result.saved", "result.submitted"]


def test_an_empty_result_is_not_sent(draft: QuarterlyResult, contributor: Person) -> None:
    empty = save(draft, contributor, given=ResultInput())
    with pytest.raises(Refused, match="ยังไม่ได้กรอกผลการดำเนินการ"):
        submit_result(result=empty, by=contributor, at=timezone.now())


def test_what_was_sent_is_not_sent_twice(submitted: QuarterlyResult, contributor: Person) -> None:
    with pytest.raises(Refused, match="ระบบไม่ได้ส่งซ้ำ"):
        submit_result(result=submitted, by=contributor, at=timezone.now())
    assert acts().count("result.submitted") == 1


def test_a_unit_does_not_change_what_it_sent(submitted: QuarterlyResult, contributor: Person) -> None:
    with pytest.raises(Refused, match="ดึงกลับก่อนนิติกรตรวจ"):
        save(submitted, contributor, given=replace(DONE_SOMETHING, body="แก้"))


def test_the_officer_corrects_what_was_sent_where_it_stands(
    submitted: QuarterlyResult, officer: Person
) -> None:
    saved = save(submitted, officer, given=replace(DONE_SOMETHING, body="แก้คำผิด"))
    assert (saved.state, saved.body) == (Workflow.SUBMITTED, "แก้คำผิด")


def test_taking_back_makes_a_draft_again(submitted: QuarterlyResult, contributor: Person) -> None:
    back = recall_result(result=submitted, by=contributor, at=timezone.now())
    assert (back.state, back.submitted_at) == (Workflow.DRAFT, None)


def test_what_was_accepted_is_not_taken_back(
    submitted: QuarterlyResult, officer: Person, contributor: Person
) -> None:
    accepted = accept_result(result=submitted, by=officer, at=timezone.now())
    with pytest.raises(Refused, match="ดึงกลับไม่ได้"):
        recall_result(result=accepted, by=contributor, at=timezone.now())


def test_only_what_was_seen_is_accepted(submitted: QuarterlyResult, officer: Person) -> None:
    seen = QuarterlyResult.objects.get(pk=submitted.pk)
    save(submitted, officer, given=replace(DONE_SOMETHING, body="แก้หลังเปิดอ่าน"))
    with pytest.raises(Changed):
        accept_result(result=seen, by=officer, at=timezone.now())


def test_a_return_needs_its_reason(submitted: QuarterlyResult, officer: Person) -> None:
    with pytest.raises(Refused, match="กรุณาระบุเหตุผลที่ส่งกลับ"):
        return_result(result=submitted, reason="", by=officer, at=timezone.now())


def test_what_was_returned_stays_returned_until_it_is_sent_again(
    submitted: QuarterlyResult, officer: Person, contributor: Person
) -> None:
    returned = return_result(result=submitted, reason="ขาดหลักฐาน", by=officer, at=timezone.now())
    saved = save(returned, contributor, given=replace(DONE_SOMETHING, body="เพิ่มแล้ว"))
    assert (saved.state, saved.return_reason) == (Workflow.RETURNED, "ขาดหลักฐาน")
    assert submit_result(result=saved, by=contributor, at=timezone.now()).state == Workflow.SUBMITTED
