"""The officer's acts on a year: starting, ordering, editing, deleting."""

from __future__ import annotations

from datetime import date

import pytest

from audit.models import Event
from measures.actions.plans import (
    MeasureInput,
    add_measure,
    delete_group,
    delete_measure,
    edit_group,
    edit_measure,
    move_group,
    move_measure,
    set_periods,
    start_plan,
)
from measures.errors import Changed, Refused
from measures.models import Agency, Measure, Person, Plan, Unit
from measures.steps import StepLine
from tests.measures.plans import NOW, a_group, a_measure, a_plan, a_result

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(town: Agency, officer: Person) -> Plan:
    return a_plan(town, officer)


@pytest.fixture
def measure(plan: Plan, officer: Person) -> Measure:
    return a_measure(a_group(plan, officer), officer)


def save(measure: Measure, officer: Person, *steps: str, version: int = 1, title: str = "ใหม่") -> Measure:
    given = MeasureInput(title=title, steps=[StepLine("", step) for step in steps])
    return edit_measure(measure=measure, version=version, given=given, by=officer, at=NOW)


def test_a_year_has_four_quarters_due_fifteen_days_after_each(plan: Plan) -> None:
    assert [(p.name, p.opens, p.closes) for p in plan.periods.all()] == [
        ("ไตรมาส 1", date(2026, 10, 1), date(2027, 1, 15)),
        ("ไตรมาส 2", date(2027, 1, 1), date(2027, 4, 15)),
        ("ไตรมาส 3", date(2027, 4, 1), date(2027, 7, 15)),
        ("ไตรมาส 4", date(2027, 7, 1), date(2027, 10, 15)),
    ]


def test_a_year_starts_once(plan: Plan, officer: Person) -> None:
    with pytest.raises(Refused, match="มีมาตรการของปีงบประมาณ"):
        start_plan(agency=plan.agency, fiscal_year=2570, by=officer, at=NOW)


def test_a_year_from_another_keeps_numbers_keys_units_and_moves_its_dates(
    plan: Plan, officer: Person, finance: Unit
) -> None:
    group = a_group(plan, officer, "หลัก", "๔")
    given = MeasureInput(
        title="รายงานปีงบประมาณ พ.ศ. ๒๕๗๐",
        number="๑.๑",
        steps=[StepLine("๓", "สรุปปีงบประมาณ 2570")],
        lead=[finance],
        due_text="ภายในกันยายน ๒๕๗๐",
        due=date(2027, 9, 30),
    )
    old = add_measure(group=group, given=given, by=officer, at=NOW)
    new = start_plan(agency=plan.agency, fiscal_year=2571, by=officer, at=NOW, source=plan).measures.get()
    step = new.steps.get()
    assert (new.group.number, new.group.key) == ("๔", group.key)
    assert (new.number, new.key, list(new.units.all())) == ("๑.๑", old.key, [finance])
    assert (new.title, new.due_text, new.due) == (
        "รายงานปีงบประมาณ พ.ศ. ๒๕๗๑", "ภายในกันยายน ๒๕๗๑", date(2028, 9, 30),
    )  # fmt: skip
    assert (step.number, step.text) == ("๓", "สรุปปีงบประมาณ 2571")


def test_a_group_moves_past_its_neighbour(plan: Plan, officer: Person) -> None:
    for title in ("ก", "ข", "ค"):
        a_group(plan, officer, title)
    move_group(group=plan.groups.get(title="ค"), up=True, by=officer, at=NOW)
    assert [g.title for g in plan.groups.all()] == ["ก", "ค", "ข"]


def test_a_measure_at_the_end_stays_there(measure: Measure, officer: Person) -> None:
    second = a_measure(measure.group, officer, "สอง")
    move_measure(measure=second, up=False, by=officer, at=NOW)
    assert list(measure.group.measures.all()) == [measure, second]


def test_a_group_with_measures_is_not_deleted(measure: Measure, officer: Person) -> None:
    with pytest.raises(Refused, match="ยังมีมาตรการอยู่"):
        delete_group(group=measure.group, by=officer, at=NOW)


def test_a_measure_with_results_is_not_deleted(measure: Measure, officer: Person) -> None:
    a_result(measure, 1, officer)
    with pytest.raises(Refused, match="มีผลการดำเนินการรายไตรมาสแล้ว"):
        delete_measure(measure=measure, by=officer, at=NOW)
    assert Measure.objects.filter(pk=measure.pk).exists()


def test_deleting_a_measure_closes_the_gap(measure: Measure, officer: Person) -> None:
    second = a_measure(measure.group, officer, "สอง")
    delete_measure(measure=measure, by=officer, at=NOW)
    second.refresh_from_db()
    assert second.position == 1


def test_a_save_over_a_newer_version_changes_nothing(measure: Measure, officer: Person) -> None:
    save(measure, officer, "ประชุม", title="ของคนแรก")
    with pytest.raises(Changed):
        save(measure, officer, "ประชุม", title="ของคนที่สอง")
    measure.refresh_from_db()
    assert (measure.title, measure.version) == ("ของคนแรก", 2)


def test_what_was_done_follows_its_step(measure: Measure, officer: Person) -> None:
    done = measure.steps.get(text="แจ้งเวียน")
    result = a_result(measure, 1, officer)
    result.steps_done.add(done)
    save(measure, officer, "แจ้งเวียนทุกกอง", "ประชุม", "ติดตาม")
    assert [(s.position, s.text) for s in result.steps_done.all()] == [(1, "แจ้งเวียนทุกกอง")]


def test_a_step_reported_as_done_is_not_lost(measure: Measure, officer: Person) -> None:
    a_result(measure, 1, officer).steps_done.add(measure.steps.get(text="แจ้งเวียน"))
    with pytest.raises(Refused, match='ขั้นตอน "แจ้งเวียน" มีการรายงานว่าดำเนินการแล้ว'):
        save(measure, officer, "ประชุม")
    assert measure.steps.count() == 2


def test_a_measure_goes_to_the_end_of_another_group(measure: Measure, officer: Person, plan: Plan) -> None:
    other = a_group(plan, officer, "อื่น")
    first = a_measure(other, officer, "อยู่ก่อน")
    given = MeasureInput(title="ย้ายมา")
    edit_measure(measure=measure, version=1, given=given, group=other, by=officer, at=NOW)
    assert list(other.measures.all()) == [first, measure]


def test_a_unit_typed_by_its_printed_name_is_found_or_made_below_its_division(
    measure: Measure, officer: Person, finance: Unit, division: Unit
) -> None:
    given = MeasureInput(title="ก", new_units=["งานการเงินและบัญชี กองคลัง", "งานพัสดุ กองคลัง", "คณะทำงาน"])
    edit_measure(measure=measure, version=1, given=given, by=officer, at=NOW)
    assert [(u.name, u.parent) for u in measure.units.order_by("ownerships__position")] == [
        ("งานการเงินและบัญชี", division), ("งานพัสดุ", division), ("คณะทำงาน", None),
    ]  # fmt: skip


def test_a_plan_takes_five_hundred_measures(measure: Measure, officer: Person) -> None:
    plan, group = measure.plan, measure.group
    Measure.objects.bulk_create(
        Measure(plan=plan, group=group, key=str(n), position=n, title="ก") for n in range(499)
    )
    with pytest.raises(Refused, match="มีครบ 500 มาตรการแล้ว"):
        a_measure(group, officer)


def test_a_group_changed_meanwhile_is_not_overwritten(plan: Plan, officer: Person) -> None:
    group = a_group(plan, officer, "ก")
    edit_group(group=group, number="", title="ข", seen=("", "ก"), by=officer, at=NOW)
    with pytest.raises(Changed):
        edit_group(group=group, number="", title="ค", seen=("", "ก"), by=officer, at=NOW)


def test_a_period_does_not_close_before_it_opens(plan: Plan, officer: Person) -> None:
    with pytest.raises(Refused, match="ไตรมาส 1: กำหนดส่งต้องไม่อยู่ก่อนวันเปิดรับรายงาน"):
        set_periods(plan=plan, days={1: (date(2027, 1, 2), date(2027, 1, 1))}, by=officer, at=NOW)


def test_every_act_leaves_its_event(measure: Measure, officer: Person) -> None:
    move_measure(measure=measure, up=True, by=officer, at=NOW)
    save(measure, officer, "ประชุม", "แจ้งเวียน")
    delete_measure(measure=measure, by=officer, at=NOW)
    assert list(Event.objects.order_by("seq").values_list("act", flat=True)) == [
        "plan.started", "group.added", "measure.added", "measure.changed", "measure.deleted",
    ]  # fmt: skip
