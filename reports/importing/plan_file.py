"""You come here for what a plan file says once it is understood: plain, canonical, checked data.

An attribute that is None was not in the file where the comment says so: what the portal holds then stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from measures.bullets import Bullets
from measures.choices import Workflow


@dataclass(frozen=True)
class AgencyPart:
    """The agency. ``fields`` are those of ``measures.models.Agency`` that the file names; ``slug`` may be None."""

    slug: str | None
    fields: dict[str, str | bool | int]


@dataclass(frozen=True)
class LinkPart:
    """A place in the chain; the first is the author's, the last the head's."""

    position: str
    addressed_to: str
    words: str


@dataclass(frozen=True)
class SectionPart:
    """A section of the memorandum; ``items`` are typed lines (``measures.bullets``)."""

    number: str
    title: str
    body: str
    items: str


@dataclass(frozen=True)
class MemorandumPart:
    """The annual report's own words. ``fields`` are those of ``reports.models.Report``."""

    fields: dict[str, Any]
    sections: tuple[SectionPart, ...]
    chain: tuple[LinkPart, ...]


@dataclass(frozen=True)
class PeriodPart:
    """A reporting period."""

    number: int
    kind: str
    name: str
    starts: date
    ends: date
    opens: date
    closes: date


@dataclass(frozen=True)
class StepPart:
    """A step; ``number`` is "" where its place gives the printed number."""

    number: str
    text: str


@dataclass(frozen=True)
class UnitPart:
    """A responsible unit by its printed full name, "งานพัสดุและทรัพย์สิน กองคลัง"."""

    name: str
    kind: str


@dataclass(frozen=True)
class EvidencePart:
    """An address that proves a result. Files are not in a plan file."""

    title: str
    url: str
    is_public: bool


@dataclass(frozen=True)
class QuarterPart:
    """A measure's result in the period ``number``; ``steps_done`` are positions from 1.

    ``evidence`` is None where the file does not list any.
    """

    number: int
    state: Workflow
    progress: str
    percent: int | None
    nothing_done: bool
    nil_reason: str
    return_reason: str
    results: Bullets
    obstacles: str
    suggestions: str
    steps_done: tuple[int, ...]
    evidence: tuple[EvidencePart, ...] | None


@dataclass(frozen=True)
class OutcomePart:
    """What the year came to; ``obstacles`` and ``suggestions`` are typed lines."""

    progress: str
    percent: int | None
    results: Bullets
    obstacles: str
    suggestions: str
    remark: str

    @property
    def says_something(self) -> bool:
        return self != OutcomePart("", None, (), "", "", "")


@dataclass(frozen=True)
class MeasurePart:
    """A row of the table; ``key`` is None where the file gives none."""

    path: str
    key: str | None
    number: str
    title: str
    steps: tuple[StepPart, ...]
    units: tuple[UnitPart, ...]
    units_printed: str
    due_text: str
    due: date | None
    indicator: str
    target: str
    budget: Decimal | None
    outcome: OutcomePart
    quarters: tuple[QuarterPart, ...]


@dataclass(frozen=True)
class GroupPart:
    """A heading over measures; ``key`` is None where the file gives none."""

    path: str
    key: str | None
    number: str
    title: str
    measures: tuple[MeasurePart, ...]


@dataclass(frozen=True)
class PlanFile:
    """One agency's year. ``memorandum`` and ``periods`` are None where the file leaves them out.

    ``scores`` holds ``ita_score`` and ``ita_target`` where the file names them.
    """

    agency: AgencyPart
    fiscal_year: int
    scores: dict[str, Decimal | None]
    memorandum: MemorandumPart | None
    periods: tuple[PeriodPart, ...] | None
    groups: tuple[GroupPart, ...]
