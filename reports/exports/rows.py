"""You come here for the report as tidy tables: one row a thing, English names of fields, values with their types.

CSV and the data sheets of the workbook are written from these and from nothing else. What is text in the content
stays the same text; a list is one entry a line as it can be typed, a dashed entry beginning with "• " since a cell that
begins with "-" would be a formula to a spreadsheet. ``measures.bullets.parse`` reads either. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from measures.bullets import Bullets, format_lines
from measures.choices import Progress
from reports.content import REHEARSAL, Content, Group, Measure, Quarter

Value = str | int | bool | Decimal | date | None
"""What a cell holds; None where there is nothing to know, which is not "" and not 0."""


@dataclass(frozen=True)
class Tidy:
    """A table: its name ("measures"), the names of its fields, and rows of as many values."""

    name: str
    fields: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


_REPORT: Final = ("agency", "fiscal_year_be", "report")
"""What every row begins with, so that the tables of many towns and years can be put below each other."""


def file_stem(content: Content) -> str:
    """What the names of a report's files begin with, in ASCII: "tuayang-2567-annual", "…-rehearsal"."""
    stem = f"{content.agency.slug}-{content.fiscal_year}-{content.span.name}"
    return f"{stem}-rehearsal" if content.is_rehearsal else stem


def listed(bullets: Bullets) -> str:
    """A list as the lines of one cell.

    >>> from measures.bullets import parse
    >>> listed(parse("- จัดทำคู่มือ"))
    '• จัดทำคู่มือ'
    """
    return re.sub(r"(?m)^( *)- ", r"\1• ", format_lines(bullets))


def tables(content: Content) -> tuple[Tidy, ...]:
    """Every table of ``content``, in the order of :data:`NAMES`."""
    return tuple(table(content, name) for name in NAMES)


def table(content: Content, name: str) -> Tidy:
    """The table of that name. Raises ``KeyError`` for a name that is none of :data:`NAMES`."""
    fields, rows = _TABLES[name]
    of_report: tuple[Value, ...] = (content.agency.slug, content.fiscal_year, content.span.name)
    first: tuple[str, ...] = _REPORT
    if content.is_rehearsal:  # in every row, so that none is taken for a true one
        first, of_report = (*first, "rehearsal"), (*of_report, REHEARSAL)
    return Tidy(name, (*first, *fields), tuple((*of_report, *row) for row in rows(content)))


def _all_measures(content: Content) -> Iterator[tuple[Group, Measure]]:
    return ((group, measure) for group in content.table.groups for measure in group.measures)


def _all_quarters(content: Content) -> Iterator[tuple[Measure, Quarter]]:
    return ((measure, quarter) for measure in content.table.measures for quarter in measure.quarters)


Rows = Iterable[tuple[Value, ...]]


def _measures(content: Content) -> Rows:
    for group, measure in _all_measures(content):
        yield (
            content.agency.name, group.key, group.number, group.title, measure.key, measure.number, measure.title,
            "\n".join(measure.units), measure.units_printed, measure.due, measure.due_text, measure.indicator,
            measure.target, _number(measure.budget), *_state(measure.progress), measure.percent,
            listed(measure.results), listed(measure.obstacles), listed(measure.suggestions), measure.remark,
        )  # fmt: skip


def _results(content: Content) -> Rows:
    for measure, quarter in _all_quarters(content):
        yield (
            measure.key, measure.number, measure.title, quarter.number, quarter.name, quarter.starts, quarter.ends,
            quarter.reported, *_state(quarter.progress), quarter.percent, quarter.nil_reason,
            listed(quarter.results), listed(quarter.obstacles), listed(quarter.suggestions),
            ";".join(map(str, quarter.steps_done)), len(quarter.evidence),
            "\n".join(one.url for one in quarter.evidence if one.url),
        )  # fmt: skip


def _steps(content: Content) -> Rows:
    for measure in content.table.measures:
        for place, step in enumerate(measure.steps, 1):
            yield measure.key, measure.number, place, step.number, step.text


def _evidence(content: Content) -> Rows:
    for measure, quarter in _all_quarters(content):
        for one in quarter.evidence:
            size = one.size if one.public and one.filename else None  # an address has none
            yield (
                measure.key, quarter.number, one.uid, one.public, one.title, one.url, one.filename, one.content_type,
                size, one.sha256,
            )  # fmt: skip


def _groups(content: Content) -> Rows:
    for place, group in enumerate(content.table.groups, 1):
        yield group.key, place, group.number, group.title, len(group.measures)


def _columns(content: Content) -> Rows:
    for place, column in enumerate(content.table.columns, 1):
        yield place, column.source, column.heading


def _sections(content: Content) -> Rows:
    for place, section in enumerate(content.memorandum.sections, 1):
        yield place, section.number, section.title, section.body, listed(section.items)


def _signers(content: Content) -> Rows:
    for signer in content.signers:
        yield signer.order, signer.position, signer.addressed_to, signer.words, signer.name


def _report(content: Content) -> Rows:
    agency, memo, earlier = content.agency, content.memorandum, content.memorandum.refers_to
    yield (
        agency.name, agency.name_en, agency.province, agency.emblem_sha256,
        agency.contact.address, agency.contact.phone, agency.contact.email, agency.contact.website,
        agency.contact.complaint_channel, agency.contact.complaint_url,
        content.kind, content.part, memo.section, memo.number, memo.date, memo.subject, memo.addressee, memo.closing,
        earlier.number if earlier else None, earlier.date if earlier else None, earlier.subject if earlier else None,
        _number(memo.ita_score), _number(memo.ita_target), content.table.title, content.table.subtitle,
        content.thai_digits, content.top_mm, content.format, content.sha256(),
    )  # fmt: skip


def _state(progress: str) -> tuple[Value, Value]:
    """The word of the closed list and the Thai one; nothing for both where none was chosen."""
    return (progress, str(Progress(progress).label)) if progress else (None, None)


def _number(text: str) -> Value:
    """A number where ``text`` is one in plain digits, else the text; None for ""."""
    if not text:
        return None
    return Decimal(text) if re.fullmatch(r"[0-9]{1,15}(\.[0-9]{1,4})?", text) else text


_TABLES: Final[dict[str, tuple[tuple[str, ...], Callable[[Content], Rows]]]] = {
    "measures": (
        (
            "agency_name", "group_key", "group_number", "group_title", "measure_key", "measure_number", "title",
            "units", "units_printed", "due", "due_text", "indicator", "target", "budget_baht", "progress",
            "progress_th", "percent", "results", "obstacles", "suggestions", "remark",
        ),
        _measures,
    ),
    "results": (
        (
            "measure_key", "measure_number", "measure_title", "period_number", "period_name", "starts", "ends",
            "reported", "progress", "progress_th", "percent", "nil_reason", "results", "obstacles", "suggestions",
            "steps_done", "evidence_count", "evidence_urls",
        ),
        _results,
    ),
    "steps": (("measure_key", "measure_number", "step_order", "step_number", "text"), _steps),
    "evidence": (
        (
            "measure_key", "period_number", "evidence_uid", "public", "title", "url", "filename", "content_type",
            "size_bytes", "sha256",
        ),
        _evidence,
    ),
    "groups": (("group_key", "group_order", "group_number", "group_title", "measure_count"), _groups),
    "columns": (("column_order", "source", "heading"), _columns),
    "sections": (("section_order", "section_number", "title", "body", "items"), _sections),
    "signers": (("signer_order", "position", "addressed_to", "words", "name"), _signers),
    "report": (
        (
            "agency_name", "agency_name_en", "province", "emblem_sha256", "address", "phone", "email", "website",
            "complaint_channel", "complaint_url", "kind", "part", "section", "number", "date", "subject", "addressee",
            "closing", "refers_to_number", "refers_to_date", "refers_to_subject", "ita_score", "ita_target",
            "table_title", "table_subtitle", "thai_digits", "top_mm", "format", "content_sha256",
        ),
        _report,
    ),
}  # fmt: skip

NAMES: Final = tuple(_TABLES)
"""The tables there are; the first is what a report's one CSV file holds."""
