"""When something is not yet due, due soon, overdue."""

from __future__ import annotations

from datetime import date

import pytest

from measures.lateness import Lateness, lateness, sentence

OPENS, CLOSES = date(2026, 10, 1), date(2027, 1, 15)


@pytest.mark.parametrize(
    ("today", "where", "words"),
    [
        (date(2026, 9, 30), Lateness.NOT_YET, "ยังไม่ถึงกำหนด"),
        (date(2026, 10, 1), Lateness.OPEN, "เหลือ 106 วัน"),
        (date(2027, 1, 7), Lateness.OPEN, "เหลือ 8 วัน"),
        (date(2027, 1, 8), Lateness.DUE_SOON, "ใกล้ครบกำหนด เหลือ 7 วัน"),
        (date(2027, 1, 15), Lateness.DUE_SOON, "ครบกำหนดวันนี้"),
        (date(2027, 1, 16), Lateness.OVERDUE, "เกินกำหนด 1 วัน"),
    ],
)
def test_lateness_turns_with_the_day(today: date, where: Lateness, words: str) -> None:
    assert lateness(opens=OPENS, closes=CLOSES, today=today) == where
    assert sentence(opens=OPENS, closes=CLOSES, today=today) == words
