"""You come here for days on which an office is open: Saturdays and Sundays are none. Holidays are not known."""

from __future__ import annotations

from datetime import date, timedelta

_SATURDAY = 5


def workday(day: date) -> date:
    """``day``, or the Monday after it."""
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() >= _SATURDAY else day


def workdays_before(day: date, count: int) -> date:
    """The day ``count`` working days before ``day``."""
    while count:
        day -= timedelta(days=1)
        count -= day.weekday() < _SATURDAY
    return day
