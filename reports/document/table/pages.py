"""You come here for where each row of the table stands, and what repeats on the next page."""

from __future__ import annotations

from typing import Final

from reports import columns
from reports.content import Group, Measure
from reports.document.paragraphs import Face, Setter
from reports.document.sheet import CM, Pages
from reports.document.structure import Element
from reports.document.table.cells import Cell, CellSetter, Entry, count
from reports.document.table.form import ABOVE, ABOVE_HEADING, RULE, SIDE, WHOLE, Form
from reports.document.table.parts import FEWEST, Portion, Rest, whole

_WIDTH, _HEIGHT = 29.7 * CM, 21 * CM
_LEFT, _TOP, _BOTTOM = 2 * CM, 2.2 * CM, _HEIGHT - 1.5 * CM

_TITLE: Final = Face(18, 20.4, bold=True)
_BELOW_TITLE: Final = 7.0
_LONGEST_REPEATED, _LONGEST_GROUP = 12, 6  # lines of a heading
_FEWEST_BEGUN: Final = 4  # lines of a row that cannot stand whole on a page

_Row = list[Cell]


class TablePages(Pages):
    """Where the next row will stand."""

    size = _WIDTH, _HEIGHT
    left, width = _LEFT, WHOLE
    top, bottom = _TOP, _BOTTOM
    number_top = 1.2 * CM

    def __init__(self, setter: Setter, structure: Element, form: Form, *, draft: bool, thai: bool) -> None:
        self._form = form
        self._cells = CellSetter(setter, form)
        self._begun = False
        self._headings: _Row = []
        self._headers: list[Element] = []  # of the columns
        self._group: Cell = []
        self._group_header: tuple[Element, ...] = ()
        self._group_aloud = False
        self._digits_thai = thai
        super().__init__(setter, structure, draft=draft, thai=thai)

    def turn(self) -> None:
        super().turn()
        self._draw_headings()
        self._group_drawn = not self._group

    def title(self, title: str, subtitle: str) -> None:
        """The lines above the table."""
        for role, text in (("H1", title), ("P", subtitle)):
            lines = self.setter.lines(text, _TITLE, WHOLE)
            element = self.structure.add(role) if lines else None
            for line in lines:
                self.make_room(_TITLE.pitch)
                self.put_centred(line, _LEFT, WHOLE, self.y, _TITLE, element)
                self.y += _TITLE.pitch
        self.y += _BELOW_TITLE

    def column_headings(self, texts: tuple[str, ...]) -> None:
        """The first row; what comes after it begins on each page below it."""
        self._table = self.structure.add("Table")
        element = self._table.add("TR")
        self._headers = [element.add("TH", scope="Column") for _ in texts]
        row = [
            self._cells.heading(text, number, header)
            for number, (text, header) in enumerate(zip(texts, self._headers, strict=True))
        ]
        self._begun = True
        if _most_lines(row) <= _LONGEST_REPEATED:
            self.make_room(self._headings_height(row))
            self._headings = row
            self._draw_headings(aloud=True)
        else:
            self._rule()
            self._draw_once(row)

    def group(self, group: Group) -> None:
        """A heading over its measures, and these."""
        self._begin_group(group.heading)
        for measure in group.measures:
            self._row(measure)
        if not self._group_drawn:
            self.make_room(self._group_height())
            self._draw_group()

    def _begin_group(self, heading: str) -> None:
        width = WHOLE - 2 * SIDE - 2 * RULE
        self._group, self._group_header, self._group_drawn = [], (), True
        if not self.setter.lines(heading, self._form.heading, width):
            return
        # Its scope is no column, or a reader that goes up from a cell would stop here and miss the column's heading.
        header = self._table.add("TR").add("TH", scope="Row", columns=len(self._headers))
        self._group_header = (header,)
        entries = self._cells.plain(heading, self._form.heading, width, header)
        if count(entries) <= _LONGEST_GROUP:
            self._group, self._group_drawn, self._group_aloud = entries, False, True
        else:
            self._draw_once([entries])

    def _draw_once(self, row: _Row) -> None:
        """Headings that are too long to be repeated on each page."""
        rests = [Rest(cell) for cell in row]
        while any(rests):
            self.make_room(self._form.height(FEWEST))
            lines = self._form.lines_in(self.room())
            self._draw_cells([rest.take(lines, 0) for rest in rests], ABOVE, self._form.heading)

    def _row(self, measure: Measure) -> None:
        row = self._set(measure)
        height = self._form.height(_most_lines(row))
        if height > self.room() - self._group_height():
            if height > self._room_of_a_page():
                self._long_row(measure, row)
                return
            self.turn()
        self._draw_group()
        self._draw_row([whole(cell) for cell in row])

    def _set(self, measure: Measure) -> _Row:
        """The cells of a row, each linked to its column's heading, its group's and its measure's name."""
        element, sources = self._table.add("TR"), self._form.sources
        named = self._named()
        cells = [
            element.add("TH", scope="Row") if number == named else element.add("TD")
            for number in range(len(sources))
        ]
        name = () if named is None else (cells[named],)
        for number, (cell, header) in enumerate(zip(cells, self._headers, strict=True)):
            cell.headers = header, *self._group_header, *(() if number == named else name)
        return [
            self._cells.listed(columns.cell(measure, source, thai=self._digits_thai), number, cells[number])
            for number, source in enumerate(sources)
        ]

    def _named(self) -> int | None:
        """The column that tells which measure a row is about."""
        return self._form.sources.index("measure") if "measure" in self._form.sources else None

    def _long_row(self, measure: Measure, row: _Row) -> None:
        full = self._form.lines_in(self._room_of_a_page())
        lines = self._form.lines_in(self.room() - self._group_height())
        rests = [Rest(cell) for cell in row]
        part = [rest.take(lines, full) for rest in rests]
        if lines < _FEWEST_BEGUN or any(cell and not taken for cell, taken in zip(row, part, strict=True)):
            self.turn()  # too little room for a beginning of each column
            rests = [Rest(cell) for cell in row]
            part = [rest.take(full, full) for rest in rests]
        while True:
            self._draw_group()
            self._draw_row(part)
            if not any(rests):
                return
            self.turn()
            part = self._continued(measure, rests, full)

    def _continued(self, measure: Measure, rests: list[Rest], full: int) -> list[list[Portion]]:
        """What a further page takes of a row, below a name that says which it is."""
        named = self._named() or 0
        name = self._name(measure, full, goes_on=bool(rests[named]))
        lines = full - len(name)
        return [
            [*whole([name]), *rest.take(lines, lines)] if number == named else rest.take(full, full)
            for number, rest in enumerate(rests)
        ]

    def _name(self, measure: Measure, full: int, *, goes_on: bool) -> Entry:
        """The name of a row that goes on: in short if it goes on itself or would take half the page again."""
        named = self._named()
        room = self._form.room(named or 0)
        number = measure.number if named is not None else ""
        short = self.setter.lines(f"{number} (ต่อ)", self._form.body, room)
        if named is not None and not goes_on:
            lines = self.setter.lines(f"{number} {measure.title} (ต่อ)", self._form.body, room)
            return Entry(lines if len(lines) <= full / 2 else short[: full // 2])
        return Entry(short[: full // 2])

    def _draw_headings(self, *, aloud: bool = False) -> None:
        if self._begun:
            self._rule()
        if self._headings:
            cells = [whole(cell) for cell in self._headings]
            self._draw_cells(cells, ABOVE_HEADING, self._form.heading, middle=True, aloud=aloud)

    def _rule(self) -> None:
        self.sheet.rules.append((_LEFT, self.y, WHOLE, RULE))
        self.y += RULE

    def _draw_group(self) -> None:
        """The group's heading, unless it stands on this page; read aloud once."""
        if not self._group_drawn:
            self._draw_cells([whole(self._group)], ABOVE, self._form.heading, aloud=self._group_aloud)
            self._group_drawn, self._group_aloud = True, False

    def _draw_row(self, row: list[list[Portion]]) -> None:
        self._draw_cells(row, ABOVE, self._form.body)

    def _draw_cells(
        self, row: list[list[Portion]], above: float, face: Face, *, middle: bool = False, aloud: bool = True
    ) -> None:
        """Cells of one height, one a column or one over all of them, with their rules at the right and below."""
        counts = [sum(end - start for _, start, end in cell) for cell in row]
        most = max(counts)
        height = most * face.pitch + 2 * above + RULE
        for number, cell in enumerate(row):
            y = self.y + above + ((most - counts[number]) * face.pitch / 2 if middle else 0)
            x = _LEFT + self._form.edges[number] + SIDE + (RULE if number == 0 else 0)
            for portion in cell:
                y = self._put(portion, x, y, face, aloud=aloud)
            edge = self._form.edges[number + 1] if len(row) > 1 else WHOLE
            self.sheet.rules.append((_LEFT + edge - RULE, self.y, RULE, height))
        self.sheet.rules.append((_LEFT, self.y, RULE, height))
        self.sheet.rules.append((_LEFT, self.y + height - RULE, WHOLE, RULE))
        self.y += height

    def _put(self, portion: Portion, x: float, y: float, face: Face, *, aloud: bool) -> float:
        """Set some lines of an entry from ``y``; returns where the next stands."""
        entry, start, end = portion
        if entry.marker and start == 0:
            self.put(entry.marker, x + entry.edge, y, face, element=entry.label if aloud else None)
        element = entry.element if aloud else None
        for number in range(start, min(end, len(entry.lines))):
            self.put(
                entry.lines[number],
                x + entry.begins(number),
                y + (number - start) * face.pitch,
                face,
                element=element,
            )
        return y + (end - start) * face.pitch

    def _group_height(self) -> float:
        return 0 if self._group_drawn else self._form.height(count(self._group))

    def _headings_height(self, row: _Row) -> float:
        return _most_lines(row) * self._form.pitch + 2 * ABOVE_HEADING + 2 * RULE

    def _room_of_a_page(self) -> float:
        """What a row may take on a page of its own, below the headings."""
        group = self._form.height(count(self._group)) if self._group else 0
        return _BOTTOM - _TOP - self._headings_height(self._headings) - group


def _most_lines(row: _Row) -> int:
    return max(map(count, row), default=0)
