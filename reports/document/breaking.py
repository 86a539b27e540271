"""You come here for where the lines of a paragraph end: between words, and elsewhere only for want of room.

Pure arithmetic on the widths of letters; ``paragraphs`` asks Pango for these and draws the lines.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from enum import IntEnum
from functools import cached_property
from typing import Final

from reports.document.thai_text import is_held, may_end_line, may_part
from reports.document.words import Borders, borders

_LONG: Final = 12  # letters of a word that may ask a column to be wide enough for it
_PHRASE: Final = re.compile("[\u0e01-\u0e4e]+")


class Border(IntEnum):
    """How bad a place is for a line's end: as bad as if the square of what it leaves of the line were so much more."""

    WORDS = 0  # between words
    PARTS = 20  # between words that belong to each other: การ|ประเมิน, ประจำปี|งบประมาณ rather than a third left empty
    INSIDE = 45  # inside a word: จัดซื้อ|จัดจ้าง
    HELD = 50  # in what belongs together: ๙๕ |คะแนน
    WRONG = 1000  # before what must not begin a line, or after what must not end one


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
        self._words: dict[int, Borders] = {}  # of the phrases that were asked for

    def width(self, start: int, end: int) -> int:
        """How wide the letters from ``start`` to ``end`` are, without the spaces at their end."""
        while end > start and self._text[end - 1] == " ":
            end -= 1
        return self._ahead[end] - self._ahead[start]

    def ends(self, first: int, room: int) -> Iterator[int]:
        """Where each line ends, the first of which has ``first`` room and the others ``room``."""
        end, length = 0, len(self._text)
        while end < length:
            end = self._end(end, max(1, room if end else first))
            yield end

    def widest(self) -> int:
        """How wide the widest part is that should stay on one line; of very long words, a part of them."""
        widest = start = 0
        for at in [*self._breaks, len(self._text)]:
            border = self.border(at) if at < len(self._text) else Border.WORDS
            if border in (Border.PARTS, Border.INSIDE) and at - start > _LONG:
                border = Border.WORDS
            if border is Border.WORDS:
                widest, start = max(widest, self.width(start, at)), at
        return widest

    def border(self, at: int) -> Border:
        """How good the place ``at`` is, one of the ``breaks``."""
        if not may_end_line(self._text, at):
            return Border.WRONG
        if is_held(self._text, at):
            return Border.HELD
        return self._between_words(at)

    def _end(self, start: int, room: int) -> int:
        limit = bisect_right(self._ahead, self._ahead[start] + room, start) - 1
        limit += len(self._text) - limit - len(self._text[limit:].lstrip(" "))
        if limit >= len(self._text):
            return len(self._text)
        return self._best(start, limit, room) or self._between_letters(start, limit)

    def _best(self, start: int, limit: int, room: int) -> int | None:
        """Of the breaks between ``start`` and ``limit`` the one that costs least."""
        best, least = None, math.inf
        for number in range(bisect_right(self._breaks, limit) - 1, -1, -1):
            at = self._breaks[number]
            empty = (1 - self.width(start, at) / room) ** 2 * 100
            if at <= start or empty >= least:
                break
            cost = self.border(at) + empty
            if cost < least:
                best, least = at, cost
        return best

    def _between_letters(self, start: int, limit: int) -> int:
        """The last place before ``limit`` between two clusters of letters, or the first one, however wide it is."""
        first = bisect_right(self._clusters, start)
        fitting = (
            self._clusters[first : bisect_right(self._clusters, limit)] or self._clusters[first : first + 1]
        )
        good = (at for at in reversed(fitting) if may_part(self._text, at) and may_end_line(self._text, at))
        return next(good, fitting[-1] if fitting else len(self._text))

    @cached_property
    def _phrases(self) -> list[tuple[int, int]]:
        return [match.span() for match in _PHRASE.finditer(self._text)]

    def _between_words(self, at: int) -> Border:
        number = bisect_left(self._phrases, (at,)) - 1
        start, end = self._phrases[number] if number >= 0 else (0, 0)
        if at >= end:
            return Border.WORDS
        if number not in self._words:
            self._words[number] = borders(self._text[start:end])
        found = self._words[number]
        if at - start in found.sure:
            return Border.WORDS
        return Border.PARTS if at - start in found.fair else Border.INSIDE
