"""You come here for the table's fixed measures: its columns, faces, rules and the space around its text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

from reports.document.paragraphs import Face
from reports.document.sheet import CM

WHOLE: Final = 25.7 * CM
RULE: Final = 0.6
SIDE: Final = 5.3
"""Between a rule and the text; with less than 5 pdftotext takes two columns for one."""
ABOVE, ABOVE_HEADING = 2.5, 4.0
FULL_SIZE: Final = 14
_PITCH: Final = 15.8 / FULL_SIZE  # of a line, by points


@dataclass(frozen=True)
class Form:
    """What each column holds, how wide it is, and how large the letters of all are."""

    sources: tuple[str, ...]
    widths: tuple[float, ...]
    points: int = FULL_SIZE

    @cached_property
    def body(self) -> Face:
        return Face(self.points, self.pitch)

    @cached_property
    def heading(self) -> Face:
        return Face(self.points, self.pitch, bold=True)

    @cached_property
    def pitch(self) -> float:
        return round(self.points * _PITCH, 1)

    @cached_property
    def edges(self) -> tuple[float, ...]:
        """Where each column begins, and where the last ends."""
        return (0.0, *accumulate(self.widths))

    @property
    def scale(self) -> float:
        """By how much its letters are smaller than the usual ones."""
        return self.points / FULL_SIZE

    def room(self, column: int) -> float:
        """How wide text may run in a column."""
        return self.widths[column] - 2 * SIDE - RULE * (2 if column == 0 else 1)

    def height(self, lines: int) -> float:
        """How high a row of so many lines is."""
        return lines * self.pitch + 2 * ABOVE + RULE

    def lines_in(self, room: float) -> int:
        """How many lines a row of that height has."""
        return max(0, int((room - 2 * ABOVE - RULE) / self.pitch + 1e-6))
