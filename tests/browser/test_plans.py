"""The officer's year in a real browser: what script adds, what works without it, and that it fits a phone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from measures.models import Agency, Measure, MeasureGroup, Person, Plan
from tests.browser.chromium import page as chromium
from tests.conftest import browser
from tests.measures.plans import a_group, a_measure, a_plan, a_result

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
YEAR = 2570


@pytest.fixture
def plan(town: Agency, officer: Person) -> Plan:
    """Three groups of one measure, partly reported."""
    plan = a_plan(town, officer, YEAR)
    for title, state in (("ก", "submitted"), ("ข", "returned"), ("ค", "accepted")):
        measure = a_measure(a_group(plan, officer, title), officer, f"มาตรการ {title}")
        a_result(measure, 1, officer, state)
    return plan


def sign_in(page: Page, server: LiveServer, cookie: str) -> None:
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": server.url}])


@pytest.fixture
def cookie(officer: Person) -> str:
    """The officer's session, made before the browser opens."""
    return browser(officer).cookies[settings.SESSION_COOKIE_NAME].value


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_the_pages_break_no_rule_of_accessibility_and_fit_the_screen(
    live_server: LiveServer, plan: Plan, cookie: str, width: int
) -> None:
    group, measure = MeasureGroup.objects.earliest("pk"), Measure.objects.earliest("pk")
    pages = [
        reverse("plan", args=[YEAR]), reverse("plan_edit", args=[YEAR]), reverse("plan_new"),
        reverse("plan_periods", args=[YEAR]), reverse("group_edit", args=[group.pk]),
        reverse("measure", args=[measure.pk]), reverse("measure_edit", args=[measure.pk]),
        reverse("measure_delete", args=[measure.pk]),
    ]  # fmt: skip
    found, wide = {}, []
    with chromium(width) as page:
        sign_in(page, live_server, cookie)
        for address in pages:
            page.goto(live_server.url + address)
            violations = Axe().run(page).response["violations"]
            found[address] = [(v["id"], v["nodes"][0]["html"][:80]) for v in violations]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append(address)
    assert found == {address: [] for address in pages}
    assert wide == []


def test_moving_with_script_keeps_the_place_and_the_focus(
    live_server: LiveServer, plan: Plan, cookie: str
) -> None:
    last = MeasureGroup.objects.latest("pk").pk
    with chromium(1280) as page:
        sign_in(page, live_server, cookie)
        page.goto(live_server.url + reverse("plan_edit", args=[YEAR]))
        page.evaluate("window.sameDocument = true")
        page.click(f"#up-group-{last}")
        page.wait_for_selector(f"#structure > :nth-child(2)#group-{last}")
        assert page.evaluate("window.sameDocument")
        assert page.evaluate("document.activeElement.id") == f"up-group-{last}"


def test_of_two_editors_the_second_chooses_between_both_texts(
    live_server: LiveServer, plan: Plan, cookie: str
) -> None:
    measure = Measure.objects.earliest("pk")
    with chromium(1280) as first:
        assert first.context.browser
        second = first.context.browser.new_page()
        for page in (first, second):
            sign_in(page, live_server, cookie)
            page.goto(live_server.url + reverse("measure_edit", args=[measure.pk]))
        first.fill("[name=title]", "ของคนแรก")
        first.click("text=บันทึกมาตรการ")
        second.fill("[name=title]", "ของคนที่สอง")
        second.click("text=บันทึกมาตรการ")
        assert second.locator(".versions p").all_inner_texts() == ["ของคนแรก", "ของคนที่สอง"]
        second.click("text=บันทึกฉบับของท่าน")
        second.wait_for_url("**/edit/#measure-*")
    measure.refresh_from_db()
    assert (measure.title, measure.version) == ("ของคนที่สอง", 3)
