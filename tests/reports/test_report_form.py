"""The form of the report: everything can be edited, nothing that was typed is lost."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.test import Client
from django.urls import reverse

from measures.models import Agency, Person, Plan
from reports.actions.signing import return_revision
from reports.forms.reports import ReportForm, SectionForm, stored_sections
from reports.models import Report, Revision
from tests.conftest import browser
from tests.reports.conftest import NOW


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
    return_revision(revision=sent, reason="ตัวเลขไม่ตรง", seen_sha256=sent.seen_sha256, by=chain[1], at=NOW)
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
    with django_assert_num_queries(11):
        client.get(reverse("reports"))
    for year in range(2560, 2566):
        other = Plan.objects.create(agency=town, fiscal_year=year)
        Report.objects.create(plan=other)
    with django_assert_num_queries(11):
        client.get(reverse("reports"))
