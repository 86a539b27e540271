"""You come here for when a position whose turn it is gets reminded by the portal itself. Pure."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final

from measures.fiscal import BANGKOK

FIRST_DAYS: Final = (1, 3, 7)
"""Days of waiting after which a reminder goes out; after the last of them one a week."""

_WEEK: Final = 7
_LEAST_APART: Final = timedelta(days=1)
_OPENS, _CLOSES = time(8, 30), time(16, 30)
_SATURDAY: Final = 5


def office_is_open(at: datetime) -> bool:
    """Whether a government office works at that moment: Monday to Friday, 08.30 to 16.30 in Bangkok."""
    there = at.astimezone(BANGKOK)
    return there.weekday() < _SATURDAY and _OPENS <= there.time() < _CLOSES


def last_due(waited: timedelta) -> int:
    """After how many days of waiting the last reminder fell due; 0 where none has yet."""
    days = waited.days
    if days >= FIRST_DAYS[-1]:
        return days - (days - FIRST_DAYS[-1]) % _WEEK
    return max((due for due in FIRST_DAYS if due <= days), default=0)


def is_due(*, waiting_since: datetime, reminded_at: datetime | None, at: datetime) -> bool:
    """Whether the portal reminds now whoever has had the turn since ``waiting_since``.

    What fell due while nobody worked is made up for once, and never within a day of the last reminder.
    """
    due = last_due(at - waiting_since)
    if not due or not office_is_open(at):
        return False
    if reminded_at is None:
        return True
    return reminded_at < waiting_since + timedelta(days=due) and at - reminded_at >= _LEAST_APART
