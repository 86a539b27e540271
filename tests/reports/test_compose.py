"""From the plan to the document as data: what is read, what is frozen, what is filled in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from measures.bullets import Bullet
from measures.choices import Progress, Workflow
from measures.errors import Refused
from measures.models import Agency, Evidence, Measure, Person, Plan, QuarterlyResult, Step, Unit
from reports.actions.reports import start_report
from reports.compose import compose, compose_draft, prefill
from reports.compose.changes import changes
from reports.compose.wording import Facts, sections
from reports.content import Content
from reports.models import Report
from tests.reports.conftest import NOW, add_measure


def accepted(measure: Measure, number: int, officer: Person, **fields: object) -> QuarterlyResult:
    """A result that the officer has accepted."""
    period = measure.plan.periods.get(number=number)
    at = datetime(2024, 1, 5, tzinfo=UTC)
    made = QuarterlyResult(
        measure=measure, period=period, state=Workflow.ACCEPTED, submitted_by=officer, submitted_at=at,
        reviewed_by=officer, reviewed_at=at,
    )  # fmt: skip
    for name, value in fields.items():
        setattr(made, name, value)
    made.save()
    return made


def test_numbers_come_from_the_order_in_thai_digits(report: Report) -> None:
    group = compose(report).table.groups[0]
    assert (group.number, group.measures[0].number, group.measures[0].steps[1].number) == ("๑", "๑.๑", "๒")


def test_a_typed_number_takes_their_place(report: Report) -> None:
    report.plan.groups.update(number="๔")
    assert compose(report).table.groups[0].number == "๔"


def test_measures_of_every_group_start_again(report: Report, finance: Unit) -> None:
    add_measure(report.plan, finance, 2)
    assert [m.number for g in compose(report).table.groups for m in g.measures] == ["๑.๑", "๑.๑"]


def test_the_outcome_is_the_result_that_is_printed(report: Report) -> None:
    measure = compose(report).table.groups[0].measures[0]
    assert measure.results == (Bullet("-", "จัดทำคู่มือ"), Bullet("-", "เผยแพร่คู่มือ"))
    assert (measure.progress, measure.units) == (Progress.DONE, ("งานการเงินและบัญชี กองคลัง",))


def test_only_accepted_results_are_reported(report: Report, officer: Person) -> None:
    measure = Measure.objects.get()
    accepted(measure, 1, officer, body="- ตรวจแล้ว", progress=Progress.IN_PROGRESS)
    QuarterlyResult.objects.create(measure=measure, period=measure.plan.periods.get(number=2), body="- ร่าง")
    quarters = compose(report).table.groups[0].measures[0].quarters
    assert [q.reported for q in quarters] == [True, False, False, False]
    assert quarters[1].results == ()


def test_nothing_to_report_keeps_its_reason(report: Report, officer: Person) -> None:
    accepted(Measure.objects.get(), 1, officer, nothing_done=True, nil_reason="รอประกาศ")
    assert compose(report).table.groups[0].measures[0].quarters[0].nil_reason == "รอประกาศ"


def test_of_internal_evidence_only_the_hash_is_frozen(report: Report, officer: Person) -> None:
    result = accepted(Measure.objects.get(), 1, officer, body="- ตรวจแล้ว")
    Evidence.objects.create(
        result=result, title="ลับ", sha256="a" * 64, filename="secret.pdf", size=5, added_at=NOW
    )
    assert "secret" not in compose(report).canonical_json()
    assert compose(report).table.groups[0].measures[0].quarters[0].evidence[0].sha256 == "a" * 64


def test_done_steps_are_named_by_their_place(report: Report, officer: Person) -> None:
    result = accepted(Measure.objects.get(), 1, officer, body="- ตรวจแล้ว")
    result.steps_done.add(Step.objects.get(position=2))
    assert compose(report).table.groups[0].measures[0].quarters[0].steps_done == (2,)


@pytest.mark.parametrize("measures", [1, 12])
def test_the_number_of_statements_does_not_grow(
    report: Report, finance: Unit, officer: Person, measures: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for number in range(2, measures + 1):
        add_measure(report.plan, finance, number)
    for measure in Measure.objects.all():
        result = accepted(measure, 1, officer, body="- ตรวจแล้ว")
        result.steps_done.set(measure.steps.all())
        Evidence.objects.create(
            result=result, uid=uuid4(), title="ภาพ", url="https://example.org/", is_public=True, added_at=NOW
        )
    with django_assert_num_queries(12):
        compose(report)


def test_the_author_is_named_and_nobody_else(report: Report) -> None:
    assert [s.name for s in compose(report).signers] == ["นางสาวตัวอย่าง สอง", "", "", "", "", ""]


def test_what_is_frozen_reads_back_the_same(report: Report) -> None:
    content = compose(report)
    assert Content.from_json(content.canonical_json()) == content


def test_a_new_report_starts_with_what_the_portal_knows(plan: Plan, chain: list[Person]) -> None:
    report = prefill(plan).report
    assert (report.number, report.addressee, report.closing) == (
        "ตย ๑๒๓๔๕/", "นายกเทศมนตรีตำบลตัวอย่าง", "จึงเรียนมาเพื่อโปรดทราบ",
    )  # fmt: skip
    assert report.subject == (
        "รายงานผลการดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใสของเทศบาลตำบลตัวอย่าง ประจำปีงบประมาณ พ.ศ.๒๕๖๗"
    )


def test_the_next_report_refers_to_the_last(report: Report, town: Agency, officer: Person) -> None:
    Report.objects.filter(pk=report.pk).update(section="งานนิติการ")
    later = prefill(Plan.objects.create(agency=town, fiscal_year=2568)).report
    assert (later.section, later.refers_number, later.refers_date) == (
        "งานนิติการ", "ตย ๑๒๓๔๕/๓๕๘", date(2024, 12, 27),
    )  # fmt: skip


def test_a_draft_can_be_composed_without_writing(plan: Plan, chain: list[Person]) -> None:
    assert compose_draft(prefill(plan)).memorandum.sections[0].title == "เรื่องเดิม"
    assert not Report.objects.exists()


def test_the_chain_of_the_agency_is_copied(report: Report, chain: list[Person]) -> None:
    assert [(s.order, s.words) for s in report.signers.all()] == [
        (0, ""), (1, "เพื่อโปรดทราบ"), (2, "เพื่อโปรดทราบ"), (3, ""), (4, ""), (5, "ทราบ"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("score", "target", "said"),
    [
        ("99.76", "95.00", "ที่ ๙๙.๗๖ คะแนน ระดับผลคะแนนสูงกว่าค่าเป้าหมายที่กำหนดเกณฑ์ไว้ คือ ๙๕ คะแนน"),
        ("95.00", "95.00", "ที่ ๙๕ คะแนน ระดับผลคะแนนเท่ากับค่าเป้าหมาย"),
        ("80.50", "95.00", "ที่ ๘๐.๕๐ คะแนน ระดับผลคะแนนต่ำกว่าค่าเป้าหมาย"),
    ],
)
def test_the_score_is_put_beside_its_target(score: str, target: str, said: str) -> None:
    facts = Facts("เทศบาลตำบลตัวอย่าง", 2567, Decimal(score), Decimal(target))
    assert said in sections(facts)[0].body


def test_without_a_score_no_sentence_speaks_of_one() -> None:
    text = sections(Facts("เทศบาลตำบลตัวอย่าง", 2567))[0].body
    assert "คะแนน" not in text
    assert text.startswith("เพื่อให้การเตรียมการประเมิน")


def test_changes_name_the_text_and_mark_the_words(report: Report, plan: Plan, officer: Person) -> None:
    before = compose(report)
    Measure.objects.update(due_text="ภายใน 30 กันยายน")
    (change,) = changes(before, compose(report))
    assert change.label == "มาตรการ ๑.๑ กำหนดแล้วเสร็จ"
    assert change.under == "๑. มาตรการหลักที่ 1 › ๑.๑ การควบคุมการเบิกจ่าย 1"
    assert [p.text for p in change.pieces if p.kind == "added"] == ["ภายใน 30 กันยายน "]


def test_a_second_report_of_a_year_is_refused(report: Report, officer: Person) -> None:
    with pytest.raises(Refused, match=r"มีรายงานประจำปีงบประมาณ พ\.ศ\. 2567 อยู่แล้ว"):
        start_report(plan=report.plan, by=officer, at=NOW)
