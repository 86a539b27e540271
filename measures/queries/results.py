"""One measure's result of one period, with all that stands beside its form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from measures.choices import Workflow
from measures.fiscal import bangkok_date
from measures.models import Evidence, Measure, Outcome, Ownership, Period, QuarterlyResult, Step
from measures.models.plan import MeasureQuerySet
from measures.thai import thai_digits


@dataclass(frozen=True)
class NumberedStep:
    """A step with its printed number, and the period in which it was done before (None: not yet)."""

    step: Step
    number: str
    done_in: str | None


@dataclass(frozen=True)
class Entry:
    """A measure in a period: its result (None: nothing was entered), its steps, and the answer before."""

    measure: Measure
    period: Period
    result: QuarterlyResult | None
    steps: tuple[NumberedStep, ...]
    previous: QuarterlyResult | None

    @property
    def state(self) -> Workflow:
        return Workflow(self.result.state) if self.result else Workflow.NOT_STARTED

    @property
    def done(self) -> list[Step]:
        """The steps done in this period."""
        return list(self.result.steps_done.all()) if self.result else []

    @property
    def version(self) -> int | None:
        return self.result.version if self.result else None


@dataclass(frozen=True)
class Timing:
    """What the calendar says of a period's report; computed, never stored."""

    word: str
    tone: str

    @classmethod
    def of(cls, period: Period, result: QuarterlyResult | None, today: date) -> Timing:
        """For an open report the days that are left; for a sent one only whether it came late."""
        if result and result.submitted_at and result.state in (Workflow.SUBMITTED, Workflow.ACCEPTED):
            sent = bangkok_date(result.submitted_at)
            # One that came in time and was returned is not late for being sent again.
            late = sent > period.closes and not result.return_reason
            return cls(f"ส่งหลังกำหนด {(sent - period.closes).days} วัน", "late") if late else cls("", "")
        left = (period.closes - today).days
        if period.opens > today:
            return cls("", "")
        if left < 0:
            return cls(f"เกินกำหนด {-left} วัน", "late")
        if left == 0:
            return cls("ครบกำหนดวันนี้", "late")
        return cls(f"เหลือ {left} วัน", "doing" if left <= 7 else "none")


def find_entry(visible: MeasureQuerySet, measure_id: int, number: int) -> Entry | None:
    """The entry of a measure among ``visible`` in the period of that number, or None. Ten statements at most."""
    measure = (
        visible.filter(pk=measure_id)
        .select_related("plan__agency", "group")
        .prefetch_related("steps", Prefetch("ownerships", Ownership.objects.select_related("unit__parent")))
        .first()
    )
    period = Period.objects.filter(plan=measure.plan_id, number=number).first() if measure else None
    if measure is None or period is None:
        return None
    period.plan = measure.plan
    result = (
        QuarterlyResult.objects.filter(measure=measure, period=period)
        .select_related("saved_by", "submitted_by", "reviewed_by")
        .prefetch_related("steps_done", Prefetch("evidence", Evidence.objects.select_related("added_by")))
        .first()
    )
    if result:
        result.measure, result.period = measure, period
    return Entry(measure, period, result, _steps(measure, period), previous_answer(measure, period))


def previous_answer(measure: Measure, period: Period) -> QuarterlyResult | None:
    """The newest answer before ``period`` to the same measure, of last year where it kept its key."""
    return (
        QuarterlyResult.objects.for_agency(measure.plan.agency)
        .filter(measure__key=measure.key, period__ends__lt=period.starts)
        .exclude(body="", nothing_done=False)
        .select_related("period__plan")
        .order_by("-period__ends", "-pk")
        .first()
    )


def results_of_year(measure: Measure) -> list[tuple[Period, QuarterlyResult | None]]:
    """Every period of the measure's year with what was reported in it. Two statements."""
    results = {
        result.period_id: result
        for result in QuarterlyResult.objects.filter(measure=measure).select_related("saved_by")
    }
    return [(period, results.get(period.pk)) for period in Period.objects.filter(plan=measure.plan_id)]


def outcome_of(measure: Measure) -> Outcome | None:
    """The year's outcome, or None where none was written."""
    return Outcome.objects.filter(measure=measure).first()


def _steps(measure: Measure, period: Period) -> tuple[NumberedStep, ...]:
    done = _done_before(measure, period)
    return tuple(
        NumberedStep(step, step.number or f"{thai_digits(order)}.", done.get(step.pk))
        for order, step in enumerate(measure.steps.all(), 1)
    )


def _done_before(measure: Measure, period: Period) -> Mapping[int, str]:
    """The first period in which each step was done, before this one."""
    rows = (
        QuarterlyResult.objects.filter(
            measure=measure, period__number__lt=period.number, steps_done__isnull=False
        )
        .order_by("-period__number")
        .values_list("steps_done", "period__name")
    )
    return dict(rows)
