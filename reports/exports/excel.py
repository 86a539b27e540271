"""You come here to write the document's table as an Excel workbook: a sheet laid out as the report, and its data.

Every text is a text: nothing in the workbook is computed when it is opened. What Excel cannot hold in one cell goes on
in a row below (the report) or in the sheet ``long_texts`` (the data); nothing is cut off.
"""

from __future__ import annotations

from io import BytesIO
from typing import Final

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from measures.safe_text import legal
from reports.document import layout
from reports.exports.as_set import as_set
from reports.exports.excel_report import WIDTH, ReportSheet
from reports.exports.excel_sheet import Look, Pen, on_its_side, pieces
from reports.exports.packed import day_of, packed
from reports.exports.printed import Printed, letters
from reports.exports.rows import Tidy, Value, tables

REPORT: Final = "รายงาน"
LONG_TEXTS: Final = "long_texts"
GOES_ON: Final = "… (ข้อความยาวเกินหนึ่งเซลล์ อ่านต่อในแผ่นงาน long_texts)"

_LONGEST: Final = 32_767  # of a cell's text, in units of UTF-16
_PIECE: Final = 16_000  # letters: twice as many units, and the note, still fit
_FIELD: Final = Look(bold=True, wraps=False)
_VALUE: Final = Look(wraps=False)


def excel(printed: Printed) -> bytes:
    """The workbook as .xlsx; the same document gives the same bytes."""
    content = printed.content
    book = Workbook()
    pen = Pen()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = REPORT
    form = as_set(printed)
    ReportSheet(sheet, pen, content, _in_units(form.widths), draft=printed.stage == "draft").draw()
    rest: list[tuple[Value, ...]] = []
    for table in tables(content):
        _data(book.create_sheet(table.name), pen, table, rest)
    if rest:
        long_texts = Tidy(LONG_TEXTS, ("sheet", "row", "field", "part", "text"), tuple(rest))
        _data(book.create_sheet(LONG_TEXTS), pen, long_texts, [])
    properties = book.properties
    properties.title, properties.creator = legal(layout.title(content)), legal(content.agency.name)
    properties.language = "th-TH"
    properties.created = properties.modified = day_of(content)
    file = BytesIO()
    book.save(file)
    return packed(file.getvalue(), content)


def _in_units(widths: tuple[float, ...]) -> tuple[float, ...]:
    """The columns' widths in Excel's unit, shared as in the PDF."""
    return tuple(width * WIDTH / sum(widths) for width in widths)


def _data(sheet: Worksheet, pen: Pen, table: Tidy, rest: list[tuple[Value, ...]]) -> None:
    """One row a thing below the fields' names; what is too long for its cell is added to ``rest``."""
    for column, name in enumerate(table.fields, 1):
        pen.write(sheet.cell(1, column), name, _FIELD)
        sheet.column_dimensions[get_column_letter(column)].width = _data_width(table, column - 1)
    for row, values in enumerate(table.rows, 2):
        for column, value in enumerate(values, 1):
            shown = _shortened(value, (table.name, row, table.fields[column - 1]), rest)
            pen.write(sheet.cell(row, column), shown, _VALUE)
    on_its_side(sheet)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.fields))}{len(table.rows) + 1}"


def _data_width(table: Tidy, column: int) -> float:
    texts = [table.fields[column], *(str(row[column]) for row in table.rows if row[column] is not None)]
    return min(40.0, 3.0 + max(max(map(letters, text[:200].splitlines()), default=0) for text in texts))


def _shortened(value: Value, where: tuple[Value, ...], rest: list[tuple[Value, ...]]) -> Value:
    if not isinstance(value, str) or _units(value) <= _LONGEST:
        return value
    first, *others = pieces(legal(value), _PIECE - len(GOES_ON))
    rest += [(*where, part, text) for part, text in enumerate(others, 2)]
    return first + GOES_ON


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
