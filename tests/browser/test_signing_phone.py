"""Signing on a phone, upright and on its side: the document stays in sight, and the way back leads to the words."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from measures.models import Person
from reports.models import Revision
from tests.browser.chromium import page as opened
from tests.reports.conftest import plan, report, sent  # noqa: F401 -- fixtures, asked for below by name

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_bar_leaves_the_document_in_sight_and_the_way_back_leads_to_the_words(
    live_server: LiveServer,
    chain: list[Person],
    sent: Revision,  # noqa: F811
) -> None:
    document = f"{live_server.url}/desk/revisions/{sent.pk}/"
    with opened(360) as page:
        page.goto(document)
        page.fill("[name=login]", chain[1].username)
        page.fill("[name=password]", chain[1].username)
        page.click("main form:first-of-type button")
        expect(page).to_have_url(document)
        for width, height in ((360, 740), (740, 360)):
            page.set_viewport_size({"width": width, "height": height})
            bar = page.locator(".act-bar").bounding_box()
            assert bar is not None
            assert bar["height"] <= height / 3
        page.get_by_role("button", name="ลงนาม", exact=True).click()
        page.get_by_role("button", name="กลับไปแก้ไข").click()
        expect(page.get_by_role("group", name="ความเห็นที่จะพิมพ์ในบันทึก")).to_be_in_viewport()
        page.goto(page.url.partition("#")[0])
        expect(page).to_have_url(document)
