"""Several people change one year at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from measures.actions.plans import MeasureInput, edit_measure, move_measure, start_plan
from measures.errors import Refused
from measures.models import Agency, Measure, Person, Plan
from tests.measures.plans import NOW, a_group, a_measure, a_plan

pytestmark = pytest.mark.django_db(transaction=True)
RACERS = 4


def race(act: Callable[[int], object]) -> list[str]:
    """Let all act at once; what each was told, "" for those who succeeded."""
    start = Barrier(RACERS)

    def run(number: int) -> str:
        try:
            start.wait()
            act(number)
        except Refused as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(RACERS) as racers:
        return sorted(racers.map(run, range(RACERS)))


def test_of_several_saves_of_one_version_one_is_kept(town: Agency, officer: Person) -> None:
    measure = a_measure(a_group(a_plan(town, officer), officer), officer)

    def save(number: int) -> None:
        mine = Measure.objects.get(pk=measure.pk)
        given = MeasureInput(title=f"ฉบับที่ {number}")
        edit_measure(measure=mine, version=1, given=given, by=officer, at=NOW)

    assert race(save) == ["", "Changed", "Changed", "Changed"]
    measure.refresh_from_db()
    assert measure.version == 2


def test_a_year_is_started_once_by_several(town: Agency, officer: Person) -> None:
    told = race(lambda _: start_plan(agency=town, fiscal_year=2570, by=officer, at=NOW))
    assert told == ["", "Refused", "Refused", "Refused"]
    assert Plan.objects.get().periods.count() == 4


def test_an_order_changed_by_several_is_still_an_order(town: Agency, officer: Person) -> None:
    group = a_group(a_plan(town, officer), officer)
    measures = [a_measure(group, officer, f"มาตรการ {n}") for n in range(RACERS + 1)]

    def move(number: int) -> None:
        mine = Measure.objects.get(pk=measures[number + 1].pk)
        move_measure(measure=mine, up=True, by=officer, at=NOW)

    assert race(move) == [""] * RACERS
    assert [m.position for m in group.measures.all()] == [*range(1, RACERS + 2)]
