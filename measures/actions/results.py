"""What people do with a quarterly result: save, send, take back, accept, return; evidence is in ``evidence``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from audit.actions import record
from measures import dates
from measures.actions.evidence import (
    add_address,
    add_file,
    remove_evidence,
    rename_evidence,
    set_evidence_public,
)
from measures.actions.saving import changed_since
from measures.choices import Workflow
from measures.errors import Refused
from measures.fiscal import bangkok_date
from measures.models import Measure, Period, Person, QuarterlyResult
from measures.permissions import Access
from measures.workflow import missing, next_state, percent_problem

__all__ = [
    "ResultInput",
    "accept_result",
    "add_address",
    "add_file",
    "recall_result",
    "remove_evidence",
    "rename_evidence",
    "return_result",
    "save_result",
    "set_evidence_public",
    "submit_result",
]


@dataclass(frozen=True)
class ResultInput:
    """What a person typed into the form of a result, canonical; ``step_ids`` are the steps done in this period."""

    progress: str = ""
    percent: int | None = None
    nothing_done: bool = False
    nil_reason: str = ""
    body: str = ""
    obstacles: str = ""
    suggestions: str = ""
    step_ids: frozenset[int] = frozenset()


@transaction.atomic
def save_result(
    *, measure: Measure, period: Period, version: int | None, given: ResultInput, by: Person, at: datetime
) -> QuarterlyResult:
    """Save what was typed over the version that was seen (None: there was no result yet).

    The officer may correct a result wherever it stands; a unit may not while it is with the officer. Saving
    what is already stored changes nothing. Raises ``Changed`` where somebody saved since, ``Refused`` where
    the period is not open yet, the state forbids it, or the percentage does not fit.
    """
    _check_period(measure, period, at)
    if problem := percent_problem(given.progress, given.percent):
        raise Refused(problem)
    act = "correct" if Access(by, bangkok_date(at)).may_review else "save"
    stored = QuarterlyResult.objects.filter(measure=measure, period=period).select_related("saved_by").first()
    if stored is None or version is None:
        if stored is not None:
            raise changed_since(stored.saved_by, stored.saved_at, now=at)
        return _save_first(measure, period, given, next_state(Workflow.NOT_STARTED, act), by, at)
    return _save_over(stored, version, given, act, by, at)


def submit_result(*, result: QuarterlyResult, by: Person, at: datetime) -> QuarterlyResult:
    """Send a result to the officer. Raises ``Refused`` where something is missing or it was sent already."""
    lacking = missing(
        progress=result.progress,
        body=result.body,
        nothing_done=result.nothing_done,
        nil_reason=result.nil_reason,
    )
    next_state(result.state, "submit")
    if lacking:
        raise Refused(" ".join(lacking.values()))
    return _move(result, "submit", "result.submitted", by, at, submitted_by=by, submitted_at=at)


def recall_result(*, result: QuarterlyResult, by: Person, at: datetime) -> QuarterlyResult:
    """Take a result back before the officer has checked it. Raises ``Refused`` afterwards."""
    return _move(result, "recall", "result.recalled", by, at, submitted_by=None, submitted_at=None)


def accept_result(*, result: QuarterlyResult, by: Person, at: datetime) -> QuarterlyResult:
    """Find a submitted result in order, as it was seen. Raises ``Changed`` where it was saved since."""
    return _move(result, "accept", "result.accepted", by, at, reviewed_by=by, reviewed_at=at)


def return_result(*, result: QuarterlyResult, reason: str, by: Person, at: datetime) -> QuarterlyResult:
    """Give a result back to its unit with a reason. Raises ``Refused`` without one."""
    if not reason:
        raise Refused("กรุณาระบุเหตุผลที่ส่งกลับ ผู้จัดทำจะเห็นข้อความนี้ข้างจุดที่ต้องแก้ไข")
    return _move(
        result, "return", "result.returned", by, at, reviewed_by=by, reviewed_at=at, return_reason=reason
    )


def _check_period(measure: Measure, period: Period, at: datetime) -> None:
    if period.plan_id != measure.plan_id:
        raise Refused("งวดรายงานนี้ไม่ใช่ของมาตรการนี้ กรุณาเปิดหน้านี้ใหม่จากรายการมาตรการ")
    if period.opens > bangkok_date(at):
        raise Refused(f"{period} เปิดรับรายงานวันที่ {dates.long_date(period.opens)} จึงยังบันทึกไม่ได้")


def _save_first(
    measure: Measure, period: Period, given: ResultInput, state: Workflow, by: Person, at: datetime
) -> QuarterlyResult:
    try:
        with transaction.atomic():
            result = QuarterlyResult.objects.create(
                measure=measure, period=period, state=state, saved_by=by, saved_at=at, **_columns(given)
            )
    except IntegrityError:  # the constraint found that somebody was first, at this very moment
        first = QuarterlyResult.objects.get(measure=measure, period=period)
        raise changed_since(first.saved_by, first.saved_at, now=at) from None
    return _saved(result, given, by, at)


def _save_over(
    stored: QuarterlyResult, version: int, given: ResultInput, act: str, by: Person, at: datetime
) -> QuarterlyResult:
    state = next_state(stored.state, act)
    if stored.version == version and _says(stored) == given:
        return stored
    saved = QuarterlyResult.objects.filter(pk=stored.pk, version=version, state=stored.state).update(
        state=state, version=F("version") + 1, saved_by=by, saved_at=at, **_columns(given)
    )
    stored.refresh_from_db()
    if saved != 1:
        raise changed_since(stored.saved_by, stored.saved_at, now=at)
    return _saved(stored, given, by, at)


def _saved(result: QuarterlyResult, given: ResultInput, by: Person, at: datetime) -> QuarterlyResult:
    result.steps_done.set(result.measure.steps.filter(pk__in=given.step_ids))
    _record("result.saved", result, by, at)
    return result


def _columns(given: ResultInput) -> dict[str, str | int | bool | None]:
    return {
        "progress": given.progress,
        "percent": given.percent,
        "nothing_done": given.nothing_done,
        "nil_reason": given.nil_reason,
        "body": given.body,
        "obstacles": given.obstacles,
        "suggestions": given.suggestions,
    }


def _says(result: QuarterlyResult) -> ResultInput:
    return ResultInput(
        progress=result.progress,
        percent=result.percent,
        nothing_done=result.nothing_done,
        nil_reason=result.nil_reason,
        body=result.body,
        obstacles=result.obstacles,
        suggestions=result.suggestions,
        step_ids=frozenset(result.steps_done.values_list("pk", flat=True)),
    )


@transaction.atomic
def _move(
    result: QuarterlyResult,
    act: str,
    event: str,
    by: Person,
    at: datetime,
    **columns: Person | datetime | str | None,
) -> QuarterlyResult:
    """Take ``result``, as it was seen, to where ``act`` leads; one statement checks and acts."""
    stored = QuarterlyResult.objects.select_related("saved_by").get(pk=result.pk)
    state = next_state(stored.state, act)
    moved = QuarterlyResult.objects.filter(pk=result.pk, version=result.version, state=stored.state).update(
        state=state, version=F("version") + 1, **columns
    )
    stored.refresh_from_db()
    if moved != 1:
        next_state(stored.state, act)  # another's act at this very moment has the better sentence
        raise changed_since(stored.saved_by, stored.saved_at, now=at)
    result.refresh_from_db()
    _record(event, result, by, at)
    return result


def _record(event: str, result: QuarterlyResult, by: Person, at: datetime) -> None:
    record(
        event,
        agency_id=result.measure.plan.agency_id,
        by=by,
        at=at,
        about=result,
        measure=result.measure_id,
        period=str(result.period),
        version=result.version,
    )
