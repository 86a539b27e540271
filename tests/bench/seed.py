"""Towns to measure on: the demonstration's real year, as it is and with every group repeated."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone

from measures.choices import Role
from measures.models import Agency, Appointment, Person, Plan, RoleGrant
from reports.actions.importing import import_plan
from reports.compose import compose
from reports.content import Content
from reports.importing.reading import read_plan_file

DEMONSTRATION = Path("reports/demo/plan-2567.json")


@dataclass(frozen=True)
class Seeded:
    """A town with one year, the officer who keeps it, and the year's report as plain data."""

    agency: Agency
    plan: Plan
    officer: Person
    content: Content


def town(*, slug: str, times: int) -> Seeded:
    """Import the demonstration's year with its groups ``times`` over, 7 measures each time."""
    data = json.loads(DEMONSTRATION.read_text())
    data["agency"]["slug"] = slug
    if slug != "tuayang":
        data["agency"]["name_th"] += f" {slug}"
    groups = data["table"]["groups"]
    data["table"]["groups"] = [_copy(group, turn) for turn in range(times) for group in groups]
    done = import_plan(file=read_plan_file(json.dumps(data).encode()), at=timezone.now(), agency=slug)
    agency = done.plan.agency
    return Seeded(agency, done.plan, _people(agency), compose(done.plan.reports.get()))


def _copy(group: dict[str, Any], turn: int) -> dict[str, Any]:
    """The group under keys of its own."""
    group = deepcopy(group)
    for thing in (group, *group["measures"]):
        if turn and "key" in thing:
            thing["key"] = f"{thing['key']}-{turn}"
    return group


def _people(agency: Agency) -> Person:
    """One person who is everything in the town: officer, contributor of every unit, holder of every position."""
    someone = Person.objects.create_user(agency.slug, None, full_name="ผู้วัด", agency=agency)
    RoleGrant.objects.create(person=someone, role=Role.OFFICER)
    for unit in agency.units.all():
        RoleGrant.objects.create(person=someone, role=Role.CONTRIBUTOR, unit=unit)
    for position in agency.positions.all():
        Appointment.objects.create(position=position, person=someone, starts=date(2020, 1, 1))
    return someone
