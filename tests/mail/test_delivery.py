"""What becomes of a letter with a mail server that is dead, slow or wrong: it is delayed, shown, and never lost."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from measures.actions.delivery import message_id, send_letter, sweep_letters
from measures.choices import JobName, LetterState
from measures.mail_rules import GIVEN_BACK_AFTER, WAITS
from measures.models import Agency, Job, Letter, Person
from tests.mail.conftest import write
from tests.mail.smtp import MailServer
from tests.reports.conftest import NOW

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def state(letter: Letter) -> tuple[str, int]:
    letter.refresh_from_db()
    return letter.state, letter.attempts


def sweep(minutes: float = 0) -> datetime:
    at = NOW + minutes * MINUTE
    sweep_letters(at)
    return at


def test_a_letter_is_sent_once(letter: Letter, server: MailServer) -> None:
    sweep()
    sweep(1)
    assert (state(letter), len(server.taken)) == ((LetterState.SENT, 1), 1)


def test_the_mail_is_plain_thai_text_from_the_agency(
    letter: Letter, town: Agency, server: MailServer
) -> None:
    town.email, town.phone = "saraban@tuayang.example", "0 2000 0000"
    town.save()
    letter = write(town, letter.person, 2)  # type: ignore[arg-type]
    send_letter(letter.pk, at=NOW)
    [mail] = server.taken
    assert mail["Subject"].strip() == "ขอให้ลงนาม: รายงานผล 2"
    assert mail["From"].addresses[0].display_name == "เทศบาลตำบลตัวอย่าง"
    assert (mail["Reply-To"], mail["Auto-Submitted"]) == ("saraban@tuayang.example", "auto-generated")
    assert (mail.get_content_type(), mail["Content-Transfer-Encoding"]) == ("text/plain", "base64")
    assert base64.b64decode(mail.get_payload()).decode() == (  # type: ignore[arg-type]
        "เรียน ปลัดเทศบาล\n\nมีเรื่องรอท่านลงนาม 1 เรื่อง\n\nกรุณาเปิดอ่านที่\nhttp://localhost:8000/desk/inbox/\n\n"
        "เทศบาลตำบลตัวอย่าง\nระบบส่งจดหมายนี้โดยอัตโนมัติ หากมีข้อสงสัย "
        "กรุณาติดต่อหน่วยงานทางโทรศัพท์ 0 2000 0000 หรืออีเมล saraban@tuayang.example"
    )


@pytest.mark.parametrize(
    ("misdeed", "answer", "words"),
    [
        ("CONNECT", "421 too busy", "เครื่องแม่ข่ายอีเมลยังไม่รับการติดต่อ"),
        ("MAIL", "550 5.7.1 not you", "ไม่รับจดหมายจากที่อยู่ผู้ส่งของระบบ (รหัส 550)"),
        ("RCPT", "450 greylisted", "ปลายทางยังรับจดหมายไม่ได้ในขณะนี้ (รหัส 450)"),
        ("RCPT", "554 5.7.1 relay access denied", "ไม่ยอมส่งต่อจดหมายของระบบ (รหัส 554)"),
        ("BODY", "451 later", "ยังไม่รับจดหมายในขณะนี้ (รหัส 451)"),
    ],
)
def test_a_refusal_for_now_delays(
    misdeed: str, answer: str, words: str, letter: Letter, server: MailServer
) -> None:
    server.answers[misdeed] = answer
    sweep()
    assert state(letter) == (LetterState.QUEUED, 1)
    assert words in letter.last_error
    server.behave()
    sweep(2)
    assert (state(letter), len(server.taken), letter.last_error) == ((LetterState.SENT, 2), 1, "")


@pytest.mark.parametrize("command", ["CONNECT", "EHLO", "MAIL", "RCPT", "BODY"])
def test_a_server_that_hangs_delays(command: str, letter: Letter, server: MailServer) -> None:
    server.hangs_at = command
    sweep()
    assert state(letter) == (LetterState.QUEUED, 1)
    assert letter.last_error == "เครื่องแม่ข่ายอีเมลไม่ตอบภายในเวลาที่กำหนด"
    server.behave()
    sweep(2)
    assert (state(letter), len(server.taken)) == ((LetterState.SENT, 2), 1)


def test_a_server_that_is_not_there_delays(letter: Letter, server: MailServer, settings: Settings) -> None:
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    sweep()
    assert (state(letter), letter.last_error) == ((LetterState.QUEUED, 1), "ติดต่อเครื่องแม่ข่ายอีเมลไม่ได้")
    settings.EMAIL_PORT = port
    sweep(2)
    assert state(letter) == (LetterState.SENT, 2)


def test_a_mail_that_was_taken_without_a_word_is_recognised_when_it_comes_again(
    letter: Letter, server: MailServer
) -> None:
    server.drops_after = "DATA"
    sweep()
    assert state(letter) == (LetterState.QUEUED, 1)
    server.behave()
    sweep(2)
    assert state(letter) == (LetterState.SENT, 2)
    assert {mail["Message-ID"] for mail in server.taken} == {message_id(letter)}


def test_an_address_that_does_not_exist_fails_at_once_in_words(letter: Letter, server: MailServer) -> None:
    server.answers["RCPT"] = "550 5.1.1 no such user"
    sweep()
    assert state(letter) == (LetterState.FAILED, 1)
    assert letter.last_error == "ปลายทางแจ้งว่าไม่มีที่อยู่อีเมลนี้หรือไม่รับจดหมาย (รหัส 550) กรุณาแก้ไขที่อยู่แล้วส่งใหม่"


def test_an_address_that_fails_stops_no_other(
    town: Agency, reader: Person, letter: Letter, server: MailServer
) -> None:
    Letter.objects.filter(pk=letter.pk).update(address="ผู้ใช้@@example.test")
    other = write(town, reader, 2)
    sweep()
    assert [state(letter), state(other)] == [(LetterState.FAILED, 1), (LetterState.SENT, 1)]


def test_the_waits_grow_until_a_letter_has_failed_and_is_shown(letter: Letter, server: MailServer) -> None:
    server.answers["RCPT"] = "450 later"
    at, tries = NOW, []
    while state(letter)[0] == LetterState.QUEUED:
        assert letter.next_try_at
        tries.append(letter.next_try_at - at)
        at = letter.next_try_at
        sweep_letters(at)
    assert tries == [timedelta(0), *WAITS]
    assert (letter.state, letter.subject) == (LetterState.FAILED, "ขอให้ลงนาม: รายงานผล 1")


def test_a_dead_server_is_asked_with_one_letter_a_minute(
    town: Agency, reader: Person, server: MailServer
) -> None:
    letters = [write(town, reader, number) for number in range(5)]
    server.hangs_at = "CONNECT"
    for minute in range(3):
        sweep(minute)
        sweep(minute + 0.5)
    assert server.connections == 3
    server.behave()
    sweep(4)
    sweep(5)  # those that the server's failure had put off are due as soon as it works
    assert [state(letter)[0] for letter in letters] == [LetterState.SENT] * 5
    assert len(server.taken) == 5


def test_once_the_server_works_nobody_waits_for_hours(letter: Letter, server: MailServer) -> None:
    server.answers["CONNECT"] = "421 closed"
    send_letter(letter.pk, at=NOW)
    Letter.objects.update(next_try_at=NOW + timedelta(hours=6))
    server.behave()
    sweep(6)
    sweep(7)
    assert state(letter)[0] == LetterState.SENT


def test_since_when_the_server_fails_is_kept(letter: Letter, server: MailServer) -> None:
    server.answers["CONNECT"] = "421 closed"
    sweep()
    sweep(2)
    assert Job.objects.get(name=JobName.MAIL).failing_since == NOW
    server.behave()
    sweep(20)
    assert Job.objects.get(name=JobName.MAIL).failing_since is None


def test_a_letter_without_an_address_waits_for_one(town: Agency, officer: Person, server: MailServer) -> None:
    letter = write(town, officer)
    sweep()
    assert (state(letter), server.connections) == ((LetterState.QUEUED, 0), 0)
    assert letter.line_text == "มีเรื่องรอลงนาม\nรายงานผล\nhttp://localhost:8000/desk/inbox/"


def test_a_secret_text_is_forgotten_once_it_is_sent(town: Agency, reader: Person, server: MailServer) -> None:
    letter = write(town, reader, is_secret=True)
    sweep()
    letter.refresh_from_db()
    assert len(server.taken) == 1
    assert (letter.state, letter.body, letter.line_text) == (LetterState.SENT, "", "")


def test_a_secret_text_is_forgotten_once_it_has_failed_for_good(
    town: Agency, reader: Person, server: MailServer
) -> None:
    letter = write(town, reader, is_secret=True)
    server.answers["RCPT"] = "550 5.1.1 no such user"
    sweep()
    letter.refresh_from_db()
    assert (letter.state, letter.body) == (LetterState.FAILED, "")


def test_a_worker_that_died_gives_a_letter_back(letter: Letter, server: MailServer) -> None:
    Letter.objects.update(state=LetterState.SENDING, attempts=1, claimed_at=NOW)
    sweep(5)
    assert server.taken == []
    sweep(GIVEN_BACK_AFTER / MINUTE)
    assert (state(letter), len(server.taken)) == ((LetterState.SENT, 2), 1)


def test_a_crash_between_the_mail_and_its_state_repeats_the_same_mail(
    letter: Letter, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*args: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr("measures.actions.delivery._keep_sent", crash)
        with pytest.raises(SystemExit):
            send_letter(letter.pk, at=NOW)
    sweep(11)
    assert (state(letter), len(server.taken)) == ((LetterState.SENT, 2), 2)
    assert {mail["Message-ID"] for mail in server.taken} == {message_id(letter)}


def test_who_comes_late_does_not_undo_what_another_worker_did(letter: Letter, server: MailServer) -> None:
    """A worker that was taken for dead and then heard of a refusal, while another had sent the letter."""
    server.answers["RCPT"] = "450 later"

    def taken_over(*args: object) -> bool:
        Letter.objects.update(state=LetterState.SENT, attempts=2, sent_at=NOW, claimed_at=None)
        return False

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("smtplib.SMTP.rset", taken_over)
        send_letter(letter.pk, at=NOW)
    assert state(letter) == (LetterState.SENT, 2)
