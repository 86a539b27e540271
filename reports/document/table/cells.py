"""You come here for what stands in a cell: its paragraphs and lists as lines, and as elements that are read aloud."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from measures.bullets import Bullets
from reports.columns import NUMBERS
from reports.document import layout
from reports.document.paragraphs import Face, Line, Setter
from reports.document.structure import Element
from reports.document.table.form import Form

_WIDEST_MARKER: Final = 1 / 3  # of its column; what is wider is no marker, whatever it is


@dataclass(frozen=True)
class Entry:
    """A paragraph of a cell, a step, a result: its lines, behind a marker or centred in ``room``.

    ``edge`` is where the marker stands, ``first`` and ``hang`` where the first line and the others begin, all from the
    edge of the column's text.
    """

    lines: list[Line]
    element: Element | None = None
    marker: Line | None = None
    label: Element | None = None
    edge: float = 0
    first: float = 0
    hang: float = 0
    room: float = 0
    depth: int = 0

    def __len__(self) -> int:
        return len(self.lines) or (1 if self.marker else 0)

    def begins(self, number: int) -> float:
        """Where a line begins."""
        if self.room:
            return (self.room - self.lines[number].width) / 2
        return self.hang if number else self.first


Cell = list[Entry]


def count(cell: Cell) -> int:
    """How many lines a cell has."""
    return sum(map(len, cell))


class CellSetter:
    """Sets the cells of one table."""

    def __init__(self, setter: Setter, form: Form) -> None:
        self._setter = setter
        self._form = form

    def plain(self, text: str, face: Face, width: float, element: Element | None = None) -> Cell:
        """One paragraph; no entry where there is no text."""
        lines = self._setter.lines(text, face, width)
        return [Entry(lines, element)] if lines else []

    def heading(self, text: str, column: int, element: Element) -> Cell:
        """A column's heading."""
        room = self._form.room(column)
        lines = self._setter.lines(text, self._form.heading, room)
        return [Entry(lines, element, room=room)] if lines else []

    def listed(self, bullets: Bullets, column: int, cell: Element) -> Cell:
        """A measure's cell of a column, its paragraphs and lists below the element ``cell``."""
        room, source = self._form.room(column), self._form.sources[column]
        entries: Cell = []
        for line, label, element in _elements(bullets, cell):
            if source in NUMBERS and not line.marker:
                lines = self._setter.lines(line.text, self._form.body, room)
                entries.append(Entry(lines, element, room=room))
            else:
                entries.append(self._entry(line, room, label, element))
        return [entry for entry in entries if len(entry)]

    def _entry(self, line: layout.Line, room: float, label: Element | None, element: Element) -> Entry:
        """A step or result, hanging behind its marker."""
        face, scale, depth = self._form.body, self._form.scale, line.depth
        edge = min(depth, layout.DEEPEST) * layout.DEEPER * scale
        marker = self._setter.lines(line.marker, face)
        if not marker:
            hang = edge + layout.HANGS[line.width] * scale
            lines = self._setter.lines(line.text, face, room - hang)
            return Entry(lines, element, first=hang, hang=hang, depth=depth)
        if marker[0].width > room * _WIDEST_MARKER:
            return Entry(self._setter.lines(f"{line.marker} {line.text}", face, room), element, depth=depth)
        hang = edge + layout.HANGS[line.width] * scale
        first = max(hang, edge + marker[0].width)
        lines = self._setter.lines(line.text, face, room - hang, first - hang)
        return Entry(lines, element, marker[0], label, edge, first, hang, depth=depth)


def _elements(bullets: Bullets, cell: Element) -> Iterator[tuple[layout.Line, Element | None, Element]]:
    """The lines of a cell, each with the elements of its marker and of its text."""
    lines = list(layout.lines(bullets))
    depths = [line.depth for line in lines[1:]] + [0]
    holders = [cell]  # by depth: what the entries of that depth stand in
    lists: list[Element | None] = []  # by depth: the list that goes on
    for line, following in zip(lines, depths, strict=False):
        holder = holders[line.depth]
        del holders[line.depth + 1 :], lists[line.depth + 1 :]
        lists += [None] * (line.depth + 1 - len(lists))
        if not line.marker:
            lists[line.depth] = None
            holders.append(holder)
            yield line, None, holder.add("P")
            continue
        numbering = "Decimal" if any(letter.isalnum() for letter in line.marker) else "Disc"
        going_on = lists[line.depth]
        if going_on is None or going_on.numbering != numbering:
            going_on = lists[line.depth] = holder.add("L", numbering=numbering)
        item = going_on.add("LI")
        label, body = item.add("Lbl"), item.add("LBody")
        holders.append(body)
        yield line, label, body.add("P") if following > line.depth else body
