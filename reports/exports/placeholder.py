"""You come here for the picture that stands where an agency has no emblem yet, for files that cannot hold a drawing.

It is the drawing of ``templates/print/emblem.html`` in dots.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from math import cos, pi, sin
from typing import Final

from PIL import Image, ImageDraw

Point = tuple[float, float]

_SIDE: Final = 60  # of the drawing, in its own unit
_DOTS: Final = 12  # a unit while drawing; then made a third, for smooth edges
_BLACK: Final = (0, 0, 0, 255)
_CORNER: Final = 8
_LENGTH: Final = 4 * (_SIDE - 2 - 2 * _CORNER) + 2 * pi * _CORNER  # of the frame
_STROKES: Final = (
    ((30, 22), (30, 42)), ((30, 42), (23, 50)), ((30, 42), (37, 50)),
    ((30, 28), (12, 22)), ((20, 36), (30, 32)), ((30, 28), (48, 22)), ((40, 36), (30, 32)),
)  # fmt: skip
_CURVES: Final = (((12, 22), (14, 32), (20, 36)), ((48, 22), (46, 32), (40, 36)))


@lru_cache(maxsize=1)
def placeholder() -> bytes:
    """A PNG, square, on nothing."""
    image = Image.new("RGBA", (_SIDE * _DOTS, _SIDE * _DOTS), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    for start, end in (*_dashes(), *_STROKES):
        draw.line((_at(*start), _at(*end)), _BLACK, _DOTS)
    for curve in _CURVES:
        draw.line([_on(curve, step / 12) for step in range(13)], _BLACK, _DOTS, "curve")
    draw.ellipse((*_at(25, 12), *_at(35, 22)), outline=_BLACK, width=_DOTS)
    file = BytesIO()
    image.resize((_SIDE * 4, _SIDE * 4), Image.Resampling.LANCZOS).save(file, "PNG")
    return file.getvalue()


def _at(x: float, y: float) -> Point:
    return x * _DOTS, y * _DOTS


def _on(curve: tuple[tuple[int, int], ...], t: float) -> Point:
    """A point of a quadratic curve; ``t`` from 0 to 1."""
    (x0, y0), (x1, y1), (x2, y2) = curve
    a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
    return _at(a * x0 + b * x1 + c * x2, a * y0 + b * y1 + c * y2)


def _dashes() -> list[tuple[Point, Point]]:
    """The frame, with round corners, in strokes of three with gaps of two."""
    outline = [_on_frame(step / 2) for step in range(int(2 * _LENGTH) + 1)]
    return [pair for place, pair in enumerate(pairwise(outline)) if place % 10 < 6]


def _on_frame(way: float) -> Point:
    """The point that is so far along the frame from its upper left corner's end, clockwise."""
    side, far = divmod(way, _LENGTH / 4)
    straight = _SIDE - 2 - 2 * _CORNER
    if far <= straight:
        x, y = far - straight / 2, -straight / 2 - _CORNER
    else:
        angle = (far - straight) / _CORNER
        x, y = straight / 2 + _CORNER * sin(angle), -straight / 2 - _CORNER * cos(angle)
    for _ in range(int(side) % 4):
        x, y = -y, x
    return x + _SIDE / 2, y + _SIDE / 2
