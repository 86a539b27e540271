"""The public pages in a real browser: accessible by axe's rules, never wider than the screen, below 100 kB."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from pytest_django.live_server_helper import LiveServer

from tests.browser.chromium import page as chromium
from tests.published import content_of, file_evidence, publish, revision_of, with_evidence, withdraw

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = (
    "/", "/tuayang/", "/tuayang/2567/", "/tuayang/2567/reports/annual-1/", "/tuayang/2567/reports/annual-2/",
    "/tuayang/2566/", "/nobody/",
)  # fmt: skip


@pytest.fixture(autouse=True)
def town_with_three_reports(live_server: LiveServer) -> None:
    """One superseded, one standing, one withdrawn; a town without anything beside it."""
    publish(revision_of(with_evidence(content_of(), file_evidence(public=False))))
    publish(revision_of(with_evidence(content_of(), file_evidence()), number=2))
    withdraw(publish(revision_of(content_of(year=2566))))


@pytest.mark.parametrize("width", [360, 1280])
def test_public_pages_break_no_rule_of_accessibility_and_fit_the_screen(
    live_server: LiveServer, width: int
) -> None:
    found, wide = {}, []
    with chromium(width) as page:
        for address in PAGES:
            page.goto(live_server.url + address)
            found[address] = [violation["id"] for violation in Axe().run(page).response["violations"]]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append(address)
    assert found == {address: [] for address in PAGES}
    assert wide == []


def test_the_year_and_all_it_loads_take_less_than_100_kilobytes(live_server: LiveServer) -> None:
    with chromium(360) as page:
        loaded = []
        page.on("requestfinished", lambda request: loaded.append(request))
        page.goto(live_server.url + "/tuayang/2567/")
        page.wait_for_load_state("networkidle")
        assert sum(request.sizes()["responseBodySize"] for request in loaded) < 100_000
        assert [request.url for request in loaded if not request.url.startswith(live_server.url)] == []


def test_the_first_press_of_tab_offers_to_skip_to_the_content(live_server: LiveServer) -> None:
    with chromium(360) as page:
        page.goto(live_server.url + "/tuayang/2567/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
