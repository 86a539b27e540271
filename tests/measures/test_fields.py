"""Form fields: typed Thai comes out canonical, or stays where it was with a Thai sentence beside it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError

from measures.forms.fields import (
    FiscalYearField,
    PercentField,
    ScoreField,
    ThaiCharField,
    ThaiDateField,
    ThaiDecimalField,
    ThaiTextField,
)


class _Form(forms.Form):
    title = ThaiCharField(label="ชื่อมาตรการ", max_length=5)
    due = ThaiDateField(label="กำหนดแล้วเสร็จ", required=False)


FIELDS = [
    ThaiCharField,
    ThaiTextField,
    ThaiDateField,
    PercentField,
    ThaiDecimalField,
    ScoreField,
    FiscalYearField,
]


def refusal(field: forms.Field, typed: Any) -> list[str]:
    with pytest.raises(ValidationError) as refused:
        field.clean(typed)
    return list(refused.value.messages)


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("typed", ["", None, "  ", "\u200b", "\ufeff", "\u00a0", "\x00"])
def test_nothing_visible_is_nothing(field: type[forms.Field], typed: str | None) -> None:
    assert refusal(field(label="ช่องนี้"), typed) == ["ยังไม่ได้กรอกช่องนี้"]


@pytest.mark.parametrize("field", FIELDS)
def test_an_optional_field_may_stay_empty(field: type[forms.Field]) -> None:
    assert field(required=False).clean(" \u200b") in (None, "")


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (ThaiCharField(), " กํา\x00\u202e\r\nข ", "กำ ข"),
        (ThaiTextField(), "ก \r\n  - ข\x00\r\n", "ก\n  - ข"),
        (ThaiDateField(), "29/02/2567", date(2024, 2, 29)),
        (ThaiDateField(), "30/09/2026", date(2026, 9, 30)),
        (PercentField(), "٥٠", 50),
        (PercentField(), "0", 0),
        (ScoreField(), "๙๙.๗๖", Decimal("99.76")),
        (ThaiDecimalField(), "1,000,000.50", Decimal("1000000.50")),
        (FiscalYearField(), "๗๐", 2570),
        (FiscalYearField(), "2027", 2570),
    ],
)
def test_what_was_typed_is_understood(field: forms.Field, typed: str, value: object) -> None:
    assert field.clean(typed) == value


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        (ThaiDateField(), "29/02/2568", "วันที่ 29 กุมภาพันธ์ 2568 ไม่มีในปฏิทิน กรุณาตรวจสอบวัน เดือน ปี"),
        (PercentField(), "101", "กรุณาพิมพ์ร้อยละเป็นจำนวนเต็มตั้งแต่ 0 ถึง 100 เช่น 50"),
        (PercentField(), "9" * 5000, "กรุณาพิมพ์ร้อยละเป็นจำนวนเต็มตั้งแต่ 0 ถึง 100 เช่น 50"),
        (ScoreField(), "NaN", "กรุณาพิมพ์ตัวเลขตั้งแต่ 0 ถึง 100 ทศนิยมไม่เกิน 2 ตำแหน่ง"),
        (FiscalYearField(), "256", 'อ่านปี "256" ไม่ได้ กรุณาพิมพ์ปี พ.ศ. 4 หลัก เช่น 2569'),
    ],
)
def test_a_refusal_is_a_thai_sentence(field: forms.Field, typed: str, sentence: str) -> None:
    assert refusal(field, typed) == [sentence]


def test_length_counts_code_points_after_cleaning() -> None:
    field = ThaiTextField(max_length=5)
    assert field.clean("ก\r\nขค\u200b🇹") == "ก\nขค🇹"
    assert refusal(field, "ก\r\nข🇹🇭ค") == ["ข้อความยาว 6 ตัวอักษร เกินที่รับได้ (5 ตัวอักษร) กรุณาย่อข้อความ"]


def test_the_browser_is_not_told_to_cut_a_pasted_text() -> None:
    assert "maxlength" not in str(_Form()["title"])


def test_what_was_typed_is_kept_beside_an_error() -> None:
    form = _Form({"title": "ก", "due": "๒๙/๐๒/๒๕๖๘"})
    assert not form.is_valid()
    assert form["due"].value() == "๒๙/๐๒/๒๕๖๘"


@pytest.mark.parametrize("initial", [date(2024, 12, 27), datetime(2024, 12, 26, 18, 0, tzinfo=UTC)])
def test_a_stored_day_is_shown_in_words_and_reads_back(initial: date) -> None:
    shown = _Form(initial={"due": initial})["due"].value()
    assert shown == "27 ธันวาคม 2567"
    assert not ThaiDateField().has_changed(date(2024, 12, 27), shown)
