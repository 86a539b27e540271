"""You come here for what the editable twins are drawn from, and for how much room a text takes in them. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from typing import Final, Literal

from measures.bullets import Bullets
from reports.content import Column, Content, Endorsement

Stage = Literal["draft", "presented", "sealed"]

LETTER: Final = 0.37
"""The width of a letter of TH Sarabun in parts of its size: a little more than it is on average, for what a line leaves free."""


@dataclass(frozen=True)
class Printed:
    """A document as it stands: its frozen content, who has signed, the agency's emblem (PNG) where it has one."""

    content: Content
    stage: Stage = "presented"
    endorsements: tuple[Endorsement, ...] = ()
    emblem: bytes | None = None


# What a column wants of the width, in centimetres as the usual form has them; the rest is shared out.
_WANTED: Final[dict[str, float]] = {
    "measure": 4.6, "steps": 6.9, "indicator": 4.4, "target": 3.0, "budget": 2.4, "units": 3.4, "due": 3.6,
    "progress": 2.6, "percent": 2.2, "results": 7.2, "obstacles": 4.2, "suggestions": 4.2, "remark": 3.0,
}  # fmt: skip
_WANTED_BY_A_PERIOD: Final = 4.2


def widths(columns: Iterable[Column], whole: float) -> tuple[float, ...]:
    """How wide each column is, in the unit of ``whole``, which they fill together."""
    wanted = [_WANTED.get(column.source, _WANTED_BY_A_PERIOD) for column in columns]
    return tuple(whole * width / sum(wanted) for width in wanted)


def letters(text: str) -> int:
    """How many letters stand side by side in ``text``: marks above and below take no room."""
    return sum(not unicodedata.category(letter).startswith("M") for letter in text)


def lines_of(bullets: Bullets, width: float, size: float) -> int:
    """About how many lines a list takes in a column; ``width`` and the letters' ``size`` in points."""
    room = max(1, int(width / (size * LETTER)))
    return sum(
        max(1, ceil(letters(f"{entry.marker} {entry.text}") / room)) + lines_of(entry.items, width, size)
        for entry in bullets
    )
