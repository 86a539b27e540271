"""You come here for the memorandum's text: headings, paragraphs and items, with an even right edge, from page to page.

No heading is left alone, no line of a paragraph stands alone, and a page whose text goes on says with which words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from measures.bullets import Bullet
from reports.content import Memorandum
from reports.document.paragraphs import Face, Line
from reports.document.portrait import BODY, BOLD, Portrait
from reports.document.sheet import CM
from reports.document.structure import Element

_INDENT: Final = 2.5 * CM
_ITEM_INDENTS: Final = (3.25 * CM, 4 * CM, 4.75 * CM)
_ABOVE_HEADING, _ABOVE_CLOSING = 6.0, 12.0
_AHEAD: Final = 4 * CM  # of the next page's first words
_ABOVE_AHEAD: Final = 6.0
_FEWEST: Final = 2  # lines of a paragraph that may stand alone on a page
_MOST_HEADINGS: Final = 5 * CM  # of one heading below the other that are kept together
_MOST_SPREAD: Final = 1.0  # a line that would need more between its letters stays as it is


@dataclass(frozen=True)
class Marker:
    """What stands before an item's first line: its line, how far in, and its element."""

    line: Line
    indent: float
    element: Element


@dataclass(frozen=True)
class Paragraph:
    """Lines with the indent of the first, the space above, and whether they end at the right margin."""

    lines: list[Line]
    face: Face
    indent: float
    element: Element | None
    above: float = 0
    spread: bool = False
    heading: bool = False
    marker: Marker | None = None

    @property
    def height(self) -> float:
        return self.above + len(self.lines) * self.face.pitch if self.lines else 0

    @property
    def is_short(self) -> bool:
        """Whether it cannot be parted without leaving a line alone."""
        return len(self.lines) < 2 * _FEWEST

    @property
    def beginning(self) -> float:
        """What of it must stand where it begins."""
        return self.height if self.is_short else self.above + _FEWEST * self.face.pitch


def put_text(pages: Portrait, memo: Memorandum, *, signature: float) -> None:
    """The sections and the closing, which keeps with it some text before and the ``signature``'s height below."""
    paragraphs = [paragraph for paragraph in _sections(pages, memo) if paragraph.lines]
    flow(pages, [*paragraphs, _paragraph(pages, memo.closing, above=_ABOVE_CLOSING)], signature)


def _sections(pages: Portrait, memo: Memorandum) -> Iterator[Paragraph]:
    for section in memo.sections:
        lines = pages.setter.lines(section.heading, BOLD, pages.width, _INDENT)
        if lines:
            element = pages.structure.add("H2")
            yield Paragraph(lines, BOLD, _INDENT, element, _ABOVE_HEADING, spread=True, heading=True)
        for text in section.body.splitlines():
            yield _paragraph(pages, text)
        yield from _items(pages, section.items, pages.structure)


def _paragraph(pages: Portrait, text: str, *, above: float = 0) -> Paragraph:
    lines = pages.setter.lines(text, BODY, pages.width, _INDENT)
    element = pages.structure.add("P") if lines else None
    return Paragraph(lines, BODY, _INDENT, element, above, spread=True)


def _items(pages: Portrait, items: Sequence[Bullet], parent: Element, depth: int = 0) -> Iterator[Paragraph]:
    items = [item for item in items if item.marker.strip() or item.text.strip() or item.items]
    if items:
        listed = parent.add("L", numbering=_numbering(items[0].marker))
        for item in items:
            yield from _item(pages, item, listed.add("LI"), depth)


def _item(pages: Portrait, item: Bullet, element: Element, depth: int) -> Iterator[Paragraph]:
    indent = _ITEM_INDENTS[min(depth, len(_ITEM_INDENTS) - 1)]
    marker, behind, text = None, indent, item.text
    marks = pages.setter.lines(item.marker, BODY)
    if marks and marks[0].width < pages.width / 3:
        marker = Marker(marks[0], indent, element.add("Lbl"))
        behind += marks[0].width + pages.setter.space(BODY)
    else:  # no marker, whatever it is
        text = f"{item.marker} {item.text}"
    lines = pages.setter.lines(text, BODY, pages.width, behind)
    body = element.add("LBody") if lines or item.items else None
    inner = body.add("P") if body and lines and item.items else body
    if lines:
        yield Paragraph(lines, BODY, behind, inner, spread=True, marker=marker)
    elif marker:
        yield Paragraph([marker.line], BODY, indent, marker.element)
    if body:
        yield from _items(pages, item.items, body, depth + 1)


def _numbering(marker: str) -> str:
    """How a list is numbered whose first item has ``marker``."""
    if not marker.strip():
        return "None"
    if any(letter.isdigit() for letter in marker):
        return "Decimal"
    return "LowerAlpha" if any(letter.isalpha() for letter in marker) else "Disc"


def flow(pages: Portrait, paragraphs: Sequence[Paragraph], after: float = 0) -> None:
    """Set ``paragraphs`` one below the other; ``after`` is the height of what must follow the last on its page."""
    beyond = sum(paragraph.height for paragraph in paragraphs) + after
    for paragraph, tail in zip(paragraphs, _tails(paragraphs, after), strict=True):
        beyond -= paragraph.height
        _set(pages, paragraph, tail, beyond)


def _tails(paragraphs: Sequence[Paragraph], after: float) -> list[float]:
    """What must follow on the same page as the end of each: the text after a heading, the closing after some text."""
    tails = [after]
    wanted = _FEWEST  # lines of text above the closing
    for paragraph, following in reversed(list(pairwise(paragraphs))):
        tail = following.height + tails[-1] if following.is_short else following.beginning
        if paragraph.heading:
            tails.append(tail if tail <= _MOST_HEADINGS + after else following.beginning)
        else:
            tails.append(tail if wanted > 0 else 0)
            wanted -= len(paragraph.lines)
    return tails[::-1]


def _set(pages: Portrait, paragraph: Paragraph, tail: float, beyond: float) -> None:
    """Set ``paragraph``, leaving room for ``tail`` below its last lines; no line of it stands alone.

    ``beyond`` is the height of all that follows it: if that does not fit, the foot is kept for the next words.
    """
    pitch, done, count = paragraph.face.pitch, 0, len(paragraph.lines)
    while done < count:
        above = paragraph.above if done == 0 and pages.y > pages.top else 0
        height = above + (count - done) * pitch
        room = pages.room()
        if height + beyond > room:
            room -= BODY.pitch + _ABOVE_AHEAD
        fit = int((room - above) / pitch + 1e-6)
        take = _taken(count - done, fit, whole=height + tail <= room, alone=pages.y == pages.top)
        if take:
            pages.y += above
            _put_lines(pages, paragraph, done, done + take)
            done += take
        if done < count:
            if pages.y > pages.top:
                _announce(pages, paragraph, done)
            pages.turn()


def _taken(left: int, fit: int, *, whole: bool, alone: bool) -> int:
    """How many of ``left`` lines are set where ``fit`` fit; ``alone`` on a page, as many as there is room for."""
    if whole and left <= fit:
        return left
    take = min(fit, left - _FEWEST)
    if take >= min(_FEWEST, left):
        return take
    return max(1, min(fit, left)) if alone else 0


def _announce(pages: Portrait, paragraph: Paragraph, number: int) -> None:
    """Where the text goes on: the next page's first words at the foot, at the right, after a slash."""
    ahead = paragraph.lines[number].words
    if number == 0 and paragraph.marker:
        ahead = f"{paragraph.marker.line.words} {ahead}"
    first = pages.setter.lines(ahead, BODY, _AHEAD)[0]
    (words,) = pages.setter.lines(f"/{first.words}…", BODY)
    pages.put(words, pages.left + pages.width - words.width, pages.bottom - BODY.pitch, BODY)


def _put_lines(pages: Portrait, paragraph: Paragraph, start: int, end: int) -> None:
    for number in range(start, end):
        line, marker = paragraph.lines[number], paragraph.marker if number == 0 else None
        x = pages.left + (paragraph.indent if number == 0 else 0)
        last = number == len(paragraph.lines) - 1
        gaps = line.letters - 1 + (marker.line.letters + 1 if marker else 0)
        spread = 0.0
        if paragraph.spread and not last:
            spread = _spread(pages.left + pages.width - x - line.width, gaps)
        if marker:
            pages.put(
                marker.line, pages.left + marker.indent, pages.y, paragraph.face, spread, marker.element
            )
            x += (marker.line.letters + 1) * spread
        pages.put(line, x, pages.y, paragraph.face, spread, paragraph.element)
        pages.y += paragraph.face.pitch


def _spread(rest: float, gaps: int) -> float:
    """What stands in each of the ``gaps`` between letters to fill ``rest``, or nothing where it would be too much.

    Thai has few spaces, and stretching only those would tear a line open; typists spread the letters.
    """
    spread = rest / gaps if gaps > 0 else 0
    return spread if 0 < spread <= _MOST_SPREAD else 0
