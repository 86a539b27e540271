"""You come here for the memorandum's signatures: the author's below the text, the endorsements two in a row.

Where a pen would sign stands who signed electronically and when, and below the name the position with whom it acts for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from reports.document.layout import Signature, is_blank
from reports.document.paragraphs import Face, Line
from reports.document.portrait import BETWEEN, BODY, HALF, SMALL, Portrait
from reports.document.sheet import CM
from reports.document.structure import Element

_ROOM: Final = 2 * CM  # for a signature
_APART: Final = 6.0  # at each side of a column


@dataclass(frozen=True)
class _Place:
    """A line of a column, or without one the room that a pen would need."""

    height: float
    line: Line | None = None
    face: Face = BODY
    element: Element | None = None
    centred: bool = False


_Column = list[_Place]


def author_height(pages: Portrait, author: Signature | None) -> float:
    """How much the author's signature takes."""
    return _height(_act(pages, author, Element("Sect"))) if author else 0


def put_author(pages: Portrait, author: Signature) -> None:
    """The author's signature on the right half."""
    act = _act(pages, author, pages.structure.add("Sect"))
    if _height(act) <= pages.bottom - pages.top:
        pages.make_room(_height(act))
    _put_side_by_side(pages, [[], act])


def put_endorsements(
    pages: Portrait, continued: str, rows: list[tuple[Signature | None, Signature | None]]
) -> None:
    """The rows below the author's signature if all fit there, or else all on pages that say whose they are."""
    heights = [_height_of_row(pages, row) for row in rows]
    if sum(heights) + len(rows) * BETWEEN > pages.room():
        pages.turn_under(continued)
    else:
        pages.y += BETWEEN
    for number, (row, height) in enumerate(zip(rows, heights, strict=True)):
        if number:
            pages.y += BETWEEN
        _put_row(pages, row, height)


def _put_row(pages: Portrait, row: tuple[Signature | None, Signature | None], height: float) -> None:
    elements = [pages.structure.add("Sect") if cell else Element("Sect") for cell in row]
    words = [_words(pages, cell, element) for cell, element in zip(row, elements, strict=True)]
    acts = [_act(pages, cell, element) for cell, element in zip(row, elements, strict=True)]
    if height > pages.bottom - pages.top:  # longer than a page
        _put_side_by_side(pages, words)
        pages.make_room(min(pages.bottom - pages.top, max(map(_height, acts))))
        _put_side_by_side(pages, acts)
        return
    pages.make_room(height)
    most = max(map(_height, words))
    _put_side_by_side(
        pages,
        [
            [*said, _Place(most - _height(said)), *act]  # the names of a row stay level
            for said, act in zip(words, acts, strict=True)
        ],
    )


def _put_side_by_side(pages: Portrait, columns: list[_Column]) -> None:
    """The columns from here down, the left one whole before the right one, from page to page."""
    while True:
        start = lowest = pages.y
        rest = []
        for number, column in enumerate(columns):
            pages.y = start
            rest.append(_put_column(pages, column, pages.left + number * HALF))
            lowest = max(lowest, pages.y)
        pages.y, columns = lowest, rest
        if not any(columns):
            return
        pages.turn()


def _put_column(pages: Portrait, column: _Column, x: float) -> _Column:
    """Set what fits of ``column`` on this page, one line at least on an empty one; returns the rest."""
    for number, place in enumerate(column):
        if place.height > pages.room() + 1e-6 and pages.y > pages.top:
            return column[number:]
        if place.line and place.centred:
            pages.put_centred(place.line, x, HALF, pages.y, place.face, place.element)
        elif place.line:
            pages.put(place.line, x, pages.y, place.face, element=place.element)
        pages.y += place.height
    return []


def _height_of_row(pages: Portrait, row: tuple[Signature | None, Signature | None]) -> float:
    nowhere = Element("Sect")
    return max(_height(_words(pages, cell, nowhere)) for cell in row) + max(
        _height(_act(pages, cell, nowhere)) for cell in row
    )


def _height(column: _Column) -> float:
    return sum(place.height for place in column)


def _words(pages: Portrait, signature: Signature | None, element: Element) -> _Column:
    """Whom it is addressed to and what is written, at the left of the column."""
    texts = signature.words if signature else ()
    return [place for text in texts for place in _lines(pages, (text,), BODY, element, centred=False)]


def _act(pages: Portrait, signature: Signature | None, element: Element) -> _Column:
    """The act at the foot of its room, then name, position, by which order and date, centred."""
    if signature is None:
        return []
    marks = [place for text in signature.mark for place in _lines(pages, (text,), SMALL, element)]
    return [
        _Place(max(0.0, _ROOM - _height(marks))),
        *marks,
        *_lines(pages, (f"({signature.name})",), BODY, element),
        *_lines(pages, signature.position_lines, BODY, element),
        *_lines(pages, signature.order_lines, SMALL, element),
        *_lines(pages, (signature.date_line,), BODY, element),
    ]


def _lines(
    pages: Portrait, texts: tuple[str, ...], face: Face, parent: Element, *, centred: bool = True
) -> _Column:
    """``texts`` in a column's width as one paragraph below ``parent``; dots to write on are read to nobody."""
    width = HALF - (2 if centred else 1) * _APART
    lines = [line for text in texts for line in pages.setter.lines(text, face, width)]
    element = parent.add("P") if lines and not all(map(is_blank, texts)) else None
    return [_Place(face.pitch, line, face, element, centred) for line in lines]
