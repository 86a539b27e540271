"""The tidy tables, as CSV and as the workbook's sheets, say all that the content says, with types."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook

from reports.content import Content, Evidence
from reports.exports import TWINS, Printed, attached
from reports.exports.rows import NAMES, Tidy, table
from reports.exports.tidy_csv import csv_bytes
from tests.published import content_of
from tests.reports.exports.contents import Row, contents, rebuilt, with_texts

FORMULAS = (
    '=HYPERLINK("http://evil.example","กด")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠SUM",
    " =1", "#N/A", "'=1", "-5 องศา", "\ufeff=1", "\u200b+1",
)  # fmt: skip
_NUMBERS = {
    "fiscal_year_be",
    "percent",
    "part",
    "format",
    "top_mm",
    "size_bytes",
    "period_number",
    "signer_order",
}
_DATES = {"due", "starts", "ends", "date", "refers_to_date"}
_TRUTHS = {"reported", "public", "thai_digits"}


def read_csv(data: bytes) -> list[Row]:
    """The rows as the documentation says they are to be read."""
    rows = csv.DictReader(StringIO(data.decode("utf-8-sig"), newline=""))
    return [{name: _typed(name, cell) for name, cell in row.items()} for row in rows]


def _typed(name: str, cell: str) -> Any:
    if name in _DATES:
        return date.fromisoformat(cell) if cell else None
    if name in _NUMBERS:
        return int(cell) if cell else None
    if name in ("budget_baht", "ita_score", "ita_target"):
        return Decimal(cell) if cell else None
    return cell == "true" if name in _TRUTHS else cell.removeprefix("'")


def read_sheets(data: bytes) -> dict[str, list[Row]]:
    """The data of a workbook by sheet; an empty cell of a text is an empty text."""
    book = load_workbook(BytesIO(data))
    return {name: _rows(book[name]) for name in NAMES}


def _rows(sheet: Any) -> list[Row]:
    names, *rows = sheet.iter_rows(values_only=True)
    return [{name: _value(name, cell) for name, cell in zip(names, row, strict=True)} for row in rows]


def _value(name: str, cell: Any) -> Any:
    if isinstance(cell, datetime):
        return cell.date()
    typed = name in _NUMBERS | _DATES | _TRUTHS | {"budget_baht", "ita_score", "ita_target"}
    return "" if cell is None and not typed else cell


@given(contents())
@settings(max_examples=60)
def test_csv_gives_back_the_content_field_by_field(content: Content) -> None:
    assert rebuilt({name: read_csv(csv_bytes(table(content, name))) for name in NAMES}) == content


@given(contents())
@settings(max_examples=15)
def test_the_workbooks_data_gives_back_the_content_field_by_field(content: Content) -> None:
    assert rebuilt(read_sheets(TWINS[".xlsx"].make(Printed(content)))) == content


def test_json_is_what_is_hashed() -> None:
    content = content_of()
    assert TWINS[".json"].make(Printed(content)) == content.canonical_json().encode()


def test_the_csv_inside_the_pdf_is_the_one_beside_it() -> None:
    content = content_of()
    assert attached(content)[1].data == TWINS[".csv"].make(Printed(content))


def test_evidence_that_is_an_address_has_no_size() -> None:
    content = content_of()
    group = content.table.groups[0]
    measure = group.measures[0]
    quarter = replace(measure.quarters[0], evidence=(Evidence("9", True, url="https://example.go.th/9"),))
    groups = (replace(group, measures=(replace(measure, quarters=(quarter,)),)),)
    content = replace(content, table=replace(content.table, groups=groups))

    (row,) = read_csv(csv_bytes(table(content, "evidence")))

    assert (row["url"], row["size_bytes"]) == ("https://example.go.th/9", None)


def test_names_of_fields_are_english_without_spaces() -> None:
    fields = {field for name in NAMES for field in table(content_of(), name).fields}
    assert all(field.isascii() and field.isidentifier() and field == field.lower() for field in fields)


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_csv_is_a_formula(text: str) -> None:
    data = csv_bytes(table(with_texts(content_of(2), text), "measures")).decode("utf-8-sig")
    (_, row, _) = csv.reader(StringIO(data, newline=""))
    assert not [cell for cell in row if cell.strip().startswith(tuple("=+-@＝＋－＠"))]


@pytest.mark.parametrize("text", FORMULAS)
def test_every_text_of_a_workbook_is_a_text(text: str) -> None:
    book = load_workbook(BytesIO(TWINS[".xlsx"].make(Printed(with_texts(content_of(2), text)))))
    cells = [
        cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)
    ]
    assert {cell.data_type for cell in cells} == {"s"}
    told = [cell for cell in cells if cell.value.lstrip().startswith(tuple("=+-@＝＋－＠"))]
    assert all(cell.quotePrefix for cell in told)


def test_a_negative_number_stays_a_number() -> None:
    assert csv_bytes(Tidy("t", ("n", "text"), ((-5, "-5"),))).decode("utf-8-sig") == "n,text\r\n-5,'-5\r\n"


@pytest.mark.parametrize("ending", [ending for ending in TWINS if ending != ".json"])
def test_what_no_file_can_hold_is_shown_as_a_replacement_and_breaks_nothing(ending: str) -> None:
    content = with_texts(content_of(2), "ก\x00ข\x0b\ufffe\x1fค\uffffง")
    assert TWINS[ending].make(Printed(content))
