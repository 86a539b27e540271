"""What an executive sees and presses: what waits, the document as sent, one decision, one clear answer."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from audit.models import Event
from measures import storage
from measures.models import Agency, Outcome, Person, Plan, RoleGrant
from reports.actions.reports import start_report
from reports.actions.sealing import seal
from reports.models import Report, Revision
from tests.conftest import browser, person
from tests.reports.conftest import NOW, give_back, send, sign


def press(client: Client, revision: Revision, **changed: Any) -> Any:
    """Press ลงนาม on the page of a revision as it was displayed."""
    data = {"seen_sha256": revision.seen_sha256, "turn": revision.turn, "choice": "none", **changed}
    return confirmed(client, reverse("revision_endorse", args=[revision.pk]), data)


def confirmed(client: Client, address: str, data: dict[str, Any]) -> Any:
    """Go on from the page to the sentence that is agreed to, and prove by password where it is asked for."""
    answer = client.post(address, data)
    if answer.status_code != 200 or "proving" not in answer.context:
        return answer
    person = answer.context["user"]
    shown = answer.context["proving"].agreed_sha256
    return client.post(address, {**data, "agreed_sha256": shown, "secret": person.username})


def page(someone: Person, revision: Revision) -> str:
    return browser(someone).get(reverse("revision", args=[revision.pk])).content.decode()


def test_the_inbox_holds_what_waits_for_ones_own_position(sent: Revision, chain: list[Person]) -> None:
    first, last = (browser(someone).get(reverse("inbox")).content.decode() for someone in chain[1::4])
    assert "ตย ๑๒๓๔๕/๓๕๘" in first
    assert "ไม่มีเรื่องรอลงนาม" in last


def test_the_inbox_tells_who_signed_before_with_what_words(sent: Revision, chain: list[Person]) -> None:
    sign(sent, chain[1], "เห็นควรเผยแพร่")
    assert "“เห็นควรเผยแพร่”" in browser(chain[2]).get(reverse("inbox")).content.decode()


def test_the_inbox_costs_the_same_for_one_and_for_many(
    sent: Revision, town: Agency, chain: list[Person], officer: Person, django_assert_num_queries: Any
) -> None:
    client = browser(chain[1])
    with django_assert_num_queries(9):
        client.get(reverse("inbox"))
    for year in (2565, 2566):
        plan = Plan.objects.create(agency=town, fiscal_year=year)
        other = start_report(plan=plan, by=officer, at=NOW)
        Report.objects.filter(pk=other.pk).update(number="ตย ๑๒๓๔๕/๑", date=NOW.date())
        send(other, officer)
    with django_assert_num_queries(9):
        client.get(reverse("inbox"))


def test_the_inbox_tells_from_whom_since_when_and_what_is_new(
    sent: Revision, report: Report, chain: list[Person], officer: Person
) -> None:
    sign(sent, chain[1])
    give_back(sent, chain[2], "แก้ผู้รับ")
    Report.objects.filter(pk=report.pk).update(addressee="นายกเทศมนตรี")
    send(report, officer)
    shown = browser(chain[1]).get(reverse("inbox")).content.decode()
    assert "จาก นางสาวตัวอย่าง สอง นิติกรปฏิบัติการ" in shown
    assert "ตั้งแต่วันที่ 27 ธันวาคม 2567 เวลา 14.05 น." in shown
    assert "แก้ไข 1 แห่งตั้งแต่ท่านลงนามฉบับที่ 1" in shown
    assert reverse("absence_new") in shown


def test_after_signing_the_next_one_is_a_tap_away(
    sent: Revision, town: Agency, chain: list[Person], officer: Person
) -> None:
    plan = Plan.objects.create(agency=town, fiscal_year=2566)
    other = start_report(plan=plan, by=officer, at=NOW)
    Report.objects.filter(pk=other.pk).update(number="ตย ๑๒๓๔๕/๑", date=NOW.date())
    following = send(other, officer)
    client = browser(chain[1])
    receipt = client.get(press(client, sent)["Location"]).content.decode()
    assert reverse("revision", args=[following.pk]) in receipt
    signoff = sent.signoffs.get(order=1)
    assert f"{signoff.hash[:4]}-{signoff.hash[4:8]}".upper() in receipt
    assert signoff.agreed in receipt


def test_ones_own_words_of_earlier_times_are_offered_first(
    sent: Revision, report: Report, chain: list[Person], officer: Person
) -> None:
    sign(sent, chain[1], "เห็นควรเผยแพร่ต่อไป")
    give_back(sent, chain[2], "แก้ไข")
    Report.objects.filter(pk=report.pk).update(addressee="นายกเทศมนตรี")
    newer = send(report, officer)
    client = browser(chain[1])
    assert 'value="เห็นควรเผยแพร่ต่อไป"' in client.get(reverse("revision", args=[newer.pk])).content.decode()
    press(client, newer, choice="เห็นควรเผยแพร่ต่อไป")
    assert newer.signoffs.get(order=1).words == "เห็นควรเผยแพร่ต่อไป"


def test_the_first_opening_is_noted_once(sent: Revision, chain: list[Person], officer: Person) -> None:
    page(officer, sent)
    assert sent.signoffs.get(order=1).opened_at is None
    page(chain[1], sent)
    opened = sent.signoffs.get(order=1).opened_at
    page(chain[1], sent)
    assert (opened is not None, sent.signoffs.get(order=1).opened_at) == (True, opened)
    assert Event.objects.about("revision", sent.pk).filter(act="revision.opened").count() == 1


def test_only_who_has_the_turn_is_offered_to_sign(sent: Revision, chain: list[Person]) -> None:
    assert 'name="seen_sha256"' in page(chain[1], sent)
    assert 'name="seen_sha256"' not in page(chain[2], sent)


def test_the_pdf_that_was_presented_opens_in_the_browser(sent: Revision, chain: list[Person]) -> None:
    answer = browser(chain[1]).get(reverse("revision_presented", args=[sent.pk]))
    assert answer.content == storage.read(sent.presented_sha256)
    assert answer["Content-Disposition"].startswith("inline")


def test_an_altered_pdf_is_not_shown(sent: Revision, chain: list[Person]) -> None:
    storage.path_of(sent.presented_sha256).write_bytes(b"%PDF-1.7 other")
    client = browser(chain[1])
    client.raise_request_exception = False
    answer = client.get(reverse("revision_presented", args=[sent.pk]))
    assert answer.status_code == 503
    assert "กู้คืนจากสำเนาสำรอง" in answer.content.decode()


def test_signing_answers_with_who_is_next(sent: Revision, chain: list[Person]) -> None:
    client = browser(chain[1])
    answer = press(client, sent, choice="เพื่อโปรดทราบ")
    assert answer["Location"] == reverse("revision_receipt", args=[sent.pk])
    assert "ลำดับถัดไป: ผู้อำนวยการกองยุทธศาสตร์และงบประมาณ" in client.get(answer["Location"]).content.decode()
    assert sent.signoffs.get(order=1).words == "เพื่อโปรดทราบ"


def test_ones_own_words_are_kept_as_typed(sent: Revision, chain: list[Person]) -> None:
    press(browser(chain[1]), sent, choice="own", own_words="เห็นควรเผยแพร่\r\nต่อสาธารณะ")
    assert sent.signoffs.get(order=1).words == "เห็นควรเผยแพร่\nต่อสาธารณะ"


def test_ones_own_words_may_not_be_empty(sent: Revision, chain: list[Person]) -> None:
    answer = press(browser(chain[1]), sent, choice="own", own_words="\u200b ")
    assert answer.status_code == 400
    assert "กรุณาพิมพ์ความเห็น" in answer.content.decode()
    assert not sent.signoffs.get(order=1).decision


def test_words_that_no_font_can_print_are_refused_and_kept(sent: Revision, chain: list[Person]) -> None:
    answer = press(browser(chain[1]), sent, choice="own", own_words="ทราบ \U00012000")
    assert answer.status_code == 400
    assert "ทราบ \U00012000" in answer.content.decode()


def test_signing_before_ones_turn_is_a_conflict(sent: Revision, chain: list[Person]) -> None:
    answer = press(browser(chain[5]), sent)
    assert answer.status_code == 409
    assert "ยังไม่ถึงลำดับการลงนามของท่าน" in answer.content.decode()


def test_signing_before_ones_turn_by_a_made_up_turn_is_a_conflict(
    sent: Revision, chain: list[Person]
) -> None:
    answer = press(browser(chain[5]), sent, turn=5)
    assert answer.status_code == 409
    assert "ยังไม่ถึงลำดับการลงนามของท่าน" in answer.content.decode()


def test_who_opened_an_older_revision_sees_what_changed(
    sent: Revision, report: Report, chain: list[Person], officer: Person
) -> None:
    give_back(sent, chain[1], "แก้")
    Report.objects.filter(pk=report.pk).update(addressee="นายกเทศมนตรี")
    newer = send(report, officer)
    answer = press(browser(chain[1]), sent)
    assert answer.status_code == 409
    assert "กรุณาอ่านส่วนที่แก้ไข แล้วลงนามในฉบับที่ 2" in answer.content.decode()
    assert reverse("revision", args=[newer.pk]) in answer.content.decode()
    assert "<del>ตำบลตัวอย่าง</del>" in answer.content.decode()


def test_a_revision_shows_what_changed_since_the_one_before(
    sent: Revision, report: Report, chain: list[Person], officer: Person
) -> None:
    give_back(sent, chain[1], "แก้")
    Report.objects.filter(pk=report.pk).update(addressee="นายกเทศมนตรี")
    assert "จำนวน 1 แห่ง" in page(chain[1], send(report, officer))


def test_returning_without_a_reason_keeps_the_page(sent: Revision, chain: list[Person]) -> None:
    answer = browser(chain[1]).post(
        reverse("revision_return", args=[sent.pk]),
        {"seen_sha256": sent.seen_sha256, "turn": 1, "reason": " "},
    )
    assert answer.status_code == 400
    assert "กรุณาระบุเหตุผลที่ส่งกลับ" in answer.content.decode()


def test_a_returned_report_leads_its_author_back_to_the_form(
    sent: Revision, chain: list[Person], officer: Person
) -> None:
    data = {"seen_sha256": sent.seen_sha256, "turn": 1, "reason": "ตัวเลขไม่ตรง", "places": ["document"]}
    confirmed(browser(chain[1]), reverse("revision_return", args=[sent.pk]), data)
    shown = page(officer, sent)
    assert "ตัวเลขไม่ตรง" in shown
    assert "แก้ไขแล้วเสนอใหม่" in shown


def test_the_sealed_pdf_is_there_once_all_have_signed(signed: Revision, officer: Person) -> None:
    address = reverse("revision_sealed", args=[signed.pk])
    assert browser(officer).get(address).status_code == 404
    seal(signed)
    assert browser(officer).get(address).content == storage.read(signed.sealed_sha256)


def test_another_town_finds_nothing(sent: Revision, stranger: Person) -> None:
    assert browser(stranger).get(reverse("revision", args=[sent.pk])).status_code == 404
    assert press(browser(stranger), sent).status_code == 404


def test_a_colleague_without_a_place_in_the_chain_may_not_read(sent: Revision, contributor: Person) -> None:
    assert browser(contributor).get(reverse("revision", args=[sent.pk])).status_code == 403


def test_the_officer_may_read_but_not_sign(sent: Revision, officer: Person) -> None:
    assert press(browser(officer), sent).status_code == 403


def test_an_auditor_reads(sent: Revision, auditor: Person) -> None:
    assert "ตย ๑๒๓๔๕/๓๕๘" in page(auditor, sent)


def test_who_has_lost_every_role_reads_nothing(sent: Revision, town: Agency, auditor: Person) -> None:
    RoleGrant.objects.filter(person=auditor).delete()
    assert browser(auditor).get(reverse("revision", args=[sent.pk])).status_code == 403
    assert browser(person(town, "nobody")).get(reverse("reports")).status_code == 403


def test_the_page_says_as_what_one_signs_and_which_words_will_be_printed(
    sent: Revision, chain: list[Person]
) -> None:
    shown = page(chain[1], sent)
    assert "ในฐานะหัวหน้าฝ่ายบริการและเผยแพร่วิชาการ" in shown
    assert "พร้อมความเห็น <b>“เพื่อโปรดทราบ”</b>" in shown


def test_a_revised_report_says_why_it_came_back_and_where_it_changed(
    sent: Revision, report: Report, chain: list[Person], officer: Person
) -> None:
    give_back(sent, chain[1], "ผลลัพธ์ยังไม่ครบ")
    Outcome.objects.update(body="- จัดทำคู่มือ\n- อบรมแล้ว")
    shown = page(chain[1], send(report, officer))
    assert "ส่งฉบับที่ 1 กลับแก้ไข ในส่วน: เอกสารทั้งฉบับ เหตุผล: “ผลลัพธ์ยังไม่ครบ”" in shown
    assert "๑. มาตรการหลักที่ 1 › ๑.๑ การควบคุมการเบิกจ่าย 1" in shown
    assert shown.index('id="changes"') < shown.index('id="words"')


def test_a_measure_shows_its_periods_and_their_evidence(sent: Revision, chain: list[Person]) -> None:
    shown = page(chain[1], sent)
    assert "ผลรายงวดและหลักฐาน" in shown
    assert "ยังไม่ได้รายงาน" in shown
