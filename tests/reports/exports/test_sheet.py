"""The workbook's first sheet is the table as it is printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook

from measures.bullets import Bullet, Bullets
from measures.numbering import dotted
from reports import columns
from reports.content import Column, Content
from reports.exports import TWINS, Printed
from reports.exports.excel import GOES_ON, LONG_TEXTS, REPORT
from tests.published import content_of
from tests.reports.exports.contents import LAYOUTS, contents, with_texts


def report_of(content: Content, **named: Any) -> Any:
    return book_of(content, **named)[REPORT]


def book_of(content: Content, **named: Any) -> Any:
    return load_workbook(BytesIO(TWINS[".xlsx"].make(Printed(content, **named))))


def words(sheet: Any) -> list[list[list[str]]]:
    """The words of every cell; rows that carry a row on are joined to it by the missing line above."""
    rows: list[list[list[str]]] = []
    for cells in sheet.iter_rows():
        texts = [str(cell.value or "").split() for cell in cells]
        if rows and _has(cells[0].border.left) and not _has(cells[0].border.top):
            rows[-1] = [before + more for before, more in zip(rows[-1], texts, strict=True)]
        else:
            rows.append(texts)
    return rows


def _has(line: Any) -> bool:
    return line is not None and line.style is not None


def expected(content: Content) -> Iterator[list[list[str]]]:
    table = content.table
    empty: list[list[str]] = [[] for _ in table.columns[1:]]
    for title in (table.title, table.subtitle):
        if title:
            yield [title.split(), *empty]
    yield [column.heading.split() for column in table.columns]
    for group in table.groups:
        if group.title:
            yield [f"{dotted(group.number)} {group.title}".split(), *empty]
        for measure in group.measures:
            cells = (columns.cell(measure, c.source, thai=content.thai_digits) for c in table.columns)
            yield [list(_words(cell)) for cell in cells]


def _words(bullets: Bullets) -> Iterator[str]:
    for entry in bullets:
        yield from f"{entry.marker} {entry.text}".split()
        yield from _words(entry.items)


@given(contents())
@settings(max_examples=12)
def test_every_cell_says_what_the_document_says(content: Content) -> None:
    assert words(report_of(content)) == list(expected(content))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_choice_of_columns_is_drawn(layout: tuple[Column, ...]) -> None:
    content = content_of()
    content = replace(content, table=replace(content.table, columns=layout))
    assert words(report_of(content)) == list(expected(content))


def test_it_prints_on_its_side_as_wide_as_the_page_with_headings_on_each() -> None:
    sheet = report_of(content_of())
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$3:$3"


def test_a_group_stands_over_all_columns() -> None:
    assert {str(merged) for merged in report_of(content_of()).merged_cells.ranges} >= {"A1:E1", "A4:E4"}


def test_a_cell_of_sixty_entries_goes_on_in_rows_that_excel_can_make_high_enough() -> None:
    content = with_texts(content_of(2), "ข้อความ")
    group = content.table.groups[0]
    long = replace(group.measures[0], results=tuple(Bullet("-", f"ข้อที่ {n}") for n in range(60)))
    content = replace(content, table=replace(content.table, groups=(replace(group, measures=(long,)),)))

    sheet = report_of(content)

    assert words(sheet) == list(expected(content))
    assert max(row.height for row in sheet.row_dimensions.values()) <= 409


def test_a_text_of_forty_thousand_letters_is_whole_though_no_cell_holds_it() -> None:
    text = "การดำเนินการ " * 3000 + "จบ"
    book = book_of(with_texts(content_of(2), text))

    assert words(book[REPORT]) == list(expected(with_texts(content_of(2), text)))
    assert book["measures"]["J1"].value == "title"
    first = book["measures"]["J2"].value
    rest = [
        row[4]
        for row in book[LONG_TEXTS].iter_rows(min_row=2, values_only=True)
        if row[:3] == ("measures", 2, "title")
    ]
    assert first.removesuffix(GOES_ON) + "".join(rest) == text


def test_a_draft_says_so() -> None:
    assert report_of(content_of(), stage="draft").oddHeader.right.text == "ฉบับร่าง"
    assert report_of(content_of()).oddHeader.right.text is None


def test_the_same_document_gives_the_same_bytes() -> None:
    assert TWINS[".xlsx"].make(Printed(content_of())) == TWINS[".xlsx"].make(Printed(content_of()))
