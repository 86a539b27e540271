"""What becomes of words and dates when a plan is taken into another year."""

from __future__ import annotations

from datetime import date

import pytest

from measures.rollover import shift_date, shift_due_text, shift_text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("ผลการจัดซื้อจัดจ้างของปีงบประมาณ พ.ศ. ๒๕๖๗", "ผลการจัดซื้อจัดจ้างของปีงบประมาณ พ.ศ. ๒๕๖๘"),
        ("ปีงบประมาณ 2567", "ปีงบประมาณ 2568"),
        ("ปีงบประมาณ พ.ศ. ๒๕๖๖", "ปีงบประมาณ พ.ศ. ๒๕๖๖"),
        ("ระเบียบสำนักนายกรัฐมนตรี พ.ศ. ๒๕๖๗", "ระเบียบสำนักนายกรัฐมนตรี พ.ศ. ๒๕๖๗"),
    ],
)
def test_only_the_fiscal_year_by_name_moves_in_titles_and_steps(before: str, after: str) -> None:
    assert shift_text(before, source=2567, target=2568) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("ภายในเดือนกันยายน ๒๕๖๗", "ภายในเดือนกันยายน ๒๕๖๘"),
        ("๑ ต.ค. ๖๖ - ๓๐ ก.ย. ๖๗", "๑ ต.ค. ๖๗ - ๓๐ ก.ย. ๖๘"),
        ("30/9/2567", "30/9/2568"),
        ("ตามคำสั่งที่ 12/2567", "ตามคำสั่งที่ 12/2567"),
        ("ตาม พ.ร.บ. ข้อมูลข่าวสาร พ.ศ. ๒๕๔๐", "ตาม พ.ร.บ. ข้อมูลข่าวสาร พ.ศ. ๒๕๔๐"),
        ("ทุกเดือน", "ทุกเดือน"),
    ],
)
def test_the_years_of_a_due_date_move(before: str, after: str) -> None:
    assert shift_due_text(before, source=2567, target=2568) == after


def test_a_leap_day_becomes_the_last_of_february() -> None:
    assert shift_date(date(2024, 2, 29), source=2567, target=2568) == date(2025, 2, 28)


def test_several_years_move_at_once() -> None:
    assert shift_date(date(2024, 9, 30), source=2567, target=2570) == date(2027, 9, 30)
