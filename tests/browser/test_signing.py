"""Six people, each with a session of their own: two returns, one who is away and one who acts for her, to the seal.

The author and five signatories; the report is as ``tests.reports.conftest`` makes it.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from measures.choices import Role
from measures.dates import long_date
from measures.fiscal import bangkok_date
from measures.models import Person, RoleGrant
from reports.choices import ProofKind, Stage
from reports.codes import shown
from reports.models import Report, Revision
from tests.browser.chromium import chromium
from tests.reports.conftest import plan, report  # noqa: F401 -- fixtures, asked for below by name

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, DESK = 360, 1280
REFUSED = "คะแนนไม่ตรงกับประกาศผล"
MISSING = "ขาดจำนวนเรื่องร้องเรียน"


class Desk:
    """The portal as one person sees it, signed in once."""

    def __init__(self, browser: Browser, address: str, person: Person, width: int) -> None:
        self.username = person.username
        context = browser.new_context(viewport={"width": width, "height": 800}, base_url=address)
        self.page = context.new_page()
        self.page.goto("/accounts/login/")
        self.page.get_by_label("ชื่อผู้ใช้หรืออีเมล").fill(self.username)
        self.page.get_by_label("รหัสผ่าน").fill(self.username)
        self.page.get_by_role("button", name="เข้าสู่ระบบ", exact=True).click()
        expect(self.page.get_by_role("button", name="ออกจากระบบ")).to_be_visible()

    def prove(self, button: str) -> None:
        """Give the password for this one signature."""
        self.page.locator("#id_secret").fill(self.username)
        self.page.get_by_role("button", name=button).first.click()

    def open_waiting(self) -> None:
        self.page.goto("/desk/inbox/")
        self.page.get_by_role("link", name="รายงานผลการดำเนินการ").first.click()

    def sign(self, words: str) -> None:
        self.open_waiting()
        self.page.get_by_label(words, exact=True).check()
        self.page.get_by_role("button", name="ลงนาม", exact=True).click()
        expect(self.page.locator(".agreed")).to_contain_text("ข้าพเจ้า")
        self.prove("ยืนยันการลงนาม")
        expect(self.page.get_by_role("heading", name="ลงนามแล้ว")).to_be_visible()

    def send_back(self, place: str, reason: str) -> None:
        self.open_waiting()
        self.page.get_by_role("link", name="ส่งกลับแก้ไข").last.click()
        self.page.get_by_label(place).first.check()
        self.page.get_by_label("เหตุผลที่ส่งกลับ").fill(reason)
        self.page.get_by_role("button", name="ส่งกลับแก้ไข").click()
        self.prove("ส่งกลับแก้ไข")
        expect(self.page.get_by_role("heading", name="ส่งกลับแก้ไขแล้ว")).to_be_visible()

    def has_nothing_waiting(self) -> None:
        self.page.goto("/desk/inbox/")
        expect(self.page.get_by_role("main")).to_contain_text("ไม่มีเรื่องรอลงนาม")


@pytest.fixture
def people(chain: list[Person], report: Report) -> dict[str, Person]:  # noqa: F811
    """The author, who is an officer, and the five who sign, by what they are."""
    RoleGrant.objects.get_or_create(person=chain[0], role=Role.OFFICER)
    Person.objects.filter(pk=chain[4].pk).update(email="clerk@tuayang.example")
    return dict(zip(("author", "head", "director", "deputy", "clerk", "mayor"), chain, strict=True))


def test_six_people_through_two_returns_and_an_acting_signer(
    live_server: LiveServer,
    people: dict[str, Person],
    report: Report,  # noqa: F811
) -> None:
    with chromium() as browser:
        desks = {
            name: Desk(browser, live_server.url, person, DESK if name == "author" else PHONE)
            for name, person in people.items()
        }
        sign_with_two_returns(desks, people, report)
    it_is_sealed(report, people)
    codes = list(Revision.objects.filter(report=report).order_by("number").values_list("code", flat=True))
    with chromium() as browser:
        stranger = browser.new_page(base_url=live_server.url, viewport={"width": PHONE, "height": 800})
        verify(stranger, codes[2], "ลงนามครบ")
        verify(stranger, codes[0], "ส่งกลับ")


def sign_with_two_returns(desks: dict[str, Desk], people: dict[str, Person], report: Report) -> None:  # noqa: F811
    author, head, director = desks["author"], desks["head"], desks["director"]
    deputy, clerk, mayor = desks["deputy"], desks["clerk"], desks["mayor"]

    propose(author, report)
    director.has_nothing_waiting()
    head.sign("เพื่อโปรดทราบ")
    director.send_back("เอกสารทั้งฉบับ", REFUSED)
    mend(author, report, "ฉบับแก้ไขครั้งที่หนึ่ง", REFUSED)

    sees_what_changed(head, "ฉบับแก้ไขครั้งที่หนึ่ง")
    head.sign("เพื่อโปรดทราบ")
    director.sign("เพื่อโปรดทราบ")
    deputy.sign("ไม่มีความเห็น")
    go_away(clerk)
    appoint(author, people["clerk"], people["deputy"])
    mayor.has_nothing_waiting()
    deputy.sign("ไม่มีความเห็น")  # now for the clerk, by order
    mayor.send_back("มาตรการ", MISSING)
    mend(author, report, "ฉบับแก้ไขครั้งที่สอง", MISSING)

    for desk in (head, director):
        desk.sign("เพื่อโปรดทราบ")
    for _ in range(2):  # once for her own position, once for the clerk's
        deputy.sign("ไม่มีความเห็น")
    mayor.sign("ทราบ")
    for desk in (head, director, deputy, clerk, mayor):
        desk.has_nothing_waiting()


def propose(author: Desk, report: Report) -> None:  # noqa: F811
    author.page.goto(f"/desk/reports/{report.pk}/send/")
    author.prove("เสนอลงนาม")
    expect(author.page.get_by_role("main")).to_contain_text("เสนอลงนามแล้ว")


def mend(author: Desk, report: Report, subject: str, reason: str) -> None:  # noqa: F811
    """The author sees why, changes the subject, and sends it again."""
    author.page.goto(f"/desk/reports/{report.pk}/")
    expect(author.page.get_by_role("main")).to_contain_text(reason)
    author.page.get_by_label("เรื่อง", exact=True).fill(f"รายงานผลการดำเนินการ {subject}")
    author.page.get_by_role("button", name="ตรวจก่อนเสนอลงนาม").click()
    expect(author.page.get_by_role("main")).to_contain_text(subject)
    author.prove("เสนอลงนาม")
    expect(author.page.get_by_role("main")).to_contain_text("เสนอลงนามแล้ว")


def sees_what_changed(desk: Desk, words: str) -> None:
    desk.open_waiting()
    expect(desk.page.locator("ins").first).to_be_attached()
    expect(desk.page.get_by_role("main")).to_contain_text(words)


def go_away(clerk: Desk) -> None:
    today = bangkok_date(timezone.now())
    clerk.page.goto("/desk/absences/new/")
    clerk.page.get_by_label("ตั้งแต่วันที่").fill(long_date(today))
    clerk.page.get_by_label("ถึงวันที่").fill(long_date(today + timedelta(days=3)))
    clerk.page.get_by_role("button", name="แจ้งไม่อยู่").click()
    expect(clerk.page.get_by_role("main")).to_contain_text("แจ้ง")


def appoint(author: Desk, absent: Person, acting: Person) -> None:
    """The officer reads the notice and records the order."""
    today = bangkok_date(timezone.now())
    author.page.goto("/desk/absences/")
    expect(author.page.get_by_role("main")).to_contain_text(absent.full_name)
    author.page.get_by_role("link", name="บันทึกคำสั่งรักษาราชการแทน").first.click()
    author.page.locator("select[name=person]").select_option(label=acting.full_name)
    author.page.get_by_label("ผู้ออกคำสั่ง").fill("เทศบาลตำบลตัวอย่าง")
    author.page.get_by_label("คำสั่งที่").fill("412/2569")
    author.page.get_by_label("คำสั่งลงวันที่").fill(long_date(today))
    author.page.get_by_role("main").locator("form button.btn-primary").click()
    expect(author.page.get_by_role("main")).to_contain_text("412/2569")


def it_is_sealed(report: Report, people: dict[str, Person]) -> None:  # noqa: F811
    revision = Revision.objects.filter(report=report).order_by("-number")[0]
    assert (revision.number, revision.stage) == (3, Stage.SIGNED)
    assert revision.sealed_sha256
    signed = list(revision.signoffs.order_by("order").values_list("person", "acting_title", "proof"))
    persons = [people[n].pk for n in ("author", "head", "director", "deputy", "deputy", "mayor")]
    assert [person for person, *_ in signed] == persons
    assert [bool(acting) for _, acting, _ in signed] == [False, False, False, False, True, False]
    assert {proof for *_, proof in signed} == {ProofKind.PASSWORD}
    assert [r.stage for r in Revision.objects.filter(report=report).order_by("number")[:2]] == [
        Stage.RETURNED
    ] * 2


def verify(stranger: Page, code: str, words: str) -> None:
    """Anyone who has the paper types its code, in small letters and without a dash, and is told what it is worth."""
    stranger.goto("/v/")
    stranger.get_by_label(re.compile("รหัส")).first.fill(code.lower())
    stranger.get_by_role("button", name=re.compile("ตรวจ")).first.click()
    expect(stranger.get_by_role("main")).to_contain_text(words)
    expect(stranger.get_by_role("main")).to_contain_text(shown(code))
