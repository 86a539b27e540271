"""What stands in a column: the closed list of sources, and the cell of each."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest

from measures.bullets import Bullet, Bullets, parse
from reports.columns import LABELS, LAYOUTS, MOST, SOURCES, USUAL, cell, heading, layout, words
from reports.content import Column, Measure, Quarter, Step

FIRST = Quarter(1, "ไตรมาส 1", date(2025, 10, 1), date(2025, 12, 31), reported=True)
PERIODS = {1: "ไตรมาส 1", 2: "ไตรมาส 2", 3: "ไตรมาส 3", 4: "ไตรมาส 4"}
FULL = Measure(
    key="m1", number="๑.๑", title="การจัดซื้อจัดจ้าง", steps=(Step("๑", "เผยแพร่แผน"),), units=("งานพัสดุ กองคลัง",),
    due=date(2026, 9, 30), progress="in_progress", results=parse("- เผยแพร่แล้ว"), indicator="เผยแพร่ครบ",
    target="ร้อยละ 100", budget="20000.50", percent=50, obstacles=parse("- ขาดคน"), suggestions=parse("- เพิ่มคน"),
    remark="ต่อเนื่อง", quarters=(replace(FIRST, results=parse("- เผยแพร่แผน")),),
)  # fmt: skip


def text(bullets: Bullets) -> str:
    return " ".join(f"{bullet.marker} {bullet.text}".strip() for bullet in bullets)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("measure", "๑.๑ การจัดซื้อจัดจ้าง"), ("steps", "๑. เผยแพร่แผน"), ("units", "งานพัสดุ กองคลัง"),
        ("due", "๓๐ กันยายน ๒๕๖๙"), ("progress", "อยู่ระหว่างดำเนินการ"), ("percent", "๕๐"), ("budget", "๒๐,๐๐๐.๕๐"),
        ("indicator", "เผยแพร่ครบ"), ("target", "ร้อยละ 100"), ("results", "- เผยแพร่แล้ว"), ("obstacles", "- ขาดคน"),
        ("suggestions", "- เพิ่มคน"), ("remark", "ต่อเนื่อง"), ("period1", "- เผยแพร่แผน"), ("period2", ""),
    ],
)  # fmt: skip
def test_each_source_has_its_cell(source: str, said: str) -> None:
    assert text(cell(FULL, source, thai=True)) == said


@pytest.mark.parametrize("source", LABELS)
def test_a_measure_with_nothing_leaves_its_cells_empty(source: str) -> None:
    assert text(cell(Measure("m1", "", ""), source, thai=True)) == ""


@pytest.mark.parametrize("name", [field.name for field in fields(Measure)])
def test_what_a_measure_holds_can_be_shown(name: str) -> None:
    within = {"key": "", "number": "measure", "title": "measure", "units_printed": "units", "due_text": "due"}
    assert within.get(name, name) in SOURCES or name in ("key", "quarters")


@pytest.mark.parametrize(
    ("quarter", "said"),
    [
        (replace(FIRST, reported=False), "ยังไม่ได้รายงาน"),
        (replace(FIRST, nil_reason="รอประกาศ"), "ไม่มีการดำเนินการ เนื่องจากรอประกาศ"),
        (replace(FIRST, nil_reason="เนื่องจากรอประกาศ"), "ไม่มีการดำเนินการ เนื่องจากรอประกาศ"),
        (replace(FIRST, progress="not_started", percent=0), "ยังไม่ดำเนินการ ร้อยละ ๐"),
    ],
)
def test_no_answer_nothing_done_and_nothing_come_of_it_are_three_things(quarter: Quarter, said: str) -> None:
    assert cell(replace(FULL, quarters=(quarter,)), "period1", thai=True) == (Bullet("", said),)


def test_what_is_no_source_has_no_cell() -> None:
    for source in ("period0", "period13", "period", "key", ""):
        assert source not in SOURCES
    with pytest.raises(ValueError, match="no column"):
        cell(FULL, "key", thai=True)


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_ready_made_choice_is_a_table(name: str) -> None:
    columns = layout(name, PERIODS, thai=True)
    sources = [column.source for column in columns]
    assert set(sources) <= set(SOURCES)
    assert all(column.heading for column in columns)
    assert len(set(sources)) == len(sources) <= MOST
    assert sources[0] == "measure"


def test_the_choice_by_quarters_has_a_column_for_each() -> None:
    assert [column.heading for column in layout("periods", PERIODS, thai=True)] == [
        "มาตรการ", "ผู้รับผิดชอบ", "ไตรมาส ๑", "ไตรมาส ๒", "ไตรมาส ๓", "ไตรมาส ๔",
    ]  # fmt: skip


def test_an_unknown_choice_is_the_usual_one() -> None:
    assert layout("nope", PERIODS, thai=True) == USUAL


def test_a_heading_is_the_periods_name_in_the_agencys_digits() -> None:
    assert heading("period1", PERIODS, thai=True) == "ไตรมาส ๑"
    assert heading("period1", PERIODS, thai=False) == "ไตรมาส 1"
    assert heading("period9", PERIODS, thai=False) == "งวดที่ 9"


def test_columns_are_told_by_heading_and_by_what_stands_below() -> None:
    assert (
        words([Column("units", "ผู้รับผิดชอบ"), Column("due", "ภายใน")]) == "ผู้รับผิดชอบ\nภายใน (แสดงกำหนดแล้วเสร็จ)"
    )
