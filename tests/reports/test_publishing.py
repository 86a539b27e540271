"""What all have signed becomes public once, now or at a set moment, and can be taken back with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from audit.models import Event
from measures.choices import ItemKind, LetterKind
from measures.errors import Refused
from measures.models import AssessmentItem, Letter, Person, RoleGrant
from reports.actions.publishing import (
    cancel_publishing,
    items_of,
    publish,
    publish_what_is_due,
    schedule_publishing,
    withdraw,
)
from reports.content import Contact
from reports.models import Publication, Report, Revision
from reports.public.personal_data import findings, is_thai_id
from reports.span import spans_of
from reports.views.public import PAGES
from tests.conftest import browser
from tests.published import content_of, file_evidence, revision_of, with_evidence
from tests.published import publish as published
from tests.reports.conftest import NOW, send, sign
from tests.reports.test_races import race


def test_an_unsealed_revision_is_sealed_first(signed: Revision, officer: Person) -> None:
    assert not signed.sealed_sha256
    assert publish(revision=signed, by=officer, at=NOW).revision.sealed_sha256


def test_the_codes_are_frozen_as_they_stood(signed: Revision, officer: Person) -> None:
    publication = publish(revision=signed, by=officer, at=NOW)
    AssessmentItem.objects.all().delete()
    publication.refresh_from_db()
    assert [(i["fiscal_year"], i["code"]) for i in publication.items] == [
        (2567, "O34"), (2567, "O35"), (2568, "O28"),
    ]  # fmt: skip


def test_a_code_that_is_no_report_of_the_next_year_is_left_out(signed: Revision, officer: Person) -> None:
    AssessmentItem.objects.filter(fiscal_year=2568).update(kind=ItemKind.MEASURES)
    assert len(publish(revision=signed, by=officer, at=NOW).items) == 2


def test_a_quarter_answers_no_item_that_asks_for_a_report(db: None) -> None:
    AssessmentItem.objects.filter(code="O35").delete()
    asked = [{(item["code"], item["kind"]) for item in items_of(span)} for span in spans_of(2567)]
    assert asked == [{("O34", "measures"), ("O28", "report")}, *[{("O34", "measures")}] * 6]


def test_before_the_last_signature_nothing_is_published(sent: Revision, officer: Person) -> None:
    with pytest.raises(Refused):
        publish(revision=sent, by=officer, at=NOW)


def test_a_signers_name_that_no_font_can_print_is_told_where_it_is_published(
    signed: Revision, officer: Person
) -> None:
    signed.signoffs.filter(order=1).update(person_name="นาย한")
    answer = browser(officer).post(reverse("revision_publish", args=[signed.pk]))
    assert answer.status_code == 409
    assert "(U+D55C)" in answer.content.decode()
    assert not Publication.objects.exists()


def test_a_revision_is_published_once(signed: Revision, officer: Person) -> None:
    publish(revision=signed, by=officer, at=NOW)
    with pytest.raises(Refused, match="เผยแพร่ฉบับนี้แล้ว"):
        publish(revision=signed, by=officer, at=NOW)


def test_a_newer_revision_leaves_the_older_where_it_is(
    signed: Revision, report: Report, chain: list[Person], officer: Person
) -> None:
    publish(revision=signed, by=officer, at=NOW)
    Report.objects.filter(pk=report.pk).update(closing="จึงเรียนมาเพื่อทราบ")
    newer = send(report, officer)
    for signatory in chain[1:]:
        sign(newer, signatory)
    publish(revision=newer, by=officer, at=NOW)
    assert list(Publication.objects.standing().values_list("revision__number", flat=True)) == [1, 2]


def test_publishing_is_in_the_trail(signed: Revision, officer: Person) -> None:
    publish(revision=signed, by=officer, at=NOW)
    event = Event.objects.about("revision", signed.pk).get(act="revision.published")
    assert event.details["sealed_sha256"] == signed.sealed_sha256


def test_the_page_says_what_everyone_will_see(signed: Revision, officer: Person) -> None:
    page = browser(officer).get(reverse("revision_publish", args=[signed.pk])).content.decode()
    assert "O34" in page
    assert "เมื่อเผยแพร่แล้ว ทุกคนเปิดอ่านได้และไฟล์จะไม่เปลี่ยนแปลง" in page


def test_pressing_twice_publishes_once_with_the_same_answer(signed: Revision, officer: Person) -> None:
    data = {"request_key": "5b1c9d0e-0000-4000-8000-000000000003"}
    answers = [browser(officer).post(reverse("revision_publish", args=[signed.pk]), data) for _ in range(2)]
    assert [a["Location"] for a in answers] == [reverse("revision_publish", args=[signed.pk])] * 2
    assert Publication.objects.count() == 1


def test_an_executive_does_not_publish(signed: Revision, chain: list[Person]) -> None:
    answer = browser(chain[5]).post(reverse("revision_publish", args=[signed.pk]))
    assert answer.status_code == 403
    assert not Publication.objects.exists()


# --- at a set moment --------------------------------------------------------------------------------------------

TOMORROW = NOW + timedelta(days=1)


def test_what_is_scheduled_is_published_when_its_moment_has_come(signed: Revision, officer: Person) -> None:
    schedule_publishing(revision=signed, when=TOMORROW, by=officer, at=NOW)
    publish_what_is_due(TOMORROW - timedelta(seconds=1))
    assert not Publication.objects.exists()
    publish_what_is_due(TOMORROW)
    publication = Publication.objects.get()
    assert (publication.published_at, publication.published_by) == (TOMORROW, officer)
    publish_what_is_due(TOMORROW)
    assert Publication.objects.count() == 1


def test_a_schedule_can_be_taken_back_once(signed: Revision, officer: Person) -> None:
    schedule_publishing(revision=signed, when=TOMORROW, by=officer, at=NOW)
    cancel_publishing(revision=signed, by=officer, at=NOW)
    publish_what_is_due(TOMORROW)
    assert not Publication.objects.exists()
    with pytest.raises(Refused):
        cancel_publishing(revision=signed, by=officer, at=NOW)


@pytest.mark.parametrize("when", [NOW, NOW - timedelta(days=1), NOW + timedelta(days=400)])
def test_a_moment_that_is_past_or_too_far_is_refused(signed: Revision, officer: Person, when: object) -> None:
    with pytest.raises(Refused):
        schedule_publishing(revision=signed, when=when, by=officer, at=NOW)  # type: ignore[arg-type]


def test_who_is_no_officer_any_more_publishes_nothing(signed: Revision, officer: Person) -> None:
    schedule_publishing(revision=signed, when=TOMORROW, by=officer, at=NOW)
    RoleGrant.objects.filter(person=officer).delete()
    publish_what_is_due(TOMORROW)
    signed.refresh_from_db()
    assert not Publication.objects.exists()
    assert signed.publish_at is None
    why = Event.objects.about("revision", signed.pk).get(act="revision.not_published").details["why"]
    assert "ไม่ได้เป็นนิติกรของหน่วยงานแล้ว" in str(why)


def test_what_is_no_longer_the_newest_is_not_published_and_the_officer_is_told(
    signed: Revision, report: Report, officer: Person
) -> None:
    schedule_publishing(revision=signed, when=TOMORROW, by=officer, at=NOW)
    Report.objects.filter(pk=report.pk).update(closing="จึงเรียนมาเพื่อทราบ")
    send(report, officer)
    publish_what_is_due(TOMORROW)
    assert not Publication.objects.exists()
    letter = Letter.objects.get(kind=LetterKind.NOT_PUBLISHED)
    assert "มีการเสนอฉบับที่ 2 ซึ่งใหม่กว่าแล้ว" in letter.body


def test_the_page_sets_the_moment_in_bangkoks_time(signed: Revision, officer: Person) -> None:
    address = reverse("revision_publish", args=[signed.pk])
    wrong = browser(officer).post(address, {"when": "later", "day": "", "hour": "99"})
    assert wrong.status_code == 400
    data = {"when": "later", "day": "30 พ.ย. 2570", "hour": "๙.๓๐ น."}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reports.actions.publishing.LATEST", timedelta(days=4000))
        assert browser(officer).post(address, data).status_code == 302
    assert "ตั้งเวลาเผยแพร่ไว้วันที่ 30 พฤศจิกายน 2570 เวลา 09.30" in browser(officer).get(address).content.decode()


# --- rehearsals -------------------------------------------------------------------------------------------------


def test_a_rehearsal_is_never_published(signed: Revision, officer: Person) -> None:
    Report.objects.filter(pk=signed.report_id).update(is_rehearsal=True)
    signed = Revision.objects.get(pk=signed.pk)
    for act in (
        lambda: publish(revision=signed, by=officer, at=NOW),
        lambda: schedule_publishing(revision=signed, when=TOMORROW, by=officer, at=NOW),
    ):
        with pytest.raises(Refused, match="ซ้อมการลงนาม"):
            act()
    page = browser(officer).get(reverse("revision_publish", args=[signed.pk])).content.decode()
    assert "<button" not in page.partition("<main")[2].partition("</main>")[0]


def test_a_rehearsal_that_a_row_calls_published_is_shown_to_nobody(db: None) -> None:
    PAGES.clear()
    revision = revision_of(content_of())
    published(revision)
    Report.objects.filter(pk=revision.report_id).update(is_rehearsal=True)
    for address in ("/tuayang/", "/tuayang/2567/", "/tuayang/2567/reports/annual-1.pdf"):
        assert Client().get(address).status_code == 404
    assert "เทศบาลตำบลตัวอย่าง" not in Client().get("/").content.decode()


# --- taking it back ---------------------------------------------------------------------------------------------


def withdrawing(revision: Revision, officer: Person, **data: str) -> tuple[int, str]:
    answer = browser(officer).post(reverse("revision_withdraw", args=[revision.pk]), data)
    return answer.status_code, " ".join(strip_tags(answer.content.decode()).split())


def test_withdrawing_asks_for_a_reason_and_shows_it_first(signed: Revision, officer: Person) -> None:
    publication = publish(revision=signed, by=officer, at=NOW)
    assert withdrawing(signed, officer, reason=" ")[0] == 400
    status, page = withdrawing(signed, officer, reason="มีข้อมูลส่วนบุคคล")
    assert status == 200
    assert "ข้อความที่ทุกคนจะเห็น" in page
    assert "เหตุผล: มีข้อมูลส่วนบุคคล" in page
    publication.refresh_from_db()
    assert publication.withdrawn_at is None


def test_withdrawn_the_address_says_who_when_and_why(signed: Revision, officer: Person) -> None:
    publish(revision=signed, by=officer, at=NOW)
    assert withdrawing(signed, officer, reason="มีข้อมูลส่วนบุคคล", confirmed="1")[0] == 302
    page = Client().get("/tuayang/2567/reports/annual-1/")
    assert page.status_code == 200
    assert "นิติกรของเทศบาลตำบลตัวอย่างถอนการเผยแพร่" in page.content.decode()
    assert "มีข้อมูลส่วนบุคคล" in page.content.decode()
    assert Client().get("/tuayang/2567/reports/annual-1.pdf").status_code == 410


def test_withdrawing_keeps_signatures_and_bytes_and_tells_those_who_signed(
    signed: Revision, officer: Person
) -> None:
    publication = publish(revision=signed, by=officer, at=NOW)
    before = Revision.objects.values().get(pk=signed.pk)
    withdraw(publication=publication, reason="มีข้อมูลส่วนบุคคล", by=officer, at=NOW)
    assert Revision.objects.values().get(pk=signed.pk) == before
    assert Letter.objects.filter(kind=LetterKind.WITHDRAWN).count() == 6
    event = Event.objects.about("revision", signed.pk).get(act="revision.withdrawn")
    assert event.details["reason"] == "มีข้อมูลส่วนบุคคล"


def test_it_is_withdrawn_once_and_never_published_again(signed: Revision, officer: Person) -> None:
    publication = publish(revision=signed, by=officer, at=NOW)
    withdraw(publication=publication, reason="มีข้อมูลส่วนบุคคล", by=officer, at=NOW)
    with pytest.raises(Refused, match="ระบบไม่ได้บันทึกซ้ำ"):
        withdraw(publication=publication, reason="อีกครั้ง", by=officer, at=NOW)
    with pytest.raises(Refused, match="เผยแพร่อีกไม่ได้"):
        publish(revision=signed, by=officer, at=NOW)
    publication.refresh_from_db()
    assert publication.withdrawn_reason == "มีข้อมูลส่วนบุคคล"


# --- before and after publishing --------------------------------------------------------------------------------


def test_those_who_signed_are_told_the_public_address(signed: Revision, officer: Person) -> None:
    publish(revision=signed, by=officer, at=NOW)
    letters = Letter.objects.filter(kind=LetterKind.PUBLISHED)
    assert {letter.path for letter in letters} == {"/tuayang/2567/reports/annual-1/"}
    assert letters.count() == 6


def test_the_preview_is_what_becomes_public(signed: Revision, officer: Person) -> None:
    preview = browser(officer).get(reverse("revision_as_published", args=[signed.pk]))
    assert "no-store" in preview["Cache-Control"]
    before = preview.content.decode()
    publish(revision=signed, by=officer, at=NOW)
    PAGES.clear()
    after = Client().get("/tuayang/2567/reports/annual-1/").content.decode()
    article = "<article"
    assert before.partition(article)[2] == after.partition(article)[2]


def test_nobody_sees_the_preview_but_the_officer(signed: Revision, chain: list[Person]) -> None:
    address = reverse("revision_as_published", args=[signed.pk])
    assert browser(chain[5]).get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_the_addresses_are_tested_without_an_account_and_the_page_says_how(
    signed: Revision, officer: Person
) -> None:
    publish(revision=signed, by=officer, at=NOW)
    page = browser(officer).get(reverse("revision_publish_test", args=[signed.pk])).content.decode()
    assert page.count("✓ ตอบถูกต้อง") == 3
    assert "ยังไม่ได้ทดสอบเครือข่ายอินเทอร์เน็ต" in page


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("เลขประจำตัว 1-1014-00000-00-6 ของผู้ร้อง", "เลขประจำตัวประชาชน"),
        ("๑๑๐๑๔๐๐๐๐๐๐๐๖", "เลขประจำตัวประชาชน"),
        ("โทร 081-234 5678", "หมายเลขโทรศัพท์มือถือ"),
        ("โทร. 02 123 4567", "หมายเลขโทรศัพท์"),
        ("ส่งที่ someone@mail.example", "อีเมล"),
        ("บัญชี 123-4-56789-0", "เลขที่คล้ายเลขบัญชี"),
    ],
)
def test_what_looks_personal_is_found(text: str, kind: str) -> None:
    assert [found.kind for found in findings("ที่นี่", text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "งบประมาณ 1,234,567,890.00 บาท", "ปี 2567", "ที่ ตย 12345/358", "27 ธันวาคม 2567", "1101400000002",
        "โทร 0 2000 0000", "ส่งที่ SARABAN@tuayang.example",
    ],
)  # fmt: skip
def test_what_is_official_or_no_such_number_is_left_alone(text: str) -> None:
    ours = Contact(phone="0 2000 0000", email="saraban@tuayang.example")
    assert list(findings("ที่นี่", text, ours)) == []


def test_a_thai_identity_number_is_told_by_its_last_digit() -> None:
    assert [is_thai_id(f"110140000000{last}") for last in range(10)].count(True) == 1


def test_a_file_name_with_a_phone_number_must_be_checked_before_publishing(officer: Person) -> None:
    content = with_evidence(content_of(), file_evidence(filename="ใบลา 081-234-5678.pdf"))
    revision = revision_of(replace(content))
    address = reverse("revision_publish", args=[revision.pk])
    page = browser(officer).get(address).content.decode()
    assert "หมายเลขโทรศัพท์มือถือ</b> “081-234-5678”" in page
    assert "ชื่อไฟล์" in page
    assert browser(officer).post(address).status_code == 400
    assert not Publication.objects.exists()
    assert browser(officer).post(address, {"checked": "on"}).status_code == 302
    assert Publication.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_three_who_withdraw_at_once_one_does(signed: Revision, officer: Person) -> None:
    publication = publish(revision=signed, by=officer, at=NOW)

    def act(reason: str) -> object:
        return withdraw(publication=Publication.objects.get(), reason=reason, by=officer, at=NOW)

    said = race(*(partial(act, f"เหตุผล {n}") for n in range(3)))
    publication.refresh_from_db()
    assert said.count("done") == 1
    assert publication.withdrawn_reason == f"เหตุผล {said.index('done')}"
    assert Event.objects.about("revision", signed.pk).filter(act="revision.withdrawn").count() == 1
