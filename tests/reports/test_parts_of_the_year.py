"""Reports of half years and quarters: which can be started, what they are filled with, and what they say."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from measures.bullets import Bullet, parse
from measures.choices import Progress
from measures.errors import Refused
from measures.models import Measure, Period, Person, Plan, Unit
from reports.actions.reports import copy_chain, regenerate_sections, start_report
from reports.choices import Kind
from reports.columns import USUAL
from reports.compose import compose, prefill
from reports.compose.changes import changes
from reports.compose.checks import Remark, advice
from reports.content import Column
from reports.models import Report
from reports.span import Span, spans_of
from tests.reports.conftest import NOW, add_measure
from tests.reports.test_compose import accepted


@pytest.fixture
def measure(plan: Plan) -> Measure:
    return plan.measures.get()


def part(plan: Plan, officer: Person, kind: Kind, number: int) -> Report:
    return start_report(plan=plan, kind=kind, part=number, by=officer, at=NOW)


def said(report: Report) -> Any:
    """The one measure of a composed report."""
    return compose(report).table.groups[0].measures[0]


# --- starting ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("span", spans_of(2567), ids=lambda span: span.name)
def test_every_part_of_a_year_that_is_over_can_be_started_once(
    plan: Plan, chain: list[Person], officer: Person, span: Span
) -> None:
    report = start_report(plan=plan, kind=span.kind, part=span.part, by=officer, at=NOW)
    assert (report.span, report.sections.count(), report.signers.count()) == (span, 3, 6)
    with pytest.raises(Refused, match="อยู่แล้ว"):
        start_report(plan=plan, kind=span.kind, part=span.part, by=officer, at=NOW)


def test_the_refusal_names_the_part(plan: Plan, officer: Person) -> None:
    part(plan, officer, Kind.QUARTER, 3)
    with pytest.raises(Refused, match=r"มีรายงานไตรมาส 3 ปีงบประมาณ พ\.ศ\. 2567 อยู่แล้ว"):
        part(plan, officer, Kind.QUARTER, 3)


def test_what_has_not_begun_is_refused_with_its_day(plan: Plan, officer: Person) -> None:
    early = datetime(2024, 3, 31, 16, 59, tzinfo=UTC)  # 23.59 น. of 31 March in Bangkok
    with pytest.raises(Refused, match="เริ่มวันที่ 1 เมษายน 2567"):
        start_report(plan=plan, kind=Kind.HALF, part=2, by=officer, at=early)
    assert not Report.objects.exists()


def test_a_part_without_a_period_is_refused(plan: Plan, officer: Person) -> None:
    Period.objects.filter(number=2).delete()
    with pytest.raises(Refused, match="ไม่มีงวดรายงานในไตรมาส 2"):
        part(plan, officer, Kind.QUARTER, 2)


def test_a_quarter_refers_to_the_quarter_before_and_keeps_its_columns(plan: Plan, officer: Person) -> None:
    first = part(plan, officer, Kind.QUARTER, 1)
    own = [{"source": "measure", "heading": "เรื่อง"}, {"source": "period1", "heading": "ผลไตรมาสนี้"}]
    Report.objects.filter(pk=first.pk).update(number="ตย ๑/๑", date=date(2024, 1, 9), columns=own)
    second = prefill(plan, Kind.QUARTER, 2).report
    assert (second.refers_number, second.refers_subject) == ("ตย ๑/๑", first.subject)
    assert second.table_columns == (Column("measure", "เรื่อง"), Column("period2", "ไตรมาส ๒"))


def test_a_quarter_does_not_refer_to_the_years_report(plan: Plan, report: Report) -> None:
    Report.objects.filter(pk=report.pk).update(section="งานนิติการ")
    quarter = prefill(plan, Kind.QUARTER, 1).report
    assert (quarter.refers_number, quarter.section) == ("", "งานนิติการ")
    assert quarter.table_columns == USUAL


def test_writing_the_sections_anew_keeps_to_the_part(plan: Plan, officer: Person) -> None:
    report = part(plan, officer, Kind.QUARTER, 4)
    regenerate_sections(report=report, version=1, by=officer, at=NOW)
    assert "ไตรมาสที่ ๔ (กรกฎาคม – กันยายน ๒๕๖๗)" in report.sections.all()[1].body


def test_the_chain_can_be_taken_again(plan: Plan, chain: list[Person], officer: Person) -> None:
    report = part(plan, officer, Kind.HALF, 1)
    report.signers.all().delete()
    copy_chain(report=report, version=1, by=officer, at=NOW)
    assert report.signers.count() == 6


# --- what it says -----------------------------------------------------------------------------------------------


def test_a_quarter_says_what_was_accepted_of_it_and_not_the_years_outcome(
    plan: Plan, measure: Measure, officer: Person
) -> None:
    accepted(
        measure, 1, officer, progress=Progress.IN_PROGRESS, percent=25, body="- ประชุม", obstacles="- ขาดคน",
        suggestions="- เพิ่มคน",
    )  # fmt: skip
    accepted(measure, 2, officer, progress=Progress.IN_PROGRESS, percent=50, body="- เผยแพร่")
    told = said(part(plan, officer, Kind.QUARTER, 1))
    assert (told.progress, told.percent, told.results) == (Progress.IN_PROGRESS, 25, parse("- ประชุม"))
    assert (told.obstacles, told.suggestions) == (parse("- ขาดคน"), parse("- เพิ่มคน"))
    assert [quarter.number for quarter in told.quarters] == [1]


def test_a_half_year_says_each_quarter_under_its_name(plan: Plan, measure: Measure, officer: Person) -> None:
    accepted(
        measure, 3, officer, progress=Progress.IN_PROGRESS, percent=60, body="- ประชุม", obstacles="- ขาดคน"
    )
    accepted(measure, 4, officer, progress=Progress.DONE, percent=100, body="- เผยแพร่")
    told = said(part(plan, officer, Kind.HALF, 2))
    assert told.results == (
        Bullet("", "ไตรมาส ๓", parse("- ประชุม")), Bullet("", "ไตรมาส ๔", parse("- เผยแพร่")),
    )  # fmt: skip
    assert told.obstacles == (Bullet("", "ไตรมาส ๓", parse("- ขาดคน")),)
    assert (told.progress, told.percent, told.suggestions) == (Progress.DONE, 100, ())


def test_an_agency_with_arabic_digits_names_its_quarters_so(
    plan: Plan, measure: Measure, officer: Person
) -> None:
    plan.agency.thai_digits = False
    plan.agency.save()
    assert [bullet.text for bullet in said(part(plan, officer, Kind.HALF, 1)).results] == [
        "ไตรมาส 1",
        "ไตรมาส 2",
    ]


def test_silence_nothing_done_and_no_progress_are_three_things(
    plan: Plan, measure: Measure, officer: Person
) -> None:
    accepted(measure, 2, officer, nothing_done=True, nil_reason="รอประกาศ")
    accepted(measure, 3, officer, progress=Progress.NOT_STARTED, percent=0)
    results = [said(part(plan, officer, Kind.QUARTER, number)).results[0].text for number in (1, 2, 3)]
    assert results == ["ยังไม่ได้รายงาน", "ไม่มีการดำเนินการ เนื่องจากรอประกาศ", "ยังไม่ดำเนินการ ร้อยละ ๐"]


def test_a_quarter_without_activity_does_not_undo_the_progress_before(
    plan: Plan, measure: Measure, officer: Person
) -> None:
    accepted(measure, 1, officer, progress=Progress.IN_PROGRESS, percent=40, body="- ประชุม")
    accepted(
        measure,
        2,
        officer,
        progress=Progress.NOT_STARTED,
        percent=0,
        nothing_done=True,
        nil_reason="รอประกาศ",
    )
    told = said(part(plan, officer, Kind.HALF, 1))
    assert (told.progress, told.percent) == (Progress.IN_PROGRESS, 40)


def test_the_years_report_guesses_nothing_that_the_outcome_leaves_open(
    report: Report, measure: Measure, officer: Person
) -> None:
    accepted(measure, 4, officer, progress=Progress.DONE, percent=100, body="- เผยแพร่", obstacles="- ขาดคน")
    told = said(report)
    assert (told.progress, told.percent, told.obstacles) == (Progress.DONE, None, ())


def test_the_assessments_score_is_no_matter_of_a_quarter(plan: Plan, officer: Person) -> None:
    assert compose(part(plan, officer, Kind.QUARTER, 1)).memorandum.ita_score == ""


@pytest.mark.parametrize("measures", [1, 12])
def test_the_number_of_statements_does_not_grow(
    plan: Plan, finance: Unit, chain: list[Person], officer: Person, measures: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    report = part(plan, officer, Kind.HALF, 1)
    for number in range(2, measures + 1):
        add_measure(plan, finance, number)
    for measure in Measure.objects.all():
        accepted(measure, 1, officer, body="- ตรวจแล้ว").steps_done.set(measure.steps.all())
    report = Report.objects.select_related("plan__agency").get(pk=report.pk)
    with django_assert_num_queries(12):
        compose(report)


# --- before sending, and after a change -------------------------------------------------------------------------


def sentences(remarks: list[Remark]) -> str:
    return "\n".join(remark.sentence for remark in remarks)


def test_a_quarter_is_advised_on_results_that_are_missing_and_not_on_the_years_score(
    plan: Plan, measure: Measure, officer: Person
) -> None:
    remarks = advice(compose(part(plan, officer, Kind.QUARTER, 1)))
    assert Remark("มาตรการ ๑.๑ การควบคุมการเบิกจ่าย 1: ยังไม่มีผลที่ตรวจแล้วของไตรมาส 1", "period1", "m1") in remarks
    assert "คะแนน ITA" not in sentences(remarks)


def test_a_column_with_nothing_in_it_is_named(report: Report) -> None:
    report.columns = [{"source": "measure", "heading": "มาตรการ"}, {"source": "budget", "heading": "งบ"}]
    assert Remark("คอลัมน์ “งบ” ว่างทุกมาตรการ", "columns") in advice(compose(report))
    Measure.objects.update(budget=20_000)
    assert "ว่างทุกมาตรการ" not in sentences(advice(compose(report)))


def test_a_table_that_does_not_name_its_measures_is_advised_on(report: Report) -> None:
    report.columns = [{"source": "results", "heading": "ผล"}]
    assert "ตารางไม่มีคอลัมน์มาตรการ" in sentences(advice(compose(report)))
    report.columns.append({"source": "measure", "heading": "มาตรการ"})
    assert "ตารางไม่มีคอลัมน์มาตรการ" not in sentences(advice(compose(report)))


def test_a_memorandum_dated_within_what_it_reports_on_is_advised_on(report: Report) -> None:
    assert "สิ้นสุดวันที่" not in sentences(advice(compose(report)))
    report.date = date(2024, 9, 30)
    assert "รอบ 12 เดือน สิ้นสุดวันที่ 30 กันยายน 2567" in sentences(advice(compose(report)))


def test_changed_columns_are_named_by_heading_and_by_what_stands_in_them(report: Report) -> None:
    before = compose(report)
    first, *rest = report.columns
    report.columns = [first | {"heading": "เรื่อง"}, *rest[1:], {"source": "percent", "heading": "ผู้รับผิดชอบ"}]
    (change,) = changes(before, compose(report))
    added = " ".join(piece.text.strip() for piece in change.pieces if piece.kind == "added")
    removed = " ".join(piece.text.strip() for piece in change.pieces if piece.kind == "removed")
    assert change.label == "คอลัมน์ของตาราง"
    assert "เรื่อง (แสดงมาตรการ)" in added
    assert "(แสดงร้อยละความก้าวหน้า)" in added
    assert "ขั้นตอน/วิธีการปฏิบัติ" in removed
