"""The year's outcome, curated by the officer from what the periods reported."""

from __future__ import annotations

import uuid

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from measures.actions.outcomes import OutcomeInput, save_outcome
from measures.errors import Changed
from measures.models import Measure, Outcome, Person, QuarterlyResult
from tests.conftest import browser


def address(measure: Measure) -> str:
    return reverse("outcome", args=[measure.pk])


def send(who: Person, measure: Measure, **fields: object) -> HttpResponse:
    data = {
        "progress": "done",
        "body": "- แล้วเสร็จ",
        "version": "",
        "request_key": str(uuid.uuid4()),
        **fields,
    }
    return browser(who).post(address(measure), data)  # type: ignore[return-value]


def test_the_officer_writes_the_outcome(officer: Person, measure: Measure) -> None:
    assert send(officer, measure).headers["Location"] == address(measure)
    outcome = Outcome.objects.get()
    assert (outcome.progress, outcome.body, outcome.version) == ("done", "- แล้วเสร็จ", 1)
    assert Event.objects.filter(act="outcome.saved", target_id=outcome.pk).count() == 1


def test_the_outcome_has_percent_obstacles_suggestions_and_a_remark(
    officer: Person, measure: Measure
) -> None:
    notes = {"obstacles": "- ล่าช้า", "suggestions": "- เริ่มต้นปี", "remark": "ต่อเนื่องปีหน้า"}
    send(officer, measure, progress="ongoing", percent="๘๐", **notes)
    outcome = Outcome.objects.get()
    assert outcome.percent == 80
    assert {name: getattr(outcome, name) for name in notes} == notes
    page = browser(officer).get(reverse("measure", args=[measure.pk])).content.decode()
    assert all(text.removeprefix("- ") in page for text in notes.values())


def test_a_percentage_that_contradicts_the_status_is_refused_beside_it(
    officer: Person, measure: Measure
) -> None:
    page = send(officer, measure, progress="done", percent="50", remark="พิมพ์ค้าง").content.decode()
    assert "แล้วเสร็จ" in page
    assert 'value="พิมพ์ค้าง"' in page
    assert not Outcome.objects.exists()


def test_a_double_click_is_one_act(officer: Person, measure: Measure) -> None:
    key = str(uuid.uuid4())
    assert {send(officer, measure, request_key=key).status_code for _ in range(2)} == {302}
    assert Event.objects.filter(act="outcome.saved").count() == 1


def test_a_button_adds_a_period_below_what_is_typed(
    officer: Person, measure: Measure, draft: QuarterlyResult
) -> None:
    page = send(officer, measure, body="- พิมพ์ไว้", add=draft.period.number).content.decode()
    assert f"- พิมพ์ไว้\n{draft.body}</textarea>" in page
    assert not Outcome.objects.exists()


def test_an_address_can_ask_for_the_text_of_a_period(
    officer: Person, measure: Measure, draft: QuarterlyResult
) -> None:
    page = browser(officer).get(f"{address(measure)}?add={draft.period.number}").content.decode()
    assert f"{draft.body}</textarea>" in page


def test_two_editors_both_keep_their_text(officer: Person, measure: Measure) -> None:
    send(officer, measure, body="- ฉบับแรก")
    send(officer, measure, body="- ฉบับที่สอง", version=1)
    answer = send(officer, measure, body="- ฉบับที่สาม", version=1)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert f"{officer} บันทึกรายการนี้เมื่อเวลา" in page
    assert "ฉบับที่สอง" in page
    assert "- ฉบับที่สาม</textarea>" in page
    assert 'name="version" value="2"' in page


def test_a_first_save_meets_another_first_save(officer: Person, measure: Measure) -> None:
    at = timezone.now()
    save_outcome(measure=measure, version=None, given=OutcomeInput(body="หนึ่ง"), by=officer, at=at)
    with pytest.raises(Changed):
        save_outcome(measure=measure, version=None, given=OutcomeInput(body="สอง"), by=officer, at=at)


def test_a_unit_does_not_write_the_outcome(contributor: Person, measure: Measure) -> None:
    assert browser(contributor).get(address(measure)).status_code == 403
    assert send(contributor, measure).status_code == 403
    assert not Outcome.objects.exists()


def test_an_auditor_reads_it(auditor: Person, measure: Measure) -> None:
    assert browser(auditor).get(address(measure)).status_code == 200
    assert send(auditor, measure).status_code == 403


def test_the_officer_of_another_town_finds_nothing(stranger: Person, measure: Measure) -> None:
    assert browser(stranger).get(address(measure)).status_code == 404
    assert send(stranger, measure).status_code == 404
