"""Add, edit, move and delete measures with their steps and the units responsible for them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.db.models import F

from audit.actions import record
from measures.actions.order import hold, lock, moved, renumber
from measures.choices import Responsibility
from measures.errors import Changed, Refused
from measures.models import Agency, Measure, MeasureGroup, Ownership, Person, Step, Unit
from measures.steps import StepLine, pair

MOST_MEASURES: Final = 500
"""In one plan."""
LARGEST_BUDGET: Final = Decimal("999999999999.99")
"""In baht; what the column holds."""


@dataclass(frozen=True)
class MeasureInput:
    """What the officer typed. ``new_units`` are names of units the agency does not list yet; they lead too."""

    title: str
    number: str = ""
    steps: Sequence[StepLine] = ()
    lead: Sequence[Unit] = ()
    supporting: Sequence[Unit] = ()
    new_units: Sequence[str] = ()
    units_printed: str = ""
    due_text: str = ""
    due: date | None = None
    indicator: str = ""
    target: str = ""
    budget: Decimal | None = None


@transaction.atomic
def add_measure(*, group: MeasureGroup, given: MeasureInput, by: Person, at: datetime) -> Measure:
    """Put a measure at the end of ``group``. Raises ``Refused`` where the plan is full."""
    plan = group.plan
    lock(plan)
    if plan.measures.count() >= MOST_MEASURES:
        raise Refused(f"ปีงบประมาณนี้มีครบ {MOST_MEASURES} มาตรการแล้ว จึงเพิ่มอีกไม่ได้ กรุณารวมหรือลบมาตรการที่ไม่ใช้")
    measure = Measure.objects.create(
        plan=plan,
        group=group,
        key=uuid.uuid4().hex[:12],
        position=group.measures.count() + 1,
        **_columns(given),
    )
    renumber(group.measures.all())
    _set_steps(measure, given.steps)
    _set_units(measure, plan.agency, given)
    record("measure.added", agency_id=plan.agency_id, by=by, at=at, about=measure, title=given.title)
    return measure


@transaction.atomic
def edit_measure(
    *,
    measure: Measure,
    version: int,
    given: MeasureInput,
    by: Person,
    at: datetime,
    group: MeasureGroup | None = None,
) -> Measure:
    """Save the measure, and move it to the end of ``group`` where that is another one of its plan.

    Raises ``Changed`` where somebody saved since ``version``, ``Refused`` where a step that was reported as
    done would be lost.
    """
    plan = measure.plan
    lock(plan)
    saved = Measure.objects.filter(pk=measure.pk, version=version).update(
        version=F("version") + 1, **_columns(given)
    )
    if saved != 1:
        raise Changed("มีผู้บันทึกมาตรการนี้หลังจากท่านเปิดหน้านี้ ข้อความของท่านยังไม่ได้บันทึกทับ")
    measure.refresh_from_db()
    if group is not None and group.pk != measure.group_id and group.plan_id == measure.plan_id:
        _change_group(measure, group)
    _set_steps(measure, given.steps)
    _set_units(measure, plan.agency, given)
    record(
        "measure.changed",
        agency_id=plan.agency_id,
        by=by,
        at=at,
        about=measure,
        title=given.title,
        version=version + 1,
    )
    return measure


@transaction.atomic
def move_measure(*, measure: Measure, up: bool, by: Person, at: datetime) -> None:
    """Change places with the measure above or below in its group; at an end, nothing happens."""
    hold(measure)
    if moved(list(measure.group.measures.all()), measure.pk, up=up):
        record("measure.moved", agency_id=measure.plan.agency_id, by=by, at=at, about=measure, up=up)


@transaction.atomic
def delete_measure(*, measure: Measure, by: Person, at: datetime) -> None:
    """Delete a measure with its steps and outcome. Raises ``Refused`` where results were reported on it."""
    plan = measure.plan
    lock(plan)
    # A result that is being saved now waits for this row, or this waits for it.
    Measure.objects.select_for_update().get(pk=measure.pk)
    if measure.results.exists():
        raise Refused("มาตรการนี้มีผลการดำเนินการรายไตรมาสแล้ว จึงลบไม่ได้ เพื่อไม่ให้ผลที่รายงานไว้สูญหาย")
    record("measure.deleted", agency_id=plan.agency_id, by=by, at=at, about=measure, title=measure.title)
    group = measure.group
    measure.delete()
    renumber(group.measures.all())


def _columns(given: MeasureInput) -> dict[str, str | date | Decimal | None]:
    return {
        "number": given.number,
        "title": given.title,
        "units_printed": given.units_printed,
        "due_text": given.due_text,
        "due": given.due,
        "indicator": given.indicator,
        "target": given.target,
        "budget": given.budget,
    }


def _change_group(measure: Measure, group: MeasureGroup) -> None:
    old = measure.group
    measure.group, measure.position = group, group.measures.count() + 1
    measure.save(update_fields=["group", "position"])
    renumber(old.measures.all())
    renumber(group.measures.all())


def _set_steps(measure: Measure, lines: Sequence[StepLine]) -> None:
    """Make the measure's steps those of ``lines``, keeping the rows of steps that were only edited or moved."""
    stored = list(measure.steps.all())
    found = pair([step.text for step in stored], [line.text for line in lines])
    gone = [step for index, step in enumerate(stored) if index not in found]
    _refuse_losing(gone)
    Step.objects.filter(pk__in=[step.pk for step in gone]).delete()
    fresh: list[Step] = []
    kept: list[Step] = []
    for position, (line, index) in enumerate(zip(lines, found, strict=True), start=1):
        step = Step(measure=measure) if index is None else stored[index]
        step.position, step.number, step.text = position, line.number, line.text
        (fresh if index is None else kept).append(step)
    Step.objects.bulk_update(kept, ["position", "number", "text"])
    Step.objects.bulk_create(fresh)


def _refuse_losing(steps: list[Step]) -> None:
    done = Step.objects.filter(pk__in=[step.pk for step in steps], done_in__isnull=False).first()
    if done is not None:
        raise Refused(
            f'ขั้นตอน "{done.text[:80]}" มีการรายงานว่าดำเนินการแล้ว จึงลบไม่ได้ กรุณาคงขั้นตอนนี้ไว้ หรือแก้ไขเฉพาะข้อความ'
        )


def _set_units(measure: Measure, agency: Agency, given: MeasureInput) -> None:
    """Make the responsible units those given: units that stay keep their place, new ones follow."""
    kinds = dict.fromkeys((unit.pk for unit in given.lead), Responsibility.LEAD)
    for name in given.new_units:
        kinds.setdefault(unit_named(agency, name).pk, Responsibility.LEAD)
    for unit in given.supporting:
        kinds.setdefault(unit.pk, Responsibility.SUPPORTING)
    before = [o.unit_id for o in measure.ownerships.all()]
    order = [pk for pk in before if pk in kinds] + [pk for pk in kinds if pk not in before]
    measure.ownerships.all().delete()
    Ownership.objects.bulk_create(
        Ownership(measure=measure, unit_id=pk, position=position, kind=kinds[pk])
        for position, pk in enumerate(order, start=1)
    )


def unit_named(agency: Agency, name: str) -> Unit:
    """Return the agency's unit of that printed name ("งานพัสดุ กองคลัง"), made now where there is none.

    Where the name ends in that of a unit at the top, the new one is a section below it.
    """
    units = list(Unit.objects.for_agency(agency))
    for unit in units:
        if unit.full_name == name:
            return unit
    for top in units:
        if top.parent_id is None and name.endswith(f" {top.name}"):
            return Unit.objects.create(agency=agency, parent=top, name=name.removesuffix(f" {top.name}"))
    return Unit.objects.create(agency=agency, name=name)
