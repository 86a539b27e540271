"""The preview of a report: the pages of what is typed, drawn as the PDF is, and never saved."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.apps import apps
from django.test import Client
from django.urls import reverse

from measures.models import Person
from reports.compose import compose
from reports.document.pdf import render_pdf
from reports.models import Report
from tests.conftest import browser
from tests.pdf_text import pages
from tests.reports.test_report_form import typed


def preview(client: Client, report: Report, *parts: str, **changed: Any) -> Any:
    """Ask for the pages of ``parts`` as they are with the changes."""
    data = typed(report, part=list(parts or ("memorandum",)), **changed)
    return client.post(reverse("report_preview", args=[report.pk]), data)


def lines(answer: Any) -> list[str]:
    """The lines on the pages, in order."""
    return [unescape(line) for line in re.findall("<text[^>]*>(.*?)</text>", answer.content.decode())]


def marks(answer: Any) -> list[str]:
    return re.findall('data-mark="(.*?)"', answer.content.decode())


def everything() -> dict[str, list[Any]]:
    """All that the database holds."""
    return {model._meta.label: list(model._default_manager.values()) for model in apps.get_models()}


def test_what_is_typed_is_drawn(report: Report, officer: Person) -> None:
    answer = preview(browser(officer), report, subject="เรื่องที่กำลังพิมพ์", words_3="เห็นควรทราบ")
    assert "เรื่องที่กำลังพิมพ์" in lines(answer)
    assert "เห็นควรทราบ" in lines(answer)


def test_nothing_is_saved(report: Report, officer: Person) -> None:
    client = browser(officer)
    before = everything()
    answer = preview(client, report, "memorandum", "table", subject="ใหม่", ita_score="10", words_3="ใหม่")
    assert answer.status_code == 200
    assert everything() == before


def test_the_pages_have_the_lines_of_the_pdf_in_their_order(report: Report, officer: Person) -> None:
    answer = preview(browser(officer), report, "memorandum", "table")
    printed = "".join(pages("pypdf", render_pdf(compose(report), stage="draft")))
    assert "".join(re.sub(r"\s+", "", line) for line in lines(answer)) == printed


def test_only_the_asked_part_is_drawn(report: Report, officer: Person) -> None:
    answer = preview(browser(officer), report, "table", table_title="ชื่อใหม่ของตาราง")
    assert re.findall('data-part="(.*?)"', answer.content.decode()) == ["table"]
    assert "ชื่อใหม่ของตาราง" in lines(answer)


def test_pages_that_the_browser_has_come_without_their_picture(report: Report, officer: Person) -> None:
    client = browser(officer)
    before = preview(client, report)
    after = preview(client, report, subject="เรื่องใหม่", have=" ".join(marks(before)))
    assert [mark in marks(before) for mark in marks(after)] == [False, True]
    assert after.content.decode().count("<svg") == 1


def test_an_impossible_field_is_named(report: Report, officer: Person) -> None:
    answer = preview(browser(officer), report, date="29/02/2568")
    assert answer.status_code == 400
    assert answer.content.decode() == "ตัวอย่างยังเป็นข้อความก่อนหน้า จะเปลี่ยนตามเมื่อแก้ไข“วันที่”ให้ถูกต้อง"


def test_a_letter_that_no_font_has_is_said_in_a_sentence(report: Report, officer: Person) -> None:
    answer = preview(browser(officer), report, subject="ก\U00012000")
    assert answer.status_code == 409
    assert answer.content.decode().startswith("แบบอักษรของเอกสารไม่มีอักขระ “\U00012000”")


def test_typed_marks_of_html_stay_text(report: Report, officer: Person) -> None:
    evil = "</text></svg><script>alert(1)</script>"
    answer = preview(browser(officer), report, "memorandum", "table", subject=evil, table_title=evil)
    assert "<script" not in answer.content.decode()
    assert lines(answer).count(evil) == 2


def test_the_saved_draft_is_a_page_of_its_own_in_which_no_script_runs(
    report: Report, officer: Person
) -> None:
    Report.objects.filter(pk=report.pk).update(subject="<script>alert(1)</script>")
    answer = browser(officer).get(reverse("report_preview", args=[report.pk]))
    assert "<script>alert(1)</script>" in lines(answer)
    assert "<script" not in answer.content.decode()
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_a_saved_draft_that_cannot_be_printed_says_so(report: Report, auditor: Person) -> None:
    Report.objects.filter(pk=report.pk).update(subject="ก\U00012000")
    answer = browser(auditor).get(reverse("report_preview", args=[report.pk]))
    assert "แบบอักษรของเอกสารไม่มีอักขระ “\U00012000”" in answer.content.decode()


def test_a_text_of_more_than_a_page_is_remarked_upon(report: Report, officer: Person) -> None:
    long = {"sections-0-body": "\n".join(["ข้อความยาวมาก " * 20] * 20)}
    assert "ข้อความยาวเกิน 1 หน้า" not in preview(browser(officer), report).content.decode()
    assert "ข้อความยาวเกิน 1 หน้า" in preview(browser(officer), report, **long).content.decode()
