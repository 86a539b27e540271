"""The words of a report name the year's months and digits as official letters do, and speak of no score too early."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.dates import MONTHS
from measures.fiscal import BUDDHIST_ERA
from measures.thai import arabic_digits
from reports.choices import Kind
from reports.compose.wording import Facts, sections, stretch, subject, table_titles
from reports.span import Span, spans_of

TOWN = "เทศบาลตำบลตัวอย่าง"
years = st.integers(2401, 2698)
parts = years.flatmap(lambda year: st.sampled_from(spans_of(year)[1:]))


def facts(span: Span, *, thai: bool = True, **known: object) -> Facts:
    return Facts(
        TOWN,
        span.fiscal_year,
        thai_digits=thai,
        kind=span.kind,
        part=span.part,
        **known,  # type: ignore[arg-type]
    )


def whole(said: Facts) -> str:
    """Everything that the portal writes of a report."""
    texts = [f"{text.title} {text.body} {text.items}" for text in sections(said)]
    return "\n".join([subject(said), *table_titles(said), *texts])


@pytest.mark.parametrize(
    ("kind", "part", "said"),
    [
        (Kind.ANNUAL, 0, "ประจำปีงบประมาณ พ.ศ.๒๕๖๙"),
        (Kind.HALF, 1, "รอบ ๖ เดือน (ตุลาคม ๒๕๖๘ – มีนาคม ๒๕๖๙) ประจำปีงบประมาณ พ.ศ. ๒๕๖๙"),
        (Kind.HALF, 2, "รอบ ๖ เดือน (เมษายน – กันยายน ๒๕๖๙) ประจำปีงบประมาณ พ.ศ. ๒๕๖๙"),
        (Kind.QUARTER, 1, "ไตรมาสที่ ๑ (ตุลาคม – ธันวาคม ๒๕๖๘) ประจำปีงบประมาณ พ.ศ. ๒๕๖๙"),
        (Kind.QUARTER, 2, "ไตรมาสที่ ๒ (มกราคม – มีนาคม ๒๕๖๙) ประจำปีงบประมาณ พ.ศ. ๒๕๖๙"),
    ],
)
def test_a_stretch_reads_as_in_official_letters(kind: Kind, part: int, said: str) -> None:
    assert stretch(facts(Span(2569, kind, part))) == said


@given(parts)
def test_the_words_name_the_first_and_the_last_month_and_their_years(span: Span) -> None:
    said = arabic_digits(stretch(facts(span)))
    first, last = (MONTHS[day.month - 1] for day in (span.starts, span.ends))
    begins, ends = (day.year + BUDDHIST_ERA for day in (span.starts, span.ends))
    assert said.index(first) < said.index(f"{last} {ends}") < said.index(f"พ.ศ. {span.fiscal_year}")
    assert (f"{first} {begins}" in said) == (begins != ends)


@given(parts)
def test_a_part_of_a_year_speaks_of_no_score_and_no_other_year(span: Span) -> None:
    said = whole(facts(span, score=Decimal("99.76"), target=Decimal(95)))
    assert "คะแนน" not in said
    assert str(span.fiscal_year + 1) not in arabic_digits(said)


@given(parts)
def test_an_agency_with_arabic_digits_reads_no_thai_one(span: Span) -> None:
    said = whole(facts(span, thai=False))
    assert said == arabic_digits(said)


def test_the_subject_the_table_and_the_proposal_say_the_same_stretch() -> None:
    known = facts(Span(2569, Kind.QUARTER, 3))
    proposal = sections(known)[2].body
    assert stretch(known) in subject(known)
    assert table_titles(known)[1] == stretch(known)
    assert stretch(known) in proposal


def test_a_part_of_a_year_refers_to_the_memorandum_before() -> None:
    known = facts(Span(2569, Kind.QUARTER, 2), refers_number="ตย ๑/๒", refers_subject="รายงานไตรมาสที่ ๑")
    assert sections(known)[0].body.startswith(
        "ตามบันทึกข้อความ ที่ ตย ๑/๒ เรื่อง รายงานไตรมาสที่ ๑ ความแจ้งแล้ว และเทศบาลตำบลตัวอย่างได้กำหนดมาตรการ"
    )


def test_the_years_report_keeps_the_words_of_the_form() -> None:
    known = facts(Span(2567, Kind.ANNUAL))
    assert (
        subject(known) == f"รายงานผลการดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใสของ{TOWN} ประจำปีงบประมาณ พ.ศ.๒๕๖๗"
    )
    assert sections(known)[2].body == (
        "จึงเรียนมาเพื่อทราบผลการดำเนินงาน ตามรายงานผลการดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใสของ"
        f"{TOWN} ประจำปีงบประมาณ พ.ศ.๒๕๖๗ รายละเอียดตามเอกสารที่แนบมาพร้อมนี้"
    )
