"""You come here for what the editable twins are drawn from, and for how much room a text takes in them. Pure."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from math import ceil
from typing import Final

from measures.bullets import Bullets
from reports.content import Content, Endorsement
from reports.document.layout import Stage

LETTER: Final = 0.37
"""The width of a letter of TH Sarabun in parts of its size: some more than the average, for what a line leaves free."""


@dataclass(frozen=True)
class Printed:
    """A document as it stands: its frozen content, who has signed, the agency's emblem (PNG) where it has one."""

    content: Content
    stage: Stage = "presented"
    endorsements: tuple[Endorsement, ...] = ()
    emblem: bytes | None = None


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
