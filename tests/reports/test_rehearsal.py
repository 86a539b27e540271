"""A rehearsal goes through the whole chain like the real thing, says so everywhere, and is never published."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from measures.errors import Refused
from measures.models import Person, Plan
from reports.actions.publishing import publish
from reports.actions.rehearsing import rehearse
from reports.choices import Stage
from reports.models import Publication, Report, Revision
from tests.reports.conftest import NOW, send, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def rehearsal(report: Report, officer: Person) -> Report:
    return rehearse(report=report, by=officer, at=NOW)


@pytest.fixture
def rehearsed(rehearsal: Report, officer: Person, chain: list[Person]) -> Revision:
    """A rehearsal that all have signed."""
    revision = send(rehearsal, officer)
    for person in chain[1:]:
        sign(revision, person)
        revision.refresh_from_db()
    return revision


def test_it_copies_the_report_and_its_chain_and_leaves_both_as_they_are(
    report: Report, rehearsal: Report
) -> None:
    report.refresh_from_db()
    assert rehearsal.subject == f"ตัวอย่าง {report.subject}"
    assert (rehearsal.number, rehearsal.date) == (report.number, report.date)
    assert list(rehearsal.signers.values_list("position", "words")) == list(
        report.signers.values_list("position", "words")
    )
    assert [s.body for s in rehearsal.sections.all()] == [s.body for s in report.sections.all()]
    assert not report.is_rehearsal


def test_a_report_that_cannot_be_sent_yet_can_be_rehearsed(
    plan: Plan, report: Report, officer: Person
) -> None:
    Report.objects.filter(pk=report.pk).update(number="ตย ๑๒๓๔๕/", date=None)
    rehearsal = rehearse(report=report, by=officer, at=NOW)
    assert send(rehearsal, officer).stage == Stage.SIGNING


def test_what_is_frozen_says_that_it_is_one_and_what_is_real_says_nothing(
    report: Report, rehearsal: Report, officer: Person
) -> None:
    assert json.loads(send(rehearsal, officer).content)["is_rehearsal"] is True
    assert "is_rehearsal" not in json.loads(send(report, officer).content)


def test_all_sign_it_and_it_is_sealed_and_never_published(rehearsed: Revision, officer: Person) -> None:
    assert rehearsed.stage == Stage.SIGNED
    with pytest.raises(Refused):
        publish(revision=rehearsed, by=officer, at=NOW)
    assert not Publication.objects.exists()


def test_no_page_offers_to_publish_it(rehearsed: Revision, officer: Person, client: Client) -> None:
    client.force_login(officer)
    page = client.get(reverse("revision", args=[rehearsed.pk])).content.decode()
    assert reverse("revision_publish", args=[rehearsed.pk]) not in page


def test_nothing_says_that_it_waits_to_be_published(
    rehearsed: Revision, officer: Person, client: Client
) -> None:
    client.force_login(officer)
    for name in ("revision_tracking", "revision"):
        page = client.get(reverse(name, args=[rehearsed.pk])).content.decode()
        assert "การซ้อมสิ้นสุด" in page
        assert "รอเผยแพร่" not in page


def test_it_stands_beside_the_real_one_while_both_are_signed(
    report: Report, rehearsal: Report, officer: Person
) -> None:
    assert [send(r, officer).stage for r in (report, rehearsal)] == [Stage.SIGNING] * 2


def test_it_is_copied_anew_but_not_while_it_is_being_signed(
    report: Report, rehearsal: Report, officer: Person
) -> None:
    report.subject = "เรื่องที่แก้ไขแล้ว"
    report.save()
    again = rehearse(report=report, by=officer, at=NOW)
    assert (again.pk, again.subject) == (rehearsal.pk, "ตัวอย่าง เรื่องที่แก้ไขแล้ว")
    send(again, officer)
    with pytest.raises(Refused, match="ยังอยู่ระหว่างลงนาม"):
        rehearse(report=report, by=officer, at=NOW)
    with pytest.raises(Refused, match="เป็นการซ้อมลงนามอยู่แล้ว"):
        rehearse(report=again, by=officer, at=NOW)


def test_next_years_report_begins_from_the_real_one(
    rehearsal: Report, report: Report, officer: Person
) -> None:
    Report.objects.filter(pk=rehearsal.pk).update(closing="ซ้อม")
    following = Plan.objects.create(agency=report.plan.agency, fiscal_year=2568)
    from reports.compose import prefill  # noqa: PLC0415

    assert prefill(following, by=officer).report.closing == report.closing


def test_the_button_copies_it_and_leads_to_what_would_be_sent(
    report: Report, officer: Person, client: Client
) -> None:
    client.force_login(officer)
    answer = client.post(reverse("report_rehearse", args=[report.pk]), follow=True)
    rehearsal = Report.objects.get(is_rehearsal=True)
    assert answer.redirect_chain[-1][0] == reverse("report_send", args=[rehearsal.pk])
    assert "ซ้อมลงนาม" in client.get(reverse("reports")).content.decode()
