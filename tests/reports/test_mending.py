"""A document that came back: why, where to mend it, what has changed since, and who must sign again."""

from __future__ import annotations

import pytest
from django.urls import reverse

from measures.models import Measure, Outcome, Person
from reports.actions.recalling import recall
from reports.actions.signing import question
from reports.choices import Decision, Kind
from reports.models import Report, Revision, SignOff
from reports.views.spots import spots_of
from tests.conftest import browser
from tests.reports.conftest import NOW, give_back, sign


def test_the_reason_stands_on_top_with_links_to_the_very_places(
    sent: Revision, report: Report, officer: Person, chain: list[Person]
) -> None:
    measure = Measure.objects.get()
    give_back(
        sent, chain[1], "ตัวเลขไม่ตรง",
        places=["section:2", f"measure:{measure.key}"],
        agreed=_agreed(sent, chain[1], ["section:2", f"measure:{measure.key}"]),
    )  # fmt: skip
    page = browser(officer).get(reverse("report", args=[report.pk])).content.decode()
    head, form = page.split('class="report-form"')
    assert "ตัวเลขไม่ตรง" in head
    assert f'href="{reverse("report", args=[report.pk])}#section-2"' in head
    assert f'href="{reverse("outcome", args=[measure.pk])}"' in head
    assert 'id="section-2"' in form


@pytest.mark.parametrize(
    ("kind", "name", "more"),
    [(Kind.QUARTER, "result", [1]), (Kind.HALF, "measure", []), (Kind.ANNUAL, "outcome", [])],
)
def test_a_measure_is_mended_where_the_report_takes_its_words_from(
    report: Report, kind: Kind, name: str, more: list[int]
) -> None:
    measure = Measure.objects.get()
    report.kind, report.part = kind, 1
    (spot,) = spots_of(report, SignOff(places=[{"key": f"measure:{measure.key}", "label": "มาตรการ"}]))
    assert spot.address == reverse(name, args=[measure.pk, *more])


def test_who_had_signed_is_named_as_having_to_sign_again(
    sent: Revision, report: Report, officer: Person, chain: list[Person]
) -> None:
    sign(sent, chain[1])
    give_back(sent, chain[2], "ตัวเลขไม่ตรง")
    page = browser(officer).get(reverse("report", args=[report.pk])).content.decode()
    assert "ต้องลงนามใหม่เพราะเนื้อหาเปลี่ยน (1 ตำแหน่ง)" in page
    assert "หัวหน้าฝ่ายบริการและเผยแพร่วิชาการ <span" in page


def test_what_changed_since_is_shown_word_by_word(
    sent: Revision, report: Report, officer: Person, chain: list[Person]
) -> None:
    give_back(sent, chain[1], "ตัวเลขไม่ตรง")
    url = reverse("report_changes", args=[report.pk])
    assert "ไม่มีข้อความที่เปลี่ยนแปลง" in browser(officer).get(url).content.decode()
    Outcome.objects.update(body="- จัดทำคู่มือ 12 เล่ม\n- เผยแพร่คู่มือ")
    assert "<ins> 12 เล่ม</ins>" in browser(officer).get(url).content.decode()


def test_a_word_added_to_a_run_of_thai_is_alone_shown_as_added(
    sent: Revision, report: Report, officer: Person, chain: list[Person]
) -> None:
    give_back(sent, chain[1], "ตัวเลขไม่ตรง")
    Report.objects.filter(pk=report.pk).update(closing=f"{report.closing}และพิจารณา")
    page = browser(officer).get(reverse("report_changes", args=[report.pk])).content.decode()
    assert f"{report.closing}<ins>และพิจารณา</ins>" in page


def test_after_a_recall_the_report_says_so_and_shows_what_changed(
    sent: Revision, report: Report, officer: Person
) -> None:
    recall(revision=sent, reason="แนบผิดไฟล์", by=officer, at=NOW)
    page = browser(officer).get(reverse("report", args=[report.pk])).content.decode()
    assert "ฉบับที่ 1 ดึงกลับแล้ว" in page
    assert "แนบผิดไฟล์" in page
    assert reverse("report_changes", args=[report.pk]) in page


def test_while_it_is_signed_nothing_is_compared(sent: Revision, report: Report, officer: Person) -> None:
    assert browser(officer).get(reverse("report_changes", args=[report.pk])).status_code == 302


def _agreed(revision: Revision, by: Person, places: list[str]) -> str:
    return question(
        revision=revision, decision=Decision.RETURNED, words="ตัวเลขไม่ตรง", seen_sha256=revision.seen_sha256,
        by=by, at=NOW, places=places,
    ).agreed  # fmt: skip
