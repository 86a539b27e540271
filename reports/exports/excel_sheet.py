"""You come here for how a cell of the workbook looks and is written: text as text, whatever it looks like."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

from measures.safe_text import legal, starts_a_formula
from reports.exports.rows import Value

SIZE: Final = 14
"""Of a letter of the report, in points."""

_FONT: Final = "TH Sarabun New"
_HAIR: Final = Side("thin")


@dataclass(frozen=True, eq=False)
class Look:
    """How a cell looks; kept as constants, each is itself."""

    bold: bool = False
    size: int = SIZE
    across: str = "left"
    down: str = "top"
    wraps: bool = True
    top: bool = False
    bottom: bool = False
    sides: bool = False


def pieces(text: str, most: int) -> list[str]:
    """``text`` in parts of at most ``most`` letters, parted at a space where there is one; joined they are ``text``."""
    parts = []
    while len(text) > most:
        end = text.rfind(" ", most // 2, most) + 1 or most
        parts.append(text[:end])
        text = text[end:]
    return [*parts, text]


class Pen:
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


def on_its_side(sheet: Worksheet) -> None:
    """Print on A4 pages as wide as the table."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _dress(cell: Cell, look: Look) -> None:
    cell.font = Font(_FONT, look.size, bold=look.bold)
    cell.alignment = Alignment(look.across, look.down, wrap_text=look.wraps)
    side = _HAIR if look.sides else None
    cell.border = Border(side, side, _HAIR if look.top else None, _HAIR if look.bottom else None)
