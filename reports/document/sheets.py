"""You come here for the pages of the table: rows set side by side in lines, whole where they fit, cut where they must.

A row longer than a page is cut between two steps or results, and goes on under its name; headings repeat. Lengths are
points from the upper left corner of an A4 page on its side.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate
from typing import ClassVar, Final

from measures.thai import thai_digits
from reports.content import Content, Group, Measure
from reports.document import layout
from reports.document.paragraphs import Face, Line, Setter
from reports.document.thai_text import dotted

_CM: Final = 72 / 2.54
_LEFT, _TOP, _BOTTOM = 2 * _CM, 2.2 * _CM, (21 - 1.5) * _CM
_MARGIN_TEXT_TOP: Final = 1.2 * _CM

# The same form is drawn for the screen by ``static/css/print.css``.
_COLUMNS: Final = tuple(width * _CM for width in (4.6, 6.9, 3.4, 3.6, 7.2))
_EDGES: Final = (0.0, *accumulate(_COLUMNS))
_WHOLE: Final = _EDGES[-1]
_RULE: Final = 0.6
_SIDE, _ABOVE, _ABOVE_HEADING = 5.3, 2.5, 4.0
_HANGS: Final = (0.0, 6.0, 11.5, 17.5, 22.0)
_DEEPER: Final = 8.0
_FEWEST: Final = 2  # lines of one step or result that may stand alone on a page

_BODY: Final = Face(14, 15.8)
_HEADING: Final = Face(14, 15.8, bold=True)
_TITLE: Final = Face(18, 20.4, bold=True)
_PAGE_NUMBER: Final = Face(16, 18.1)
_DRAFT: Final = Face(18, 18.1, bold=True)
_BELOW_TITLE: Final = 7.0

# The pieces of one printed line, each with its place from the edge of the column's text.
_Pieces = tuple[tuple[float, Line], ...]
_Entry = list[_Pieces]  # a paragraph: a name, a step, a result


@dataclass
class Sheet:
    """One page: its text with the place of each piece on its baseline, and its rules as boxes to be filled."""

    width: ClassVar = 29.7 * _CM
    height: ClassVar = 21 * _CM
    texts: list[tuple[Line, float, float]] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)


def sheets(content: Content, setter: Setter, *, draft: bool) -> list[Sheet]:
    """The pages of ``content``'s table, marked on each if it is a draft."""
    table = content.table
    pages = _Pages(setter, draft=draft)
    pages.title([table.title, table.subtitle])
    pages.column_headings(table.columns)
    for group in table.groups:
        pages.group(group)
    return pages.sheets


class _Pages:
    """Where the next thing will stand."""

    def __init__(self, setter: Setter, *, draft: bool) -> None:
        self.sheets: list[Sheet] = []
        self._setter = setter
        self._draft = draft
        self._headings: list[list[_Entry]] = []
        self._group: list[_Entry] = []
        self._new()

    def title(self, texts: list[str]) -> None:
        for text in texts:
            for line in self._setter.lines(text, _TITLE, _WHOLE):
                self._make_room(_TITLE.pitch)
                self._put(line, _LEFT + (_WHOLE - line.width) / 2, self._y, _TITLE)
                self._y += _TITLE.pitch
        self._y += _BELOW_TITLE

    def column_headings(self, texts: tuple[str, ...]) -> None:
        self._headings = [
            [_centred(self._setter.lines(text, _HEADING, _room(number)), _room(number))]
            for number, text in enumerate(texts)
        ]
        self._draw_headings()

    def group(self, group: Group) -> None:
        heading = f"{dotted(group.number)} {group.title}".strip() if group.title else ""
        width = _WHOLE - 2 * _SIDE - 2 * _RULE
        self._group = [_entry(self._setter.lines(heading, _HEADING, width))]
        self._group_drawn = not heading
        for measure in group.measures:
            self._row(measure)
        if not self._group_drawn:
            self._make_room(self._group_height())
            self._draw_group()

    def _row(self, measure: Measure) -> None:
        row = self._columns(measure)
        height = _height(row)
        if height > self._room_left() - self._group_height():
            if height <= self._room_of_a_page():
                self._new()
            else:
                self._long_row(measure, row)
                return
        self._draw_group()
        self._draw_row(row)

    def _long_row(self, measure: Measure, row: list[list[_Entry]]) -> None:
        full = _lines_in(self._room_of_a_page())
        part, rest = _cut(row, _lines_in(self._room_left() - self._group_height()), full)
        if any(column and not taken for column, taken in zip(row, part, strict=True)):
            self._new()  # too little room for a beginning of each column
            part, rest = _cut(row, full, full)
        while True:
            self._draw_group()
            self._draw_row(part)
            if not any(rest):
                return
            if not rest[0]:
                rest[0] = self._name(f"{measure.number} {measure.title} (ต่อ)", f"{measure.number} (ต่อ)", full)
            self._new()
            part, rest = _cut(rest, full, full)

    def _name(self, text: str, short: str, full: int) -> list[_Entry]:
        """The name of a row that goes on: in short if it would take half the page again."""
        lines = self._setter.lines(text, _BODY, _room(0))
        return [_entry(lines if len(lines) <= full / 2 else self._setter.lines(short, _BODY, _room(0)))]

    def _columns(self, measure: Measure) -> list[list[_Entry]]:
        texts = (f"{measure.number} {measure.title}", layout.units(measure), measure.due_text)
        name, units, due = (
            [_entry(self._setter.lines(text, _BODY, _room(column)))] if text.strip() else []
            for column, text in zip((0, 2, 3), texts, strict=True)
        )
        steps = [self._listed(line, _room(1)) for line in layout.step_lines(measure)]
        results = [self._listed(line, _room(4)) for line in layout.lines(measure.results)]
        return [name, steps, units, due, results]

    def _listed(self, line: layout.Line, room: float) -> _Entry:
        """A step or result, hanging behind its marker."""
        edge = line.depth * _DEEPER
        hang = _HANGS[line.width]
        marker = self._setter.lines(line.marker, _BODY)
        beyond = max(0.0, marker[0].width - hang) if marker else 0.0
        set_lines = self._setter.lines(line.text, _BODY, room - edge - hang, beyond)
        entry: _Entry = [((edge + hang, piece),) for piece in set_lines]
        if marker and entry:
            entry[0] = ((edge, marker[0]), (edge + hang + beyond, set_lines[0]))
        elif marker:
            entry = [((edge, marker[0]),)]
        return entry

    def _draw_headings(self) -> None:
        if self._headings:
            self._sheet.rules.append((_LEFT, self._y, _WHOLE, _RULE))
            self._y += _RULE
            self._draw_cells(self._headings, _ABOVE_HEADING, _HEADING, middle=True)

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
            y = self._y + above + ((most - _count(column)) * face.pitch / 2 if middle else 0)
            x = _LEFT + _EDGES[number] + _SIDE + (_RULE if number == 0 else 0)
            for pieces in (pieces for entry in column for pieces in entry):
                for inset, line in pieces:
                    self._put(line, x + inset, y, face)
                y += face.pitch
            edge = _EDGES[number + 1] if len(row) > 1 else _WHOLE
            self._sheet.rules.append((_LEFT + edge - _RULE, self._y, _RULE, height))
        self._sheet.rules.append((_LEFT, self._y, _RULE, height))
        self._sheet.rules.append((_LEFT, self._y + height - _RULE, _WHOLE, _RULE))
        self._y += height

    def _put(self, line: Line, x: float, top: float, face: Face) -> None:
        self._sheet.texts.append((line, x, top + self._setter.baseline(face)))

    def _group_height(self) -> float:
        return 0 if self._group_drawn else _height([self._group])

    def _room_left(self) -> float:
        return _BOTTOM - self._y

    def _room_of_a_page(self) -> float:
        """What a row may take on a page of its own, below the headings."""
        headings = _most_lines(self._headings) * _HEADING.pitch + 2 * _ABOVE_HEADING + 2 * _RULE
        group = _height([self._group]) if _count(self._group) else 0
        return _BOTTOM - _TOP - headings - group

    def _make_room(self, height: float) -> None:
        if height > self._room_left():
            self._new()

    def _new(self) -> None:
        self._sheet = Sheet()
        self.sheets.append(self._sheet)
        self._y = _TOP
        if len(self.sheets) > 1:
            (number,) = self._setter.lines(f"- {thai_digits(len(self.sheets))} -", _PAGE_NUMBER)
            self._put(number, _LEFT + (_WHOLE - number.width) / 2, _MARGIN_TEXT_TOP, _PAGE_NUMBER)
        if self._draft:
            (mark,) = self._setter.lines("ฉบับร่าง", _DRAFT)
            self._put(mark, _LEFT + _WHOLE - mark.width, _MARGIN_TEXT_TOP, _DRAFT)
        self._draw_headings()
        self._group_drawn = not _count(self._group)


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
    return int((room - 2 * _ABOVE - _RULE) / _BODY.pitch + 1e-6)


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
