"""The chain of one revision: in order, once, each by who fills the position that day."""

from __future__ import annotations

import json
from datetime import date

import pytest

from audit.models import Event
from measures.choices import Acting
from measures.errors import Changed, Refused
from measures.models import Agency, Appointment, Person, Position
from reports.actions.sealing import endorsements, seal
from reports.chain import link_hash
from reports.choices import Decision, Stage
from reports.models import Report, Revision
from tests.conftest import person
from tests.reports.conftest import NOW, give_back, send, sign


def act_for(position: Position, someone: Person, *, until: date = date(2024, 12, 31)) -> Appointment:
    """Let ``someone`` act for a position by an order."""
    return Appointment.objects.create(
        position=position, person=someone, kind=Acting.ACTING_ABSENT, own_title="รองปลัดเทศบาล",
        order_issuer="เทศบาลตำบลตัวอย่าง", order_number="412/2567", order_date=date(2024, 12, 20),
        starts=date(2024, 12, 20), ends=until,
    )  # fmt: skip


def test_the_turn_goes_on_to_the_next_position(sent: Revision, chain: list[Person]) -> None:
    sign(sent, chain[1], "เพื่อโปรดทราบ")
    sent.refresh_from_db()
    assert (sent.stage, sent.turn) == (Stage.SIGNING, 2)
    assert sent.signoffs.get(order=2).waiting_since == NOW


def test_a_position_may_endorse_without_words(sent: Revision, chain: list[Person]) -> None:
    sign(sent, chain[1])
    signoff = sent.signoffs.get(order=1)
    assert (signoff.decision, signoff.words, signoff.person_name) == (Decision.ENDORSED, "", "ผู้ลงนาม 1")


def test_nobody_signs_out_of_turn(sent: Revision, chain: list[Person]) -> None:
    with pytest.raises(Refused, match="ยังไม่ถึงลำดับการลงนามของท่าน ขณะนี้เรื่องอยู่ที่หัวหน้าฝ่ายบริการและเผยแพร่วิชาการ"):
        sign(sent, chain[5])
    assert not sent.signoffs.get(order=5).decision


def test_nobody_signs_twice(sent: Revision, chain: list[Person]) -> None:
    sign(sent, chain[1])
    with pytest.raises(Refused, match=r"ท่านลงนามเรื่องนี้แล้วเมื่อวันที่ 27 ธันวาคม 2567 เวลา 14\.05 น\."):
        sign(sent, chain[1])


def test_what_was_not_displayed_is_not_signed(sent: Revision, chain: list[Person]) -> None:
    with pytest.raises(Changed):
        sign(sent, chain[1], seen_sha256="0" * 64)
    assert not sent.signoffs.get(order=1).decision


def test_after_the_last_signature_nothing_can_be_decided(signed: Revision, chain: list[Person]) -> None:
    assert signed.stage == Stage.SIGNED
    with pytest.raises(Refused):
        sign(signed, chain[5])


def test_every_decision_binds_what_was_seen_and_the_decision_before(
    sent: Revision, chain: list[Person]
) -> None:
    sign(sent, chain[1], "เพื่อโปรดทราบ")
    author, first = sent.signoffs.order_by("order")[:2]
    assert first.previous_hash == author.hash
    assert first.hash == link_hash(first.bound)
    bound = json.loads(first.bound)
    assert bound | {
        "previous": author.hash, "content": sent.content_sha256, "presented": sent.presented_sha256,
        "order": 1, "decision": "endorsed", "position": "หัวหน้าฝ่ายบริการและเผยแพร่วิชาการ", "person": chain[1].pk,
        "name": "ผู้ลงนาม 1", "acting": "", "words": "เพื่อโปรดทราบ", "at": NOW.isoformat(),
    } == bound  # fmt: skip


def test_a_returned_revision_tells_why_and_ends(sent: Revision, chain: list[Person]) -> None:
    give_back(sent, chain[1], "ตัวเลขไม่ตรง")
    sent.refresh_from_db()
    assert (sent.stage, sent.signoffs.get(order=1).words) == (Stage.RETURNED, "ตัวเลขไม่ตรง")


def test_returning_needs_a_reason(sent: Revision, chain: list[Person]) -> None:
    with pytest.raises(Refused, match="กรุณาระบุเหตุผลที่ส่งกลับ"):
        give_back(sent, chain[1], " \u200b")


def test_who_read_an_older_revision_is_led_to_the_newer_one(
    sent: Revision, report: Report, chain: list[Person], officer: Person
) -> None:
    give_back(sent, chain[1], "แก้ไข")
    report.subject += " (แก้ไข)"
    report.save()
    send(report, officer)
    with pytest.raises(Changed, match="แล้วลงนามในฉบับที่ 2"):
        sign(sent, chain[2])


def test_who_acts_for_a_position_signs_with_two_lines_and_the_order(
    sent: Revision, chain: list[Person]
) -> None:
    for signatory in chain[1:4]:
        sign(sent, signatory)
    act_for(sent.signoffs.get(order=4).position, chain[3])
    sign(sent, chain[3])
    signoff = sent.signoffs.get(order=4)
    assert (signoff.acting_title, signoff.acting_order) == (
        "รองปลัดเทศบาล รักษาราชการแทน",
        "คำสั่งเทศบาลตำบลตัวอย่าง ที่ 412/2567 ลงวันที่ 20 ธันวาคม 2567",
    )


@pytest.mark.parametrize(("thai", "number"), [(True, "ที่ ๔๑๒/๒๕๖๗"), (False, "ที่ 412/2567")])
def test_the_order_is_printed_in_the_agencys_digits(
    thai: bool, number: str, sent: Revision, chain: list[Person]
) -> None:
    act_for(sent.signoffs.get(order=1).position, chain[3])
    sign(sent, chain[3])
    assert number in endorsements(sent.signoffs.all(), thai=thai)[1].acting_order


def test_who_acted_until_yesterday_no_longer_signs(sent: Revision, town: Agency) -> None:
    deputy = person(town, "acting")
    act_for(sent.signoffs.get(order=1).position, deputy, until=date(2024, 12, 26))
    with pytest.raises(Refused, match="คำสั่งรักษาราชการแทนสิ้นสุดเมื่อวันที่ 26 ธันวาคม 2567"):
        sign(sent, deputy)


def test_the_author_does_not_endorse_their_own_report_for_another(sent: Revision, officer: Person) -> None:
    act_for(sent.signoffs.get(order=1).position, officer)
    with pytest.raises(Refused, match="ท่านเป็นผู้จัดทำรายงานฉบับนี้"):
        sign(sent, officer)


def test_who_holds_two_positions_signs_each_in_its_turn(sent: Revision, chain: list[Person]) -> None:
    Appointment.objects.create(
        position=sent.signoffs.get(order=2).position, person=chain[1], starts=date(2024, 1, 1)
    )
    sign(sent, chain[1])
    sign(sent, chain[1])
    sent.refresh_from_db()
    assert sent.turn == 3


def test_an_old_page_signs_no_second_position(sent: Revision, chain: list[Person]) -> None:
    Appointment.objects.create(
        position=sent.signoffs.get(order=2).position, person=chain[1], starts=date(2024, 1, 1)
    )
    sign(sent, chain[1])
    with pytest.raises(Refused, match="ท่านลงนามเรื่องนี้แล้ว"):
        sign(sent, chain[1], turn=1)


@pytest.mark.parametrize(
    "typed",
    ["นํ้าเสีย", "น้ํา\u200bเสีย", " น้ำเสีย "],
    ids=["marks in another order", "sara am in two, a space without width", "spaces around"],
)
def test_the_same_words_are_the_same_to_the_hash_however_they_were_typed(
    sent: Revision, chain: list[Person], typed: str
) -> None:
    sign(sent, chain[1], typed)
    signoff = sent.signoffs.get(order=1)
    assert signoff.words == "น้ำเสีย"
    assert json.loads(signoff.bound)["words"] == "น้ำเสีย"
    assert "“น้ำเสีย”" in signoff.agreed


def test_words_that_cannot_be_printed_are_refused(sent: Revision, chain: list[Person]) -> None:
    with pytest.raises(Refused, match="แบบอักษรของเอกสารไม่มีอักขระ"):
        sign(sent, chain[1], "\U00012000")


def test_a_name_that_cannot_be_printed_signs_nothing(sent: Revision, chain: list[Person]) -> None:
    Person.objects.filter(pk=chain[1].pk).update(full_name="นาย \U00012000")
    with pytest.raises(Refused, match="ผู้ดูแลระบบของหน่วยงานให้แก้ไข"):
        sign(sent, Person.objects.get(pk=chain[1].pk))
    assert sent.signoffs.get(order=1).decision == ""


def test_the_same_signatures_seal_the_same_document(signed: Revision) -> None:
    seal(signed)
    first = signed.sealed_sha256
    Revision.objects.filter(pk=signed.pk).update(sealed_sha256="")
    seal(signed)
    assert signed.sealed_sha256 == first != ""


def test_each_decision_is_in_the_trail(sent: Revision, chain: list[Person]) -> None:
    sign(sent, chain[1])
    event = Event.objects.about("revision", sent.pk).get()
    assert (event.act, event.actor_name, event.details["order"]) == ("revision.endorsed", "ผู้ลงนาม 1", 1)
