"""You come here to write the document's table as an Excel workbook: a sheet laid out as the report, and its data.

Every text is a text: nothing in the workbook is computed when it is opened. What Excel cannot hold in one cell goes on
in a row below (the report) or in the sheet ``long_texts`` (the data); nothing is cut off.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import zip_longest
from math import ceil
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from measures.bullets import Bullets
from reports import columns
from reports.content import Content, Measure
from reports.document import layout
from reports.exports.as_set import as_set
from reports.exports.packed import day_of, packed
from reports.exports.printed import LETTER, Printed, letters
from reports.exports.rows import Tidy, Value, tables
from reports.exports.safe_text import legal, starts_a_formula

REPORT: Final = "รายงาน"
LONG_TEXTS: Final = "long_texts"
GOES_ON: Final = "… (ข้อความยาวเกินหนึ่งเซลล์ อ่านต่อในแผ่นงาน long_texts)"

_FONT: Final = "TH Sarabun New"
_LONGEST: Final = 32_767  # of a cell's text, in units of UTF-16
_PIECE: Final = 16_000  # letters: twice as many units, and the note, still fit
_WIDTH: Final = 134.0  # of all columns, in Excel's unit: an A4 page on its side
_UNIT: Final = 5.25  # points in Excel's unit of width
_SIZE: Final = 14
_PADDING: Final = 6.0
_PITCH: Final = 1.3  # of a line of TH Sarabun New, in parts of the letters' size
_LINES_OF_A_ROW: Final = 21  # Excel makes no row higher than 409 points
_LONGEST_OVER_ALL: Final = 1500  # letters in a row over all columns
_HAIR: Final = Side("thin")


@dataclass(frozen=True, eq=False)
class Look:
    """How a cell looks; kept as constants, each is itself."""

    bold: bool = False
    size: int = _SIZE
    across: str = "left"
    down: str = "top"
    wraps: bool = True
    top: bool = False
    bottom: bool = False
    sides: bool = False


_TITLE: Final = Look(bold=True, size=18, across="center", down="center")
_HEADING: Final = Look(bold=True, across="center", down="center", top=True, bottom=True, sides=True)
_GROUP: Final = Look(bold=True, top=True, bottom=True, sides=True)
_CELL: Final = {
    (first, last, number): Look(across="center" if number else "left", top=first, bottom=last, sides=True)
    for first in (True, False)
    for last in (True, False)
    for number in (True, False)
}
"""A measure's cell: in its first row or not, in its last or not, a number or not."""
_FIELD: Final = Look(bold=True, wraps=False)
_VALUE: Final = Look(wraps=False)


def excel(printed: Printed) -> bytes:
    """The workbook as .xlsx; the same document gives the same bytes."""
    content = printed.content
    book = Workbook()
    pen = _Pen()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = REPORT
    form = as_set(printed)
    _Report(sheet, pen, content, _in_units(form.widths), draft=printed.stage == "draft").draw()
    rest: list[tuple[Value, ...]] = []
    for table in tables(content):
        _data(book.create_sheet(table.name), pen, table, rest)
    if rest:
        long_texts = Tidy(LONG_TEXTS, ("sheet", "row", "field", "part", "text"), tuple(rest))
        _data(book.create_sheet(LONG_TEXTS), pen, long_texts, [])
    properties = book.properties
    properties.title, properties.creator = legal(content.memorandum.subject), legal(content.agency.name)
    properties.language = "th-TH"
    properties.created = properties.modified = day_of(content)
    file = BytesIO()
    book.save(file)
    return packed(file.getvalue(), content)


def _in_units(widths: tuple[float, ...]) -> tuple[float, ...]:
    """The columns' widths in Excel's unit, shared as in the PDF."""
    return tuple(width * _WIDTH / sum(widths) for width in widths)


def pieces(text: str, most: int) -> list[str]:
    """``text`` in parts of at most ``most`` letters, parted at a space where there is one; joined they are ``text``."""
    parts = []
    while len(text) > most:
        end = text.rfind(" ", most // 2, most) + 1 or most
        parts.append(text[:end])
        text = text[end:]
    return [*parts, text]


class _Pen:
    """What writes the cells of one workbook. A look is set once and copied: openpyxl takes long to compare looks."""

    def __init__(self) -> None:
        self._made: dict[tuple[Look, bool, bool], Any] = {}

    def write(self, cell: Cell, value: Value, look: Look) -> None:
        """A text as text, whatever it looks like; numbers, dates, true and false as what they are."""
        is_date, quoted = isinstance(value, date), isinstance(value, str) and starts_a_formula(value)
        cell.value = legal(value) if isinstance(value, str) else value
        if isinstance(value, str):
            cell.data_type = "s"  # openpyxl takes "=…" for a formula and "#N/A" for an error
        key = look, is_date, quoted
        if key not in self._made:
            _dress(cell, look)
            cell.number_format = "yyyy-mm-dd" if is_date else "General"
            cell.quotePrefix = quoted
            self._made[key] = cell._style
        cell._style = copy(self._made[key])


def _dress(cell: Cell, look: Look) -> None:
    cell.font = Font(_FONT, look.size, bold=look.bold)
    cell.alignment = Alignment(look.across, look.down, wrap_text=look.wraps)
    side = _HAIR if look.sides else None
    cell.border = Border(side, side, _HAIR if look.top else None, _HAIR if look.bottom else None)


# --- the data ---------------------------------------------------------------------------------------------------


def _data(sheet: Worksheet, pen: _Pen, table: Tidy, rest: list[tuple[Value, ...]]) -> None:
    """One row a thing below the fields' names; what is too long for its cell is added to ``rest``."""
    for column, name in enumerate(table.fields, 1):
        pen.write(sheet.cell(1, column), name, _FIELD)
        sheet.column_dimensions[get_column_letter(column)].width = _data_width(table, column - 1)
    for row, values in enumerate(table.rows, 2):
        for column, value in enumerate(values, 1):
            shown = _shortened(value, (table.name, row, table.fields[column - 1]), rest)
            pen.write(sheet.cell(row, column), shown, _VALUE)
    _on_its_side(sheet)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.fields))}{len(table.rows) + 1}"


def _on_its_side(sheet: Worksheet) -> None:
    """Print on A4 pages as wide as the table."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


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


# --- the report -------------------------------------------------------------------------------------------------


@dataclass
class _Report:
    """The table as it is printed. ``row`` is the one written next."""

    sheet: Worksheet
    pen: _Pen
    content: Content
    widths: tuple[float, ...]
    draft: bool
    row: int = 1

    def draw(self) -> None:
        table = self.content.table
        for number, width in enumerate(self.widths, 1):
            self.sheet.column_dimensions[get_column_letter(number)].width = round(width, 2)
        for title in filter(None, (table.title, table.subtitle)):
            self._over_all(title, _TITLE)
        self._headings()
        for group in table.groups:
            if group.heading:
                self._over_all(group.heading, _GROUP)
            for measure in group.measures:
                self._measure(measure)
        self._page()

    def _over_all(self, text: str, look: Look) -> None:
        """A text over all columns, in as many rows as it needs."""
        last = len(self.widths)
        for piece in pieces(legal(text), _LONGEST_OVER_ALL):
            for column in range(1, last + 1):
                self.pen.write(self.sheet.cell(self.row, column), piece if column == 1 else None, look)
            if last > 1:
                self.sheet.merge_cells(start_row=self.row, start_column=1, end_row=self.row, end_column=last)
            self._height([(piece, _WIDTH)], look.size)

    def _height(self, texts: Iterable[tuple[str, float]], size: float = _SIZE) -> None:
        """Make the row high enough for ``texts``, each with its column's width, and go on to the next."""
        most = max(sum(_lines(line, width, size) for line in text.split("\n")) for text, width in texts)
        self.sheet.row_dimensions[self.row].height = most * size * _PITCH + 4
        self.row += 1

    def _headings(self) -> None:
        for number, column in enumerate(self.content.table.columns, 1):
            self.pen.write(self.sheet.cell(self.row, number), column.heading, _HEADING)
        self.sheet.print_title_rows = f"{self.row}:{self.row}"
        self.sheet.freeze_panes = f"A{self.row + 1}"
        headings = [column.heading for column in self.content.table.columns]
        self._height(zip(headings, self.widths, strict=True))

    def _measure(self, measure: Measure) -> None:
        """A row, or several where one would be higher than Excel's highest; only the last has a line below."""
        sources = [column.source for column in self.content.table.columns]
        cells = [columns.cell(measure, source, thai=self.content.thai_digits) for source in sources]
        parts = [list(_parts(cell, width)) for cell, width in zip(cells, self.widths, strict=True)]
        rows = list(zip_longest(*parts, fillvalue="")) or [("",) * len(sources)]
        for place, texts in enumerate(rows):
            for column, (text, source) in enumerate(zip(texts, sources, strict=True), 1):
                look = _CELL[place == 0, place == len(rows) - 1, source in columns.NUMBERS]
                self.pen.write(self.sheet.cell(self.row, column), text, look)
            self._height(zip(texts, self.widths, strict=True))

    def _page(self) -> None:
        sheet = self.sheet
        _on_its_side(sheet)
        margins = sheet.page_margins
        margins.left, margins.right, margins.top, margins.bottom = (cm / 2.54 for cm in (2, 2, 2.2, 1.5))
        margins.header = 1.2 / 2.54
        sheet.HeaderFooter.differentFirst = True
        sheet.oddHeader.center.text = "- &P -"
        if self.draft:
            sheet.oddHeader.right.text = sheet.firstHeader.right.text = "ฉบับร่าง"
        sheet.print_options.horizontalCentered = True
        sheet.sheet_view.showGridLines = False


def _parts(cell: Bullets, width: float) -> Iterator[str]:
    """The texts of a cell, one for each row that it needs; an entry longer than a row is parted at a space."""
    longest = max(1, int((_LINES_OF_A_ROW - 2) * _letters_in(width, _SIZE)))
    part: list[str] = []
    taken = 0
    for line in layout.lines(cell):
        text = "  " * line.depth + f"{line.marker} {line.text}".strip()
        for piece in pieces(legal(text), longest):
            needs = _lines(piece, width, _SIZE)
            if part and taken + needs > _LINES_OF_A_ROW:
                yield "\n".join(part)
                part, taken = [], 0
            part.append(piece)
            taken += needs
    if part:
        yield "\n".join(part)


def _lines(text: str, width: float, size: float) -> int:
    """About how many lines a text takes in a column of that width, in Excel's unit."""
    return ceil(letters(text) / _letters_in(width, size)) or 1


def _letters_in(width: float, size: float) -> float:
    return max(1.0, (width * _UNIT - _PADDING) / (size * LETTER))
