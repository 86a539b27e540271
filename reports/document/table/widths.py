"""You come here for how wide each column is and how large its letters: shared as a typist would, narrow for a number
and wide for results, so that the table takes few pages and words stay whole.

What the form fixes is fixed; every other choice of columns is shared by its text. The same text gives the same widths.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from reports import columns
from reports.content import FIVE, Column, Measure, Table
from reports.document import layout
from reports.document.paragraphs import Face, Setter
from reports.document.sheet import CM
from reports.document.table.form import FULL_SIZE, RULE, SIDE, WHOLE, Form
from reports.document.table.sharing import Need, fits, shared

_UNIT: Final = CM / 100
_USUAL: Final = tuple(width * CM for width in (4.6, 6.9, 3.4, 3.6, 7.2))
_AROUND: Final = 2 * SIDE + 2 * RULE
_SIZES: Final = (14, 13, 12, 11)
_MOST_COLUMNS: Final = {14: 6, 13: 8, 12: 10, 11: columns.MOST}  # at a size
_BODY, _BOLD = Form((), ()).body, Form((), ()).heading

_ROWS: Final = 60  # that are asked for their text, evenly chosen
_LETTERS: Final = 800  # of a column that are asked for their widest word
_HANG: Final = 12.0  # beside an entry with a marker, about
_LAST: Final = 0.5  # of an entry's last line is empty, on average
_HEADING_LINES: Final = 3
_LOST: Final = 1.0  # in rounding, at most
_EASY: Final = 3 * CM
_FLAT: Final = 1.5  # times as wide as high is an entry that reads well


def form_of(table: Table, setter: Setter, *, thai: bool) -> Form:
    """How the columns of ``table`` stand; ``thai`` for Thai digits."""
    sources = tuple(column.source for column in table.columns)
    if sources == FIVE:
        return Form(sources, _USUAL)
    measures = table.measures
    chosen = measures[:: math.ceil(len(measures) / _ROWS) or 1]
    ruler = _Ruler(setter)
    found = [_need(column, chosen, measures, ruler, thai=thai) for column in table.columns]
    needs = _alike(found, sources)
    room = WHOLE - len(needs) * _AROUND
    points = next((size for size in _SIZES if _fits(needs, size, room)), _SIZES[-1])
    widths = _levelled(shared(needs, room * FULL_SIZE / points), sources)
    return Form(sources, _rounded([width * points / FULL_SIZE for width in widths], sources), points)


class _Ruler:
    """How long a text is in one line, told from the widths of its letters: a guess, for a fiftieth of the time."""

    def __init__(self, setter: Setter) -> None:
        self._setter = setter
        self._letters: dict[Face, dict[str, float]] = {_BODY: {}, _BOLD: {}}

    def length(self, text: str, face: Face = _BODY) -> float:
        """The whole of ``text``."""
        known = self._letters[face]
        for letter in set(text).difference(known):
            known[letter] = self._letter(letter, face)
        return sum(map(known.__getitem__, text))

    def widest_word(self, text: str, face: Face = _BODY) -> float:
        """The widest part that is parted at no line's end."""
        return self._setter.widest_word(text, face)

    def _letter(self, letter: str, face: Face) -> float:
        """A mark has no width of its own, but stands alone on a dotted circle: so each is asked behind a letter."""
        (alone,), (both,) = self._setter.lines("0", face), self._setter.lines(f"0{letter}0", face)
        return both.width - 2 * alone.width


def _need(
    column: Column, chosen: list[Measure], measures: list[Measure], ruler: _Ruler, *, thai: bool
) -> Need:
    cells = _cells(column, chosen, thai=thai)
    lengths = [[_hang(entry) + ruler.length(entry.text) for entry in cell] for cell in cells]
    heading = ruler.length(column.heading, _BOLD)
    if column.source in columns.NUMBERS:  # a number parted is another number: of these every one counts
        every = _cells(column, measures, thai=thai)
        widest = [ruler.length(entry.text) for cell in every for entry in cell]
    else:
        widest = [_hang(entry) + ruler.widest_word(entry.text) for entry in _some(cells)]
    word = max(ruler.widest_word(column.heading, _BOLD), *widest, 0.0)
    longest = max((length for cell in lengths for length in cell), default=0.0)
    return Need(
        max(word, heading / _HEADING_LINES) + _LOST,
        min(_EASY, math.sqrt(_FLAT * longest * _BODY.pitch)),
        max(heading, longest, word) + _LOST,
        [heading, *map(sum, lengths)],
        [0, *(_LAST * len(cell) for cell in lengths)],
        column.source in columns.NUMBERS,
    )


def _cells(column: Column, measures: list[Measure], *, thai: bool) -> list[list[layout.Line]]:
    return [list(layout.lines(columns.cell(measure, column.source, thai=thai))) for measure in measures]


def _hang(entry: layout.Line) -> float:
    return (_HANG if entry.marker else 0) + entry.depth * layout.DEEPER


def _some(cells: list[list[layout.Line]]) -> Iterator[layout.Line]:
    """The entries of the first cells, each once, and no more of them than are soon measured."""
    letters, seen = 0, set()
    for cell in cells:
        for entry in cell:
            if letters > _LETTERS:
                return
            if entry.text not in seen:
                seen.add(entry.text)
                letters += len(entry.text)
                yield entry


def _periods(sources: tuple[str, ...]) -> list[int]:
    """The columns of the periods, which are of one width."""
    return [number for number, source in enumerate(sources) if columns.period_of(source) is not None]


def _alike(needs: list[Need], sources: tuple[str, ...]) -> list[Need]:
    """``needs``, where each period asks for what the others do."""
    periods = _periods(sources)
    found = list(needs)
    for number in periods:
        found[number] = replace(
            needs[number],
            least=max(needs[period].least for period in periods),
            easy=max(needs[period].easy for period in periods),
            most=max(needs[period].most for period in periods),
        )
    return found


def _levelled(widths: list[float], sources: tuple[str, ...]) -> list[float]:
    periods = _periods(sources)
    mean = sum(widths[period] for period in periods) / max(1, len(periods))
    return [mean if number in periods else width for number, width in enumerate(widths)]


def _fits(needs: list[Need], size: int, room: float) -> bool:
    return len(needs) <= _MOST_COLUMNS[size] and fits(needs, room * FULL_SIZE / size)


def _rounded(widths: list[float], sources: tuple[str, ...]) -> tuple[float, ...]:
    """Widths of columns around ``widths`` of text; what rounding leaves goes to the widest that is no period's."""
    units = [math.floor((width + _AROUND) / _UNIT) for width in widths]
    periods = _periods(sources)
    widest = max(range(len(units)), key=lambda number: (number not in periods, units[number]))
    units[widest] += round(WHOLE / _UNIT) - sum(units)
    return tuple(width * _UNIT for width in units)
