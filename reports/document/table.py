"""You come here for the pages of the table: rows set side by side in lines, whole where they fit, cut where they must.

A row longer than a page is cut between two steps or results, and goes on under its name; headings repeat. Lengths are
points from the upper left corner of an A4 page on its side.
"""

from __future__ import annotations

from itertools import accumulate
from typing import Final

from measures.numbering import dotted
from reports import columns
from reports.content import Content, Group, Measure
from reports.document import layout
from reports.document.paragraphs import Face, Line, Setter
from reports.document.sheet import CM, Pages, Sheet
from reports.document.structure import Element

_WIDTH, _HEIGHT = 29.7 * CM, 21 * CM
_LEFT, _TOP, _BOTTOM = 2 * CM, 2.2 * CM, _HEIGHT - 1.5 * CM

# The same form is drawn for the screen by ``static/css/print.css``.
_COLUMNS: Final = tuple(width * CM for width in (4.6, 6.9, 3.4, 3.6, 7.2))
_EDGES: Final = (0.0, *accumulate(_COLUMNS))
_WHOLE: Final = _EDGES[-1]
_RULE: Final = 0.6
_SIDE, _ABOVE, _ABOVE_HEADING = 5.3, 2.5, 4.0
_HANGS: Final = (0.0, 6.0, 11.5, 17.5, 22.0)
_DEEPER, _DEEPEST = 8.0, 4
_FEWEST: Final = 2  # lines of one step or result that may stand alone on a page

_LONGEST_REPEATED: Final = 8  # lines of a heading

_BODY: Final = Face(14, 15.8)
_HEADING: Final = Face(14, 15.8, bold=True)
_TITLE: Final = Face(18, 20.4, bold=True)
_BELOW_TITLE: Final = 7.0

# The pieces of one printed line, each with its place from the edge of the column's text.
_Pieces = tuple[tuple[float, Line], ...]
_Entry = list[_Pieces]  # a paragraph: a name, a step, a result


def sheets(content: Content, setter: Setter, structure: Element, *, draft: bool) -> list[Sheet]:
    """The pages of ``content``'s table, marked on each if it is a draft."""
    table = content.table
    pages = _Table(setter, structure, draft=draft, thai=content.thai_digits)
    pages.title([table.title, table.subtitle])
    pages.column_headings(tuple(column.heading for column in table.columns))
    for group in table.groups:
        pages.group(group)
    return pages.sheets


class _Table(Pages):
    """Where the next row will stand."""

    size = _WIDTH, _HEIGHT
    left, width = _LEFT, _WHOLE
    top, bottom = _TOP, _BOTTOM
    number_top = 1.2 * CM

    def __init__(self, setter: Setter, structure: Element, *, draft: bool, thai: bool) -> None:
        self._begun = False
        self._headings: list[list[_Entry]] = []
        self._group: list[_Entry] = []
        super().__init__(setter, structure, draft=draft, thai=thai)

    def turn(self) -> None:
        super().turn()
        self._draw_headings()
        self._group_drawn = not _count(self._group)

    def title(self, texts: list[str]) -> None:
        for text in texts:
            for line in self.setter.lines(text, _TITLE, _WHOLE):
                self.make_room(_TITLE.pitch)
                self.put_centred(line, _LEFT, _WHOLE, self.y, _TITLE)
                self.y += _TITLE.pitch
        self.y += _BELOW_TITLE

    def column_headings(self, texts: tuple[str, ...]) -> None:
        row = [
            [_centred(self.setter.lines(text, _HEADING, _room(number)), _room(number))]
            for number, text in enumerate(texts)
        ]
        self._begun = True
        if _most_lines(row) <= _LONGEST_REPEATED:
            self._headings = row
            self._draw_headings()
        else:
            self._rule()
            self._draw_once(row)

    def group(self, group: Group) -> None:
        heading = f"{dotted(group.number)} {group.title}".strip() if group.title else ""
        width = _WHOLE - 2 * _SIDE - 2 * _RULE
        lines = self.setter.lines(heading, _HEADING, width)
        self._group = [_entry(lines)] if len(lines) <= _LONGEST_REPEATED else []
        self._group_drawn = not _count(self._group)
        if lines and self._group_drawn:
            self._draw_once([[_entry(lines)]])
        for measure in group.measures:
            self._row(measure)
        if not self._group_drawn:
            self.make_room(self._group_height())
            self._draw_group()

    def _draw_once(self, row: list[list[_Entry]]) -> None:
        """Headings that are too long to be repeated on each page."""
        while any(row):
            self.make_room(_FEWEST * _HEADING.pitch + 2 * _ABOVE + _RULE)
            part, row = _cut(row, _lines_in(self.room()), 0)
            self._draw_cells(part, _ABOVE, _HEADING)

    def _row(self, measure: Measure) -> None:
        row = self._columns(measure)
        height = _height(row)
        if height > self.room() - self._group_height():
            if height <= self._room_of_a_page():
                self.turn()
            else:
                self._long_row(measure, row)
                return
        self._draw_group()
        self._draw_row(row)

    def _long_row(self, measure: Measure, row: list[list[_Entry]]) -> None:
        full = _lines_in(self._room_of_a_page())
        part, rest = _cut(row, _lines_in(self.room() - self._group_height()), full)
        if any(column and not taken for column, taken in zip(row, part, strict=True)):
            self.turn()  # too little room for a beginning of each column
            part, rest = _cut(row, full, full)
        while True:
            self._draw_group()
            self._draw_row(part)
            if not any(rest):
                return
            if not rest[0]:
                rest[0] = self._name(f"{measure.number} {measure.title} (ต่อ)", f"{measure.number} (ต่อ)", full)
            self.turn()
            part, rest = _cut(rest, full, full)

    def _name(self, text: str, short: str, full: int) -> list[_Entry]:
        """The name of a row that goes on: in short if it would take half the page again."""
        lines = self.setter.lines(text, _BODY, _room(0))
        return [_entry(lines if len(lines) <= full / 2 else self.setter.lines(short, _BODY, _room(0)))]

    def _columns(self, measure: Measure) -> list[list[_Entry]]:
        texts = (f"{measure.number} {measure.title}", columns.units(measure), measure.due_text)
        name, units, due = (
            [_entry(self.setter.lines(text, _BODY, _room(column)))] if text.strip() else []
            for column, text in zip((0, 2, 3), texts, strict=True)
        )
        steps = [self._listed(line, _room(1)) for line in layout.step_lines(measure)]
        results = [self._listed(line, _room(4)) for line in layout.lines(measure.results)]
        return [name, steps, units, due, results]

    def _listed(self, line: layout.Line, room: float) -> _Entry:
        """A step or result, hanging behind its marker."""
        edge = min(line.depth, _DEEPEST) * _DEEPER
        hang = _HANGS[line.width]
        marker = self.setter.lines(line.marker, _BODY)
        if marker and marker[0].width > room / 3:  # no marker, whatever it is
            return _entry(self.setter.lines(f"{line.marker} {line.text}", _BODY, room))
        beyond = max(0.0, marker[0].width - hang) if marker else 0.0
        set_lines = self.setter.lines(line.text, _BODY, room - edge - hang, beyond)
        if not marker:
            return [((edge + hang, piece),) for piece in set_lines]
        first = tuple((edge + hang + beyond, piece) for piece in set_lines[:1])
        return [((edge, marker[0]), *first), *(((edge + hang, piece),) for piece in set_lines[1:])]

    def _draw_headings(self) -> None:
        if self._begun:
            self._rule()
        if self._headings:
            self._draw_cells(self._headings, _ABOVE_HEADING, _HEADING, middle=True)

    def _rule(self) -> None:
        self.sheet.rules.append((_LEFT, self.y, _WHOLE, _RULE))
        self.y += _RULE

    def _draw_group(self) -> None:
        if not self._group_drawn:
            self._draw_cells([self._group], _ABOVE, _HEADING)
            self._group_drawn = True

    def _draw_row(self, row: list[list[_Entry]]) -> None:
        self._draw_cells(row, _ABOVE, _BODY)

    def _draw_cells(self, row: list[list[_Entry]], above: float, face: Face, *, middle: bool = False) -> None:
        """Cells of one height, one a column or one over all of them, with their rules at the right and below."""
        most = _most_lines(row)
        height = most * face.pitch + 2 * above + _RULE
        for number, column in enumerate(row):
            y = self.y + above + ((most - _count(column)) * face.pitch / 2 if middle else 0)
            x = _LEFT + _EDGES[number] + _SIDE + (_RULE if number == 0 else 0)
            for pieces in (pieces for entry in column for pieces in entry):
                for inset, line in pieces:
                    self.put(line, x + inset, y, face)
                y += face.pitch
            edge = _EDGES[number + 1] if len(row) > 1 else _WHOLE
            self.sheet.rules.append((_LEFT + edge - _RULE, self.y, _RULE, height))
        self.sheet.rules.append((_LEFT, self.y, _RULE, height))
        self.sheet.rules.append((_LEFT, self.y + height - _RULE, _WHOLE, _RULE))
        self.y += height

    def _group_height(self) -> float:
        return 0 if self._group_drawn else _height([self._group])

    def _room_of_a_page(self) -> float:
        """What a row may take on a page of its own, below the headings."""
        headings = _most_lines(self._headings) * _HEADING.pitch + 2 * _ABOVE_HEADING + 2 * _RULE
        group = _height([self._group]) if _count(self._group) else 0
        return _BOTTOM - _TOP - headings - group


def _room(column: int) -> float:
    """How wide text may run in a column."""
    return _COLUMNS[column] - 2 * _SIDE - _RULE * (2 if column == 0 else 1)


def _entry(lines: list[Line]) -> _Entry:
    return [((0.0, line),) for line in lines]


def _centred(lines: list[Line], room: float) -> _Entry:
    return [(((room - line.width) / 2, line),) for line in lines]


def _count(column: list[_Entry]) -> int:
    return sum(map(len, column))


def _most_lines(row: list[list[_Entry]]) -> int:
    return max(map(_count, row), default=0)


def _height(row: list[list[_Entry]]) -> float:
    return _most_lines(row) * _BODY.pitch + 2 * _ABOVE + _RULE


def _lines_in(room: float) -> int:
    return max(0, int((room - 2 * _ABOVE - _RULE) / _BODY.pitch + 1e-6))


def _cut(row: list[list[_Entry]], lines: int, full: int) -> tuple[list[list[_Entry]], list[list[_Entry]]]:
    """What of each column stands in ``lines``, and what is left; ``full`` is how many a whole page has."""
    halves = [_cut_column(column, lines, full) for column in row]
    return [part for part, _ in halves], [rest for _, rest in halves]


def _cut_column(column: list[_Entry], lines: int, full: int) -> tuple[list[_Entry], list[_Entry]]:
    for place, entry in enumerate(column):
        if len(entry) > lines:
            if len(entry) > full and lines >= _FEWEST:
                return [*column[:place], entry[:lines]], [entry[lines:], *column[place + 1 :]]
            return column[:place], column[place:]
        lines -= len(entry)
    return column, []
