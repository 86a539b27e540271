"""A plan file is read strictly: everything that is wrong is named with its path, all at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from reports.importing.places import FileRefused
from reports.importing.reading import read_plan_file
from reports.importing.table import split_unit
from tests.reports.plan_files import bare, demonstration, encoded, measure, small


def problems(data: bytes) -> dict[str, str]:
    """Path → sentence of everything wrong with a file."""
    with pytest.raises(FileRefused) as refused:
        read_plan_file(data)
    return {problem.path: problem.sentence for problem in refused.value.problems}


def with_measure(**fields: Any) -> bytes:
    """A plan whose only measure has these fields."""
    data = small()
    data["table"]["groups"][0]["measures"] = [measure("มาตรการ", **fields)]
    return encoded(data)


HERE = "table.groups[0].measures[0]"


def test_the_real_table_is_understood() -> None:
    groups = read_plan_file(encoded(bare())).groups
    assert (len(groups), [len(group.measures) for group in groups]) == (6, [1, 1, 1, 2, 1, 1])


def test_every_fault_is_named_at_once() -> None:
    data = demonstration()
    table = data["table"]["groups"]
    table[2]["measures"][0]["due"] = "2024-02-30"
    table[0]["titel_th"] = table[0].pop("title_th")
    table[1]["measures"][0]["steps_th"] = {}
    data["memorandum"]["ita_score"] = 99.76
    assert list(problems(encoded(data))) == [
        "memorandum.ita_score",
        "table.groups[0].titel_th",
        "table.groups[0].title_th",
        "table.groups[1].measures[0].steps_th",
        "table.groups[1].measures[0].quarters[0].steps_done[0]",
        "table.groups[1].measures[0].quarters[1].steps_done[0]",
        "table.groups[1].measures[0].quarters[1].steps_done[1]",
        "table.groups[1].measures[0].quarters[2].steps_done[0]",
        "table.groups[1].measures[0].quarters[2].steps_done[1]",
        "table.groups[1].measures[0].quarters[2].steps_done[2]",
        "table.groups[1].measures[0].quarters[3].steps_done[0]",
        "table.groups[1].measures[0].quarters[3].steps_done[1]",
        "table.groups[1].measures[0].quarters[3].steps_done[2]",
        "table.groups[1].measures[0].quarters[3].steps_done[3]",
        "table.groups[2].measures[0].due",
    ]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2024-02-30", "วันที่ 30 กุมภาพันธ์ 2567 ไม่มีในปฏิทิน"),
        ("2025-02-29", "วันที่ 29 กุมภาพันธ์ 2568 ไม่มีในปฏิทิน"),
        ("2024-13-01", "ไม่มีเดือนที่ 13"),
        ("2567-09-30", 'ปี 2567 เป็น พ.ศ. ช่องนี้ใช้ปี ค.ศ. หากหมายถึง พ.ศ. 2567 ให้เขียน "2024-09-30"'),
        ("0001-01-01", "ปี 0001 อยู่นอกช่วงที่รับได้ (1856 ถึง 2156)"),
        ("20240930", 'ต้องเป็นวันที่แบบ ค.ศ. "ปี-เดือน-วัน" เช่น "2024-09-30" แต่ในไฟล์เป็น ข้อความ "20240930"'),
        (20240930, 'ต้องเป็นวันที่แบบ ค.ศ. "ปี-เดือน-วัน" เช่น "2024-09-30" แต่ในไฟล์เป็น 20240930'),
    ],
)
def test_impossible_dates_are_named(typed: object, sentence: str) -> None:
    assert problems(with_measure(due=typed)) == {f"{HERE}.due": sentence}


def test_29_february_of_a_leap_year_is_a_day() -> None:
    assert read_plan_file(with_measure(due="2024-02-29")).groups[0].measures[0].due == date(2024, 2, 29)


def test_missing_fields_are_named() -> None:
    data = small("มาตรการ")
    del data["table"]["groups"][0]["measures"][0]["title_th"]
    assert problems(encoded(data)) == {f"{HERE}.title_th": "ขาดช่องนี้"}


def test_a_measure_needs_no_more_than_a_title() -> None:
    data = small("มาตรการ")
    data["table"]["groups"][0]["measures"][0] = {"title_th": "มาตรการ"}
    measure = read_plan_file(encoded(data)).groups[0].measures[0]
    assert (measure.steps, measure.units, measure.due_text, measure.due, measure.outcome.results) == (
        (),
        (),
        "",
        None,
        (),
    )


@pytest.mark.parametrize(
    ("name", "value", "path"),
    [
        ("title_th", 5, "title_th"),
        ("title_th", None, "title_th"),
        ("title_th", "\u200b \ufeff", "title_th"),
        ("title_th", "ก" * 1001, "title_th"),
        ("title_th", "ก\0ข", "title_th"),
        ("steps_th", "ขั้นตอน", "steps_th"),
        ("steps_th", [1], "steps_th[0]"),
        ("steps_th", [{"text_th": "ก", "number": 1, "printed_number": ""}], "steps_th[0].number"),
        ("units_th", ["กองคลัง", "กองคลัง"], "units_th[1]"),
        ("due_th", [], "due_th"),
        ("results_th", [{"marker": "-", "text": ""}], "results_th[0].text"),
        (
            "results_th",
            [{"text": "ก", "items": [{"text": "ข", "items": []}]}],
            "results_th[0].items[0].items",
        ),
        ("key", "ก", "key"),
        ("progress", "finished", "progress"),
        ("quarters", [{"number": 0}], "quarters[0].number"),
        ("quarters", [{"number": True}], "quarters[0].number"),
        ("quarters", [{"number": 1, "percent": 101}], "quarters[0].percent"),
        ("quarters", [{"number": 1, "percent": "50"}], "quarters[0].percent"),
        ("quarters", [{"number": 1, "progress": "done", "percent": 50}], "quarters[0].percent"),
        ("quarters", [{"number": 1, "nothing_done": True}], "quarters[0].nil_reason"),
        (
            "quarters",
            [{"number": 1, "nil_reason": "ไม่มี", "evidence": [{"title": "ก", "url": []}]}],
            "quarters[0].evidence[0].url",
        ),
        ("quarters", [{"number": 1, "state": "returned"}], "quarters[0].return_reason"),
        ("quarters", [{"number": 1, "steps_done": [1]}], "quarters[0].steps_done[0]"),
        (
            "quarters",
            [{"number": 1, "evidence": [{"title": "ก", "url": "javascript:alert(1)"}]}],
            "quarters[0].evidence[0].url",
        ),
    ],
)
def test_wrong_values_are_named(name: str, value: object, path: str) -> None:
    assert list(problems(with_measure(**{name: value}))) == [f"{HERE}.{path}"]


@pytest.mark.parametrize("year", [2024, "2567", 2567.0, True, None, 10**12, -1])
def test_a_fiscal_year_is_a_whole_number_of_the_buddhist_era(year: object) -> None:
    assert list(problems(encoded(small() | {"fiscal_year_be": year}))) == ["fiscal_year_be"]


@pytest.mark.parametrize("score", ["NaN", "Infinity", "1E+1000000", "100.01", "-1", "9" * 5000, "99.999", 99])
def test_a_score_is_0_to_100_in_quotes(score: object) -> None:
    assert list(problems(encoded(small() | {"ita_score": score}))) == ["ita_score"]


def test_a_score_may_have_thai_digits() -> None:
    assert read_plan_file(encoded(small() | {"ita_score": "๙๙.๗๖"})).scores == {"ita_score": Decimal("99.76")}


@pytest.mark.parametrize("slug", ["A", "ตัวอย่าง", "1town", "desk", "a" * 51])
def test_a_slug_is_a_free_part_of_an_address(slug: str) -> None:
    data = small()
    data["agency"]["slug"] = slug
    assert list(problems(encoded(data))) == ["agency.slug"]


def test_keys_are_given_once() -> None:
    data = small("ก", "ข")
    for one in data["table"]["groups"][0]["measures"]:
        one["key"] = "m1"
    assert list(problems(encoded(data))) == ["table.groups[0].measures[1].key"]


def test_what_is_derived_may_not_say_otherwise() -> None:
    data = demonstration()
    data["memorandum"] |= {"date_th": "๒๘ ธันวาคม ๒๕๖๗", "next_fiscal_year_be": 2569}
    assert list(problems(encoded(data))) == ["memorandum.date_th", "memorandum.next_fiscal_year_be"]


def test_a_chain_begins_with_its_author_and_names_each_position_once() -> None:
    data = demonstration()
    data["memorandum"]["chain"] = [
        {"position_th": "ปลัดเทศบาล", "role": "final"},
        {"position_th": "ปลัดเทศบาล", "role": "author"},
    ]
    assert list(problems(encoded(data))) == [
        "memorandum.chain[0].role", "memorandum.chain[1].position_th", "memorandum.chain[1].role",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (b"", "อ่านเป็น JSON ไม่ได้ที่บรรทัด 1 ตัวที่ 1 กรุณาตรวจสอบเครื่องหมายก่อนหน้าจุดนั้น"),
        (b'{\n"a" 1}', "อ่านเป็น JSON ไม่ได้ที่บรรทัด 2 ตัวที่ 5 กรุณาตรวจสอบเครื่องหมายก่อนหน้าจุดนั้น"),
        ("ก".encode("cp874"), "ไฟล์ไม่ได้เข้ารหัสแบบ UTF-8 (ไบต์ที่ 1) กรุณาบันทึกใหม่เป็น UTF-8"),
        ("{}".encode("utf-16"), "ไฟล์ไม่ได้เข้ารหัสแบบ UTF-8 (ไบต์ที่ 1) กรุณาบันทึกใหม่เป็น UTF-8"),
        (b"{}\n\0", "ไฟล์มีอักขระ NUL ในบรรทัดที่ 2 กรุณาลบออก"),
        (b"[" * 100_000, "ไฟล์ซ้อนลึกเกินไป กรุณาตรวจสอบวงเล็บปีกกาและวงเล็บเหลี่ยม"),
        (b" " * 20_000_001, "ไฟล์มีขนาดเกิน 20 MB ซึ่งเป็นขนาดสูงสุดที่รับได้"),
        (b"[]", "ต้องเป็นกลุ่มข้อมูลในวงเล็บปีกกา { } แต่ในไฟล์เป็น รายการ [ ]"),
    ],
)
def test_what_is_no_json_object_is_refused_as_a_whole(file: bytes, sentence: str) -> None:
    assert problems(file) == {"": sentence}


def test_a_field_written_twice_is_named() -> None:
    twice = encoded(small()).replace(b'"fiscal_year_be"', b'"fiscal_year_be": 2567, "fiscal_year_be"')
    assert problems(twice) == {"fiscal_year_be": "มีช่องนี้มากกว่าหนึ่งครั้ง กรุณาเหลือไว้ครั้งเดียว"}


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "9" * 5000, "1e999"])
def test_odd_numbers_are_named(number: str) -> None:
    file = encoded(small()).replace(b"2568", number.encode())
    assert list(problems(file)) == ["fiscal_year_be"]


def test_a_byte_order_mark_is_no_fault() -> None:
    assert read_plan_file(b"\xef\xbb\xbf" + encoded(small())).fiscal_year == 2568


def test_text_becomes_canonical() -> None:
    title = read_plan_file(encoded(small("ด\u0e4d\u0e32เนินการ\u200b"))).groups[0].measures[0].title
    assert title == "ดำเนินการ"


@pytest.mark.parametrize(
    ("printed", "section", "division"),
    [
        ("งานพัสดุและทรัพย์สิน กองคลัง", "งานพัสดุและทรัพย์สิน", "กองคลัง"),
        ("กองคลัง", "กองคลัง", ""),
        ("กอง/ฝ่ายที่รับผิดชอบในการเบิกจ่ายพัสดุ/ครุภัณฑ์ภายในหน่วยงานตนเอง",) * 2 + ("",),
        ("คณะทำงาน ITA", "คณะทำงาน ITA", ""),
        ("งาน กอง", "งาน กอง", ""),
    ],
)  # fmt: skip
def test_a_printed_unit_ends_in_its_division(printed: str, section: str, division: str) -> None:
    assert split_unit(printed) == (section, division)
