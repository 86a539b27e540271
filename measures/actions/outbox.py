"""What an officer does with a letter: hold it, let it go, change it, send it anew. Each is an event of the trail.

Every act is one statement that also checks the state, so that a letter the worker takes meanwhile is never changed
under its hands.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from audit.actions import record
from measures.actions.delivery import deliver
from measures.actions.later import later
from measures.choices import LetterState
from measures.dates import moment_label
from measures.errors import Changed, Refused
from measures.models import Letter, Person
from measures.models.letter import CHANGED_FROM, HELD_FROM, RELEASED_FROM, SENT_ANEW_FROM

BEING_SENT = "ระบบกำลังส่งจดหมายฉบับนี้อยู่ จึงยังไม่ได้บันทึก กรุณารอสักครู่แล้วเปิดหน้านี้อีกครั้ง"
CHANGED = "มีผู้แก้ไขจดหมายฉบับนี้หลังจากท่านเปิดหน้านี้ ข้อความของท่านยังไม่ได้บันทึกทับ กรุณาเทียบกับข้อความปัจจุบันแล้วบันทึกอีกครั้ง"
NO_ADDRESS = "จดหมายฉบับนี้ยังไม่มีที่อยู่อีเมล กรุณาแก้ไขจดหมายเพื่อใส่ที่อยู่ก่อนส่ง หรือคัดลอกข้อความไปแจ้งทาง LINE"
FORGOTTEN = "ระบบลบข้อความของจดหมายฉบับนี้แล้วเพราะมีลิงก์เฉพาะตัว จึงส่งซ้ำไม่ได้ กรุณาออกลิงก์ใหม่จากหน้าบุคคล"
UNSEEN = "จดหมายฉบับนี้มีลิงก์เฉพาะตัว จึงเปิดดูหรือแก้ไขข้อความไม่ได้"


@dataclass(frozen=True)
class Change:
    """What a letter shall say, and to which address."""

    address: str
    subject: str
    body: str


@transaction.atomic
def hold_letter(*, letter: Letter, by: Person, at: datetime) -> Letter:
    """Keep a letter that was not sent from being sent. Raises ``Refused`` where it is sent, or just being sent."""
    return _move(
        letter,
        HELD_FROM,
        "letter.held",
        by,
        at,
        state=LetterState.HELD,
        next_try_at=None,
    )


@transaction.atomic
def release_letter(*, letter: Letter, by: Person, at: datetime) -> Letter:
    """Let a held letter go."""
    released = _move(letter, RELEASED_FROM, "letter.released", by, at, **_due(letter, at))
    _hurry(released)
    return released


@transaction.atomic
def change_letter(
    *, letter: Letter, change: Change, version: int, send: bool, by: Person, at: datetime
) -> Letter:
    """Change an unsent letter; ``send`` puts it in the queue, else a held one stays held.

    Raises ``Changed`` where somebody changed it after ``version``, ``Refused`` where it is sent, being sent or secret.
    """
    if letter.is_secret:
        raise Refused(UNSEEN)
    now = Letter.objects.get(pk=letter.pk)
    if now.state in CHANGED_FROM and now.version != version:
        raise Changed(CHANGED)
    named = ("address", "subject", "body")
    changed = [name for name in named if getattr(now, name) != getattr(change, name)]
    fields: dict[str, Any] = {name: getattr(change, name) for name in named}
    if send or now.state == LetterState.QUEUED:
        fields |= _due(Letter(address=change.address), at)
    saved = _move(letter, CHANGED_FROM, "letter.changed", by, at, version=version, changed=changed, **fields)
    _hurry(saved)
    return saved


@transaction.atomic
def resend_letter(*, letter: Letter, by: Person, at: datetime) -> Letter:
    """Send a letter anew: one that failed, or one that was sent and did not arrive.

    It is a new mail for those who carry it, not a repetition to be thrown away.
    """
    if letter.is_secret and not Letter.objects.get(pk=letter.pk).body:
        raise Refused(FORGOTTEN)
    if not letter.address:
        raise Refused(NO_ADDRESS)
    sent_anew = _move(
        letter,
        SENT_ANEW_FROM,
        "letter.resent",
        by,
        at,
        sent_at=None,
        resent=F("resent") + 1,
        **_due(letter, at),
    )
    _hurry(sent_anew)
    return sent_anew


def _due(letter: Letter, at: datetime) -> dict[str, Any]:
    """In the queue from the beginning."""
    return {
        "state": LetterState.QUEUED,
        "attempts": 0,
        "last_error": "",
        "next_try_at": at if letter.address else None,
    }


def _move(
    letter: Letter,
    states: Collection[LetterState],
    act: str,
    by: Person,
    at: datetime,
    *,
    version: int | None = None,
    changed: list[str] | None = None,
    **fields: Any,
) -> Letter:
    """Change a letter that is in one of ``states``; raise what stands against it where it no longer is."""
    mine = Letter.objects.filter(pk=letter.pk, state__in=states)
    if version is not None:
        mine = mine.filter(version=version)
    if not mine.update(version=F("version") + 1, **fields):
        raise _why_not(Letter.objects.get(pk=letter.pk))
    now = Letter.objects.get(pk=letter.pk)
    # Without the address: events are never forgotten, and a wrong one may be somebody else's.
    details = {"changed": changed} if changed is not None else {}
    record(
        act, agency_id=letter.agency_id, by=by, at=at, about=letter, kind=str(letter.kind), subject=now.subject,
        **details,
    )  # fmt: skip
    return now


def _why_not(now: Letter) -> Refused:
    if now.state == LetterState.SENDING:
        return Refused(BEING_SENT)
    if now.state == LetterState.SENT:
        assert now.sent_at is not None
        return Refused(f"จดหมายฉบับนี้ส่งไปแล้วเมื่อวันที่ {moment_label(now.sent_at)} ระบบจึงไม่ได้บันทึก")
    if now.state == LetterState.HELD:
        return Refused("จดหมายฉบับนี้พักไว้แล้ว ระบบไม่ได้บันทึกซ้ำ")
    return Changed("สถานะของจดหมายฉบับนี้เปลี่ยนไปหลังจากท่านเปิดหน้านี้ ระบบจึงไม่ได้บันทึก กรุณาตรวจสอบอีกครั้ง")


def _hurry(letter: Letter) -> None:
    if letter.state == LetterState.QUEUED and letter.address:
        later(deliver, letter.pk)
