"""You come here for the word ตัวอย่าง that lies across each page of a rehearsal.

It is drawn as a shape: whoever copies, searches or listens to a page does not get it in between its words.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import uharfbuzz
from fontTools.pens.basePen import BasePen

from reports.document.fonts import letters_file

WORD: Final = "ตัวอย่าง"
GREY: Final = 0.9
"""Light enough to read black letters through it, dark enough for a bad copier."""

_ACROSS: Final = 0.6  # of the page's diagonal


class Step(NamedTuple):
    """A piece of an outline, named as in SVG: M and L with a point, C with three, Z with none."""

    kind: str
    points: tuple[float, ...] = ()


@dataclass(frozen=True)
class Outline:
    """The word one unit wide, its middle at the origin, y growing downwards; nothing of it is beyond ``half`` high."""

    steps: tuple[Step, ...]
    half: float


class Lying(NamedTuple):
    """How the word lies on a page: its middle, its width, its cosine and sine."""

    x: float
    y: float
    width: float
    cosine: float
    sine: float


def lying(width: float, height: float) -> Lying:
    """Across a page of ``width`` × ``height``, rising from the lower left."""
    diagonal = math.hypot(width, height)
    return Lying(width / 2, height / 2, diagonal * _ACROSS, width / diagonal, -height / diagonal)


def outline(directory: Path) -> Outline:
    """The word in the document's bold letters, from the fonts in ``directory``."""
    file = letters_file(directory, "Bold")
    return _outline(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _outline(file: Path, _changed: int) -> Outline:
    font = uharfbuzz.Font(uharfbuzz.Face(file.read_bytes()))
    buffer = uharfbuzz.Buffer()
    buffer.add_str(WORD)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    pen = _Pen()
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        pen.shift = pen.ahead + place.x_offset, place.y_offset
        font.draw_glyph_with_pen(info.codepoint, pen)
        pen.ahead += place.x_advance
    xs = [x for step in pen.steps for x in step.points[::2]]
    ys = [y for step in pen.steps for y in step.points[1::2]]
    width, middle, height = max(xs) - min(xs), (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return Outline(
        tuple(Step(step.kind, _moved(step.points, middle, height, width)) for step in pen.steps),
        (max(ys) - min(ys)) / 2 / width,
    )


def _moved(points: tuple[float, ...], x: float, y: float, width: float) -> tuple[float, ...]:
    """``points`` in parts of the width around the middle, rounded to a tenth of a point on paper."""
    return tuple(
        round((point - x) / width if number % 2 == 0 else (y - point) / width, 4)
        for number, point in enumerate(points)
    )


class _Pen(BasePen):  # type: ignore[misc]  # fontTools has no types
    """Writes down what is drawn, ``shift`` further; quadratic curves come as cubic ones."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: list[Step] = []
        self.shift = 0.0, 0.0
        self.ahead = 0.0

    def _moveTo(self, point: Any) -> None:  # noqa: N802 -- fontTools' name
        self._add("M", point)

    def _lineTo(self, point: Any) -> None:  # noqa: N802 -- fontTools' name
        self._add("L", point)

    def _curveToOne(self, *points: Any) -> None:  # noqa: N802 -- fontTools' name
        self._add("C", *points)

    def _closePath(self) -> None:  # noqa: N802 -- fontTools' name
        self.steps.append(Step("Z"))

    def _add(self, kind: str, *points: tuple[float, float]) -> None:
        moved = [(x + self.shift[0], y + self.shift[1]) for x, y in points]
        self.steps.append(Step(kind, tuple(number for point in moved for number in point)))
