"""The author takes a document back, before anybody has signed it and never after."""

from __future__ import annotations

import pytest
from django.urls import reverse

from audit.models import Event
from measures.choices import LetterKind
from measures.errors import Refused
from measures.models import Letter, Person
from reports.actions.recalling import recall
from reports.choices import Stage
from reports.models import Report, Revision
from tests.conftest import browser
from tests.reports.conftest import NOW, give_back, send, sign
from tests.reports.test_races import endorsing, race


def test_what_nobody_signed_is_taken_back(sent: Revision, officer: Person) -> None:
    recall(revision=sent, reason="แนบผิดไฟล์", by=officer, at=NOW)
    sent.refresh_from_db()
    assert (sent.stage, sent.recalled_at, sent.recall_reason) == (Stage.RECALLED, NOW, "แนบผิดไฟล์")


def test_taking_back_is_written_to_the_trail_with_its_reason(sent: Revision, officer: Person) -> None:
    recall(revision=sent, reason="แนบผิดไฟล์", by=officer, at=NOW)
    event = Event.objects.about("revision", sent.pk).get(act="revision.recalled")
    assert (event.actor_id, event.details["reason"]) == (officer.pk, "แนบผิดไฟล์")


def test_who_was_asked_to_sign_is_told(sent: Revision, officer: Person, chain: list[Person]) -> None:
    recall(revision=sent, by=officer, at=NOW)
    assert [letter.person for letter in Letter.objects.filter(kind=LetterKind.RECALLED)] == [chain[1]]


def test_after_the_first_signature_it_is_too_late(
    sent: Revision, officer: Person, chain: list[Person]
) -> None:
    sign(sent, chain[1])
    with pytest.raises(Refused, match="หัวหน้าฝ่ายบริการและเผยแพร่วิชาการลงนามแล้ว จึงดึงกลับไม่ได้"):
        recall(revision=sent, by=officer, at=NOW)
    sent.refresh_from_db()
    assert (sent.stage, sent.turn) == (Stage.SIGNING, 2)


def test_what_was_returned_or_recalled_is_not_taken_back_again(
    sent: Revision, report: Report, officer: Person, chain: list[Person]
) -> None:
    recall(revision=sent, by=officer, at=NOW)
    with pytest.raises(Refused, match="ดึงกลับไว้แล้ว"):
        recall(revision=sent, by=officer, at=NOW)
    again = send(report, officer)
    give_back(again, chain[1], "แก้ไข")
    with pytest.raises(Refused, match="แก้ไขรายงานได้โดยไม่ต้องดึงกลับ"):
        recall(revision=again, by=officer, at=NOW)


def test_nobody_signs_what_was_taken_back(sent: Revision, officer: Person, chain: list[Person]) -> None:
    recall(revision=sent, by=officer, at=NOW)
    with pytest.raises(Refused, match="ผู้จัดทำดึงเรื่องนี้กลับ"):
        sign(sent, chain[1])


def test_what_was_taken_back_waits_for_nobody(sent: Revision, officer: Person, chain: list[Person]) -> None:
    recall(revision=sent, by=officer, at=NOW)
    assert "ไม่มีเรื่องรอลงนาม" in browser(chain[1]).get(reverse("inbox")).content.decode()


def test_the_report_can_be_edited_and_sent_again(sent: Revision, report: Report, officer: Person) -> None:
    recall(revision=sent, by=officer, at=NOW)
    assert browser(officer).get(reverse("report", args=[report.pk])).status_code == 200
    assert send(report, officer).number == 2


@pytest.mark.django_db(transaction=True)
def test_of_a_signature_and_a_recall_at_once_one_wins(
    sent: Revision, officer: Person, chain: list[Person]
) -> None:
    results = race(endorsing(sent, chain[1]), lambda: recall(revision=sent, by=officer, at=NOW))
    sent.refresh_from_db()
    assert results.count("done") == 1
    assert (sent.stage, sent.turn) in ((Stage.SIGNING, 2), (Stage.RECALLED, 1))
    signed = bool(sent.signoffs.get(order=1).decision)
    assert signed == (sent.stage == Stage.SIGNING)
