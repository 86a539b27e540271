"""Thai fiscal years, their quarters, and the day it is in Bangkok."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from measures.thai import ThaiValueError

BANGKOK: Final = ZoneInfo("Asia/Bangkok")
BUDDHIST_ERA: Final = 543
FIRST_YEAR: Final = 2400
LAST_YEAR: Final = 2699

_MONTHS: Final = ("ต.ค.–ธ.ค.", "ม.ค.–มี.ค.", "เม.ย.–มิ.ย.", "ก.ค.–ก.ย.")


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of a Thai fiscal year; ``fiscal_year`` is in the Buddhist era, ``number`` is 1 to 4."""

    fiscal_year: int
    number: int

    def __post_init__(self) -> None:
        _check_year(self.fiscal_year)
        if self.number not in (1, 2, 3, 4):
            raise ThaiValueError(f"ไม่มีไตรมาส {self.number} กรุณาระบุไตรมาส 1 ถึง 4")

    @classmethod
    def of(cls, day: date) -> Quarter:
        """Return the quarter in which ``day`` falls."""
        return cls(fiscal_year_of(day), (day.month + 2) // 3 % 4 + 1)

    @property
    def starts(self) -> date:
        """The first day, inclusive."""
        year = self.fiscal_year - BUDDHIST_ERA
        return date(year - 1, 10, 1) if self.number == 1 else date(year, 3 * self.number - 5, 1)

    @property
    def ends(self) -> date:
        """The last day, inclusive."""
        year = self.fiscal_year - BUDDHIST_ERA
        month, day = ((12, 31), (3, 31), (6, 30), (9, 30))[self.number - 1]
        return date(year - 1 if self.number == 1 else year, month, day)

    def contains(self, day: date) -> bool:
        """Say whether ``day`` falls in this quarter."""
        return self.starts <= day <= self.ends

    def next(self) -> Quarter:
        """Return the quarter that follows."""
        return Quarter(self.fiscal_year + self.number // 4, self.number % 4 + 1)

    def previous(self) -> Quarter:
        """Return the quarter before."""
        return (
            Quarter(self.fiscal_year, self.number - 1)
            if self.number > 1
            else Quarter(self.fiscal_year - 1, 4)
        )

    def label(self) -> str:
        """Return "ไตรมาส 1"."""
        return f"ไตรมาส {self.number}"

    def months_label(self) -> str:
        """Return the months with the short calendar year in which they lie: "ต.ค.–ธ.ค. 69"."""
        calendar_year = self.fiscal_year - 1 if self.number == 1 else self.fiscal_year
        return f"{_MONTHS[self.number - 1]} {calendar_year % 100:02}"


def fiscal_year_of(day: date) -> int:
    """Return the fiscal year (Buddhist era) in which ``day`` falls: it begins on 1 October of the year before."""
    year = day.year + BUDDHIST_ERA + (day.month >= 10)
    _check_year(year)
    return year


def fiscal_year_bounds(year: int) -> tuple[date, date]:
    """Return the first and the last day (inclusive) of fiscal year ``year`` (Buddhist era)."""
    quarters = quarters_of(year)
    return quarters[0].starts, quarters[-1].ends


def quarters_of(year: int) -> tuple[Quarter, Quarter, Quarter, Quarter]:
    """Return the four quarters of fiscal year ``year`` (Buddhist era), in order."""
    return Quarter(year, 1), Quarter(year, 2), Quarter(year, 3), Quarter(year, 4)


def bangkok_date(moment: datetime) -> date:
    """Return the calendar day in Bangkok at ``moment``, whatever the time zone of the process.

    Raises ``ValueError`` for a naive ``moment``, whose day nobody can know.
    """
    if moment.utcoffset() is None:
        raise ValueError("bangkok_date needs an aware datetime; pass timezone.now(), not datetime.now()")
    return moment.astimezone(BANGKOK).date()


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ThaiValueError(f'อ่านปี "{year}" ไม่ได้ กรุณาพิมพ์ปี พ.ศ. 4 หลัก เช่น 2569')
