"""The year's measures with their steps, periods, results and public evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse

from measures.bullets import Bullets
from measures.choices import Progress
from measures.dates import SHORT_MONTHS
from measures.fiscal import BUDDHIST_ERA
from measures.numbering import dotted
from reports import columns
from reports.columns import NOT_REPORTED, NOTHING_DONE, PERIOD, period_of
from reports.content import FIVE, Column, Content, Evidence, Measure, Quarter
from reports.public.words import host_of, http_url, size_label, tone_of, word_of

_SHOWN: Final = (*FIVE, "progress", PERIOD)
"""What the pages show of every measure, whatever columns its report has."""


@dataclass(frozen=True)
class Proof:
    """A piece of public evidence; ``note`` says of when it is and what opens ("ไตรมาส 1 · PDF · 120 KB")."""

    title: str
    url: str
    note: str


@dataclass(frozen=True)
class PeriodCell:
    """A period of a measure in words: how far it had come, or that nothing was done and why, or that nobody reported.

    ``reason`` belongs to a period without activity; ``detail`` adds steps and percent ("ร้อยละ 25", "1 จาก 3 ขั้นตอน").
    """

    months: str
    name: str
    tone: str
    word: str
    reason: str
    detail: tuple[str, ...]
    results: Bullets
    reported: bool


@dataclass(frozen=True)
class TableCell:
    """A cell of the report's table: its column's heading and kind, and a plain text or a list."""

    heading: str
    kind: str
    text: str
    bullets: Bullets

    @property
    def empty(self) -> bool:
        return not self.text and not self.bullets


@dataclass(frozen=True)
class Row:
    """A measure as the pages show it; ``more`` is what the table's columns add to it."""

    anchor: str
    number: str
    title: str
    tone: str
    word: str
    units: str
    due: str
    steps: tuple[tuple[str, str], ...]
    results: Bullets
    cells: tuple[PeriodCell, ...]
    proofs: tuple[Proof, ...]
    kept_back: int
    more: tuple[TableCell, ...]

    @property
    def told(self) -> tuple[PeriodCell, ...]:
        """The periods that have something to read."""
        return tuple(cell for cell in self.cells if cell.results)


@dataclass(frozen=True)
class Block:
    """A group's heading with its measures."""

    heading: str
    rows: tuple[Row, ...]


def blocks(content: Content) -> tuple[Block, ...]:
    """The groups with their measures, in the order of the document."""
    made, anchor = [], 0
    for group in content.table.groups:
        rows = []
        for measure in group.measures:
            anchor += 1
            rows.append(_row(measure, f"m{anchor}", content))
        made.append(Block(group.heading, tuple(rows)))
    return tuple(made)


def table(content: Content) -> tuple[tuple[str, tuple[tuple[TableCell, ...], ...]], ...]:
    """The report's table as its columns were chosen: each group's heading over the cells of its measures."""
    return tuple(
        (group.heading, tuple(table_cells(measure, content.table.columns) for measure in group.measures))
        for group in content.table.groups
    )


def table_cells(measure: Measure, chosen: Iterable[Column]) -> tuple[TableCell, ...]:
    """The cells of a measure; what the portal writes has the screen's digits."""
    return tuple(_table_cell(measure, column) for column in chosen)


def kind_of(source: str) -> str:
    """The class of a column on a page: its source, with all periods alike.

    >>> kind_of("period3"), kind_of("units")
    ('period', 'units')
    """
    return source if period_of(source) is None else PERIOD


def _table_cell(measure: Measure, column: Column) -> TableCell:
    bullets = columns.cell(measure, column.source, thai=False)
    plain = len(bullets) == 1 and not bullets[0].marker and not bullets[0].items
    text = bullets[0].text if plain else ""
    return TableCell(column.heading, kind_of(column.source), text, () if plain else bullets)


def _more(measure: Measure, chosen: Iterable[Column]) -> tuple[TableCell, ...]:
    added = (column for column in chosen if kind_of(column.source) not in _SHOWN)
    return tuple(cell for cell in table_cells(measure, added) if not cell.empty)


def _row(measure: Measure, anchor: str, content: Content) -> Row:
    proofs = [(quarter, evidence) for quarter in measure.quarters for evidence in quarter.evidence]
    return Row(
        anchor=anchor,
        number=dotted(measure.number),
        title=measure.title,
        tone=tone_of(measure.progress),
        word=word_of(measure.progress),
        units=columns.units(measure),
        due=columns.due(measure, thai=False),
        steps=tuple((dotted(step.number), step.text) for step in measure.steps),
        results=measure.results,
        cells=tuple(period_cell(quarter, measure, content.memorandum.date) for quarter in measure.quarters),
        proofs=tuple(_proof(evidence, quarter, content) for quarter, evidence in proofs if evidence.public),
        kept_back=sum(not evidence.public for _, evidence in proofs),
        more=_more(measure, content.table.columns),
    )


def period_cell(quarter: Quarter, measure: Measure, day: date | None) -> PeriodCell:
    """A period as it stood on the ``day`` of the memorandum: one that was over by then and has no report is late."""
    return PeriodCell(
        months=_months(quarter.starts, quarter.ends),
        name=quarter.name,
        tone=_tone(quarter, day),
        word=_word(quarter),
        reason=quarter.nil_reason,
        detail=tuple(_detail(quarter, measure, day)),
        results=quarter.results,
        reported=quarter.reported,
    )


def _tone(quarter: Quarter, day: date | None) -> str:
    if not quarter.reported:
        return "unreported late" if _over(quarter, day) else "unreported"
    return "none" if quarter.nil_reason else tone_of(quarter.progress)


def _word(quarter: Quarter) -> str:
    if not quarter.reported:
        return NOT_REPORTED
    if quarter.nil_reason:
        return NOTHING_DONE
    return word_of(quarter.progress) if quarter.progress else "รายงานแล้ว"


def _detail(quarter: Quarter, measure: Measure, day: date | None) -> Iterator[str]:
    if not quarter.reported:
        if _over(quarter, day):
            yield "สิ้นงวดแล้ว"
        return
    if quarter.percent is not None and quarter.progress not in (Progress.DONE, Progress.NOT_STARTED):
        yield f"ร้อยละ {quarter.percent}"
    done, all_steps = len(quarter.steps_done), len(measure.steps)
    if done and all_steps:
        yield f"ครบ {all_steps} ขั้นตอน" if done >= all_steps else f"{done} จาก {all_steps} ขั้นตอน"


def _over(quarter: Quarter, day: date | None) -> bool:
    return day is not None and quarter.ends < day


def _proof(evidence: Evidence, quarter: Quarter, content: Content) -> Proof:
    if evidence.url:
        url, note = http_url(evidence.url), host_of(evidence.url)
    else:
        url = reverse("public_evidence", args=[content.agency.slug, content.fiscal_year, evidence.uid])
        ending = evidence.filename.rpartition(".")[2].upper() if "." in evidence.filename else "ไฟล์"
        note = f"{ending} · {size_label(evidence.size)}"
    return Proof(evidence.title, url, f"{quarter.name} · {note}" if note else quarter.name)


def _months(starts: date, ends: date) -> str:
    """ "ต.ค.–ธ.ค. 66"; both years where they differ."""
    first, last = SHORT_MONTHS[starts.month - 1], SHORT_MONTHS[ends.month - 1]
    years = [f"{(day.year + BUDDHIST_ERA) % 100:02}" for day in (starts, ends)]
    if (starts.year, starts.month) == (ends.year, ends.month):
        return f"{last} {years[1]}"
    return f"{first} {years[0]}–{last} {years[1]}" if years[0] != years[1] else f"{first}–{last} {years[1]}"
