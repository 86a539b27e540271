"""You come here for the rows of a year's plan: periods, groups, measures with steps, owners and outcome."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain

from django.db import models

from measures.actions.plans import DAYS_TO_REPORT
from measures.bullets import Bullets, format_lines, parse
from measures.fiscal import quarters_of
from measures.models import (
    Agency,
    Measure,
    MeasureGroup,
    Outcome,
    Ownership,
    Period,
    Plan,
    QuarterlyResult,
    Step,
)
from reports.importing.agency_rows import Units, change
from reports.importing.matching import Known, Wanted, free_keys, match, match_lines, positions
from reports.importing.places import FileRefused, Problem
from reports.importing.plan_file import (
    GroupPart,
    MeasurePart,
    OutcomePart,
    PeriodPart,
    PlanFile,
    StepPart,
    UnitPart,
)


@dataclass(frozen=True)
class Written:
    """A measure's part of the file with its row and steps as they stand now; ``is_changed`` says whether it was."""

    part: MeasurePart
    measure: Measure
    steps: list[Step]
    is_changed: bool


def write_plan(file: PlanFile, agency: Agency) -> tuple[Plan, bool]:
    """Find or create the year's plan, with its scores; say whether it was written to."""
    plan, is_new = Plan.objects.get_or_create(
        agency=agency, fiscal_year=file.fiscal_year, defaults=file.scores
    )
    # One import of a year at a time: what is matched below stays true until it is written.
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    return plan, is_new or change(plan, **file.scores)


def write_periods(parts: tuple[PeriodPart, ...] | None, plan: Plan) -> tuple[dict[int, Period], bool]:
    """The plan's periods by number: the file's, else those that stand, else the four quarters."""
    standing = {period.number: period for period in plan.periods.all()}
    if parts is None:
        if standing:
            return standing, False
        parts = tuple(_default_periods(plan.fiscal_year))
    vanished = [
        period for number, period in standing.items() if number not in {part.number for part in parts}
    ]
    kept = (
        QuarterlyResult.objects.filter(period__in=vanished)
        .values_list("period__number", flat=True)
        .distinct()
    )
    if kept:
        sentence = "งวดนี้ไม่มีในไฟล์ แต่มีผลการดำเนินการแล้ว จึงลบไม่ได้ กรุณาเพิ่มงวดนี้ในไฟล์"
        raise FileRefused(Problem("periods", f"งวดที่ {number}: {sentence}") for number in sorted(kept))
    changed = bool(vanished)
    for period in vanished:
        period.delete()
    for part in parts:
        fields = {
            "kind": part.kind, "name": part.name, "starts": part.starts, "ends": part.ends,
            "opens": part.opens, "closes": part.closes,
        }  # fmt: skip
        if part.number in standing:
            changed |= change(standing[part.number], **fields)
        else:
            Period.objects.create(plan=plan, number=part.number, **fields)
            changed = True
    return {period.number: period for period in plan.periods.all()}, changed


def _default_periods(fiscal_year: int) -> Iterator[PeriodPart]:
    for quarter in quarters_of(fiscal_year):
        yield PeriodPart(
            number=quarter.number,
            kind="quarter",
            name=quarter.label(),
            starts=quarter.starts,
            ends=quarter.ends,
            opens=quarter.starts,
            closes=quarter.ends + timedelta(days=DAYS_TO_REPORT),
        )


def write_groups(groups: tuple[GroupPart, ...], plan: Plan, units: Units) -> tuple[list[Written], bool]:
    """Bring groups and measures up to date, in the file's order; say whether anything was written.

    Raises :class:`FileRefused` where a measure that has quarterly results is no longer in the file.
    """
    # Whoever edits a measure meanwhile waits, and then meets the newer version.
    list(plan.measures.select_for_update().values_list("pk"))
    standing = list(plan.groups.order_by("position", "pk").prefetch_related("measures"))
    rows, vanished_groups = match(
        [Wanted(part.key, (place,), part.title) for place, part in enumerate(groups)],
        [Known(row, row.key, (place,), row.title) for place, row in enumerate(standing)],
    )
    measures, vanished = _match_measures(groups, rows, standing)
    _refuse_to_lose([known.row for known in vanished])
    changed = bool(vanished or vanished_groups)
    keys = _Keys(plan, groups)
    written: list[Written] = []
    for part, row, position in zip(groups, rows, positions(map(_position, rows)), strict=True):
        group, group_changed = _write_group(part, row, position, plan, keys)
        changed |= group_changed
        written += _write_measures(part, [next(measures) for _ in part.measures], group, keys, units)
    # Last, when what moved elsewhere has left them.
    for known in vanished:
        known.row.delete()
    for known_group in vanished_groups:
        known_group.row.delete()
    return written, changed or any(one.is_changed for one in written)


def _match_measures(
    groups: tuple[GroupPart, ...], rows: list[MeasureGroup | None], standing: list[MeasureGroup]
) -> tuple[Iterator[Measure | None], list[Known[Measure]]]:
    """The row of each measure of the file in order, and the rows that are no longer in it."""
    measures, vanished = match(
        [
            Wanted(part.key, (row.pk if row else None, place), part.title)
            for group, row in zip(groups, rows, strict=True)
            for place, part in enumerate(group.measures)
        ],
        [
            Known(measure, measure.key, (group.pk, place), measure.title)
            for group in standing
            for place, measure in enumerate(group.measures.all())
        ],
    )
    return iter(measures), vanished


def _write_measures(
    part: GroupPart, rows: list[Measure | None], group: MeasureGroup, keys: _Keys, units: Units
) -> Iterator[Written]:
    # One that comes from another group has no place here yet.
    here = [row if row and row.group_id == group.pk else None for row in rows]
    for measure_part, row, position in zip(part.measures, rows, positions(map(_position, here)), strict=True):
        yield _write_measure(measure_part, row, group, position, keys, units)


def _position(row: MeasureGroup | Measure | Step | Ownership | None) -> int | None:
    return None if row is None else row.position


def _refuse_to_lose(measures: list[Measure]) -> None:
    kept = (
        Measure.objects.filter(pk__in=[m.pk for m in measures], results__isnull=False).distinct().in_order()
    )
    problems = [
        Problem(
            "table.groups",
            f'ไม่มีมาตรการ "{measure.title}" (key {measure.key}) ในไฟล์ แต่มาตรการนี้มีผลการดำเนินการรายไตรมาสแล้ว '
            "จึงลบไม่ได้ กรุณาเพิ่มมาตรการนี้ในไฟล์",
        )
        for measure in kept
    ]
    if problems:
        raise FileRefused(problems)


class _Keys:
    """Keys for groups and measures that come without: the next free number of the plan."""

    def __init__(self, plan: Plan, groups: tuple[GroupPart, ...]) -> None:
        measures = [part.key for group in groups for part in group.measures if part.key]
        self.group = free_keys(
            "g", [*plan.groups.values_list("key", flat=True), *(g.key for g in groups if g.key)]
        )
        self.measure = free_keys("m", chain(plan.measures.values_list("key", flat=True), measures))


def _write_group(
    part: GroupPart, row: MeasureGroup | None, position: int, plan: Plan, keys: _Keys
) -> tuple[MeasureGroup, bool]:
    if row is None:
        return MeasureGroup.objects.create(
            plan=plan,
            key=part.key or next(keys.group),
            position=position,
            number=part.number,
            title=part.title,
        ), True
    return row, change(row, position=position, number=part.number, title=part.title)


def _write_measure(
    part: MeasurePart, row: Measure | None, group: MeasureGroup, position: int, keys: _Keys, units: Units
) -> Written:
    fields = {
        "group": group, "position": position, "number": part.number, "title": part.title,
        "units_printed": part.units_printed, "due_text": part.due_text, "due": part.due,
        "indicator": part.indicator, "target": part.target, "budget": part.budget,
    }  # fmt: skip
    is_new = row is None
    measure = row or Measure.objects.create(
        plan_id=group.plan_id, key=part.key or next(keys.measure), **fields
    )
    changed = not is_new and change(measure, **fields)
    steps, steps_changed = _write_steps(part.steps, measure)
    changed |= steps_changed
    changed |= _write_owners(part.units, measure, units)
    if changed and not is_new:
        # Whoever has the form open is told that somebody saved before.
        Measure.objects.filter(pk=measure.pk).update(version=models.F("version") + 1)
    outcome_changed = _write_outcome(part.outcome, measure)
    return Written(part, measure, steps, is_new or changed or outcome_changed)


def _write_steps(parts: tuple[StepPart, ...], measure: Measure) -> tuple[list[Step], bool]:
    standing = list(measure.steps.order_by("position", "pk"))
    found = match_lines([part.text for part in parts], [step.text for step in standing])
    rows = [None if index is None else standing[index] for index in found]
    changed = False
    for step in standing:
        if step not in rows:
            step.delete()
            changed = True
    steps: list[Step] = []
    for part, row, position in zip(parts, rows, positions(map(_position, rows)), strict=True):
        if row is None:
            steps.append(
                Step.objects.create(measure=measure, position=position, number=part.number, text=part.text)
            )
            changed = True
        else:
            changed |= change(row, position=position, number=part.number, text=part.text)
            steps.append(row)
    return steps, changed


def _write_owners(parts: tuple[UnitPart, ...], measure: Measure, units: Units) -> bool:
    standing = {owner.unit_id: owner for owner in measure.ownerships.all()}
    wanted = [(units.named(part.name), part.kind) for part in parts]
    rows = [standing.pop(unit.pk, None) for unit, _ in wanted]
    changed = bool(standing)
    for owner in standing.values():
        owner.delete()
    for (unit, kind), row, position in zip(wanted, rows, positions(map(_position, rows)), strict=True):
        if row is None:
            Ownership.objects.create(measure=measure, unit=unit, kind=kind, position=position)
            changed = True
        else:
            changed |= change(row, kind=kind, position=position)
    return changed


def _write_outcome(part: OutcomePart, measure: Measure) -> bool:
    outcome = Outcome.objects.select_for_update().filter(measure=measure).first()
    fields = {
        "progress": part.progress, "percent": part.percent, "obstacles": part.obstacles,
        "suggestions": part.suggestions, "remark": part.remark,
    }  # fmt: skip
    if outcome is None:
        if part.says_something:
            Outcome.objects.create(measure=measure, body=format_lines(part.results), **fields)
        return part.says_something
    changed = change(outcome, body=same_lines(outcome.body, part.results), **fields)
    if changed:
        Outcome.objects.filter(pk=outcome.pk).update(version=models.F("version") + 1)
    return changed


def same_lines(typed: str, bullets: Bullets) -> str:
    """The lines of ``bullets``; as a person ``typed`` them where they say the same."""
    return typed if parse(typed) == bullets else format_lines(bullets)
