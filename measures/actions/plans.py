"""Start a year and set when its results are taken; every other act on a plan is named here too."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction

from audit.actions import record
from measures.actions.groups import add_group, delete_group, edit_group, move_group
from measures.actions.measures import (
    LARGEST_BUDGET,
    MeasureInput,
    add_measure,
    delete_measure,
    edit_measure,
    move_measure,
)
from measures.errors import Refused
from measures.fiscal import quarters_of
from measures.models import Agency, Measure, MeasureGroup, Ownership, Period, Person, Plan, Step
from measures.rollover import shift_date, shift_due_text, shift_text

__all__ = [
    "LARGEST_BUDGET",
    "MeasureInput",
    "add_group",
    "add_measure",
    "delete_group",
    "delete_measure",
    "edit_group",
    "edit_measure",
    "move_group",
    "move_measure",
    "set_periods",
    "start_plan",
]

DAYS_TO_REPORT: Final = 15
"""How long after a quarter's end its result may be sent, unless the officer sets another day."""


@transaction.atomic
def start_plan(
    *, agency: Agency, fiscal_year: int, by: Person, at: datetime, source: Plan | None = None
) -> Plan:
    """Make the plan of ``fiscal_year`` (พ.ศ.) with its four quarters, blank or with the measures of ``source``.

    Printed numbers, keys, units and steps are kept; due dates and the years that name the source's fiscal year
    move with it (``measures.rollover``). Raises ``Refused`` where the year has a plan.
    """
    try:
        with transaction.atomic():
            plan = Plan.objects.create(agency=agency, fiscal_year=fiscal_year)
    except IntegrityError as error:
        raise Refused(f"มีมาตรการของปีงบประมาณ พ.ศ. {fiscal_year} อยู่แล้ว กรุณาเลือกปีอื่น") from error
    Period.objects.bulk_create(
        Period(
            plan=plan,
            number=q.number,
            name=q.label(),
            starts=q.starts,
            ends=q.ends,
            opens=q.starts,
            closes=q.ends + timedelta(days=DAYS_TO_REPORT),
        )
        for q in quarters_of(fiscal_year)
    )
    if source is not None:
        _copy(source, plan)
    record(
        "plan.started",
        agency_id=agency.pk,
        by=by,
        at=at,
        about=plan,
        fiscal_year=fiscal_year,
        source=source.fiscal_year if source else None,
    )
    return plan


@transaction.atomic
def set_periods(*, plan: Plan, days: Mapping[int, tuple[date, date]], by: Person, at: datetime) -> None:
    """Set the first and the last day for reporting of each period, by its number.

    Raises ``Refused`` where a period would close before it opens.
    """
    changed = []
    for period in plan.periods.select_for_update():
        opens, closes = days.get(period.number, (period.opens, period.closes))
        if closes < opens:
            raise Refused(f"{period.name}: กำหนดส่งต้องไม่อยู่ก่อนวันเปิดรับรายงาน")
        if (opens, closes) != (period.opens, period.closes):
            period.opens, period.closes = opens, closes
            period.save(update_fields=["opens", "closes"])
            changed.append(f"{period.number}: {opens.isoformat()} - {closes.isoformat()}")
    if changed:
        record("plan.periods_changed", agency_id=plan.agency_id, by=by, at=at, about=plan, periods=changed)


def _copy(source: Plan, plan: Plan) -> None:
    """Copy groups, measures, steps and responsibility in one statement each; a budget is of its year and stays."""
    years = {"source": source.fiscal_year, "target": plan.fiscal_year}
    groups = {
        old.pk: MeasureGroup(
            plan=plan,
            key=old.key,
            position=old.position,
            number=old.number,
            title=shift_text(old.title, **years),
        )
        for old in source.groups.all()
    }
    MeasureGroup.objects.bulk_create(groups.values())
    measures = {
        old.pk: Measure(
            plan=plan,
            group=groups[old.group_id],
            key=old.key,
            position=old.position,
            number=old.number,
            title=shift_text(old.title, **years),
            units_printed=old.units_printed,
            due_text=shift_due_text(old.due_text, **years),
            due=shift_date(old.due, **years),
            indicator=shift_text(old.indicator, **years),
            target=shift_text(old.target, **years),
        )
        for old in source.measures.all()
    }
    Measure.objects.bulk_create(measures.values())
    Step.objects.bulk_create(
        Step(
            measure=measures[old.measure_id],
            position=old.position,
            number=old.number,
            text=shift_text(old.text, **years),
        )
        for old in Step.objects.filter(measure__plan=source)
    )
    Ownership.objects.bulk_create(
        Ownership(measure=measures[old.measure_id], unit_id=old.unit_id, position=old.position, kind=old.kind)
        for old in Ownership.objects.filter(measure__plan=source)
    )
