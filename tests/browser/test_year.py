"""A year as its people live it: plan, result, outcome, report, a return, five endorsements, the public page."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from measures.choices import Role
from measures.fiscal import bangkok_date, fiscal_year_of
from measures.models import Person, RoleGrant, Unit
from measures.thai import thai_digits
from tests.browser.chromium import chromium
from tests.conftest import CHAIN

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, DESK = 360, 1280
YEAR = str(fiscal_year_of(bangkok_date(timezone.now())))

PASSWORDS = {
    "นางสาวตัวอย่าง สอง": "officer",
    **{f"ผู้ลงนาม {order}": username for order, (*_, username) in enumerate(CHAIN) if order},
}
"""By the name that stands in the sentence that is agreed to."""


class Play:
    """Opens the portal as somebody, on a phone or at a desk, with or without script."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address

    def sign_in(self, username: str, width: int, *, script: bool = True) -> Page:
        context = self.browser.new_context(
            viewport={"width": width, "height": 800}, base_url=self.address, java_script_enabled=script
        )
        page = context.new_page()
        page.goto("/accounts/login/")
        page.get_by_label("ชื่อผู้ใช้หรืออีเมล").fill(username)
        page.get_by_label("รหัสผ่าน").fill(username)
        page.get_by_role("button", name="เข้าสู่ระบบ", exact=True).click()
        return page


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_year_from_the_form_to_the_public_page(
    live_server: LiveServer, chain: list[Person], contributor: Person, finance: Unit, script: bool
) -> None:
    RoleGrant.objects.get_or_create(person=chain[0], role=Role.OFFICER)
    with chromium() as browser:
        play = Play(browser, live_server.url)
        officer = play.sign_in("officer", DESK, script=script)
        make_the_plan(officer)
        report_a_quarter(play.sign_in("contributor", PHONE, script=script))
        accept_and_curate(officer)
        compose_and_send(officer)
        endorse(play.sign_in("head", PHONE, script=script), "เพื่อโปรดทราบ")
        send_back(play.sign_in("director", PHONE, script=script), "คะแนนไม่ตรงกับประกาศ")
        correct_and_send_again(officer)
        for username, words in (
            ("head", "เพื่อโปรดทราบ"), ("director", "เพื่อโปรดทราบ"), ("deputy", "ไม่มีความเห็น"),
            ("clerk", "ไม่มีความเห็น"), ("mayor", "ทราบ"),
        ):  # fmt: skip
            endorse(play.sign_in(username, PHONE, script=script), words)
        publish(officer)
        read_as_a_citizen(browser.new_page(base_url=live_server.url, java_script_enabled=script))


def make_the_plan(page: Page) -> None:
    page.goto("/desk/plans/new/")
    page.get_by_role("textbox", name="ปีงบประมาณ พ.ศ.").fill(thai_digits(YEAR))
    page.get_by_role("button", name="แสดงสิ่งที่จะ").click()
    page.get_by_role("button", name=f"เริ่มปีงบประมาณ {YEAR}").click()
    expect(page).to_have_url(re.compile(f"/desk/plans/{YEAR}/"))
    page.goto(f"/desk/plans/{YEAR}/groups/new/")
    page.get_by_label("เลขที่พิมพ์").fill("๓")
    page.get_by_label("ชื่อมาตรการหลัก").fill("มาตรการป้องกันการทุจริตด้านการเบิกจ่ายเงิน")
    page.get_by_role("button", name="บันทึกมาตรการหลัก").click()
    page.get_by_role("link", name="เพิ่มมาตรการ").first.click()
    page.get_by_label("ชื่อมาตรการ*").fill("การควบคุมดูแลการเบิกจ่ายใบเสร็จรับเงิน")
    page.get_by_label("ขั้นตอน/วิธีการปฏิบัติ").fill("จัดทำทะเบียนคุมใบเสร็จ\nรายงานผลทุกเดือน")
    page.locator("[name=lead]").nth(1).check()
    page.get_by_label("วันครบกำหนด").fill(f"30/09/{YEAR}")
    page.get_by_role("button", name="บันทึกมาตรการ").click()
    expect(page.get_by_role("main")).to_contain_text("การควบคุมดูแลการเบิกจ่ายใบเสร็จรับเงิน")


def report_a_quarter(page: Page) -> None:
    page.goto("/desk/unit/")
    page.get_by_role("link", name="รายงานผล").first.click()
    page.get_by_label("แล้วเสร็จ").check()
    page.get_by_label("ผลการดำเนินการ", exact=True).fill("- จัดทำทะเบียนคุมแล้ว\n๑. เล่มที่ ๑\n๒. เล่มที่ ๒")
    page.locator("[name=steps]").first.check()
    page.get_by_label("ที่อยู่เว็บ").fill("https://tuayang.example/register")
    page.get_by_label("ชื่อหลักฐาน").last.fill("ทะเบียนคุมใบเสร็จ")
    page.get_by_label("เผยแพร่ต่อสาธารณะ").last.check()
    page.get_by_role("button", name="ส่งให้นิติกรตรวจ").click()
    expect(page.get_by_role("main")).to_contain_text("ส่งผลการดำเนินการให้นิติกรแล้ว")


def accept_and_curate(page: Page) -> None:
    page.goto(f"/desk/plans/{YEAR}/")
    page.get_by_role("link", name="รอตรวจ").first.click()
    page.get_by_role("button", name="ตรวจแล้ว", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("ตรวจแล้ว")
    page.goto(f"/desk/plans/{YEAR}/")
    page.get_by_role("link", name="การควบคุมดูแลการเบิกจ่ายใบเสร็จรับเงิน").first.click()
    page.get_by_role("link", name="เรียบเรียงผลลัพธ์จากผลรายงวด").click()
    page.get_by_role("button", name="เพิ่มข้อความไตรมาส").first.click()
    expect(page.get_by_role("textbox", name="ผลลัพธ์/ผลการดำเนินการ")).to_have_value(
        "- จัดทำทะเบียนคุมแล้ว\n๑. เล่มที่ ๑\n๒. เล่มที่ ๒"
    )
    page.get_by_label("แล้วเสร็จ").check()
    page.get_by_role("button", name="บันทึกผลลัพธ์").click()
    expect(page.get_by_role("main")).to_contain_text("บันทึก")


def compose_and_send(page: Page) -> None:
    page.goto("/desk/reports/")
    page.get_by_role("button", name="เริ่มจัดทำรายงาน").click()
    page.get_by_label("ที่", exact=True).fill("ตย ๑๒๓๔๕/๓๕๘")
    page.get_by_label("วันที่", exact=True).fill("๒๗ ธันวาคม ๒๕๖๗")
    page.get_by_label("คะแนน ITA").fill("๙๙.๖๗")
    propose(page)


def propose(page: Page) -> None:
    page.get_by_role("button", name="ตรวจก่อนเสนอลงนาม").click()
    expect(page.get_by_role("main")).to_contain_text("จะแก้ไขเนื้อหาฉบับนี้ไม่ได้")
    prove(page, "เสนอลงนาม", "ขณะนี้เรื่องอยู่ที่หัวหน้าฝ่ายบริการและเผยแพร่วิชาการ")


def endorse(page: Page, words: str) -> None:
    page.goto("/desk/inbox/")
    page.get_by_role("link", name="รายงานผลการดำเนินการ").first.click()
    page.get_by_label(words, exact=True).check()
    page.get_by_role("button", name="ลงนาม", exact=True).click()
    prove(page, "ยืนยันการลงนาม", "ลงนามแล้วเมื่อวันที่")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE


def prove(page: Page, button: str, said: str) -> None:
    """Give the password for this one signature; everybody's is their user name."""
    agreed = page.locator(".agreed").inner_text()
    assert agreed.startswith("ข้าพเจ้า ")
    name = re.match("ข้าพเจ้า (.+?) ในฐานะ", agreed)
    assert name
    page.locator("#id_secret").fill(PASSWORDS[name[1]])
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("main")).to_contain_text(said)


def send_back(page: Page, reason: str) -> None:
    page.goto("/desk/inbox/")
    page.get_by_role("link", name="รายงานผลการดำเนินการ").first.click()
    page.get_by_role("link", name="ส่งกลับแก้ไข").click()
    page.get_by_label("เอกสารทั้งฉบับ").check()
    page.get_by_label("เหตุผลที่ส่งกลับ").fill(reason)
    page.get_by_role("button", name="ส่งกลับแก้ไข").click()
    prove(page, "ส่งกลับแก้ไข", "ส่งกลับแก้ไขแล้ว")


def correct_and_send_again(page: Page) -> None:
    page.goto("/desk/reports/")
    page.get_by_role("link", name="รายงานผลการดำเนินการ").first.click()
    expect(page.get_by_role("main")).to_contain_text("คะแนนไม่ตรงกับประกาศ")
    if page.get_by_role("link", name="แก้ไขแล้วเสนอใหม่").count():
        page.get_by_role("link", name="แก้ไขแล้วเสนอใหม่").click()
    page.get_by_label("คะแนน ITA").fill("99.76")
    propose(page)


def publish(page: Page) -> None:
    page.goto("/desk/reports/")
    page.get_by_role("link", name="รายงานผลการดำเนินการ").first.click()
    page.get_by_role("link", name="เผยแพร่").first.click()
    page.get_by_role("button", name="เผยแพร่").click()
    expect(page.get_by_role("main")).to_contain_text("เผยแพร่แล้ว")


def read_as_a_citizen(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name=f"ปี {YEAR}").first.click()
    main = page.get_by_role("main")
    expect(main).to_contain_text(f"ปี {YEAR} กำหนดไว้ 1 มาตรการ แล้วเสร็จ 1 มาตรการ")
    expect(main).to_contain_text("99.76")
    expect(main).to_contain_text("เล่มที่ ๒")
    expect(page.get_by_role("link", name="ทะเบียนคุมใบเสร็จ").first).to_have_attribute(
        "href", "https://tuayang.example/register"
    )
    pdf = page.request.get(f"/tuayang/{YEAR}/reports/annual-2.pdf")
    assert (pdf.status, pdf.body()[:5]) == (200, b"%PDF-")
