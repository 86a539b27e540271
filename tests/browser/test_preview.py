"""The pages beside the report's form in a browser: they follow what is typed, and nothing is saved or lost by it."""

# ruff: noqa: F811 -- a fixture is asked for by the name it was imported under, 2026-11

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Dialog, Locator, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from measures.models import Person
from reports.models import Report
from tests.browser.chromium import page as chromium
from tests.conftest import browser
from tests.reports.conftest import plan, report  # noqa: F401 -- fixtures, asked for below by name

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK, PHONE = 1280, 360

Opened = Callable[..., AbstractContextManager[Page]]


@pytest.fixture
def opened(live_server: LiveServer, report: Report, officer: Person) -> Opened:
    """Opens the report's form as its officer."""
    cookie = browser(officer).cookies[settings.SESSION_COOKIE_NAME].value
    signed_in = {"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}

    @contextmanager
    def open_form(width: int = DESK, *, script: bool = True) -> Iterator[Page]:
        with chromium(width, script=script) as page:
            page.context.add_cookies([signed_in])  # type: ignore[list-item]
            page.emulate_media(reduced_motion="reduce")
            page.goto(live_server.url + reverse("report", args=[report.pk]))
            yield page

    return open_form


def drawn(page: Page) -> Locator:
    """The pages, once all of them are there."""
    expect(page.locator("[data-part=table] svg")).not_to_have_count(0)
    return page.locator("#pages")


def test_the_pages_follow_what_is_typed_and_nothing_is_saved(opened: Opened, report: Report) -> None:
    with opened() as page:
        pages = drawn(page)
        page.locator("[name=subject]").fill("เรื่องที่กำลังพิมพ์")
        expect(pages).to_contain_text("เรื่องที่กำลังพิมพ์")
        page.locator("[name=table_title]").fill("ชื่อตารางที่กำลังพิมพ์")
        expect(pages).to_contain_text("ชื่อตารางที่กำลังพิมพ์")
    before = report.subject, report.table_title, report.version
    report.refresh_from_db()
    assert (report.subject, report.table_title, report.version) == before


def test_the_pages_keep_their_place_while_one_types_and_saves(opened: Opened) -> None:
    with opened() as page:
        pages = drawn(page)
        page.locator("[name=subject]").focus()
        pages.evaluate("box => box.scrollTo(0, 300)")
        page.locator("[name=subject]").fill("เรื่องใหม่")
        expect(pages).to_contain_text("เรื่องใหม่")
        assert pages.evaluate("box => box.scrollTop") == 300
        page.get_by_role("button", name="บันทึก", exact=True).last.click()
        expect(page.locator(".act-bar")).to_contain_text("บันทึกแล้ว")
        assert pages.evaluate("box => box.scrollTop") == 300


def test_the_saved_draft_does_not_stand_beside_the_pages(opened: Opened) -> None:
    with opened() as page:
        drawn(page)
        page.get_by_role("button", name="บันทึก", exact=True).last.click()
        expect(page.locator(".act-bar")).to_contain_text("บันทึกแล้ว")
        expect(page.locator(".preview noscript")).to_be_hidden()
        expect(page.locator(".preview iframe")).to_be_hidden()


@pytest.mark.parametrize("by", ["รายงานและการลงนาม", "ร่างข้อความทั้งสามหัวข้อใหม่จากข้อมูลปัจจุบัน"])
def test_what_is_not_saved_is_asked_about_before_it_would_be_lost(opened: Opened, by: str) -> None:
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    with opened() as page:
        drawn(page)
        page.on("dialog", stay)
        page.get_by_text("คำสั่งเพิ่มเติม").click()
        page.locator("[name=closing]").press_sequentially("ก")
        way = page.locator("main").get_by_text(by, exact=True)
        with page.expect_event("dialog"):
            way.click()
        assert (asked, "ก" in page.locator("[name=closing]").input_value()) == (["beforeunload"], True)
        page.get_by_role("button", name="บันทึก", exact=True).last.click()
        expect(page.locator(".act-bar")).to_contain_text("บันทึกแล้ว")
        page.get_by_text("คำสั่งเพิ่มเติม").click()
        with page.expect_navigation():
            way.click()
        assert asked == ["beforeunload"]


def test_an_answer_that_comes_late_replaces_nothing_newer(opened: Opened) -> None:
    held: list[Route] = []
    with opened() as page:
        pages = drawn(page)
        page.evaluate("AbortController.prototype.abort = () => {}")  # the late answer does arrive
        page.route("**/preview/", lambda route: route.continue_() if held else held.append(route))
        with page.expect_request("**/preview/"):
            page.locator("[name=subject]").fill("คำที่พิมพ์ก่อน")
        page.locator("[name=subject]").fill("คำที่พิมพ์ทีหลัง")
        expect(pages).to_contain_text("คำที่พิมพ์ทีหลัง")
        with page.expect_response("**/preview/") as late:
            held[0].continue_()
        late.value.finished()
        page.evaluate("new Promise(requestAnimationFrame)")
        expect(pages).to_contain_text("คำที่พิมพ์ทีหลัง")


def test_what_cannot_be_understood_leaves_the_last_pages_and_is_said(opened: Opened, report: Report) -> None:
    with opened() as page:
        pages = drawn(page)
        page.locator("[name=date]").fill("29/02/2568")
        expect(page.locator(".preview-says")).to_contain_text("จะเปลี่ยนตามเมื่อแก้ไข“วันที่”ให้ถูกต้อง")
        expect(pages).to_contain_text(report.number)
        page.locator("[name=date]").fill("28/02/2568")
        expect(pages).to_contain_text("๒๘ กุมภาพันธ์ ๒๕๖๘")
        expect(page.locator(".preview-says")).to_be_empty()


def test_a_letter_that_cannot_be_printed_is_said_in_the_place_of_the_pages(opened: Opened) -> None:
    with opened() as page:
        pages = drawn(page)
        page.locator("[name=subject]").fill("ก\U00012000")
        expect(page.locator(".preview-says")).to_contain_text("แบบอักษรของเอกสารไม่มีอักขระ")
        expect(pages.locator("svg").first).to_be_hidden()
        page.locator("[name=subject]").fill("ก")
        expect(pages.locator("svg").first).to_be_visible()


def test_going_to_another_section_turns_to_its_page(opened: Opened) -> None:
    with opened() as page:
        pages = drawn(page)
        page.locator("[name=subject]").focus()
        page.locator("[name=words_5]").focus()
        page.wait_for_function("document.getElementById('pages').scrollTop > 0")
        assert "ทราบ" in pages.evaluate(
            """box => [...box.querySelectorAll(".sheet")].find(
                 (sheet) => sheet.getBoundingClientRect().bottom > box.getBoundingClientRect().top + 50).textContent"""
        )


def test_without_script_the_saved_draft_is_shown(opened: Opened, report: Report) -> None:
    with opened(script=False) as page:
        saved = page.frame_locator("iframe").locator("svg").first
        expect(saved).to_contain_text(report.number)
        page.locator("[name=number]").fill("ตย ๑/๑")
        page.get_by_role("button", name="บันทึก", exact=True).last.click()
        expect(page.frame_locator("iframe").locator("svg").first).to_contain_text("ตย ๑/๑")


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_pages_fit_the_screen_and_break_no_rule_of_accessibility(opened: Opened, width: int) -> None:
    with opened(width) as page:
        if width == PHONE:
            page.get_by_role("link", name="ดูตัวอย่าง").click()
        drawn(page)
        wide = page.locator("svg").first.evaluate("svg => svg.getBoundingClientRect().right") > width
        broken = [(v["id"], v["nodes"][0]["html"][:80]) for v in Axe().run(page).response["violations"]]
        assert (wide, page.evaluate("document.documentElement.scrollWidth"), broken) == (False, width, [])
