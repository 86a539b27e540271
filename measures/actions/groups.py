"""Add, name, move and delete the main measures (มาตรการหลัก) of a plan."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

from audit.actions import record
from measures.actions.order import hold, lock, moved, renumber
from measures.errors import Changed, Refused
from measures.models import MeasureGroup, Person, Plan


@transaction.atomic
def add_group(*, plan: Plan, number: str, title: str, by: Person, at: datetime) -> MeasureGroup:
    """Put a group at the end; ``number`` is empty where the order gives it, ``title`` where no heading is printed."""
    lock(plan)
    group = MeasureGroup.objects.create(
        plan=plan, key=uuid.uuid4().hex[:12], position=plan.groups.count() + 1, number=number, title=title
    )
    renumber(plan.groups.all())
    record("group.added", agency_id=plan.agency_id, by=by, at=at, about=group, title=title)
    return group


@transaction.atomic
def edit_group(
    *,
    group: MeasureGroup,
    number: str,
    title: str,
    by: Person,
    at: datetime,
    seen: tuple[str, str] | None = None,
) -> MeasureGroup:
    """Save number and title. Raises ``Changed`` where they are no longer what the editor has ``seen``."""
    still = MeasureGroup.objects.filter(pk=group.pk)
    if seen is not None:
        still = still.filter(number=seen[0], title=seen[1])
    if still.update(number=number, title=title) != 1:
        raise Changed("มีผู้บันทึกมาตรการหลักนี้หลังจากท่านเปิดหน้านี้ ข้อความของท่านยังไม่ได้บันทึกทับ")
    record("group.changed", agency_id=group.plan.agency_id, by=by, at=at, about=group, title=title)
    return group


@transaction.atomic
def move_group(*, group: MeasureGroup, up: bool, by: Person, at: datetime) -> None:
    """Change places with the group above or below; at an end, nothing happens."""
    hold(group)
    if moved(list(group.plan.groups.all()), group.pk, up=up):
        record("group.moved", agency_id=group.plan.agency_id, by=by, at=at, about=group, up=up)


@transaction.atomic
def delete_group(*, group: MeasureGroup, by: Person, at: datetime) -> None:
    """Delete an empty group. Raises ``Refused`` while it has measures."""
    hold(group)
    if group.measures.exists():
        raise Refused("มาตรการหลักนี้ยังมีมาตรการอยู่ กรุณาย้ายหรือลบมาตรการก่อน")
    record("group.deleted", agency_id=group.plan.agency_id, by=by, at=at, about=group, title=group.title)
    group.delete()
    renumber(group.plan.groups.all())
