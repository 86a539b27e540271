"""The year in figures: how many measures came how far, and the ITA result beside its target."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from measures.choices import Progress
from measures.dates import long_date
from reports.choices import Kind
from reports.compose.wording import compared
from reports.content import Content
from reports.public.words import tone_of, word_of


@dataclass(frozen=True)
class Tally:
    """How many measures have come how far, and the stretch of the bar that stands for them (out of 100)."""

    word: str
    tone: str
    count: int
    start: float
    width: float


@dataclass(frozen=True)
class Score:
    """The ITA result of a year; ``comparison`` puts it beside the target in words.

    No grade: that follows from the scores of the three instruments too, which the report does not hold.
    """

    value: Decimal
    target: Decimal | None
    comparison: str


def headline(content: Content) -> str:
    """ "ปี 2567 กำหนดไว้ 7 มาตรการ แล้วเสร็จ 6 มาตรการ", for a part of the year with "เมื่อสิ้นไตรมาส 1" after it."""
    measures = content.table.measures
    done = sum(measure.progress == Progress.DONE for measure in measures)
    if not measures:
        return f"ปี {content.fiscal_year} ไม่มีมาตรการที่กำหนดไว้"
    span = content.span
    when = "" if span.kind is Kind.ANNUAL else f"เมื่อสิ้น{span.label}"
    return f"ปี {content.fiscal_year} กำหนดไว้ {len(measures)} มาตรการ แล้วเสร็จ {done} มาตรการ{when}"


def extent(content: Content) -> str:
    """The days that are reported on, and how much was planned: groups that have a heading, and steps."""
    span = content.span
    groups = sum(bool(group.title) for group in content.table.groups)
    steps = sum(len(measure.steps) for measure in content.table.measures)
    held = [f"{groups} มาตรการหลัก"] if groups else []
    held += [f"{steps} ขั้นตอน"] if steps else []
    days = f"{long_date(span.starts)} – {long_date(span.ends)}"
    return " · ".join([days, *held])


def tallies(content: Content) -> tuple[Tally, ...]:
    """Measures counted by how far they have come, in the order of the list; what does not occur is left out."""
    counts = Counter(measure.progress for measure in content.table.measures)
    order = ["done", "ongoing", "in_progress", "not_started", "cancelled", ""]
    total, start, made = sum(counts.values()), 0.0, []
    for progress in order:
        if count := counts[progress]:
            width = round(100 * count / total, 2)
            made.append(Tally(word_of(progress), tone_of(progress), count, round(start, 2), width))
            start += width
    return tuple(made)


def score(content: Content) -> Score | None:
    """The year's result and target, where the memorandum names them."""
    value, target = _number(content.memorandum.ita_score), _number(content.memorandum.ita_target)
    if value is None:
        return None
    if target is None:
        return Score(value, None, "")
    by = f" อยู่ {abs(value - target)}" if value != target else ""
    return Score(value, target, f"{compared(value, target)}ค่าเป้าหมาย {target}{by} คะแนน")


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None
