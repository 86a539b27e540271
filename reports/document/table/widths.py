"""You come here for how wide each column is and how large its letters: shared as a typist would, narrow for a number
and wide for results, so that the table takes few pages and words stay whole.

What the form fixes is fixed; every other choice of columns is shared by its text. The same text gives the same widths.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from reports import columns
from reports.content import FIVE, Column, Measure, Table
from reports.document import layout
from reports.document.paragraphs import Face, Setter
from reports.document.sheet import CM
from reports.document.table.cells import NUMBERS
from reports.document.table.form import DEEPER, FULL_SIZE, RULE, SIDE, WHOLE, Form

_MM: Final = CM / 10
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
_PAGE: Final = 5  # rows of a page, about: so often is a heading repeated
_WIDEST_WORD: Final = 2.5 * CM  # kept whole, where an even share is narrower
_TURNS: Final = 24
_EASY: Final = 3 * CM
_FLAT: Final = 1.5  # times as wide as high is an entry that reads well
_FOR_EASE: Final = 0.7  # of the room may be asked by it
_SHARP: Final = 2  # how much the highest cell of a row counts before the others

_Bounds = tuple[float, float]


@dataclass(frozen=True)
class _Need:
    """What a column asks for, in points of width for its text at the full size.

    ``least`` keeps its words whole and its heading short, at ``easy`` its text reads well, ``most`` is all it can use;
    ``cells`` are the lengths of its rows set in one line, the heading's first, and ``loose`` how many lines of each are
    not full.
    """

    least: float
    easy: float
    most: float
    cells: list[float]
    loose: list[float]


def form_of(table: Table, setter: Setter, *, thai: bool) -> Form:
    """How the columns of ``table`` stand; ``thai`` for Thai digits."""
    sources = tuple(column.source for column in table.columns)
    if sources == FIVE:
        return Form(sources, _USUAL)
    measures = [measure for group in table.groups for measure in group.measures]
    chosen = measures[:: math.ceil(len(measures) / _ROWS) or 1]
    ruler = _Ruler(setter)
    found = [_need(column, chosen, measures, ruler, thai=thai) for column in table.columns]
    needs = _alike(found, sources)
    room = WHOLE - len(needs) * _AROUND
    points = next((size for size in _SIZES if _fits(needs, size, room)), _SIZES[-1])
    widths = _levelled(_shared(needs, room * FULL_SIZE / points), sources)
    return Form(sources, _in_millimetres([width * points / FULL_SIZE for width in widths]), points)


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
) -> _Need:
    cells = _cells(column, chosen, thai=thai)
    lengths = [[_hang(entry) + ruler.length(entry.text) for entry in cell] for cell in cells]
    heading = ruler.length(column.heading, _BOLD)
    if column.source in NUMBERS:  # a number parted is another number: of these every one counts
        every = _cells(column, measures, thai=thai)
        widest = [ruler.length(entry.text) for cell in every for entry in cell]
    else:
        widest = [_hang(entry) + ruler.widest_word(entry.text) for entry in _some(cells)]
    word = max(ruler.widest_word(column.heading, _BOLD), *widest, 0.0)
    longest = max((length for cell in lengths for length in cell), default=0.0)
    return _Need(
        max(word, heading / _HEADING_LINES) + _MM,  # which may be lost in rounding
        min(_EASY, math.sqrt(_FLAT * longest * _BODY.pitch)),
        max(heading, longest, word) + 2 * _MM,
        [heading, *map(sum, lengths)],
        [0, *(_LAST * len(cell) for cell in lengths)],
    )


def _cells(column: Column, measures: list[Measure], *, thai: bool) -> list[list[layout.Line]]:
    return [list(layout.lines(columns.cell(measure, column.source, thai=thai))) for measure in measures]


def _hang(entry: layout.Line) -> float:
    return (_HANG if entry.marker else 0) + entry.depth * DEEPER


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


def _alike(needs: list[_Need], sources: tuple[str, ...]) -> list[_Need]:
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


def _fits(needs: list[_Need], size: int, room: float) -> bool:
    room *= FULL_SIZE / size
    return len(needs) <= _MOST_COLUMNS[size] and sum(least for least, _ in _bounds(needs, room)) <= room


def _bounds(needs: list[_Need], room: float) -> list[_Bounds]:
    """The least and most width of each column; no single word takes all."""
    return [(min(need.least, max(_WIDEST_WORD, room / len(needs))), need.most) for need in needs]


def _eased(needs: list[_Need], room: float) -> list[_Bounds]:
    """Bounds with more than the least for text that wraps, as far as room for the long columns remains."""
    bounds = _bounds(needs, room)
    easy = [max(least, min(most, need.easy)) for (least, most), need in zip(bounds, needs, strict=True)]
    asked = sum(easy) - sum(least for least, _ in bounds)
    free = _FOR_EASE * room - sum(least for least, _ in bounds)
    part = min(1.0, max(0.0, free / asked)) if asked else 0.0
    return [(least + part * (ease - least), most) for (least, most), ease in zip(bounds, easy, strict=True)]


def _shared(needs: list[_Need], room: float) -> list[float]:
    """``room`` shared so that the rows become low.

    A row is as high as its highest cell. Were that the sum of its cells, each column's best width would be as the root
    of its text's length; so each cell is given a weight, the higher the nearer it is to its row's highest, and the
    widths are found again from the weighted lengths until they settle.
    """
    bounds = _eased(needs, room)
    rows = list(zip(*(need.cells for need in needs), strict=True))
    loose = list(zip(*(need.loose for need in needs), strict=True))
    times = max(1.0, len(rows) / _PAGE)
    widths = _within(bounds, [1.0] * len(needs), room)
    for _ in range(_TURNS):
        wanted = [0.0] * len(needs)
        for number, cells in enumerate(rows):
            lines = [
                cell / width + more for cell, width, more in zip(cells, widths, loose[number], strict=True)
            ]
            highest = max(lines) or 1
            for column, cell in enumerate(cells):
                weight = (lines[column] / highest) ** _SHARP
                wanted[column] += cell * weight * (1 if number else times)
        best = _within(bounds, [math.sqrt(length) for length in wanted], room)
        widths = [math.sqrt(width * new) for width, new in zip(widths, best, strict=True)]
    return _within(bounds, widths, room)


def _within(bounds: list[_Bounds], weights: list[float], room: float) -> list[float]:
    """``room`` shared by ``weights``, no share outside its bounds unless all together are."""
    least, most = map(list, zip(*bounds, strict=True))
    if (total := sum(least)) >= room:
        return [share * room / total for share in least]
    if (total := sum(most)) <= room:
        return [share * room / total for share in most]
    some = max(*weights, 1.0) / 1000  # an empty column, too, takes what is over
    low, high = 0.0, room / some
    for _ in range(50):
        middle = (low + high) / 2
        shares = [
            min(max(middle * max(weight, some), lower), upper)
            for weight, (lower, upper) in zip(weights, bounds, strict=True)
        ]
        low, high = (middle, high) if sum(shares) < room else (low, middle)
    return shares


def _in_millimetres(widths: list[float]) -> tuple[float, ...]:
    """Widths of columns around ``widths`` of text, each of whole millimetres; what is over goes to the widest."""
    millimetres = [math.floor((width + _AROUND) / _MM) for width in widths]
    millimetres[millimetres.index(max(millimetres))] += round(WHOLE / _MM) - sum(millimetres)
    return tuple(width * _MM for width in millimetres)
