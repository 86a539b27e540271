"""A year of the town for the tests of plans: made by the same acts as the officer's."""

from __future__ import annotations

from datetime import UTC, date, datetime

from measures.actions.plans import MeasureInput, add_group, add_measure, start_plan
from measures.models import Agency, Measure, MeasureGroup, Person, Plan, QuarterlyResult, Unit
from measures.steps import StepLine

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)


def a_plan(town: Agency, officer: Person, year: int = 2570) -> Plan:
    """A plan without measures."""
    return start_plan(agency=town, fiscal_year=year, by=officer, at=NOW)


def a_group(plan: Plan, officer: Person, title: str = "จัดซื้อจัดจ้าง", number: str = "") -> MeasureGroup:
    return add_group(plan=plan, number=number, title=title, by=officer, at=NOW)


def a_measure(
    group: MeasureGroup, officer: Person, title: str = "ควบคุมพัสดุ", *steps: str, units: tuple[Unit, ...] = ()
) -> Measure:
    """A measure with the steps given, or with two."""
    lines = [StepLine("", step) for step in steps or ("ประชุม", "แจ้งเวียน")]
    given = MeasureInput(title=title, steps=lines, lead=units)
    return add_measure(group=group, given=given, by=officer, at=NOW)


def a_result(measure: Measure, number: int, officer: Person, state: str = "submitted") -> QuarterlyResult:
    """A result in a state that has needed its officer, or not."""
    sent = {} if state == "draft" else {"submitted_by": officer, "submitted_at": NOW}
    checked = {"reviewed_by": officer, "reviewed_at": NOW} if state in ("accepted", "returned") else {}
    return QuarterlyResult.objects.create(
        measure=measure,
        period=measure.plan.periods.get(number=number),
        state=state,
        body="- ทำแล้ว",
        return_reason="ขาดหลักฐาน" if state == "returned" else "",
        **sent,
        **checked,
    )
