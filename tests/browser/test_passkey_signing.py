"""Signing with a passkey in a real browser: the device answers for this one signature, or turns it down."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from measures.models import Person
from reports.choices import Decision, ProofKind, Stage
from reports.models import Revision, SignOff
from reports.public.consistency import verify_proof
from tests.browser.chromium import Finger
from tests.browser.chromium import page as opened
from tests.reports.conftest import plan, report, sent  # noqa: F401 -- fixtures, asked for below by name

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = 360


@pytest.fixture
def url(live_server: LiveServer, settings: Settings) -> str:
    """The portal under a name: passkeys are of a host, never of a number."""
    address = live_server.url.replace("127.0.0.1", "localhost")
    settings.PUBLIC_URL = address
    return address


class Phone:
    """A signatory's phone: with a passkey of theirs, on the page of what waits for them."""

    def __init__(self, page: Page, url: str, person: Person) -> None:
        self.page, self.url, self.finger = page, url, Finger(page)
        page.goto(f"{url}/accounts/login/?next=/accounts/")
        page.fill("[name=login]", person.username)
        page.fill("[name=password]", person.username)
        page.click("main form:first-of-type button")
        page.click("text=เพิ่มพาสคีย์")
        page.fill("[name=password]", person.username)
        page.click("main button")
        page.fill("[name=name]", "มือถือ")
        page.click("main button")
        page.wait_for_url("**/accounts/recovery-codes/")

    def asks(self, revision: Revision) -> None:
        """Read the document and press the button under it: the page with the sentence."""
        self.page.goto(f"{self.url}/desk/revisions/{revision.pk}/")
        self.page.get_by_role("button", name="ลงนาม", exact=True).click()
        expect(self.page.locator(".agreed")).to_contain_text("ข้าพเจ้า")

    def cancels(self) -> None:
        """Lay on a finger that the device does not know, and be told."""
        self.finger.is_known(False)
        self.lays_finger("ยืนยันการลงนาม")
        expect(self.page.get_by_role("alert")).to_contain_text("ยังไม่ได้ยืนยันด้วยพาสคีย์")

    def lays_finger(self, button: str) -> None:
        self.page.get_by_role("button", name=f"{button}ด้วยพาสคีย์").click()


def outside(change: Callable[[], None]) -> None:
    """Change a row while the browser is open: it keeps a loop in its own thread, where Django refuses to."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(change).result()


def test_the_device_answers_for_this_signature_and_it_can_be_checked_later(
    url: str,
    chain: list[Person],
    sent: Revision,  # noqa: F811
) -> None:
    with opened(PHONE) as page:
        phone = Phone(page, url, chain[1])
        phone.asks(sent)
        phone.lays_finger("ยืนยันการลงนาม")
        page.wait_for_url("**/receipt/")
        expect(page.get_by_role("main")).to_contain_text("พาสคีย์")
    signed = SignOff.objects.get(revision=sent, order=1)
    assert (signed.decision, signed.proof) == (Decision.ENDORSED, ProofKind.PASSKEY)
    assert verify_proof(signed)


def test_who_cancels_on_the_device_has_not_signed_is_told_and_may_try_again(
    url: str,
    chain: list[Person],
    sent: Revision,  # noqa: F811
) -> None:
    with opened(PHONE) as page:
        phone = Phone(page, url, chain[1])
        phone.asks(sent)
        phone.cancels()
        phone.finger.is_known(True)
        phone.lays_finger("ยืนยันการลงนาม")
        page.wait_for_url("**/receipt/")
    assert SignOff.objects.get(revision=sent, order=1).proof == ProofKind.PASSKEY


def test_who_cancels_on_the_device_may_give_the_password_instead(
    url: str,
    chain: list[Person],
    sent: Revision,  # noqa: F811
) -> None:
    with opened(PHONE) as page:
        phone = Phone(page, url, chain[1])
        phone.asks(sent)
        phone.cancels()
        page.fill("#id_secret", chain[1].username)
        page.press("#id_secret", "Enter")
        page.wait_for_url("**/receipt/")
    assert SignOff.objects.get(revision=sent, order=1).proof == ProofKind.PASSWORD


def test_an_account_with_nothing_but_a_passkey_returns_the_document_with_it(
    url: str,
    chain: list[Person],
    sent: Revision,  # noqa: F811
) -> None:
    def forget_password() -> None:
        chain[1].set_unusable_password()
        chain[1].save()

    with opened(PHONE) as page:
        phone = Phone(page, url, chain[1])
        outside(forget_password)
        page.context.clear_cookies()
        page.goto(f"{url}/accounts/login/?next=/desk/revisions/{sent.pk}/return/")
        page.click("text=เข้าสู่ระบบด้วยพาสคีย์")
        page.get_by_label("เอกสารทั้งฉบับ").check()
        page.get_by_label("เหตุผลที่ส่งกลับ").fill("ขาดจำนวนเรื่องร้องเรียน")
        page.get_by_role("button", name="ส่งกลับแก้ไข").click()
        expect(page.locator("#id_secret")).to_have_count(0)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        phone.lays_finger("ส่งกลับแก้ไข")
        page.wait_for_url("**/receipt/")
        expect(page.get_by_role("heading", name="ส่งกลับแก้ไขแล้ว")).to_be_visible()
    sent.refresh_from_db()
    assert sent.stage == Stage.RETURNED
    assert verify_proof(SignOff.objects.get(revision=sent, order=1))
