"""Thai text and numbers: one spelling for what looks the same, and a sentence for what is no number."""

from __future__ import annotations

import contextlib
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from measures.thai import (
    ThaiValueError,
    arabic_digits,
    canonical,
    parse_decimal,
    parse_percent,
    search_key,
    sort_key,
    thai_digits,
)

# Letters and marks that collide, much denser than random text would have them.
AWKWARD = "กทเแะาำัิีฺุู็่้์ํ๎ \n\r\t\u00a0\u200b\u200d\u202e\ufeff\u0301\u0328\u0ec8\ue000\uf70a\x00e1๕\ud800\u2028🇹"
awkward_text = st.one_of(st.text(), st.text(alphabet=AWKWARD))
MILLION = Decimal(10**6)


@given(awkward_text, st.booleans())
@example("\u0301\u0e31" * 9 + "\u0e38", False)
@example("กาุิ่า้", False)
@example("\u0f73" * 40, False)
@example("ก" + "\u0301" * 30 + "า" + "\u0e48", False)
def test_canonical_text_stays_as_it_is(text: str, multiline: bool) -> None:
    once = canonical(text, multiline=multiline)
    assert canonical(once, multiline=multiline) == once


@given(awkward_text)
def test_canonical_text_is_composed_and_on_one_line(text: str) -> None:
    line = canonical(text)
    assert unicodedata.is_normalized("NFC", line)
    assert not {unicodedata.category(c) for c in line} & {"Cc", "Cs", "Co", "Zl", "Zp"}


@pytest.mark.parametrize("cluster", ["กุ้", "กิ่", "กิ์", "กุ์", "ก็่", "กั้"])
def test_the_order_of_typing_marks_does_not_matter(cluster: str) -> None:
    assert canonical(cluster[0] + cluster[2] + cluster[1]) == canonical(cluster) == cluster


@pytest.mark.parametrize("typed", ["น้ำ", "นํ้า", "น้ํา", "นำ้", "นํา้", "น้้ำ", "นํ\u200b้า", "น้ํำ"])
def test_every_spelling_of_sara_am_is_one(typed: str) -> None:
    assert canonical(typed) == "น้ำ"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("เเผน", "แผน"),
        ("ค่่ะ", "ค่ะ"),
        ("คะ่", "ค่ะ"),
        ("ปี\uf70a", "ปี่"),
        ("oﬃce ﬂow", "office flow"),
        ("ก\u202eข\u0007ค\x00ง\ufeff\ud800", "กขคง"),
        ("  ก\u00a0ข\u3000ค\tง\r\nจ ", "ก ข ค ง จ"),
        ("สอง  เคาะ", "สอง  เคาะ"),
        ("👨\u200d👩", "👨👩"),
        ("❤\ufe0f 🇹🇭", "❤ 🇹🇭"),
        (" \u200b\ufeff\u00a0", ""),
    ],
)
def test_what_looks_the_same_is_the_same(typed: str, meant: str) -> None:
    assert canonical(typed) == meant


def test_a_pile_of_marks_is_cut() -> None:
    # Unlimited, half a million of these keep the processor busy for hours.
    assert len(canonical("ก" + "\u0301\u0316" * 500_000)) == 31


def test_lines_keep_their_indentation_and_lose_their_ends() -> None:
    assert canonical("\n - ก \r\n  ๑. ข\u2028\rค\n\n", multiline=True) == "- ก\n  ๑. ข\n\nค"


@pytest.mark.parametrize(
    "word", ["สิทธิ์", "พันธุ์", "ก็", "เสาร์", "ผู้ใหญ่", "น้ำ", "ดำเนินการ", "แก้ไข", "ทั้งนี้", "ปฏิรูป", "สํ", "ปัตตานี"]
)
def test_correct_words_are_left_alone(word: str) -> None:
    assert canonical(word) == word


@given(awkward_text)
def test_a_search_key_stays_as_it_is(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)


@pytest.mark.parametrize(
    ("a", "b"), [("กํา  ITA", "กำ ita"), ("ปี ๒๕๖๗", "ปี 2567"), ("ต.ค.–ธ.ค.", "ต.ค.-ธ.ค.")]
)
def test_a_search_finds_other_spellings(a: str, b: str) -> None:
    assert search_key(a) == search_key(b)


def test_words_sort_as_in_the_dictionary() -> None:
    words = ["กก", "กระ", "กา", "ก่า", "กาง", "เก", "เก่ง", "แก", "ไก่", "ขา", "เขา", "ฮา"]
    assert sorted(set(words), key=sort_key) == words


@given(st.integers(min_value=0))
def test_digits_go_to_thai_and_back(number: int) -> None:
    assert arabic_digits(thai_digits(number)) == str(number)


@pytest.mark.parametrize("typed", ["50", "๕๐", "５０", "٥٠", " 50 %", "๕๐％", "ร้อยละ ๕๐", "050"])
def test_a_percentage_in_any_digits(typed: str) -> None:
    assert parse_percent(typed) == 50


@pytest.mark.parametrize(
    "typed", ["", "NaN", "Infinity", "1E2", "-1", "101", "50.5", "1,0", "5" * 5000, "½", "²", "๕ ๐", "50%%"]
)
def test_anything_else_is_no_percentage(typed: str) -> None:
    with pytest.raises(ThaiValueError, match="กรุณาพิมพ์ร้อยละ"):
        parse_percent(typed)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1,000.50", "1000.50"),
        ("๑,๐๐๐", "1000"),
        ("１２．５", "12.5"),
        ("1000000", "1000000"),
        ("0.00", "0.00"),
    ],
)
def test_a_decimal_as_typed(typed: str, number: str) -> None:
    assert str(parse_decimal(typed, places=2, maximum=MILLION)) == number


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "1.000.000",
        "1,00",
        "1,0000",
        ",100",
        "1.",
        ".5",
        "1.234",
        "-1",
        "1000001",
        "NaN",
        "sNaN",
        "Infinity",
        "1E+1000000",
        "1_000",
        "+1",
        "9" * 5000,
        "0x10",
    ],
)
def test_anything_else_is_no_decimal(typed: str) -> None:
    with pytest.raises(ThaiValueError, match="0 ถึง 1,000,000 ทศนิยมไม่เกิน 2 ตำแหน่ง"):
        parse_decimal(typed, places=2, maximum=MILLION)


@given(st.decimals(min_value=-1000, max_value=1000, places=2))
def test_a_number_with_commas_reads_back(number: Decimal) -> None:
    typed = thai_digits(f"{number:,}")
    assert parse_decimal(typed, places=2, minimum=Decimal(-1000), maximum=Decimal(1000)) == number


@given(st.text(max_size=200))
def test_a_number_is_read_or_refused(text: str) -> None:
    for parse in (parse_percent, lambda typed: parse_decimal(typed, places=2, maximum=MILLION)):
        with contextlib.suppress(ThaiValueError):
            assert 0 <= parse(text) <= MILLION
