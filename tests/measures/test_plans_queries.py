"""The year as a grid: what each cell says, in a fixed number of statements."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from measures.models import Agency, Measure, Person, Plan, Unit
from measures.queries.dossier import dossier_of
from measures.queries.headline import headline_of
from measures.queries.plans import Cell, year_of
from tests.measures.plans import TODAY, a_group, a_measure, a_plan, a_result

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(town: Agency, officer: Person) -> Plan:
    return a_plan(town, officer)


@pytest.fixture
def measure(plan: Plan, officer: Person, finance: Unit) -> Measure:
    return a_measure(a_group(plan, officer), officer, units=(finance,))


def cell(plan: Plan, number: int = 1, today: date = TODAY) -> Cell:
    return next(c for c in year_of(plan, today).cells if c.period.number == number)


def fill(plan: Plan, officer: Person, finance: Unit, count: int) -> None:
    group = a_group(plan, officer)
    for n in range(count):
        a_result(a_measure(group, officer, f"มาตรการ {n}", units=(finance,)), 1, officer)


@pytest.mark.parametrize("count", [1, 70])
def test_the_grid_costs_the_same_however_many_measures(
    plan: Plan,
    officer: Person,
    finance: Unit,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    fill(plan, officer, finance, count)
    with django_assert_num_queries(7):
        year = year_of(plan, TODAY)
        assert [row.units for row in year.rows] == ["งานการเงินและบัญชี กองคลัง"] * count


def test_numbers_follow_the_order_unless_they_were_typed(plan: Plan, officer: Person) -> None:
    a_measure(a_group(plan, officer, "ก", number="๔"), officer)
    a_measure(a_group(plan, officer, "ข"), officer)
    year = year_of(plan, TODAY)
    assert [(g.number, [row.number for row in g.rows]) for g in year.groups] == [
        ("๔", ["๑.๑"]),
        ("๒", ["๑.๑"]),
    ]


@pytest.mark.parametrize(
    ("state", "tone", "word"),
    [
        ("draft", "doing", "กำลังกรอก"),
        ("submitted", "doing", "รอตรวจ"),
        ("accepted", "done", "ตรวจแล้ว"),
        ("returned", "late", "ส่งกลับแก้ไข"),
    ],
)
def test_a_cell_says_where_the_result_stands(
    measure: Measure, officer: Person, state: str, tone: str, word: str
) -> None:
    a_result(measure, 1, officer, state)
    shown = cell(measure.plan)
    assert (shown.tone, shown.word) == (tone, word)


@pytest.mark.parametrize(
    ("today", "word", "timing"),
    [
        (date(2026, 9, 30), "ยังไม่เริ่ม", ""),
        (date(2026, 11, 24), "ยังไม่เริ่ม", ""),
        (date(2027, 1, 10), "ยังไม่เริ่ม", "ใกล้ครบกำหนด เหลือ 5 วัน"),
        (date(2027, 1, 27), "ยังไม่เริ่ม", "เกินกำหนด 12 วัน"),
    ],
)
def test_a_cell_without_result_says_how_late_it_is(
    measure: Measure, today: date, word: str, timing: str
) -> None:
    shown = cell(measure.plan, today=today)
    assert (shown.word, shown.timing) == (word, timing)


def test_what_was_sent_is_never_late(measure: Measure, officer: Person) -> None:
    a_result(measure, 1, officer, "submitted")
    assert cell(measure.plan, today=date(2027, 3, 1)).timing == ""


def test_the_headline_counts_the_quarter_of_today(plan: Plan, officer: Person) -> None:
    group = a_group(plan, officer)
    for state in ("submitted", "accepted", "returned"):
        a_result(a_measure(group, officer), 1, officer, state)
    a_measure(group, officer)
    headline = headline_of(year_of(plan, TODAY))
    assert headline is not None
    assert (headline.title, headline.counts, headline.due) == (
        "ไตรมาส 1/2570 เหลือ 37 วัน",
        "รายงานแล้ว 2 จาก 4 · รอตรวจ 1 · ส่งกลับแก้ไข 1",
        "ส่งผลได้ถึงวันที่ 15 มกราคม 2570 (เหลือ 52 วัน)",
    )


@pytest.mark.parametrize(
    ("today", "title"),
    [
        (date(2026, 9, 1), "ไตรมาส 1/2570 เปิดรับรายงานวันที่ 1 ตุลาคม 2569"),
        (date(2027, 1, 5), "ไตรมาส 1/2570 ส่งผลได้อีก 10 วัน"),
        (date(2027, 1, 16), "ไตรมาส 2/2570 เหลือ 74 วัน"),
        (date(2028, 1, 1), "ไตรมาส 4/2570 ครบกำหนดส่งแล้ว"),
    ],
)
def test_the_headline_speaks_of_the_quarter_that_is_worked_on(
    measure: Measure, today: date, title: str
) -> None:
    headline = headline_of(year_of(measure.plan, today))
    assert headline is not None
    assert headline.title == title


def test_the_dossier_tells_in_which_quarter_a_step_was_done(measure: Measure, officer: Person) -> None:
    a_result(measure, 1, officer).steps_done.add(measure.steps.get(text="ประชุม"))
    assert [(s.number, s.text, s.done_in) for s in dossier_of(measure, TODAY).steps] == [
        ("๑", "ประชุม", ["ไตรมาส 1"]),
        ("๒", "แจ้งเวียน", []),
    ]
