"""You come here for the stretch of a fiscal year that a report is about: its quarters, days, and names. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from measures.dates import long_date
from measures.fiscal import Quarter, quarters_of
from reports.choices import Kind

PARTS = {Kind.ANNUAL: (0,), Kind.HALF: (1, 2), Kind.QUARTER: (1, 2, 3, 4)}
"""The parts that each kind of report can be about."""


@dataclass(frozen=True)
class Span:
    """A year, a half year (``part`` 1, 2) or a quarter (1-4); ``fiscal_year`` is in the Buddhist era."""

    fiscal_year: int
    kind: Kind
    part: int = 0

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        """The quarters in it, in order."""
        quarters = quarters_of(self.fiscal_year)
        if self.kind is Kind.HALF:
            return quarters[:2] if self.part == 1 else quarters[2:]
        return (quarters[self.part - 1],) if self.kind is Kind.QUARTER else quarters

    @property
    def starts(self) -> date:
        """The first day, inclusive."""
        return self.quarters[0].starts

    @property
    def ends(self) -> date:
        """The last day, inclusive."""
        return self.quarters[-1].ends

    def contains(self, starts: date, ends: date) -> bool:
        """Whether all days from ``starts`` to ``ends`` are in it."""
        return self.starts <= starts and ends <= self.ends

    @property
    def name(self) -> str:
        """As in addresses: "annual", "half1", "quarter3"."""
        return f"{self.kind}{self.part or ''}"

    @property
    def label(self) -> str:
        """In words, without the year: "รอบ 12 เดือน", "รอบ 6 เดือนแรก", "ไตรมาส 3"."""
        if self.kind is Kind.QUARTER:
            return self.quarters[0].label()
        if self.kind is Kind.HALF:
            return "รอบ 6 เดือนแรก" if self.part == 1 else "รอบ 6 เดือนหลัง"
        return str(self.kind.label)

    @property
    def full_label(self) -> str:
        """The same with the year: "ไตรมาส 3 ปีงบประมาณ พ.ศ. 2569"."""
        return f"{self.label} ปีงบประมาณ พ.ศ. {self.fiscal_year}"

    def why_not(self, periods: Iterable[tuple[date, date]], today: date) -> str:
        """Why no report of it can be written ``today``, as a sentence; "" where one can.

        ``periods`` are the first and last days of the plan's periods. The year's report is written from outcomes and
        asks for none.
        """
        if today < self.starts:
            return f"{self.label} เริ่มวันที่ {long_date(self.starts)} จึงยังจัดทำรายงานไม่ได้"
        if self.kind is not Kind.ANNUAL and not any(self.contains(*period) for period in periods):
            return f"ปีงบประมาณ พ.ศ. {self.fiscal_year} ไม่มีงวดรายงานใน{self.label} จึงไม่มีผลให้จัดทำรายงาน"
        return ""


def spans_of(fiscal_year: int) -> tuple[Span, ...]:
    """Everything of a year that a report can be about: the year, its halves, its quarters."""
    return tuple(Span(fiscal_year, kind, part) for kind, parts in PARTS.items() for part in parts)


def span_named(fiscal_year: int, name: str) -> Span | None:
    """The stretch called ``name`` as in addresses ("annual", "half1", "quarter3"); None where there is none.

    >>> span_named(2569, "half2").label
    'รอบ 6 เดือนหลัง'
    """
    return next((span for span in spans_of(fiscal_year) if span.name == name), None)
