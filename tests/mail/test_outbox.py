"""จดหมายออก: what an officer sees of a letter and does with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from measures.actions.delivery import message_id, send_letter, sweep_letters
from measures.actions.jobs import beat
from measures.actions.outbox import Change, change_letter, hold_letter, resend_letter
from measures.choices import JobName, LetterState
from measures.errors import Changed, Refused
from measures.models import Agency, Job, Letter, Person
from measures.queries.letters import mail_trouble
from tests.conftest import browser
from tests.mail.conftest import write
from tests.mail.smtp import MailServer
from tests.reports.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(reader: Person) -> Client:
    return browser(reader)


def state(letter: Letter) -> str:
    letter.refresh_from_db()
    return letter.state


def page(client: Client, name: str, *args: int, query: str = "") -> str:
    return client.get(reverse(name, args=args) + query).content.decode()


def acts(letter: Letter) -> list[str]:
    return list(Event.objects.about("letter", letter.pk).order_by("seq").values_list("act", flat=True))


def typed(letter: Letter, **changes: str) -> dict[str, str]:
    letter.refresh_from_db()
    fields = ("address", "subject", "body", "version")
    return {name: str(getattr(letter, name)) for name in fields} | changes


def test_the_list_says_of_each_letter_where_it_is_and_why(
    desk: Client, letter: Letter, server: MailServer
) -> None:
    server.answers["RCPT"] = "550 5.1.1 no such user"
    sweep_letters(NOW)
    shown = page(desk, "letters")
    for words in ("ขอให้ลงนาม: รายงานผล 1", "นางสาวตัวอย่าง สอง", "ส่งไม่สำเร็จ", "ปลายทางแจ้งว่าไม่มีที่อยู่อีเมลนี้"):
        assert words in shown


@pytest.mark.parametrize(
    ("word", "there"), [("failed", True), ("sent", False), ("waiting", False), ("", True), ("nonsense", True)]
)
def test_the_list_narrows_to_a_state(desk: Client, letter: Letter, word: str, there: bool) -> None:
    Letter.objects.update(state=LetterState.FAILED)
    assert ("ขอให้ลงนาม: รายงานผล 1" in page(desk, "letters", query=f"?state={word}")) is there


def test_a_letter_without_an_address_stays_visible_with_its_lines(
    town: Agency, officer: Person, desk: Client
) -> None:
    letter = write(town, officer)
    Letter.objects.update(address="")
    assert "ไม่มีอีเมล" in page(desk, "letters", query="?state=no-address")
    assert letter.line_text.count("\n") == 2
    assert letter.line_text in page(desk, "letter", letter.pk)


def test_the_list_costs_the_same_for_one_letter_and_for_many(
    town: Agency, reader: Person, desk: Client
) -> None:
    costs = []
    for number in (1, 2, 3):
        write(town, reader, number)
        with CaptureQueriesContext(connection) as asked:
            desk.get(reverse("letters"))
        costs.append(len(asked))
    assert costs[0] == costs[1] == costs[2] < 15


def test_a_held_letter_is_not_sent_until_it_is_released(
    desk: Client, letter: Letter, server: MailServer
) -> None:
    desk.post(reverse("letter_hold", args=[letter.pk]))
    sweep_letters(timezone.now())
    assert (state(letter), server.taken) == (LetterState.HELD, [])
    desk.post(reverse("letter_release", args=[letter.pk]))
    sweep_letters(timezone.now())
    assert (state(letter), len(server.taken)) == (LetterState.SENT, 1)
    assert acts(letter) == ["letter.held", "letter.released"]


def test_a_letter_is_changed_before_it_is_sent(desk: Client, letter: Letter, server: MailServer) -> None:
    sent = typed(letter, address="palat@example.test", subject="ขอให้ลงนามด่วน", body="เรียน ปลัดเทศบาล")
    desk.post(reverse("letter_edit", args=[letter.pk]), sent)
    sweep_letters(timezone.now())
    [mail] = server.taken
    assert (mail["To"], mail["Subject"].strip()) == ("palat@example.test", "ขอให้ลงนามด่วน")
    event = Event.objects.about("letter", letter.pk).get()
    assert (event.act, event.details["changed"]) == ("letter.changed", ["address", "subject", "body"])


def test_a_wrong_address_is_mended_and_the_letter_goes(
    desk: Client, letter: Letter, server: MailServer
) -> None:
    server.answers["RCPT"] = "550 5.1.1 no such user"
    sweep_letters(NOW)
    server.behave()
    desk.post(reverse("letter_edit", args=[letter.pk]), typed(letter, address="palat@example.test"))
    sweep_letters(timezone.now())
    assert (state(letter), server.taken[0]["To"]) == (LetterState.SENT, "palat@example.test")


def test_a_change_of_a_held_letter_leaves_it_held(letter: Letter, reader: Person) -> None:
    held = hold_letter(letter=letter, by=reader, at=NOW)
    change = Change("a@example.test", "เรื่อง", "ข้อความ")
    change_letter(letter=held, change=change, version=held.version, send=False, by=reader, at=NOW)
    assert state(letter) == LetterState.HELD


def test_who_changes_after_another_sees_both(desk: Client, letter: Letter) -> None:
    mine = typed(letter, body="ข้อความของข้าพเจ้า")
    desk.post(reverse("letter_edit", args=[letter.pk]), typed(letter, body="ข้อความของผู้อื่น"))
    answer = desk.post(reverse("letter_edit", args=[letter.pk]), mine)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "ข้อความของข้าพเจ้า" in shown
    assert "ข้อความของผู้อื่น" in shown
    letter.refresh_from_db()
    assert letter.body == "ข้อความของผู้อื่น"


@pytest.mark.parametrize("act", ["letter_hold", "letter_edit", "letter_resend"])
def test_a_letter_that_is_just_being_sent_is_not_touched(desk: Client, letter: Letter, act: str) -> None:
    sent = typed(letter, body="ข้อความใหม่")
    Letter.objects.update(state=LetterState.SENDING, claimed_at=NOW)
    answer = desk.post(reverse(act, args=[letter.pk]), sent)
    assert "ระบบกำลังส่งจดหมายฉบับนี้อยู่" in answer.content.decode()
    assert (state(letter), letter.body != "ข้อความใหม่", acts(letter)) == (LetterState.SENDING, True, [])


def test_a_letter_sent_while_it_was_edited_says_so_and_keeps_what_was_typed(
    desk: Client, letter: Letter, server: MailServer
) -> None:
    sent = typed(letter, body="ข้อความใหม่")
    send_letter(letter.pk, at=NOW)
    shown = desk.post(reverse("letter_edit", args=[letter.pk]), sent).content.decode()
    assert "ส่งไปแล้วเมื่อวันที่ 27 ธันวาคม 2567 เวลา 14.05 น." in shown
    assert "ข้อความใหม่" in shown


def test_a_letter_that_did_not_arrive_is_sent_again_as_another_mail(
    desk: Client, letter: Letter, server: MailServer
) -> None:
    send_letter(letter.pk, at=NOW)
    first = message_id(letter)
    desk.post(reverse("letter_resend", args=[letter.pk]))
    sweep_letters(timezone.now())
    assert (state(letter), letter.resent) == (LetterState.SENT, 1)
    assert [mail["Message-ID"] for mail in server.taken] == [first, message_id(letter)]
    assert first != message_id(letter)
    assert acts(letter) == ["letter.resent"]


def test_pressing_twice_sends_again_once(desk: Client, letter: Letter, server: MailServer) -> None:
    send_letter(letter.pk, at=NOW)
    for _ in range(2):
        desk.post(reverse("letter_resend", args=[letter.pk]), {"request_key": "1"})
    letter.refresh_from_db()
    assert letter.resent == 1


def test_a_secret_text_is_shown_to_nobody_and_changed_by_nobody(
    town: Agency, reader: Person, desk: Client
) -> None:
    letter = write(town, reader, is_secret=True)
    Letter.objects.update(body="https://example.test/secret-link")
    for name in ("letter", "letter_edit"):
        assert "secret-link" not in page(desk, name, letter.pk)
    with pytest.raises(Refused):
        change_letter(
            letter=letter, change=Change("a@example.test", "ก", "ข"), version=1, send=True, by=reader, at=NOW
        )


def test_a_secret_letter_that_was_forgotten_is_not_sent_again(
    town: Agency, reader: Person, server: MailServer
) -> None:
    letter = write(town, reader, is_secret=True)
    send_letter(letter.pk, at=NOW)
    letter.refresh_from_db()
    with pytest.raises(Refused, match="กรุณาออกลิงก์ใหม่จากหน้าบุคคล"):
        resend_letter(letter=letter, by=reader, at=NOW)


def test_a_change_by_an_old_page_is_refused(letter: Letter, reader: Person) -> None:
    change = Change("a@example.test", "ก", "ข")
    change_letter(letter=letter, change=change, version=1, send=True, by=reader, at=NOW)
    with pytest.raises(Changed):
        change_letter(letter=letter, change=change, version=1, send=True, by=reader, at=NOW)


def test_the_desk_says_when_mail_has_failed_for_a_quarter_of_an_hour(
    town: Agency, letter: Letter, server: MailServer
) -> None:
    server.answers["CONNECT"] = "421 closed"
    sweep_letters(NOW)
    for minutes, told in ((14, False), (15, True)):
        at = NOW + timedelta(minutes=minutes)
        beat(at)
        assert bool(mail_trouble(town, at)) is told
    assert mail_trouble(town, at) == (
        "จดหมาย 1 ฉบับยังส่งไม่ได้ตั้งแต่วันที่ 27 ธันวาคม 2567 เวลา 14.05 น. เพราะเครื่องแม่ข่ายอีเมลยังไม่รับการติดต่อ "
        "ไม่มีจดหมายใดสูญหาย ระบบจะลองส่งใหม่เองจนกว่าจะสำเร็จ ระหว่างนี้แจ้งทาง LINE แทนได้"
    )


def test_the_desk_says_when_the_worker_has_not_been_heard_of(
    town: Agency, desk: Client, letter: Letter
) -> None:
    beat(timezone.now() - timedelta(minutes=4))
    assert "โปรแกรมทำงานเบื้องหลังหยุดทำงาน" not in page(desk, "reports")
    beat(timezone.now() - timedelta(minutes=6))
    shown = page(desk, "reports")
    assert "โปรแกรมทำงานเบื้องหลังหยุดทำงาน" in shown
    assert "จดหมาย 1 ฉบับยังส่งไม่ได้ ไม่มีจดหมายใดสูญหาย" in shown


def test_a_worker_that_never_ran_is_missed_once_a_letter_waits(town: Agency, letter: Letter) -> None:
    assert mail_trouble(town, NOW + timedelta(minutes=4)) == ""
    assert mail_trouble(town, NOW + timedelta(minutes=6)) == (
        "โปรแกรมทำงานเบื้องหลังยังไม่ได้เริ่มทำงาน จดหมาย 1 ฉบับยังส่งไม่ได้ ไม่มีจดหมายใดสูญหาย "
        "จดหมายและเอกสารฉบับลงนามแล้วจะรอจนกว่าโปรแกรมจะเริ่มทำงาน กรุณาแจ้งผู้ดูแลเครื่องแม่ข่าย"
    )


def test_a_job_that_fails_is_shown(desk: Client, letter: Letter) -> None:
    Job.objects.create(
        name=JobName.SEALS, began_at=NOW, ended_at=NOW, failing_since=NOW, error="ValueError: x"
    )
    assert "งาน “จัดทำเอกสารฉบับลงนามแล้ว” ไม่สำเร็จตั้งแต่วันที่ 27 ธันวาคม 2567" in page(desk, "letters")
