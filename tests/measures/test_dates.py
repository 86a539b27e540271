"""Dates as typed in Thailand: understood in either era, told back in words, refused with a reason."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.dates import (
    ParsedDate,
    explain,
    guessed,
    long_date,
    moment_label,
    month_year,
    parse_thai_date,
    read_year,
    reading,
    short_date,
    time_label,
)
from measures.thai import ThaiValueError, thai_digits

be_days = st.dates(min_value=date(1858, 1, 1), max_value=date(2155, 12, 31))
this_century = st.dates(min_value=date(1957, 1, 1), max_value=date(2056, 12, 31))


@given(be_days)
def test_a_long_date_reads_back(day: date) -> None:
    assert parse_thai_date(thai_digits(long_date(day))) == ParsedDate(day, "BE", assumed=False)


@given(this_century)
def test_a_short_date_reads_back_as_an_assumption(day: date) -> None:
    assert parse_thai_date(short_date(day)) == ParsedDate(day, "BE", assumed=True)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2150, 12, 31)))
def test_an_iso_date_reads_back(day: date) -> None:
    assert parse_thai_date(day.isoformat()) == ParsedDate(day, "CE", assumed=False)


@pytest.mark.parametrize(
    "typed",
    [
        "29/02/2567",
        "29-2-2567",
        "29.2.2567",
        "๒๙/๐๒/๒๕๖๗",
        "29 ก.พ. 67",
        "๒๙ กุมภา ๖๗",
        "2567-02-29",
        "2024-02-29",
        "29/2/2024",
        " วันที่ 29 กุมภาพันธ์ พ.ศ. 2567 ",
        "วันพฤหัสบดีที่ ๒๙ เดือนกุมภาพันธ์ พ.ศ.๒๕๖๗",
        "29กพ67",
        "ลงวันที่ 29 ก.พ. ค.ศ. 2024",
        "29/02/67",
    ],
)
def test_one_day_typed_in_many_ways(typed: str) -> None:
    assert parse_thai_date(typed).value == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("29/02/2568", "วันที่ 29 กุมภาพันธ์ 2568 ไม่มีในปฏิทิน กรุณาตรวจสอบวัน เดือน ปี"),
        ("31 เมษายน 2026", "วันที่ 31 เมษายน ค.ศ. 2026 ไม่มีในปฏิทิน กรุณาตรวจสอบวัน เดือน ปี"),
        ("1/1/256", 'อ่านปี "256" ไม่ได้ กรุณาพิมพ์ปี พ.ศ. 4 หลัก เช่น 2569'),
        ("1/1/2250", 'อ่านปี "2250" ไม่ได้ กรุณาพิมพ์ปี พ.ศ. 4 หลัก เช่น 2569'),
        ("1 ม.ค. พ.ศ. 2026", 'อ่านปี "2026" ไม่ได้ กรุณาพิมพ์ปี พ.ศ. 4 หลัก เช่น 2569'),
        ("09/30/2026", "ไม่มีเดือนที่ 30 กรุณาพิมพ์วัน เดือน ปี ตามลำดับ เช่น 30/9/2569"),
        ("ทุกเดือน", "อ่านวันที่ไม่ได้ กรุณาพิมพ์วัน เดือน ปี เช่น 30 กันยายน 2569 หรือ 30/9/2569"),
        ("1" * 5000, "อ่านวันที่ไม่ได้ กรุณาพิมพ์วัน เดือน ปี เช่น 30 กันยายน 2569 หรือ 30/9/2569"),
    ],
)
def test_a_refusal_says_what_to_do(typed: str, sentence: str) -> None:
    with pytest.raises(ThaiValueError) as refused:
        parse_thai_date(typed)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2569-09-30", "ระบบอ่านเป็น วันที่ 30 กันยายน พ.ศ. 2569 (ค.ศ. 2026)"),
        (
            "30/09/2026",
            "ท่านพิมพ์ปี 2026 ระบบอ่านเป็นปี ค.ศ. และจะบันทึกเป็น วันที่ 30 กันยายน พ.ศ. 2569 หากไม่ถูกต้องกรุณาแก้ไข",
        ),
        (
            "30/9/69",
            "ท่านพิมพ์ปี 69 ระบบอ่านเป็น วันที่ 30 กันยายน พ.ศ. 2569 (ค.ศ. 2026) หากไม่ถูกต้องกรุณาแก้ไข",
        ),
    ],
)
def test_what_was_understood_is_told_in_words(typed: str, sentence: str) -> None:
    assert explain(parse_thai_date(typed)) == sentence


@given(st.one_of(st.text(), st.text(alphabet="0129๐๒/-. กพมีนาคศ", max_size=20)))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parsed = parse_thai_date(text)
    except ThaiValueError:
        return
    assert parse_thai_date(long_date(parsed.value)).value == parsed.value


@pytest.mark.parametrize(
    "typed", ["2570", "๒๕๗๐", "70", "2027", "พ.ศ. 2570", "ปีงบประมาณ พ.ศ. ๒๕๗๐", "ค.ศ. 2027"]
)
def test_a_year_in_either_era(typed: str) -> None:
    assert read_year(typed) == 2570


@pytest.mark.parametrize("typed", ["", "257", "25700", "ปีหน้า", "2" * 5000, "-70"])
def test_a_year_in_no_era(typed: str) -> None:
    with pytest.raises(ThaiValueError, match="กรุณาพิมพ์ปี"):
        read_year(typed)


def test_labels_are_in_thai_and_in_bangkok() -> None:
    moment = datetime(2024, 12, 27, 7, 5, tzinfo=UTC)
    assert time_label(moment) == "14.05 น."
    assert moment_label(datetime(2024, 12, 26, 18, 0, tzinfo=UTC)) == "27 ธันวาคม 2567 เวลา 01.00 น."
    assert month_year(date(2024, 12, 27)) == "ธันวาคม 2567"


@pytest.mark.parametrize("typed", ["30 กันยายน 2569", "", "29/02/2568", "เมื่อวาน"])
def test_nothing_is_told_of_what_says_itself_or_cannot_be_read(typed: str) -> None:
    assert reading(typed) == ""


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("30/09/2026", "วันที่ 30 กันยายน พ.ศ. 2569"),
        ("30/9/๖๙", "วันที่ 30 กันยายน พ.ศ. 2569"),
        ("30/9/2569", ""),
        ("30/9/256", ""),
    ],
)
def test_a_year_that_was_not_typed_in_full_is_told(typed: str, told: str) -> None:
    assert guessed(typed) == told
