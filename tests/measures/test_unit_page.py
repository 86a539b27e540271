"""The page of a unit's clerk: what to report now, first; what was reported before, below."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from measures.actions.results import return_result, save_result, submit_result
from measures.choices import Workflow
from measures.models import Agency, Measure, Period, Person, Plan, QuarterlyResult, Unit
from measures.queries.results import Timing
from measures.queries.unit import UnitWork, unit_work
from tests.conftest import browser
from tests.measures.conftest import DONE_SOMETHING, new_measure, new_period, today


def page(who: Person) -> str:
    return browser(who).get(reverse("unit")).content.decode()


def work(town: Agency, unit: Unit) -> UnitWork:
    return unit_work(town, [unit.pk], today())


def test_only_measures_of_the_own_units_are_listed(
    contributor: Person, measure: Measure, foreign: Measure, period: Period
) -> None:
    shown = page(contributor)
    assert measure.title in shown
    assert foreign.title not in shown


def test_a_line_has_its_state_its_days_and_one_button(
    contributor: Person, measure: Measure, period: Period
) -> None:
    shown = page(contributor)
    assert [word in shown for word in ("ยังไม่เริ่ม", "เหลือ 5 วัน", "รายงานผล")] == [True] * 3
    assert shown.count("btn-primary") == 1


def test_what_was_returned_comes_first(
    town: Agency, finance: Unit, year: Plan, first: Period, submitted: QuarterlyResult, officer: Person
) -> None:
    return_result(result=submitted, reason="ขาดหลักฐาน", by=officer, at=timezone.now())
    assert [(line.state, line.period.number) for line in work(town, finance).now] == [
        (Workflow.RETURNED, 2),
        (Workflow.NOT_STARTED, 1),
    ]


def test_the_reason_of_a_return_is_shown_with_its_button(
    contributor: Person, submitted: QuarterlyResult, officer: Person
) -> None:
    return_result(result=submitted, reason="ขาดหลักฐานขั้นตอนที่ 2", by=officer, at=timezone.now())
    shown = page(contributor)
    assert "ขาดหลักฐานขั้นตอนที่ 2" in shown
    assert "แก้ไขตามที่ส่งกลับ" in shown


def test_what_was_sent_is_no_longer_to_do(town: Agency, finance: Unit, submitted: QuarterlyResult) -> None:
    found = work(town, finance)
    assert found.now == []
    assert [line.result for line in found.sent] == [submitted]


def test_when_all_is_reported_the_next_opening_is_told(
    contributor: Person, submitted: QuarterlyResult, future: Period
) -> None:
    assert "รายงานครบทุกมาตรการของไตรมาสนี้แล้ว ไตรมาส 3 เปิดรับรายงานวันที่" in page(contributor)


def test_a_unit_without_measures_is_told_so(contributor: Person) -> None:
    assert "ยังไม่มีมาตรการของส่วนราชการนี้" in page(contributor)


def test_an_earlier_year_is_history(town: Agency, finance: Unit, contributor: Person) -> None:
    plan = Plan.objects.create(agency=town, fiscal_year=2560)
    old = new_period(plan, 1, opened=900, closes_in=-800)
    measure = new_measure(plan, finance)
    result = save_result(
        measure=measure, period=old, version=None, given=DONE_SOMETHING, by=contributor, at=timezone.now()
    )
    submit_result(result=result, by=contributor, at=timezone.now())
    assert [(period, len(lines)) for period, lines in work(town, finance).earlier] == [(old, 1)]


def test_a_section_below_the_division_is_the_divisions_too(
    town: Agency, division: Unit, measure: Measure, period: Period, contributor: Person
) -> None:
    contributor.grants.update(unit=division)
    assert measure.title in page(contributor)


def test_others_are_told_whose_page_it_is(officer: Person) -> None:
    assert browser(officer).get(reverse("unit")).status_code == 403


@pytest.mark.parametrize(
    ("day", "word"),
    [
        (date(2027, 1, 8), "เหลือ 7 วัน"),
        (date(2027, 1, 15), "ครบกำหนดวันนี้"),
        (date(2027, 1, 16), "เกินกำหนด 1 วัน"),
        (date(2026, 9, 30), ""),
    ],
)
def test_days_are_counted_to_the_closing_day(day: date, word: str) -> None:
    period = Period(opens=date(2026, 10, 1), closes=date(2027, 1, 15))
    assert Timing.of(period, None, day).word == word


def test_what_came_in_time_and_was_returned_is_not_late() -> None:
    period = Period(opens=date(2026, 10, 1), closes=date(2027, 1, 15))
    sent = timezone.make_aware(timezone.datetime(2027, 1, 20))  # type: ignore[attr-defined]
    result = QuarterlyResult(state=Workflow.SUBMITTED, submitted_at=sent)
    assert Timing.of(period, result, date(2027, 1, 20)).word == "ส่งหลังกำหนด 5 วัน"
    result.return_reason = "ขาดหลักฐาน"
    assert Timing.of(period, result, date(2027, 1, 20)).word == ""


def test_seven_measures_cost_what_seventy_cost(
    contributor: Person, finance: Unit, year: Plan, first: Period, period: Period
) -> None:
    client = browser(contributor)

    def statements(count: int) -> int:
        for i in range(Measure.objects.count(), count):
            measure = new_measure(year, finance, f"n{i}")
            save_result(measure=measure, period=first, version=None, given=DONE_SOMETHING, by=contributor,
                        at=timezone.now() - timedelta(1))  # fmt: skip
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(reverse("unit")).status_code == 200
        return len(captured)

    assert statements(7) == statements(70) <= 12
