"""Several people at the same moment, on SQLite and on PostgreSQL: one act, and nobody's text is lost."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from measures.actions.results import ResultInput, accept_result, recall_result, save_result
from measures.errors import Changed, Refused
from measures.models import Measure, Period, Person, QuarterlyResult
from tests.conftest import browser

RACERS = 4
pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act returned or raised, all started together, each on a connection of its own."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            start.wait(10)
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def saver(
    measure: Measure, period: Period, by: Person, version: int | None, text: str
) -> Callable[[], object]:
    def act() -> QuarterlyResult:
        given = ResultInput(body=text)
        return save_result(
            measure=measure, period=period, version=version, given=given, by=by, at=timezone.now()
        )

    return act


@pytest.mark.parametrize("exists", [False, True])
def test_of_many_saves_over_one_version_one_wins_and_the_others_are_told(
    measure: Measure, period: Period, officer: Person, exists: bool
) -> None:
    version = saver(measure, period, officer, None, "ก่อน")().version if exists else None  # type: ignore[attr-defined]
    texts = [f"ข้อความ {i}" for i in range(RACERS)]
    came = at_once(*(saver(measure, period, officer, version, text) for text in texts))
    won = [result for result in came if isinstance(result, QuarterlyResult)]
    assert (len(won), sum(isinstance(one, Changed) for one in came)) == (1, RACERS - 1)
    assert QuarterlyResult.objects.get().body == won[0].body


def test_accepting_and_taking_back_at_once_is_one_of_them(
    submitted: QuarterlyResult, officer: Person, contributor: Person
) -> None:
    seen = [QuarterlyResult.objects.get(pk=submitted.pk) for _ in range(2)]
    came = at_once(
        lambda: accept_result(result=seen[0], by=officer, at=timezone.now()),
        lambda: recall_result(result=seen[1], by=contributor, at=timezone.now()),
    )
    assert sum(isinstance(one, Refused) for one in came) == 1
    assert Event.objects.filter(act__in=["result.accepted", "result.recalled"]).count() == 1


def test_a_form_sent_many_times_at_once_is_one_act(
    measure: Measure, period: Period, contributor: Person
) -> None:
    path = reverse("result", args=[measure.pk, period.number])
    data = {"act": "submit", "progress": "ongoing", "body": "- ทำแล้ว", "version": "", "request_key": "one"}
    clients = [browser(contributor) for _ in range(RACERS)]
    came = at_once(*(lambda c=c: c.post(path, data).status_code for c in clients))
    assert came == [302] * RACERS
    assert Event.objects.filter(act="result.submitted").count() == 1
