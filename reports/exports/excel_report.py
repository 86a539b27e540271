"""You come here for the workbook's first sheet: the table laid out as it is printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from math import ceil
from typing import Final

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from measures.bullets import Bullets
from measures.safe_text import legal
from reports import columns
from reports.content import REHEARSAL, Content, Measure
from reports.document import layout
from reports.exports.excel_sheet import SIZE, Look, Pen, on_its_side, pieces
from reports.exports.printed import LETTER, letters

WIDTH: Final = 134.0
"""Of all columns, in Excel's unit: an A4 page on its side."""

_UNIT: Final = 5.25  # points in Excel's unit of width
_PADDING: Final = 6.0
_PITCH: Final = 1.3  # of a line of TH Sarabun New, in parts of the letters' size
_LINES_OF_A_ROW: Final = 21  # Excel makes no row higher than 409 points
_LONGEST_OVER_ALL: Final = 1500  # letters in a row over all columns

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


@dataclass
class ReportSheet:
    """The table as it is printed. ``row`` is the one written next."""

    sheet: Worksheet
    pen: Pen
    content: Content
    widths: tuple[float, ...]
    draft: bool
    row: int = 1

    def draw(self) -> None:
        table = self.content.table
        for number, width in enumerate(self.widths, 1):
            self.sheet.column_dimensions[get_column_letter(number)].width = round(width, 2)
        if self.content.is_rehearsal:
            self._over_all(REHEARSAL, _TITLE)
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
            self._height([(piece, WIDTH)], look.size)

    def _height(self, texts: Iterable[tuple[str, float]], size: float = SIZE) -> None:
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
        on_its_side(sheet)
        margins = sheet.page_margins
        margins.left, margins.right, margins.top, margins.bottom = (cm / 2.54 for cm in (2, 2, 2.2, 1.5))
        margins.header = 1.2 / 2.54
        sheet.HeaderFooter.differentFirst = True
        sheet.oddHeader.center.text = "- &P -"
        if self.draft:
            sheet.oddHeader.right.text = sheet.firstHeader.right.text = "ฉบับร่าง"
        if self.content.is_rehearsal:
            sheet.oddHeader.left.text = sheet.firstHeader.left.text = REHEARSAL
        sheet.print_options.horizontalCentered = True
        sheet.sheet_view.showGridLines = False


def _parts(cell: Bullets, width: float) -> Iterator[str]:
    """The texts of a cell, one for each row that it needs; an entry longer than a row is parted at a space."""
    longest = max(1, int((_LINES_OF_A_ROW - 2) * _letters_in(width, SIZE)))
    part: list[str] = []
    taken = 0
    for line in layout.lines(cell):
        text = "  " * line.depth + f"{line.marker} {line.text}".strip()
        for piece in pieces(legal(text), longest):
            needs = _lines(piece, width, SIZE)
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
