"""What becomes of a plan's words and dates when it is taken into another fiscal year."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from measures.dates import MONTHS, SHORT_MONTHS
from measures.thai import thai_digits

_FISCAL_YEAR: Final = re.compile(r"(ปีงบประมาณ\s*(?:พ\.?\s*ศ\.?)?\s*)(\d{4})(?!\d)")
_MONTH: Final = "|".join(re.escape(name) for name in (*MONTHS, *SHORT_MONTHS))
# "12/2567" is the number of an order and stays; "30/9/2567" is a day.
_YEAR: Final = re.compile(r"((?<![\d/])\d{1,2}/\d{1,2}/|(?<![\d/]))(\d{4})(?!\d)")
_SHORT_YEAR: Final = re.compile(rf"((?:{_MONTH})\s*)(\d\d)(?!\d)")


def shift_text(text: str, *, source: int, target: int) -> str:
    """Return a title or a step with "ปีงบประมาณ พ.ศ. <source>" naming ``target``; other years stay (พ.ศ.)."""
    return _FISCAL_YEAR.sub(lambda m: m[1] + _moved(m[2], (source,), target - source), text)


def shift_due_text(text: str, *, source: int, target: int) -> str:
    """Return a printed due date with the years around fiscal year ``source`` moved to ``target`` (พ.ศ.).

    "กันยายน ๒๕๖๗", "30/9/2567" and "ก.ย. ๖๗" move; the year of an act ("พ.ศ. ๒๕๔๐") and the number of an
    order ("12/2567") stay. Digits stay Thai or Arabic as they were typed.
    """
    near = (source - 1, source, source + 1)
    text = _YEAR.sub(lambda m: m[1] + _moved(m[2], near, target - source), text)
    return _SHORT_YEAR.sub(lambda m: m[1] + _moved_short(m[2], near, target - source), text)


def shift_date(day: date | None, *, source: int, target: int) -> date | None:
    """Return the same day ``target - source`` years later; 29 February becomes 28 where there is none."""
    if day is None:
        return None
    try:
        return day.replace(year=day.year + target - source)
    except ValueError:
        return day.replace(year=day.year + target - source, day=28)


def _moved(typed: str, years: tuple[int, ...], by: int) -> str:
    return _as_typed(typed, str(int(typed) + by)) if int(typed) in years else typed


def _moved_short(typed: str, years: tuple[int, ...], by: int) -> str:
    short = [year % 100 for year in years]
    return _as_typed(typed, f"{(int(typed) + by) % 100:02}") if int(typed) in short else typed


def _as_typed(typed: str, moved: str) -> str:
    return moved if typed.isascii() else thai_digits(moved)
