"""The chain of one report: its kind's, else the usual one; corrected with a reason before it is sent."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import Event
from measures.actions.agencies import Link, set_chain
from measures.errors import Refused
from measures.models import Agency, Person, Plan, Position
from reports.actions.reports import copy_chain, correct_chain, start_report
from reports.choices import Kind
from reports.models import Report, Revision
from tests.conftest import browser
from tests.reports.conftest import NOW

REASON = "หัวหน้าฝ่ายเป็นผู้จัดทำเอง"


def titles(report: Report) -> list[str]:
    return list(report.signers.order_by("order").values_list("position__title", flat=True))


def short(town: Agency) -> list[Position]:
    """The author and the head."""
    first, *_, last = town.positions.order_by("pk")
    return [first, last]


def press(client: Client, report: Report, positions: list[Position], **other: Any) -> Any:
    """Save the chain of a report as its form sends it."""
    data: dict[str, Any] = {
        "form-TOTAL_FORMS": len(positions), "form-INITIAL_FORMS": len(positions),
        "version": report.version, "reason": REASON, **other,
    }  # fmt: skip
    for place, position in enumerate(positions):
        data |= {f"form-{place}-order": place, f"form-{place}-position": position.pk}
    return client.post(reverse("report_chain_edit", args=[report.pk]), data)


def test_a_report_takes_the_chain_of_its_kind(
    plan: Plan, town: Agency, chain: list[Person], officer: Person, administrator: Person
) -> None:
    links = [Link(position, "", "ทราบ") for position in short(town)]
    set_chain(agency=town, kind=Kind.QUARTER, links=links, by=administrator, at=NOW)
    quarter = start_report(plan=plan, kind=Kind.QUARTER, part=1, by=officer, at=NOW)
    annual = start_report(plan=plan, by=officer, at=NOW)
    assert (titles(quarter), len(titles(annual))) == ([link.position.title for link in links], 6)


def test_the_officer_corrects_the_chain_of_one_report_with_a_reason(
    report: Report, town: Agency, officer: Person
) -> None:
    press(browser(officer), report, short(town))
    report.refresh_from_db()
    assert (titles(report), report.chain_reason) == ([p.title for p in short(town)], REASON)
    assert town.chain.count() == 6
    assert Event.objects.get(act="report.chain_corrected").details["reason"] == REASON


def test_without_a_reason_nothing_is_corrected(report: Report, town: Agency, officer: Person) -> None:
    answer = press(browser(officer), report, short(town), reason=" \u200b")
    assert "กรุณาระบุเหตุผลที่ลำดับการลงนามของรายงานนี้ต่างจากของหน่วยงาน" in answer.content.decode()
    assert len(titles(report)) == 6


def test_the_page_says_that_the_chain_differs_and_why(report: Report, town: Agency, officer: Person) -> None:
    desk = browser(officer)
    assert "ต่างจากลำดับของหน่วยงาน" not in desk.get(reverse("report", args=[report.pk])).content.decode()
    press(desk, report, short(town))
    for name in ("report", "report_send"):
        page = desk.get(reverse(name, args=[report.pk])).content.decode()
        assert "ต่างจากลำดับของหน่วยงาน" in page
        assert REASON in page


def test_the_report_takes_the_agencys_chain_again(report: Report, town: Agency, officer: Person) -> None:
    press(browser(officer), report, short(town))
    report.refresh_from_db()
    copy_chain(report=report, version=report.version, by=officer, at=NOW)
    report.refresh_from_db()
    assert (len(titles(report)), report.chain_reason) == (6, "")


def test_while_it_is_signed_the_chain_stands(
    sent: Revision, report: Report, town: Agency, officer: Person
) -> None:
    report.refresh_from_db()
    links = [Link(position, "", "") for position in short(town)]
    with pytest.raises(Refused, match="อยู่ระหว่างลงนาม"):
        correct_chain(report=report, version=report.version, links=links, reason=REASON, by=officer, at=NOW)
    assert press(browser(officer), report, short(town)).status_code == 409


def test_who_saves_second_sees_the_chain_that_stands(report: Report, town: Agency, officer: Person) -> None:
    desk = browser(officer)
    press(desk, report, short(town))
    answer = press(desk, report, short(town)[:1] * 1 + list(town.positions.all())[2:3], reason="อีกเหตุผล")
    assert answer.status_code == 409
    assert "ลำดับที่บันทึกไว้ขณะนี้" in answer.content.decode()
    assert titles(report) == [p.title for p in short(town)]
