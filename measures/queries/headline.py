"""The year in one sentence: the period the officer works on, how long it lasts, and what stands where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from measures.choices import PeriodKind, Workflow
from measures.dates import long_date
from measures.models import Period
from measures.queries.plans import Year


@dataclass(frozen=True)
class Headline:
    """``title`` "ไตรมาส 1/2570 เหลือ 37 วัน", ``counts`` "รายงานแล้ว 3 จาก 7 · รอตรวจ 1", ``due`` the last day."""

    title: str
    counts: str
    due: str


def headline_of(year: Year) -> Headline | None:
    """Return the sentence of the period in focus; None for a plan without periods. No statement."""
    period = year.focus
    if period is None:
        return None
    count, total = year.count(period), len(year.rows)
    reported = count[Workflow.SUBMITTED] + count[Workflow.ACCEPTED]
    waiting = [f"{s.label} {count[s]}" for s in (Workflow.SUBMITTED, Workflow.RETURNED) if count[s]]
    if overdue := sum(cell.overdue for cell in year.cells if cell.period.pk == period.pk):
        waiting.append(f"เกินกำหนด {overdue}")
    remaining = time_left(period, year.today, complete=reported == total)
    return Headline(
        title=f"{_name(period, year.plan.fiscal_year)} {remaining}",
        counts=" · ".join([f"รายงานแล้ว {reported} จาก {total}", *waiting]) if total else "",
        due=_due(period, year.today),
    )


def time_left(period: Period, today: date, *, complete: bool) -> str:
    """Return how long the period lasts, then how long it is still taken, then that it is over."""
    if today < period.opens:
        return f"เปิดรับรายงานวันที่ {long_date(period.opens)}"
    if today <= period.ends:
        return f"เหลือ {(period.ends - today).days} วัน"
    if today <= period.closes:
        return f"ส่งผลได้อีก {(period.closes - today).days} วัน"
    return "รายงานครบแล้ว" if complete else "ครบกำหนดส่งแล้ว"


def _due(period: Period, today: date) -> str:
    """The last day for sending, with the days left where the title counts to the end of the period instead."""
    if period.closes < today:
        return ""
    counted = period.opens <= today <= period.ends != period.closes
    left = f" (เหลือ {(period.closes - today).days} วัน)" if counted else ""
    return f"ส่งผลได้ถึงวันที่ {long_date(period.closes)}{left}"


def _name(period: Period, fiscal_year: int) -> str:
    if period.kind == PeriodKind.QUARTER:
        return f"ไตรมาส {period.number}/{fiscal_year}"
    return f"{period.name} ปี {fiscal_year}"
