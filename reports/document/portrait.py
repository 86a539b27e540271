"""You come here for the memorandum's page: its margins, its faces, what stands at its head.

The measures are those of the official form.
"""

from __future__ import annotations

from typing import Final

from reports.content import Content
from reports.document.paragraphs import Face, Line, Setter
from reports.document.sheet import CM, Pages
from reports.document.structure import Element

BODY: Final = Face(16, 18.1)
BOLD: Final = Face(16, 18.1, bold=True)
SMALL: Final = Face(13, 14.7)
_RUNNING: Final = Face(14, 18.1)

HALF: Final = 8 * CM
"""Of the text's width: a column of signatures, and where the date begins."""

BETWEEN: Final = 16.0
"""Between two rows of signatures."""


class Portrait(Pages):
    """Where the memorandum's next line will stand."""

    size = 21 * CM, 29.7 * CM
    left, width = 3 * CM, 16 * CM
    bottom = (29.7 - 2) * CM
    number_top = 1.4 * CM

    def __init__(self, content: Content, setter: Setter, structure: Element, *, draft: bool) -> None:
        self.top = content.top_mm / 10 * CM
        self._running: list[Line] = []
        self._running_element: Element | None = None
        super().__init__(setter, structure, draft=draft, thai=content.thai_digits)

    def turn(self) -> None:
        if self.sheets:
            self.top = 3 * CM
        super().turn()
        if self._running:
            for line in self._running:
                self.put(line, self.left, self.y, _RUNNING, element=self._running_element)
                self.y += _RUNNING.pitch
            self.top = self.y = self.y + BETWEEN
            self._running_element = None  # read aloud once

    def draft_top(self) -> float:
        return self.number_top if len(self.sheets) > 1 else 0.7 * CM

    def turn_under(self, text: str) -> None:
        """Begin a page that has ``text`` at its head, as has every page after it."""
        self._running = self.setter.lines(text, _RUNNING, self.width)
        self._running_element = self.structure.add("P")
        self.turn()
