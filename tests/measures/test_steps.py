"""Steps typed as lines, and which stored step a typed line was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.steps import StepLine, pair, parse_steps, step_lines
from measures.thai import ThaiValueError


@pytest.mark.parametrize("typed", ["๑. ประชุม\n๒. แจ้งเวียน", "1) ประชุม\n\n(2) แจ้งเวียน\r\n", "ประชุม\nแจ้งเวียน"])
def test_numbers_that_follow_from_the_order_are_not_kept(typed: str) -> None:
    assert parse_steps(typed) == [StepLine("", "ประชุม"), StepLine("", "แจ้งเวียน")]


def test_a_number_that_differs_from_the_order_is_kept_as_typed() -> None:
    assert parse_steps("ประชุม\n๔. แจ้งเวียน") == [StepLine("", "ประชุม"), StepLine("๔", "แจ้งเวียน")]


@pytest.mark.parametrize("line", ["1.5 ล้านบาท", "2567 เป็นปีแรก", "12/2567 คำสั่ง"])
def test_a_figure_at_the_beginning_is_text(line: str) -> None:
    assert parse_steps(line) == [StepLine("", line)]


def test_a_line_put_between_renumbers_the_rest() -> None:
    lines = step_lines(parse_steps("๑. ก\n๒. ข")).split("\n")
    lines.insert(1, "ใหม่")
    assert [step.number for step in parse_steps("\n".join(lines))] == ["", "", ""]


words = st.text(st.sampled_from("กขค123.() -"), min_size=1, max_size=12).filter(
    lambda t: any(c in "กขค" for c in t)
)


@given(st.lists(words, max_size=6))
def test_what_was_read_is_read_again_from_its_lines(lines: list[str]) -> None:
    steps = parse_steps("\n".join(lines))
    assert parse_steps(step_lines(steps)) == steps


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("\n".join(["ก"] * 201), "มี 201 ขั้นตอน เกินที่รับได้ (200 ขั้นตอน)"),
        ("ก\n" + "ข" * 5001, "ขั้นตอนที่ 2 ยาว 5,001 ตัวอักษร เกินที่รับได้ (5,000 ตัวอักษร)"),
        ("ก\n๒.", "ขั้นตอนที่ 2 ยังไม่มีข้อความ"),
    ],
)
def test_what_is_too_much_or_too_little_is_named(typed: str, sentence: str) -> None:
    with pytest.raises(ThaiValueError, match=r".") as refused:
        parse_steps(typed)
    assert str(refused.value).startswith(sentence)


def test_a_step_keeps_its_row_when_it_moves() -> None:
    assert pair(["ประชุม", "แจ้งเวียน"], ["แจ้งเวียน", "ประชุม"]) == [1, 0]


def test_a_step_keeps_its_row_when_it_is_mended_beside_one_that_goes() -> None:
    stored = ["จัดทำแผน", "ประชุมคณะทำงาน", "เผยแพร่ทางเว็บไซต์"]
    assert pair(stored, ["จัดทำแผน", "เผยแพร่ทางเว็บไซต์ของเทศบาล"]) == [0, 2]


def test_a_step_written_anew_is_the_one_that_stood_there() -> None:
    assert pair(["ก ข ค", "ง จ ฉ"], ["ก ข ค", "ทำอย่างอื่น"]) == [0, 1]


def test_a_fresh_step_is_none_of_the_stored() -> None:
    assert pair(["ประชุม"], ["ประชุม", "ติดตามผล"]) == [0, None]
