"""The form of the report: everything can be edited, nothing that was typed is lost."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from measures.models import Agency, Person, Plan
from reports.actions.reports import start_report
from reports.choices import Kind
from reports.columns import LABELS
from reports.forms.reports import ReportForm, SectionForm, stored_sections
from reports.models import Report, Revision
from tests.conftest import browser
from tests.reports.conftest import NOW, give_back


def typed(report: Report, **changed: Any) -> dict[str, Any]:
    """What a browser posts from the form as it is shown, with changes."""
    report = Report.objects.select_related("plan").get(pk=report.pk)
    form = ReportForm(report=report)
    data = {name: form[name].value() for name in form.fields}
    rows = stored_sections(report)
    data |= {"sections-TOTAL_FORMS": len(rows), "sections-INITIAL_FORMS": len(rows)}
    for place, row in enumerate(rows):
        data |= {f"sections-{place}-{name}": row[name] for name in SectionForm.base_fields}
    data |= columns(*(dict(row.initial) for row in form.columns.rows if row.initial))
    data |= changed
    return {name: "" if value is None else value for name, value in data.items()}


def columns(*rows: dict[str, Any]) -> dict[str, Any]:
    """What a browser posts of these rows of the columns."""
    posted: dict[str, Any] = {"columns-TOTAL_FORMS": len(rows), "columns-INITIAL_FORMS": len(rows)}
    for number, row in enumerate(rows):
        posted |= {f"columns-{number}-{name}": row.get(name, "") for name in ("source", "heading", "place")}
    return posted


def save(client: Client, report: Report, **changed: Any) -> Any:
    return client.post(reverse("report", args=[report.pk]), typed(report, **changed))


def test_starting_a_report_opens_its_form(plan: Plan, chain: list[Person], officer: Person) -> None:
    answer = browser(officer).post(reverse("report_start"), {"fiscal_year": "2567"})
    assert answer["Location"] == reverse("report", args=[Report.objects.get().pk])


def test_a_quarters_report_is_started_from_the_list(plan: Plan, chain: list[Person], officer: Person) -> None:
    page = browser(officer).get(reverse("reports")).content.decode()
    assert '<option value="quarter2">ไตรมาส 2</option>' in page
    browser(officer).post(reverse("report_start"), {"fiscal_year": "2567", "span": "quarter2"})
    report = Report.objects.get()
    assert (report.kind, report.part) == (Kind.QUARTER, 2)
    page = browser(officer).get(reverse("reports")).content.decode()
    assert '<b class="round">ไตรมาส 2</b>' in page
    assert 'value="quarter2"' not in page


def test_the_list_says_why_a_part_cannot_be_started(plan: Plan, officer: Person) -> None:
    plan.periods.filter(number=3).delete()
    page = browser(officer).get(reverse("reports")).content.decode()
    assert "ปีงบประมาณ พ.ศ. 2567 ไม่มีงวดรายงานในไตรมาส 3" in page
    assert 'value="quarter3"' not in page


def test_a_part_that_cannot_be_started_is_refused_in_words(plan: Plan, officer: Person) -> None:
    plan.periods.filter(number=3).delete()
    answer = browser(officer).post(
        reverse("report_start"), {"fiscal_year": "2567", "span": "quarter3"}, follow=True
    )
    assert "ไม่มีงวดรายงานในไตรมาส 3" in answer.content.decode()
    assert not Report.objects.exists()


@pytest.mark.parametrize("span", ["quarter5", "half0", "year", "'"])
def test_a_part_that_does_not_exist_is_not_found(plan: Plan, officer: Person, span: str) -> None:
    answer = browser(officer).post(reverse("report_start"), {"fiscal_year": "2567", "span": span})
    assert answer.status_code == 404


def test_who_only_reads_is_offered_to_start_nothing(plan: Plan, auditor: Person) -> None:
    assert "เริ่มจัดทำรายงาน" not in browser(auditor).get(reverse("reports")).content.decode()


def test_the_form_of_a_quarter_leaves_the_years_score_alone(
    plan: Plan, chain: list[Person], officer: Person
) -> None:
    report = start_report(plan=plan, kind=Kind.QUARTER, part=1, by=officer, at=NOW)
    assert "คะแนน ITA" not in browser(officer).get(reverse("report", args=[report.pk])).content.decode()
    save(browser(officer), report, ita_score="1", ita_target="1", subject="ไตรมาส")
    report.refresh_from_db()
    assert report.subject == "ไตรมาส"
    assert list(Plan.objects.values_list("ita_score", "ita_target")) == [(Decimal("99.76"), Decimal(95))]


# --- columns ----------------------------------------------------------------------------------------------------


def saved_columns(report: Report) -> list[tuple[str, str]]:
    report.refresh_from_db()
    return [(column.source, column.heading) for column in report.table_columns]


def test_columns_are_saved_in_the_order_of_their_numbers(report: Report, officer: Person) -> None:
    save(
        browser(officer), report,
        **columns(
            {"source": "percent", "place": "๓"}, {"source": "measure", "heading": "เรื่อง", "place": "1"},
            {"source": "period2", "place": "2"},
        ),
    )  # fmt: skip
    assert saved_columns(report) == [
        ("measure", "เรื่อง"),
        ("period2", "ไตรมาส ๒"),
        ("percent", "ร้อยละความก้าวหน้า"),
    ]


def test_rows_without_a_number_keep_their_places(report: Report, officer: Person) -> None:
    save(browser(officer), report, **columns({"source": "units"}, {"source": "measure"}, {"source": "due"}))
    assert [source for source, _ in saved_columns(report)] == ["units", "measure", "due"]


def test_a_row_set_to_nothing_takes_its_column_away(report: Report, officer: Person) -> None:
    rows = [dict(row.initial) for row in ReportForm(report=report).columns.rows if row.initial]
    save(browser(officer), report, **columns(*rows[:3], rows[3] | {"source": ""}, rows[4]))
    assert [source for source, _ in saved_columns(report)] == ["measure", "steps", "units", "results"]


def test_what_is_shown_unchanged_is_saved_unchanged(report: Report, officer: Person) -> None:
    before = saved_columns(report)
    save(browser(officer), report, subject="ใหม่")
    assert saved_columns(report) == before


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([{"source": ""}], "กรุณาเลือกอย่างน้อย 1 คอลัมน์"),
        ([{"source": "units"}, {"source": "units"}], "เลือกผู้รับผิดชอบไว้แล้วในแถวที่ 1 กรุณาเลือกสิ่งอื่น"),
        ([{"source": "period1"}, {"source": "period1"}], "เลือกไตรมาส 1ไว้แล้วในแถวที่ 1"),
        ([{"source": "measure", "heading": "ก" * 101}], "ข้อความยาว 101 ตัวอักษร เกินที่รับได้ (100 ตัวอักษร)"),
        ([{"source": "secret"}], "ไม่มีคอลัมน์นี้ กรุณาเลือกจากรายการ"),
        ([{"source": "measure", "place": "แรก"}], "กรุณากรอกลำดับเป็นตัวเลข 1 ถึง 99"),
        ([{"source": source} for source in LABELS], "ตารางมีได้ไม่เกิน 12 คอลัมน์ กรุณาลดลง 1 คอลัมน์"),
    ],
)
def test_a_fault_in_the_columns_is_named_and_what_was_typed_is_kept(
    report: Report, officer: Person, rows: list[dict[str, Any]], sentence: str
) -> None:
    before = saved_columns(report)
    answer = save(browser(officer), report, subject="เรื่องที่พิมพ์ไว้", **columns(*rows))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert sentence in page
    assert 'href="#columns"' in page
    assert "เรื่องที่พิมพ์ไว้" in page
    assert saved_columns(report) == before


def test_a_heading_over_nothing_asks_what_stands_below(report: Report, officer: Person) -> None:
    rows = columns({"source": "measure"}, {"heading": "ผลสำเร็จ"}) | {"columns-INITIAL_FORMS": 1}
    page = save(browser(officer), report, **rows).content.decode()
    assert "กรุณาเลือกสิ่งที่จะแสดงใต้หัวคอลัมน์นี้" in page
    assert 'value="ผลสำเร็จ"' in page


def test_a_form_without_its_columns_is_not_saved(report: Report, officer: Person) -> None:
    data = {name: value for name, value in typed(report).items() if not name.startswith("columns")}
    answer = browser(officer).post(reverse("report", args=[report.pk]), data)
    assert answer.status_code == 400
    assert "แบบฟอร์มส่งมาไม่ครบ" in answer.content.decode()


def test_a_ready_made_choice_fills_the_rows_and_saves_nothing(report: Report, officer: Person) -> None:
    before = saved_columns(report)
    answer = save(browser(officer), report, subject="เรื่องที่พิมพ์ไว้", layout="periods")
    rows = [row["source"].value() for row in answer.context["columns"].rows if row.initial]
    assert rows == ["measure", "units", "period1", "period2", "period3", "period4"]
    assert answer.context["form"]["subject"].value() == "เรื่องที่พิมพ์ไว้"
    assert saved_columns(report) == before


def test_a_quarter_offers_its_own_period_only(plan: Plan, chain: list[Person], officer: Person) -> None:
    report = start_report(plan=plan, kind=Kind.QUARTER, part=2, by=officer, at=NOW)
    page = browser(officer).get(reverse("report", args=[report.pk])).content.decode()
    assert 'value="period2"' in page
    assert 'value="period1"' not in page


def test_columns_saved_meanwhile_are_shown_beside_ones_own(report: Report, officer: Person) -> None:
    stale = typed(report, **columns({"source": "measure"}, {"source": "budget"}))
    save(
        browser(officer), report, **columns({"source": "measure"}, {"source": "percent", "heading": "ก้าวหน้า"})
    )
    answer = browser(officer).post(reverse("report", args=[report.pk]), stale)
    (difference,) = answer.context["differences"]
    assert (difference.label, difference.theirs, difference.yours) == (
        "คอลัมน์ของตาราง", "มาตรการ\nก้าวหน้า (แสดงร้อยละความก้าวหน้า)", "มาตรการ\nงบประมาณ (บาท)",
    )  # fmt: skip


def test_words_of_a_signer_saved_meanwhile_are_shown_with_the_position(
    report: Report, officer: Person
) -> None:
    stale = typed(report, words_5="ทราบ และอนุมัติ")
    save(browser(officer), report, words_5="อนุมัติ")
    answer = browser(officer).post(reverse("report", args=[report.pk]), stale)
    (difference,) = answer.context["differences"]
    position = report.signers.get(order=5).position
    assert difference.label == f"ความเห็นที่ใช้ประจำ ({position})"


def test_what_is_typed_is_saved_in_canonical_spelling(report: Report, officer: Person) -> None:
    save(browser(officer), report, subject="  การด\u0e4d\u0e32เนินงาน\u200b ", date="๒๗/๑๒/๒๕๖๗")
    report.refresh_from_db()
    assert (report.subject, str(report.date)) == ("การดำเนินงาน", "2024-12-27")


def test_score_and_target_are_saved_with_the_plan(report: Report, officer: Person) -> None:
    save(browser(officer), report, ita_score="๘๘.๕", ita_target="90")
    assert list(Plan.objects.values_list("ita_score", "ita_target")) == [(Decimal("88.50"), Decimal(90))]


def test_sections_and_words_of_signers_can_be_edited(report: Report, officer: Person) -> None:
    save(browser(officer), report, **{"sections-0-body": "ข้อความใหม่", "words_3": "เห็นชอบ"})
    assert report.sections.all()[0].body == "ข้อความใหม่"
    assert report.signers.get(order=3).words == "เห็นชอบ"


def test_an_emptied_section_is_left_out(report: Report, officer: Person) -> None:
    empty = {f"sections-1-{name}": "" for name in ("title", "body", "items")}
    save(browser(officer), report, **empty)
    assert [s.title for s in report.sections.all()] == ["เรื่องเดิม", "ข้อเสนอแนะเพื่อพิจารณา"]


def test_an_impossible_date_is_named_and_what_was_typed_is_kept(report: Report, officer: Person) -> None:
    answer = save(browser(officer), report, date="29/02/2568", subject="เรื่องที่พิมพ์ไว้")
    assert answer.status_code == 400
    assert "วันที่ 29 กุมภาพันธ์ 2568 ไม่มีในปฏิทิน" in answer.content.decode()
    assert "เรื่องที่พิมพ์ไว้" in answer.content.decode()


def test_a_newer_save_is_shown_beside_ones_own(report: Report, officer: Person) -> None:
    stale = typed(report, subject="ของฉัน")
    save(browser(officer), report, subject="ของเพื่อน")
    answer = browser(officer).post(reverse("report", args=[report.pk]), stale)
    assert answer.status_code == 409
    assert "ของฉัน" in answer.content.decode()
    assert "ของเพื่อน" in answer.content.decode()
    assert "นางสาวตัวอย่าง สอง บันทึกรายการนี้เมื่อเวลา" in answer.content.decode()
    report.refresh_from_db()
    assert report.subject == "ของเพื่อน"


def test_after_comparing_ones_own_can_be_saved(report: Report, officer: Person) -> None:
    stale = typed(report, subject="ของฉัน")
    save(browser(officer), report, subject="ของเพื่อน")
    answer = browser(officer).post(reverse("report", args=[report.pk]), stale)
    stale["version"] = answer.context["form"]["version"].value()
    browser(officer).post(reverse("report", args=[report.pk]), stale)
    report.refresh_from_db()
    assert report.subject == "ของฉัน"


def test_the_same_request_twice_is_one_save(report: Report, officer: Person) -> None:
    data = typed(report, request_key="5b1c9d0e-0000-4000-8000-000000000001")
    answers = [browser(officer).post(reverse("report", args=[report.pk]), data) for _ in range(2)]
    assert [a.status_code for a in answers] == [302, 302]
    report.refresh_from_db()
    assert report.version == 2


def test_fields_that_are_not_in_the_form_are_ignored(
    report: Report, officer: Person, other_town: Agency
) -> None:
    save(browser(officer), report, plan="999", kind="quarter", agency=other_town.pk)
    report.refresh_from_db()
    assert (report.kind, report.plan.agency.slug) == ("annual", "tuayang")


def test_while_it_is_signed_the_form_is_closed(sent: Revision, officer: Person) -> None:
    answer = save(browser(officer), sent.report, subject="เปลี่ยน")
    assert answer.status_code == 409
    assert "อยู่ระหว่างลงนาม" in answer.content.decode()


def test_the_reason_for_returning_stands_above_the_form(
    sent: Revision, chain: list[Person], officer: Person
) -> None:
    give_back(sent, chain[1], "ตัวเลขไม่ตรง")
    page = browser(officer).get(reverse("report", args=[sent.report_id])).content.decode()
    assert "ตัวเลขไม่ตรง" in page


def test_the_sections_are_written_anew_only_when_asked(report: Report, officer: Person) -> None:
    report.sections.update(body="พิมพ์เอง")
    browser(officer).post(reverse("report_sections", args=[report.pk]), {"version": report.version})
    assert report.sections.all()[0].body.startswith("ตามที่ สำนักงาน ป.ป.ช. ได้ประกาศผลคะแนน")


def test_the_draft_is_a_pdf(report: Report, officer: Person) -> None:
    answer = browser(officer).get(reverse("report_draft", args=[report.pk]))
    assert answer.content.startswith(b"%PDF-")


def test_the_list_costs_the_same_for_one_year_and_for_many(
    sent: Revision, town: Agency, officer: Person, django_assert_num_queries: Any
) -> None:
    client = browser(officer)
    with django_assert_num_queries(15):
        client.get(reverse("reports"))
    for year in range(2560, 2566):
        other = Plan.objects.create(agency=town, fiscal_year=year)
        Report.objects.create(plan=other)
    with django_assert_num_queries(15):
        client.get(reverse("reports"))


def sections(count: int) -> dict[str, Any]:
    """What a browser posts of as many sections."""
    posted: dict[str, Any] = {"sections-TOTAL_FORMS": count, "sections-INITIAL_FORMS": 0}
    for place in range(count):
        posted |= {f"sections-{place}-{name}": "" for name in SectionForm.base_fields}
        posted[f"sections-{place}-title"] = f"หัวข้อที่ {place + 1}"
    return posted


def test_as_many_sections_are_saved_as_a_plan_file_may_bring(report: Report, officer: Person) -> None:
    assert save(browser(officer), report, **sections(50)).status_code == 302
    assert report.sections.count() == 50


def test_of_too_many_sections_none_is_lost(report: Report, officer: Person) -> None:
    answer = save(browser(officer), report, **sections(60))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "กรอกได้ไม่เกิน 50 แถว" in page
    assert 'value="หัวข้อที่ 60"' in page


def test_a_version_that_cannot_be_read_is_answered_with_both_texts(report: Report, officer: Person) -> None:
    answer = save(browser(officer), report, version="x", subject="เรื่องที่พิมพ์")
    assert answer.status_code == 409
    assert "เรื่องที่พิมพ์" in answer.content.decode()
