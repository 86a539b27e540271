"""What starting a year from another one copies and changes, shown before it is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from measures.dates import long_date
from measures.models import Plan, Step
from measures.rollover import shift_date, shift_due_text, shift_text


@dataclass(frozen=True)
class Change:
    """One text that does not stay as it was, and whose it is."""

    about: str
    before: str
    after: str


@dataclass(frozen=True)
class Copy:
    """What is taken over from ``source``."""

    source: Plan
    groups: int
    measures: int
    steps: int
    changes: list[Change]


def copy_of(source: Plan, fiscal_year: int) -> Copy:
    """Return what ``start_plan`` would take over into ``fiscal_year`` (พ.ศ.). Three statements."""
    groups = list(source.groups.all())
    measures = list(source.measures.all().in_order())
    steps = list(Step.objects.filter(measure__plan=source).select_related("measure"))
    years = {"source": source.fiscal_year, "target": fiscal_year}

    def texts() -> Iterator[Change]:
        for group in groups:
            yield Change("มาตรการหลัก", group.title, shift_text(group.title, **years))
        for measure in measures:
            yield Change("ชื่อมาตรการ", measure.title, shift_text(measure.title, **years))
            yield Change(measure.title, measure.due_text, shift_due_text(measure.due_text, **years))
            for text in (measure.indicator, measure.target):
                yield Change(measure.title, text, shift_text(text, **years))
            due = shift_date(measure.due, **years)
            if measure.due and due:
                yield Change(measure.title, long_date(measure.due), long_date(due))
        for step in steps:
            yield Change(step.measure.title, step.text, shift_text(step.text, **years))

    changes = [change for change in texts() if change.before != change.after]
    return Copy(source, len(groups), len(measures), len(steps), changes)
