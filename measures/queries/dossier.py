"""The dossier of one measure: what the plan promises, each period beside it, and the year's outcome."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from measures.choices import Progress
from measures.lateness import Lateness, lateness, sentence
from measures.models import Evidence, Measure, Step
from measures.numbering import measure_number, step_number
from measures.queries.plans import Cell, cell_of, months_of, results_of, units_of


@dataclass(frozen=True)
class StepRow:
    """A step with its printed number and the names of the periods in which it was reported as done."""

    number: str
    text: str
    done_in: list[str]


@dataclass(frozen=True)
class PeriodPart:
    """A period of the dossier: its cell, its months, and the evidence reported in it."""

    cell: Cell
    months: str
    evidence: list[Evidence]


@dataclass(frozen=True)
class Dossier:
    """One measure with its plan, its quarters side by side and its outcome."""

    measure: Measure
    number: str
    units: str
    steps: list[StepRow]
    periods: list[PeriodPart]
    due_lateness: str
    overdue: bool


def dossier_of(measure: Measure, today: date) -> Dossier:
    """Everything about a measure. Seven statements."""
    plan = measure.plan
    periods, steps = list(plan.periods.all()), list(measure.steps.all())
    results = results_of(measure.results.prefetch_related("steps_done", "evidence"))
    cells = [cell_of(measure, period, results, today, len(steps)) for period in periods]
    timing, overdue = due_sentence(measure, today)
    return Dossier(
        measure=measure,
        number=_number_of(measure),
        units=units_of(measure),
        steps=[_step_row(measure, order, step, cells) for order, step in enumerate(steps, start=1)],
        periods=[
            PeriodPart(
                cell=cell,
                months=months_of(cell.period, plan.fiscal_year),
                evidence=list(cell.result.evidence.all()) if cell.result else [],
            )
            for cell in cells
        ],
        due_lateness=timing,
        overdue=overdue,
    )


def due_sentence(measure: Measure, today: date) -> tuple[str, bool]:
    """What to say beside the due date of a measure that is not finished, and whether it is overdue."""
    outcome = getattr(measure, "outcome", None)
    if measure.due is None or (outcome and outcome.progress in (Progress.DONE, Progress.CANCELLED)):
        return "", False
    opens = measure.due - timedelta(days=365)
    where = lateness(opens=opens, closes=measure.due, today=today)
    if where not in (Lateness.DUE_SOON, Lateness.OVERDUE):
        return "", False
    return sentence(opens=opens, closes=measure.due, today=today), where == Lateness.OVERDUE


def _number_of(measure: Measure) -> str:
    siblings = list(measure.group.measures.values_list("pk", flat=True))
    order = siblings.index(measure.pk) + 1
    return measure_number(order, measure.number, thai=measure.plan.agency.thai_digits)


def _step_row(measure: Measure, order: int, step: Step, cells: list[Cell]) -> StepRow:
    done_in = [cell.period.name for cell in cells if cell.result and step in cell.result.steps_done.all()]
    return StepRow(step_number(order, step.number, thai=measure.plan.agency.thai_digits), step.text, done_in)
