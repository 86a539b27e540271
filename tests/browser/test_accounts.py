"""A passkey in a real browser: added, used alone, and asked of a page of the portal's own address only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from measures.models import Person
from tests.browser.chromium import Finger
from tests.browser.chromium import page as opened

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@contextmanager
def with_authenticator(width: int) -> Iterator[Page]:
    """A page whose device has a finger that is always the right one."""
    with opened(width) as page:
        Finger(page)
        yield page


@pytest.mark.parametrize("width", [360, 1280])
def test_a_person_adds_a_passkey_and_signs_in_with_it_alone(
    live_server: LiveServer, settings: Settings, officer: Person, width: int
) -> None:
    url = settings.PUBLIC_URL = live_server.url.replace("127.0.0.1", "localhost")
    with with_authenticator(width) as page:
        page.goto(f"{url}/accounts/login/?next=/accounts/")
        page.fill("[name=login]", "officer")
        page.fill("[name=password]", "officer")
        page.click("main form:first-of-type button")
        page.click("text=เพิ่มพาสคีย์")
        page.fill("[name=password]", "officer")
        page.click("main button")
        page.fill("[name=name]", "มือถือ")
        page.click("main button")
        page.wait_for_url("**/accounts/recovery-codes/")
        page.click("text=ไปต่อ")
        assert page.locator("text=มือถือ").count() == 1
        page.click("header button")
        page.goto(f"{url}/accounts/login/?next=/accounts/")
        page.click("text=เข้าสู่ระบบด้วยพาสคีย์")
        page.wait_for_url(f"{url}/accounts/")
        assert "มือถือ" in page.content()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_passkey_is_the_second_step_after_a_password(
    live_server: LiveServer, settings: Settings, officer: Person
) -> None:
    url = settings.PUBLIC_URL = live_server.url.replace("127.0.0.1", "localhost")
    with with_authenticator(360) as page:
        for step in ("add", "use"):
            page.goto(f"{url}/accounts/login/?next=/accounts/")
            page.fill("[name=login]", "officer")
            page.fill("[name=password]", "officer")
            page.click("main form:first-of-type button")
            if step == "add":
                page.click("text=เพิ่มพาสคีย์")
                page.fill("[name=password]", "officer")
                page.click("main button")
                page.click("main button")
                page.wait_for_url("**/accounts/recovery-codes/")
                page.goto(f"{url}/accounts/")
                page.click("header button")
        page.wait_for_url("**/accounts/authenticate/")
        page.click("text=ใช้พาสคีย์")
        page.wait_for_url(f"{url}/accounts/")
