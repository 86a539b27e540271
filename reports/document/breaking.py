"""You come here for where the lines of a paragraph end: between words, and elsewhere only for want of room.

Pure arithmetic on the widths of letters; ``paragraphs`` asks Pango for these and draws the lines.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from enum import IntEnum
from functools import cached_property
from typing import Final

from reports.document.thai_text import is_held, may_begin_line, may_part
from reports.document.words import borders

# Rather than leave a line emptier than this, a word that would come next is parted between its own words.
_HOLE: Final = 0.5
_LONG: Final = 12  # letters of a word that may ask a column to be wide enough for it
_PHRASE: Final = re.compile("[\u0e01-\u0e4e]+")


class Border(IntEnum):
    """How good a place is for a line's end, best first."""

    WORDS = 0  # between words
    INSIDE = 1  # between the parts of a word: จัดซื้อ|จัดจ้าง
    HELD = 2  # in what belongs together: ๙๕ |คะแนน
    WRONG = 3  # before what must not begin a line


class Paragraph:
    """A text with the widths of its letters.

    ``ahead[n]`` is how wide its first ``n`` letters are, in any unit; ``breaks`` are the places, in order, where the
    system parts words, by its own and smaller dictionary, and ``clusters`` those where letters may be parted at all.
    """

    def __init__(
        self, text: str, ahead: Sequence[int], breaks: Sequence[int], clusters: Sequence[int]
    ) -> None:
        self._text = text
        self._ahead = ahead
        self._breaks = breaks
        self._clusters = clusters
        self._words: dict[int, frozenset[int]] = {}  # of the phrases that were asked for

    def width(self, start: int, end: int) -> int:
        """How wide the letters from ``start`` to ``end`` are, without the spaces at their end."""
        while end > start and self._text[end - 1] == " ":
            end -= 1
        return self._ahead[end] - self._ahead[start]

    def ends(self, first: int, room: int) -> Iterator[int]:
        """Where each line ends, the first of which has ``first`` room and the others ``room``."""
        end, length = 0, len(self._text)
        while end < length:
            end = self._end(end, room if end else first)
            yield end

    def widest(self) -> int:
        """How wide the widest part is that should stay on one line; of very long words, a part of them."""
        widest = start = 0
        for at in [*self._breaks, len(self._text)]:
            border = self.border(at) if at < len(self._text) else Border.WORDS
            if border is Border.INSIDE and at - start > _LONG:
                border = Border.WORDS
            if border is Border.WORDS:
                widest, start = max(widest, self.width(start, at)), at
        return widest

    def border(self, at: int) -> Border:
        """How good the place ``at`` is, one of the ``breaks``."""
        if not may_begin_line(self._text, at):
            return Border.WRONG
        if is_held(self._text, at):
            return Border.HELD
        return Border.INSIDE if self._is_inside(at) else Border.WORDS

    def _end(self, start: int, room: int) -> int:
        limit = bisect_right(self._ahead, self._ahead[start] + room, start) - 1
        limit += len(self._text) - limit - len(self._text[limit:].lstrip(" "))
        if limit >= len(self._text):
            return len(self._text)
        best = self._best(start, limit)
        words, inside = best.get(Border.WORDS), best.get(Border.INSIDE)
        if words and not (inside and self._leaves_hole(start, words, limit, room)):
            return words
        return min(best.items())[1] if best else self._between_letters(start, limit)

    def _best(self, start: int, limit: int) -> dict[Border, int]:
        """The last place of each kind between ``start`` and ``limit``, down to the last of the best kind."""
        best: dict[Border, int] = {}
        for number in range(bisect_right(self._breaks, limit) - 1, -1, -1):
            at = self._breaks[number]
            if at <= start or Border.WORDS in best:
                break
            best.setdefault(self.border(at), at)
        return best

    def _leaves_hole(self, start: int, end: int, limit: int, room: int) -> bool:
        """Whether a line that ends at ``end`` is too empty, or what follows must be parted all the same."""
        return self.width(start, end) < _HOLE * room or self._part(end, limit, room) > room

    def _part(self, start: int, limit: int, room: int) -> int:
        """How wide what begins at ``start`` is to the next border of words after ``limit``, or where too wide."""
        for at in self._breaks[bisect_right(self._breaks, limit) :]:
            width = self.width(start, at)
            if width > room or self.border(at) is Border.WORDS:
                return width
        return self.width(start, len(self._text))

    def _between_letters(self, start: int, limit: int) -> int:
        """The last place before ``limit`` between two clusters of letters, or the first one, however wide it is."""
        fitting = bisect_right(self._clusters, limit) - 1
        for number in range(fitting, -1, -1):
            at = self._clusters[number]
            if at <= start:
                break
            if may_part(self._text, at):
                return at
        after = bisect_right(self._clusters, max(start, limit if fitting < 0 else start))
        return self._clusters[after] if after < len(self._clusters) else len(self._text)

    @cached_property
    def _phrases(self) -> list[tuple[int, int]]:
        return [match.span() for match in _PHRASE.finditer(self._text)]

    def _is_inside(self, at: int) -> bool:
        number = bisect_left(self._phrases, (at,)) - 1
        start, end = self._phrases[number] if number >= 0 else (0, 0)
        if at >= end:
            return False
        if number not in self._words:
            self._words[number] = borders(self._text[start:end])
        return at - start not in self._words[number]
