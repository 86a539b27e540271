"""What the units of a person have to report, and what they reported, in six statements however many measures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from django.db.models import Count, Q

from measures.choices import Workflow
from measures.fiscal import fiscal_year_of
from measures.models import Agency, Measure, Period, QuarterlyResult, Unit
from measures.queries.results import Timing


@dataclass(frozen=True)
class Line:
    """One measure in one period as a unit sees it."""

    measure: Measure
    period: Period
    result: QuarterlyResult | None
    timing: Timing
    evidence: int

    @property
    def state(self) -> Workflow:
        return Workflow(self.result.state) if self.result else Workflow.NOT_STARTED

    @property
    def waits_for_unit(self) -> bool:
        """Whether the unit has something to do: not sent yet, or returned."""
        return self.state in (Workflow.NOT_STARTED, Workflow.DRAFT, Workflow.RETURNED)


@dataclass(frozen=True)
class UnitWork:
    """All lines of periods that have opened, newest period first, and when the next one opens."""

    lines: tuple[Line, ...]
    upcoming: Period | None
    units: tuple[Unit, ...]
    today: date

    @cached_property
    def now(self) -> list[Line]:
        """What to do now: returned first, then by the day it is due."""
        waiting = [line for line in self.lines if line.waits_for_unit and self._is_recent(line)]
        return sorted(waiting, key=lambda line: (line.state != Workflow.RETURNED, line.period.closes))

    @cached_property
    def sent(self) -> list[Line]:
        """What is with the officer or was checked, of periods that still run."""
        return [line for line in self.lines if not line.waits_for_unit and self._is_open(line)]

    @cached_property
    def earlier(self) -> list[tuple[Period, list[Line]]]:
        """The rest by period, newest first."""
        shown = {id(line) for line in (*self.now, *self.sent)}
        rest = [line for line in self.lines if id(line) not in shown]
        return [(lines[0].period, lines) for lines in _by_period(rest)]

    def _is_open(self, line: Line) -> bool:
        return line.period.closes >= self.today

    def _is_recent(self, line: Line) -> bool:
        """What was due in an earlier fiscal year is history, unless it was returned or still runs."""
        return line.state == Workflow.RETURNED or fiscal_year_of(line.period.closes) >= fiscal_year_of(
            self.today
        )


def unit_work(agency: Agency, unit_ids: Iterable[int], today: date) -> UnitWork:
    """The work of some units of an agency on a day. Five statements."""
    ids = list(unit_ids)
    measures = list(
        Measure.objects.for_agency(agency)
        .filter(pk__in=Measure.objects.filter(ownerships__unit_id__in=ids).values("pk"))
        .select_related("group")
        .in_order()
    )
    by_plan = {plan: [m for m in measures if m.plan_id == plan] for plan in {m.plan_id for m in measures}}
    periods = list(
        Period.objects.filter(plan__agency=agency).select_related("plan").order_by("-starts", "number")
    )
    results = {
        (result.measure_id, result.period_id): result
        for result in QuarterlyResult.objects.for_agency(agency)
        .filter(measure__in=by_plan and [m.pk for m in measures])
        .annotate(evidence_count=Count("evidence"))
    }
    lines = tuple(
        _line(measure, period, results.get((measure.pk, period.pk)), today)
        for period in periods
        if period.opens <= today
        for measure in by_plan.get(period.plan_id, [])
    )
    upcoming = [p for p in periods if p.opens > today and by_plan.get(p.plan_id)]
    units = Unit.objects.for_agency(agency).filter(Q(pk__in=ids))
    return UnitWork(lines, min(upcoming, key=lambda p: p.opens, default=None), tuple(units), today)


def _line(measure: Measure, period: Period, result: QuarterlyResult | None, today: date) -> Line:
    count = getattr(result, "evidence_count", 0)
    return Line(measure, period, result, Timing.of(period, result, today), count)


def _by_period(lines: Iterable[Line]) -> list[list[Line]]:
    return [list(of_one) for _, of_one in groupby(lines, key=lambda line: line.period.pk)]
