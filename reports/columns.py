"""You come here for what a column of the table can hold: the closed list of sources, and a measure's cell of each.

PDF, screen, Word and Excel draw the same cells, so that none of them can leave out what another prints. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Final

from measures.bullets import Bullet, Bullets
from measures.choices import Progress
from measures.dates import long_date
from measures.numbering import dotted
from measures.thai import baht, thai_digits
from reports.content import FIVE, Column, Measure, Quarter

PERIOD: Final = "period"
"""``period1`` … ``period12``: what was done in one reporting period of the plan."""

LABELS: Final[dict[str, str]] = {
    "measure": "มาตรการ",
    "steps": "ขั้นตอน/วิธีการปฏิบัติ",
    "indicator": "ตัวชี้วัดความสำเร็จ",
    "target": "เป้าหมาย",
    "budget": "งบประมาณ (บาท)",
    "units": "ผู้รับผิดชอบ",
    "due": "กำหนดแล้วเสร็จ",
    "progress": "สถานะ",
    "percent": "ร้อยละความก้าวหน้า",
    "results": "ผลลัพธ์/ผลการดำเนินการ",
    "obstacles": "ปัญหา/อุปสรรค",
    "suggestions": "ข้อเสนอแนะ",
    "remark": "หมายเหตุ",
}
"""Every source but the periods', in the usual order of a table, with the heading that it gets by default."""

NUMBERS: Final = frozenset({"percent", "budget"})
"""The sources of nothing but numbers, which stand in the middle of their column and are never parted."""

NOT_REPORTED: Final = "ยังไม่ได้รายงาน"
NOTHING_DONE: Final = "ไม่มีการดำเนินการ"
_BECAUSE: Final = "เนื่องจาก"

MOST: Final = 12
"""More columns than these do not fit on a page."""

SOURCES: Final = (*LABELS, *(f"{PERIOD}{number}" for number in range(1, MOST + 1)))
"""Every source there is."""

USUAL: Final = (
    Column("measure", "มาตรการ"),
    Column("steps", "ขั้นตอน/วิธีการปฏิบัติ"),
    Column("units", "ผู้รับผิดชอบ"),
    Column("due", "สรุปผลการดำเนินการ กำหนดแล้วเสร็จ"),
    Column("results", "ผลลัพธ์/ผลการดำเนินการ"),
)
"""The five columns of the form that most towns use."""

assert tuple(column.source for column in USUAL) == FIVE


LAYOUTS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "usual": ("แบบ 5 คอลัมน์", FIVE),
    "periods": ("รายไตรมาส", ("measure", "units", PERIOD)),
    "progress": ("ร้อยละและสถานะ", ("measure", "units", "due", "results", "percent", "progress")),
    "indicator": ("ตัวชี้วัดและเป้าหมาย", ("measure", "indicator", "target", "units", "results")),
    "obstacles": ("ปัญหาและข้อเสนอแนะ", ("measure", "units", "results", "obstacles", "suggestions")),
}
"""Ready-made choices to start from: what each is called, and its sources; ``PERIOD`` stands for all periods."""


def layout(name: str, periods: Mapping[int, str], *, thai: bool) -> tuple[Column, ...]:
    """The columns of a ready-made choice for a report with these periods; the usual ones for an unknown name."""
    _, sources = LAYOUTS.get(name, LAYOUTS["usual"])
    if sources == FIVE:
        return USUAL
    every = [f"{PERIOD}{number}" for number in periods]
    chosen = [one for source in sources for one in (every if source == PERIOD else [source])][:MOST]
    return tuple(Column(source, heading(source, periods, thai=thai)) for source in chosen)


def stored(columns: Iterable[Column]) -> list[dict[str, str]]:
    """Columns as a report's row keeps them."""
    return [{"source": column.source, "heading": column.heading} for column in columns]


def period_of(source: str) -> int | None:
    """The number of the period that a source is about; None where it is about none.

    >>> period_of("period3")
    3
    """
    number = source.removeprefix(PERIOD)
    return int(number) if source.startswith(PERIOD) and number.isdecimal() else None


def label(source: str, periods: Mapping[int, str] | None = None) -> str:
    """What a source is called on the screen; ``periods`` are the names of the plan's periods by number.

    >>> label("units"), label("period3", {3: "ไตรมาส 3"}), label("period3")
    ('ผู้รับผิดชอบ', 'ไตรมาส 3', 'งวดที่ 3')
    """
    number = period_of(source)
    return LABELS[source] if number is None else (periods or {}).get(number, f"งวดที่ {number}")


def heading(source: str, periods: Mapping[int, str] | None = None, *, thai: bool) -> str:
    """The heading of a column that nobody gave another: its label, in the agency's digits."""
    return _digits(label(source, periods), thai=thai)


def words(columns: Iterable[Column]) -> str:
    """Columns as read by people, one a line: the heading, and what stands below it where that is called otherwise.

    >>> words([Column("units", "ผู้รับผิดชอบ"), Column("due", "ภายใน")])
    'ผู้รับผิดชอบ\\nภายใน (แสดงกำหนดแล้วเสร็จ)'
    """
    return "\n".join(
        column.heading
        if column.heading == label(column.source)
        else f"{column.heading} (แสดง{label(column.source)})"
        for column in columns
    )


def cell(measure: Measure, source: str, *, thai: bool) -> Bullets:
    """What stands in a measure's cell, as a list; () where there is nothing. ``thai`` for Thai digits.

    A period that nobody reported on says so; one that the report is not about is empty. What people typed keeps
    its digits; what the portal writes (percent, baht) follows ``thai``. Raises ``ValueError`` for no source.
    """
    if (number := period_of(source)) is not None:
        return _period(measure, number, thai=thai)
    if source in _LISTS:
        found: Bullets = getattr(measure, source)
        return found
    if source == "steps":
        return tuple(Bullet(dotted(step.number), step.text) for step in measure.steps)
    if source not in _TEXTS:
        raise ValueError(f"there is no column {source!r}")
    return tuple(Bullet("", line) for line in _TEXTS[source](measure, thai).splitlines() if line.strip())


def due(measure: Measure, *, thai: bool) -> str:
    """When a measure is due as printed: the typed words, or the day; "" where neither is known."""
    return measure.due_text or (_digits(long_date(measure.due), thai=thai) if measure.due else "")


def _percent(measure: Measure, thai: bool) -> str:
    return "" if measure.percent is None else _digits(str(measure.percent), thai=thai)


def units(measure: Measure) -> str:
    """The responsible units as printed: the typed words, or their names in a row."""
    if measure.units_printed or not measure.units:
        return measure.units_printed
    *first, last = measure.units
    return f"{' '.join(first)} และ{last}" if first else last


def _period(measure: Measure, number: int, *, thai: bool) -> Bullets:
    quarter = next((quarter for quarter in measure.quarters if quarter.number == number), None)
    if quarter is None:
        return ()
    return done_in(quarter, thai=thai) if quarter.reported else _text(NOT_REPORTED)


def done_in(quarter: Quarter, *, thai: bool) -> Bullets:
    """What a period says was done: its results, else why nothing was, else how far the measure has come."""
    if quarter.results:
        return quarter.results
    if quarter.nil_reason:
        return _text(f"{NOTHING_DONE} {_BECAUSE}{quarter.nil_reason.removeprefix(_BECAUSE)}")
    words = [Progress(quarter.progress).label] if quarter.progress else []
    if quarter.percent is not None:
        words.append(f"ร้อยละ {_digits(str(quarter.percent), thai=thai)}")
    return _text(" ".join(map(str, words)))


def _text(text: str) -> Bullets:
    return (Bullet("", text),) if text else ()


def _digits(text: str, *, thai: bool) -> str:
    return thai_digits(text) if thai else text


_LISTS: Final = ("results", "obstacles", "suggestions")
_TEXTS: Final[dict[str, Callable[[Measure, bool], str]]] = {
    "measure": lambda measure, thai: f"{measure.number} {measure.title}".strip(),
    "units": lambda measure, thai: units(measure),
    "due": lambda measure, thai: due(measure, thai=thai),
    "progress": lambda measure, thai: str(Progress(measure.progress).label) if measure.progress else "",
    "percent": _percent,
    "budget": lambda measure, thai: (
        _digits(baht(Decimal(measure.budget)), thai=thai) if measure.budget else ""
    ),
    "indicator": lambda measure, thai: measure.indicator,
    "target": lambda measure, thai: measure.target,
    "remark": lambda measure, thai: measure.remark,
}
