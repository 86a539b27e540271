"""A file that is dropped is hashed in the browser and answered for; nothing but its hash leaves the browser."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from reports.codes import shown
from tests.browser.chromium import page as chromium
from tests.published import PDF, content_of, publish, revision_of, withdraw

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def addresses(live_server: LiveServer) -> list[str]:
    """Asking, every colour of answer, and none."""
    first = revision_of(content_of())
    publish(first)
    newer = revision_of(content_of(6), number=2, pdf=b"%PDF-1.7 second")
    publish(newer)
    gone = revision_of(content_of(year=2566), pdf=b"%PDF-1.7 gone")
    withdraw(publish(gone))
    codes = [shown(revision.code) for revision in (first, newer, gone)]
    return ["/v/", *(f"/v/{code}/" for code in codes), "/v/NONE/", f"/v/?sha256={'0' * 64}"]


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_the_pages_break_no_rule_of_accessibility_and_fit_the_screen(
    live_server: LiveServer, addresses: list[str], width: int
) -> None:
    found, wide = {}, []
    with chromium(width) as page:
        for address in addresses:
            page.goto(live_server.url + address)
            found[address] = [violation["id"] for violation in Axe().run(page).response["violations"]]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append(address)
    assert found == {address: [] for address in addresses}
    assert wide == []


def drop(page: Page, data: bytes, name: str) -> None:
    """Drop a file of these bytes on the page."""
    transfer = page.evaluate_handle(
        """([bytes, name]) => {
            const carried = new DataTransfer();
            carried.items.add(new File([new Uint8Array(bytes)], name, { type: "application/pdf" }));
            return carried;
        }""",
        [list(data), name],
    )
    page.dispatch_event("#drop", "drop", {"dataTransfer": transfer})


def test_a_dropped_file_is_answered_for_and_never_sent(live_server: LiveServer) -> None:
    publish(revision_of(content_of()))
    with chromium(1280) as page:
        page.goto(f"{live_server.url}/v/")
        asked = []
        page.on(
            "request", lambda request: asked.append((request.method, request.url, request.post_data_buffer))
        )
        drop(page, PDF, "รายงาน.pdf")
        expect(page.locator("h1")).to_have_text("ไฟล์นี้ตรงกับต้นฉบับที่เผยแพร่ และเป็นฉบับปัจจุบัน")
    sha256 = hashlib.sha256(PDF).hexdigest()
    assert asked[0] == ("GET", f"{live_server.url}/v/?sha256={sha256}", None)
    assert {(method, body) for method, _, body in asked} == {("GET", None)}
    assert all("/static/" in url for _, url, _ in asked[1:])


def test_a_chosen_file_with_one_byte_more_is_unknown(live_server: LiveServer, tmp_path: Path) -> None:
    publish(revision_of(content_of()))
    saved_again = tmp_path / "saved-again.pdf"
    saved_again.write_bytes(PDF + b"\n")
    with chromium(360) as page:
        page.goto(f"{live_server.url}/v/")
        page.set_input_files("#file", saved_again)
        expect(page.locator("#answer")).to_have_text("ไฟล์นี้ไม่ตรงกับต้นฉบับใดในระบบ")


def test_without_script_the_hash_can_be_pasted(live_server: LiveServer) -> None:
    publish(revision_of(content_of()))
    with chromium(360, script=False) as page:
        page.goto(f"{live_server.url}/v/")
        assert not page.is_visible("#drop")
        page.fill("#sha256", hashlib.sha256(PDF).hexdigest())
        page.click("#by-hash button")
        expect(page.locator("h1")).to_have_text("ไฟล์นี้ตรงกับต้นฉบับที่เผยแพร่ และเป็นฉบับปัจจุบัน")


def test_where_the_browser_cannot_hash_it_says_so(live_server: LiveServer) -> None:
    with chromium(360) as page:
        page.add_init_script("Object.defineProperty(crypto, 'subtle', { value: undefined })")
        page.goto(f"{live_server.url}/v/")
        expect(page.locator("#insecure")).to_be_visible()
        assert not page.is_visible("#drop")
