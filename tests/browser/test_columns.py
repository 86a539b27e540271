"""A quarter's report with columns of the officer's own, from the list to the chain, with script and without."""

# ruff: noqa: F811 -- a fixture is asked for by the name it was imported under, 2026-11

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from measures.models import Person, Plan
from reports.models import Report, Revision
from tests.browser.chromium import page as chromium
from tests.conftest import browser
from tests.reports.conftest import plan  # noqa: F401 -- a fixture, asked for below by name
from tests.reports.test_compose import accepted

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK, PHONE = 1280, 360


@contextmanager
def reports_of(
    someone: Person, live_server: LiveServer, width: int = DESK, *, script: bool = True
) -> Iterator[Page]:
    """The list of reports, opened by ``someone``."""
    cookie = browser(someone).cookies[settings.SESSION_COOKIE_NAME].value
    with chromium(width, script=script) as page:
        page.context.add_cookies([
            {"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}
        ])  # fmt: skip
        page.emulate_media(reduced_motion="reduce")
        page.goto(live_server.url + reverse("reports"))
        yield page


def rows(page: Page) -> Locator:
    return page.locator(".column-row")


def chosen(page: Page) -> list[str]:
    """The sources in the order in which the rows stand."""
    return [one.input_value() for one in page.locator(".column-row select").all() if one.input_value()]


@pytest.mark.parametrize(("width", "script"), [(DESK, True), (PHONE, False)], ids=["with script", "without"])
def test_an_officer_sends_a_quarters_report_with_columns_of_their_own(
    live_server: LiveServer, plan: Plan, chain: list[Person], officer: Person, width: int, script: bool
) -> None:
    accepted(plan.measures.get(), 2, officer, progress="in_progress", percent=50, body="- เผยแพร่แล้ว")
    with reports_of(officer, live_server, width, script=script) as page:
        page.get_by_label("รอบรายงาน").select_option(label="ไตรมาส 2")
        page.get_by_role("button", name="เริ่มจัดทำรายงาน").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("รายงานไตรมาส 2 ปีงบประมาณ พ.ศ. 2567")
        page.get_by_label("ที่", exact=True).fill("ตย ๑๒๓๔๕/๑๐๒")
        page.get_by_label("วันที่", exact=True).fill("9 เมษายน 2567")
        page.get_by_role("button", name="ร้อยละและสถานะ").click()
        expect(rows(page).nth(1).get_by_label("สิ่งที่แสดง")).to_have_value("units")
        expect(page.get_by_label("ที่", exact=True)).to_have_value("ตย ๑๒๓๔๕/๑๐๒")
        assert chosen(page) == ["measure", "units", "due", "results", "percent", "progress"]
        (with_buttons if script else with_numbers)(page)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        page.get_by_role("button", name="ตรวจก่อนเสนอลงนาม").click()
        expect(page.get_by_role("main")).to_contain_text("จะแก้ไขเนื้อหาฉบับนี้ไม่ได้")
        page.locator("#id_secret").fill(officer.username)
        page.get_by_role("button", name="เสนอลงนาม").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("เสนอลงนามแล้ว")
        page.get_by_role("link", name="อ่านเอกสารที่เสนอ").click()
        expect(page.get_by_role("main")).to_contain_text("ผลงวดนี้")
    content = Revision.objects.get().read()
    assert [(column.source, column.heading) for column in content.table.columns] == [
        ("measure", "มาตรการ"), ("results", "ผลงวดนี้"), ("units", "ผู้รับผิดชอบ"), ("percent", "ร้อยละความก้าวหน้า"),
        ("progress", "สถานะ"),
    ]  # fmt: skip
    assert (content.kind, content.part) == ("quarter", 2)


def with_buttons(page: Page) -> None:
    """Take one away, move one up, and give it another heading."""
    rows(page).nth(2).get_by_role("button", name="ตัดคอลัมน์ออก").click()
    rows(page).nth(2).get_by_role("button", name="เลื่อนคอลัมน์ขึ้น").click()
    rows(page).nth(1).get_by_label("หัวคอลัมน์").fill("ผลงวดนี้")
    assert chosen(page) == ["measure", "results", "units", "percent", "progress"]


def with_numbers(page: Page) -> None:
    """The same by numbers and by choosing nothing."""
    rows(page).nth(2).get_by_label("สิ่งที่แสดง").select_option("")
    rows(page).nth(1).get_by_label("ลำดับ").fill("4")
    rows(page).nth(3).get_by_label("ลำดับ").fill("2")
    rows(page).nth(3).get_by_label("หัวคอลัมน์").fill("ผลงวดนี้")


def test_columns_come_and_keep_their_order_through_an_error(
    live_server: LiveServer, plan: Plan, chain: list[Person], officer: Person
) -> None:
    with reports_of(officer, live_server) as page:
        page.get_by_role("button", name="เริ่มจัดทำรายงาน").click()
        page.get_by_role("button", name="เพิ่มคอลัมน์").click()
        rows(page).last.get_by_label("สิ่งที่แสดง").select_option("units")
        expect(rows(page).last.get_by_label("หัวคอลัมน์")).to_have_attribute("placeholder", "ผู้รับผิดชอบ")
        rows(page).last.get_by_role("button", name="เลื่อนคอลัมน์ขึ้น").click()
        expect(rows(page).nth(4).get_by_role("button", name="เลื่อนคอลัมน์ขึ้น")).to_be_focused()
        page.get_by_role("button", name="บันทึก", exact=True).click()
        expect(rows(page).nth(4)).to_contain_text("เลือกผู้รับผิดชอบไว้แล้วในแถวที่ 3 กรุณาเลือกสิ่งอื่น")
        assert chosen(page) == ["measure", "steps", "units", "due", "units", "results"]
        assert Axe().run(page, ".columns-chooser").response["violations"] == []
        rows(page).nth(4).get_by_label("สิ่งที่แสดง").select_option("budget")
        page.get_by_role("button", name="บันทึก", exact=True).click()
        expect(page.get_by_text("บันทึกแล้ว")).to_be_visible()
    assert [column.source for column in Report.objects.get().table_columns] == [
        "measure", "steps", "units", "due", "budget", "results",
    ]  # fmt: skip


def test_another_source_takes_the_heading_of_the_one_before_with_it(
    live_server: LiveServer, plan: Plan, chain: list[Person], officer: Person
) -> None:
    with reports_of(officer, live_server) as page:
        page.get_by_role("button", name="เริ่มจัดทำรายงาน").click()
        due = rows(page).nth(3)
        expect(due.get_by_label("หัวคอลัมน์")).to_have_value("สรุปผลการดำเนินการ กำหนดแล้วเสร็จ")
        due.get_by_label("สิ่งที่แสดง").select_option("percent")
        expect(due.get_by_label("หัวคอลัมน์")).to_have_value("")
        due.get_by_label("หัวคอลัมน์").fill("ก้าวหน้า")
        due.get_by_label("สิ่งที่แสดง").select_option("progress")
        expect(due.get_by_label("หัวคอลัมน์")).to_have_value("ก้าวหน้า")
