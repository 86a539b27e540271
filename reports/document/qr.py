"""You come here for the QR code of an address as the dark bars of each of its rows. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final

QUIET: Final = 4
"""Modules that must stay white around it (ISO/IEC 18004, 5.3.8)."""


@dataclass(frozen=True)
class Code:
    """``side`` modules each way; ``bars`` are the dark ones as (column, row, how many side by side)."""

    side: int
    bars: tuple[tuple[int, int, int], ...]


@lru_cache(maxsize=16)
def code_of(address: str) -> Code:
    """The code that a phone reads as ``address``; a seventh of it may be soiled (error correction M)."""
    from qrcode.constants import ERROR_CORRECT_M  # noqa: PLC0415 -- with Pillow, for those who print only
    from qrcode.main import QRCode  # noqa: PLC0415

    made = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    made.add_data(address)
    made.make(fit=True)
    rows = made.get_matrix()
    bars = []
    for y, row in enumerate(rows):
        x = 0
        for dark, modules in groupby(row):
            count = len(list(modules))
            if dark:
                bars.append((x, y, count))
            x += count
    return Code(len(rows), tuple(bars))
