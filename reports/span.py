"""You come here for the stretch of a fiscal year that a report is about: its quarters, days, and names. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from measures.fiscal import Quarter, quarters_of
from reports.choices import Kind


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
