"""The year at a glance: measures against periods, and what stands where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, QuerySet

from measures.choices import PeriodKind, Workflow
from measures.dates import short_date
from measures.fiscal import Quarter
from measures.lateness import Lateness, lateness, sentence
from measures.models import (
    Agency,
    Measure,
    MeasureGroup,
    Period,
    Plan,
    QuarterlyResult,
)
from measures.numbering import group_number, measure_number

TONES = {
    Workflow.NOT_STARTED: "none",
    Workflow.DRAFT: "doing",
    Workflow.SUBMITTED: "doing",
    Workflow.ACCEPTED: "done",
    Workflow.RETURNED: "late",
}


@dataclass(frozen=True)
class Cell:
    """One measure in one period. ``tone`` and ``word`` are what ``components/status.html`` draws."""

    measure: Measure
    period: Period
    today: date
    result: QuarterlyResult | None
    steps: int
    steps_done: int = 0
    evidence: int = 0

    @property
    def state(self) -> Workflow:
        return Workflow(self.result.state) if self.result else Workflow.NOT_STARTED

    @property
    def outstanding(self) -> bool:
        """Nobody has sent it, or it was sent back."""
        return self.state not in (Workflow.SUBMITTED, Workflow.ACCEPTED)

    @property
    def lateness(self) -> Lateness:
        return lateness(opens=self.period.opens, closes=self.period.closes, today=self.today)

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def word(self) -> str:
        return str(self.state.label)

    @property
    def early(self) -> bool:
        """Nothing is asked for yet: the day on which the period opens says more than a status."""
        return self.state == Workflow.NOT_STARTED and self.lateness == Lateness.NOT_YET

    @property
    def timing(self) -> str:
        """ "เกินกำหนด 12 วัน" and the like, where somebody should hurry; else nothing."""
        if not self.outstanding or self.lateness not in (Lateness.DUE_SOON, Lateness.OVERDUE):
            return ""
        return sentence(opens=self.period.opens, closes=self.period.closes, today=self.today)

    @property
    def overdue(self) -> bool:
        return bool(self.timing) and self.lateness == Lateness.OVERDUE

    @property
    def units(self) -> str:
        return units_of(self.measure)

    @property
    def waits_for_officer(self) -> bool:
        return self.state == Workflow.SUBMITTED

    @property
    def notes(self) -> list[str]:
        """What was reported, in short: why it was sent back, why nothing was done, or the counts."""
        if self.result is None:
            return []
        if self.state == Workflow.RETURNED:
            return [f"“{self.result.return_reason}”"]
        if self.result.nothing_done:
            return [f"ไม่มีการดำเนินการ: {self.result.nil_reason}".removesuffix(": ")]
        steps = [f"{self.steps_done} จาก {self.steps} ขั้นตอน"] if self.steps else []
        return [*steps, f"หลักฐาน {self.evidence}"]


@dataclass(frozen=True)
class Row:
    """A measure of the grid. ``units`` is what is printed as responsible."""

    measure: Measure
    number: str
    units: str
    steps: int
    cells: list[Cell]


@dataclass(frozen=True)
class GroupRows:
    """A group of the grid; without a number where it has no title, because then no heading is printed."""

    group: MeasureGroup
    number: str
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Year:
    """A plan as a grid of measures and periods, on the day ``today``."""

    plan: Plan
    today: date
    periods: list[Period]
    groups: list[GroupRows]

    @property
    def columns(self) -> list[tuple[Period, str]]:
        """Each period with the months it covers: "ต.ค.–ธ.ค. 69"."""
        return [(period, months_of(period, self.plan.fiscal_year)) for period in self.periods]

    @property
    def rows(self) -> list[Row]:
        return [row for group in self.groups for row in group.rows]

    @property
    def cells(self) -> list[Cell]:
        return [cell for row in self.rows for cell in row.cells]

    @property
    def waiting(self) -> list[Cell]:
        """Sent and not yet checked, the oldest first."""
        sent = [cell for cell in self.cells if cell.waits_for_officer]
        return sorted(sent, key=lambda c: (c.period.number, c.result.submitted_at if c.result else None))

    @property
    def focus(self) -> Period | None:
        """The period the officer works on: the first that is open and not all checked, else the one of today."""
        if not self.periods:
            return None
        for period in self.periods:
            if period.opens <= self.today <= period.closes and not self._all_checked(period):
                return period
        begun = [period for period in self.periods if period.starts <= self.today]
        return begun[-1] if begun else self.periods[0]

    def count(self, period: Period) -> Counter[Workflow]:
        """How many measures stand where in ``period``."""
        return Counter(cell.state for cell in self.cells if cell.period.pk == period.pk)

    def _all_checked(self, period: Period) -> bool:
        return self.count(period)[Workflow.ACCEPTED] == len(self.rows)


def plans_of(agency: Agency) -> QuerySet[Plan]:
    """The agency's plans, newest year first, with ``groups_count`` and ``measures_count``. One statement."""
    return Plan.objects.for_agency(agency).annotate(
        groups_count=Count("groups", distinct=True), measures_count=Count("measures", distinct=True)
    )


def year_of(plan: Plan, today: date) -> Year:
    """The plan's grid. Seven statements, however many measures."""
    thai = plan.agency.thai_digits
    periods = list(plan.periods.all())
    results = results_of(QuarterlyResult.objects.filter(period__plan=plan))
    measures: dict[int, list[Measure]] = {}
    for measure in _measures(plan):
        measures.setdefault(measure.group_id, []).append(measure)
    groups = []
    for order, group in enumerate(plan.groups.all(), start=1):
        number = group_number(order, group.number, thai=thai)
        rows = [
            _row(measure, measure_number(i, measure.number, thai=thai), periods, results, today)
            for i, measure in enumerate(measures.get(group.pk, []), start=1)
        ]
        groups.append(GroupRows(group, number, rows))
    return Year(plan, today, periods, groups)


def months_of(period: Period, fiscal_year: int) -> str:
    """The months of a quarter, "ต.ค.–ธ.ค. 69", or the days of another period, "1 ต.ค. 69 – 31 มี.ค. 70"."""
    if period.kind == PeriodKind.QUARTER and 1 <= period.number <= 4:
        return Quarter(fiscal_year, period.number).months_label()
    return f"{short_date(period.starts)} – {short_date(period.ends)}"


def units_of(measure: Measure) -> str:
    """Who is responsible, as printed. Reads ``ownerships__unit__parent``, which the caller has prefetched."""
    if measure.units_printed:
        return measure.units_printed
    return ", ".join(ownership.unit.full_name for ownership in measure.ownerships.all())


def _measures(plan: Plan) -> Iterable[Measure]:
    return (
        plan.measures.all()
        .in_order()
        .annotate(steps_count=Count("steps"))
        .prefetch_related("ownerships__unit__parent")
    )


def results_of(results: QuerySet[QuarterlyResult]) -> dict[tuple[int, int], QuarterlyResult]:
    """Results with their counts, by measure and period. One statement."""
    found = results.annotate(
        done_count=Count("steps_done", distinct=True), evidence_count=Count("evidence", distinct=True)
    )
    return {(result.measure_id, result.period_id): result for result in found}


def _row(
    measure: Measure,
    number: str,
    periods: list[Period],
    results: dict[tuple[int, int], QuarterlyResult],
    today: date,
) -> Row:
    steps: int = measure.steps_count  # type: ignore[attr-defined]
    cells = [cell_of(measure, period, results, today, steps) for period in periods]
    return Row(measure, number, units_of(measure), steps, cells)


def cell_of(
    measure: Measure,
    period: Period,
    results: dict[tuple[int, int], QuarterlyResult],
    today: date,
    steps: int,
) -> Cell:
    """The cell of ``measure`` in ``period``; ``results`` come from ``results_of``."""
    result = results.get((measure.pk, period.pk))
    if result is None:
        return Cell(measure, period, today, None, steps)
    return Cell(
        measure,
        period,
        today,
        result,
        steps,
        steps_done=result.done_count,  # type: ignore[attr-defined]
        evidence=result.evidence_count,  # type: ignore[attr-defined]
    )
