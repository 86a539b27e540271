"""Towns to measure on: the demonstration's real year, as it is and with its groups repeated in other words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from itertools import count
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
REAL = 7
"""The measures of the demonstration."""

_TEXTS = {"title_th", "steps_th", "due_th", "text", "items"}


@dataclass(frozen=True)
class Seeded:
    """A town with one year, the officer who keeps it, and the year's report as plain data."""

    agency: Agency
    plan: Plan
    officer: Person
    content: Content


def town(*, slug: str, measures: int = REAL) -> Seeded:
    """Import the demonstration's year with as many ``measures``: its own, then its own again, each a little changed."""
    data = json.loads(DEMONSTRATION.read_text())
    data["agency"]["slug"] = slug
    if slug != "tuayang":
        data["agency"]["name_th"] += f" {slug}"
    data["table"]["groups"] = list(_groups(data["table"]["groups"], measures))
    done = import_plan(file=read_plan_file(json.dumps(data).encode()), at=timezone.now(), agency=slug)
    agency = done.plan.agency
    return Seeded(agency, done.plan, _people(agency), compose(done.plan.reports.get()))


def _groups(groups: list[dict[str, Any]], measures: int) -> Iterator[dict[str, Any]]:
    """``groups`` over and over under keys of their own, until there are as many measures."""
    for turn in count():
        for group in groups:
            again = _again(group, turn) if turn else deepcopy(group)
            again["measures"] = again["measures"][:measures]
            measures -= len(again["measures"])
            yield again
            if not measures:
                return


def _again(value: Any, turn: int, name: str = "") -> Any:
    """``value`` with another key and a number behind each text, so that no text is met twice."""
    if isinstance(value, dict):
        return {key: _again(part, turn, key) for key, part in value.items()}
    if isinstance(value, list):
        return [_again(part, turn, name) for part in value]
    if name == "key":
        return f"{value}-{turn}"
    return f"{value} {turn}" if name in _TEXTS and isinstance(value, str) else value


def _people(agency: Agency) -> Person:
    """One person who is everything in the town: officer, contributor of every unit, holder of every position."""
    someone = Person.objects.create_user(agency.slug, None, full_name="ผู้วัด", agency=agency)
    RoleGrant.objects.create(person=someone, role=Role.OFFICER)
    for unit in agency.units.all():
        RoleGrant.objects.create(person=someone, role=Role.CONTRIBUTOR, unit=unit)
    for position in agency.positions.all():
        Appointment.objects.create(position=position, person=someone, starts=date(2020, 1, 1))
    return someone
