"""How late a report or a measure is, computed from its dates on the day of asking and never stored."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

DUE_SOON_DAYS: Final = 7
"""From this many days before the last day a thing is due soon; the last day itself is day 0."""


class Lateness(StrEnum):
    """Where a day lies against the days on which something opens and is due."""

    NOT_YET = "not_yet"
    OPEN = "open"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"

    @property
    def word(self) -> str:
        """The word people read; nothing for what is open and has time."""
        return {"not_yet": "ยังไม่ถึงกำหนด", "due_soon": "ใกล้ครบกำหนด", "overdue": "เกินกำหนด"}.get(self, "")


def lateness(*, opens: date, closes: date, today: date) -> Lateness:
    """Return where ``today`` lies. Both days are inclusive: on ``closes`` nothing is late yet."""
    if today < opens:
        return Lateness.NOT_YET
    left = (closes - today).days
    if left < 0:
        return Lateness.OVERDUE
    return Lateness.DUE_SOON if left <= DUE_SOON_DAYS else Lateness.OPEN


def sentence(*, opens: date, closes: date, today: date) -> str:
    """Return what to tell the person who has not reported: "เหลือ 37 วัน", "เกินกำหนด 12 วัน"."""
    left = (closes - today).days
    match lateness(opens=opens, closes=closes, today=today):
        case Lateness.OVERDUE:
            return f"เกินกำหนด {-left} วัน"
        case Lateness.DUE_SOON:
            return "ครบกำหนดวันนี้" if left == 0 else f"ใกล้ครบกำหนด เหลือ {left} วัน"
        case Lateness.OPEN:
            return f"เหลือ {left} วัน"
        case _:
            return "ยังไม่ถึงกำหนด"
