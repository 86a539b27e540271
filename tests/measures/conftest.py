"""A measure with its steps and periods, what a form of its result sends, and who is who on the other side."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from measures.actions.results import ResultInput, save_result, submit_result
from measures.choices import Progress
from measures.fiscal import bangkok_date
from measures.models import (
    Agency,
    Measure,
    MeasureGroup,
    Ownership,
    Period,
    Person,
    Plan,
    QuarterlyResult,
    Step,
    Unit,
)

TEXT = "- จัดทำทะเบียนคุม\n๑. เดือนตุลาคม\n๒. เดือนพฤศจิกายน"
DONE_SOMETHING = ResultInput(progress=Progress.IN_PROGRESS, percent=25, body=TEXT)


def today() -> date:
    return bangkok_date(timezone.now())


def new_measure(plan: Plan, unit: Unit, key: str = "m1", title: str = "การควบคุมดูแลการเบิกจ่าย") -> Measure:
    """A measure of one unit with two steps, the second with a printed number of its own."""
    group = MeasureGroup.objects.create(plan=plan, key=f"g-{key}", position=0, title="มาตรการหลัก")
    measure = Measure.objects.create(plan=plan, group=group, key=key, position=0, title=title)
    Step.objects.create(measure=measure, position=0, text="แสดงข้อมูลการเบิกจ่าย")
    Step.objects.create(measure=measure, position=1, number="๒.๑", text="ติดตามประเมินผล")
    Ownership.objects.create(measure=measure, unit=unit, position=0)
    return measure


def new_period(plan: Plan, number: int, *, opened: int, closes_in: int) -> Period:
    """A period that opened so many days ago and is due in so many."""
    opens = today() - timedelta(opened)
    return Period.objects.create(
        plan=plan,
        number=number,
        name=f"ไตรมาส {number}",
        starts=opens,
        ends=opens + timedelta(5),
        opens=opens,
        closes=today() + timedelta(closes_in),
    )


@pytest.fixture
def year(town: Agency) -> Plan:
    return Plan.objects.create(agency=town, fiscal_year=2570)


@pytest.fixture
def first(year: Plan) -> Period:
    """An earlier period of the year, open until today."""
    return new_period(year, 1, opened=60, closes_in=0)


@pytest.fixture
def period(year: Plan) -> Period:
    """The period that is open."""
    return new_period(year, 2, opened=20, closes_in=5)


@pytest.fixture
def future(year: Plan) -> Period:
    """A period that opens in ten days."""
    return new_period(year, 3, opened=-10, closes_in=40)


@pytest.fixture
def measure(year: Plan, finance: Unit) -> Measure:
    """A measure of งานการเงินและบัญชี."""
    return new_measure(year, finance)


@pytest.fixture
def foreign(year: Plan, town: Agency) -> Measure:
    """A measure of a unit the contributor does not report for."""
    return new_measure(year, Unit.objects.create(agency=town, name="สำนักปลัด"), "m2", "ส่งเสริมคุณธรรม")


@pytest.fixture
def draft(measure: Measure, period: Period, contributor: Person) -> QuarterlyResult:
    return save_result(
        measure=measure, period=period, version=None, given=DONE_SOMETHING, by=contributor, at=timezone.now()
    )


@pytest.fixture
def submitted(draft: QuarterlyResult, contributor: Person) -> QuarterlyResult:
    return submit_result(result=draft, by=contributor, at=timezone.now())
