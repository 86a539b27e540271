"""You come here for how a row that is longer than a page is cut: between steps or results, as a typist would."""

from __future__ import annotations

from typing import Final

from reports.document.table.cells import Cell, Entry

FEWEST: Final = 2
"""Lines of one step or result that may stand alone on a page."""

Portion = tuple[Entry, int, int]
"""Some lines of an entry: from the first to before the last."""


def whole(cell: Cell) -> list[Portion]:
    """All of a cell."""
    return [(entry, 0, len(entry)) for entry in cell]


class Rest:
    """What of a cell is still to be set; true while there is any."""

    def __init__(self, cell: Cell) -> None:
        self._cell = cell
        self._entry = 0
        self._line = 0

    def __bool__(self) -> bool:
        return self._entry < len(self._cell)

    def take(self, lines: int, full: int) -> list[Portion]:
        """What stands in the next ``lines``; ``full`` is how many a page has. A full page takes at least one."""
        taken: list[Portion] = []
        left = lines
        while self and left > 0:
            portion = self._next(left, full, alone=not taken and lines >= full)
            if portion is None:
                break
            taken.append(portion)
            left -= portion[2] - portion[1]
        return self._without_leaders(taken)

    def _next(self, lines: int, full: int, *, alone: bool) -> Portion | None:
        """The next entry if it fits, or what fits of one that is longer than a page."""
        entry, start = self._cell[self._entry], self._line
        left = len(entry) - start
        if left <= lines:
            self._entry, self._line = self._entry + 1, 0
            return entry, start, len(entry)
        fit = min(lines, left - FEWEST) if left > full else 0
        if fit < FEWEST:
            fit = lines if alone else 0
        self._line += fit
        return (entry, start, self._line) if fit else None

    def _without_leaders(self, taken: list[Portion]) -> list[Portion]:
        """``taken`` without an entry at its end whose items would all stand on the next page."""
        while len(taken) > 1 and self and self._line == 0:
            entry, start, _ = taken[-1]
            if start or self._cell[self._entry].depth <= entry.depth:
                break
            taken.pop()
            self._entry -= 1
        return taken
