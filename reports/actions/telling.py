"""Tell people what happened to a report that concerns them: letters into the outbox, in the act's own transaction.

A letter says what, about what, since when and what to do; greeting, link and closing are put around it by ``post``.
A new kind of letter is a function like these: whom it is told, its ``Words``, and a key of its own event.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse

from measures.actions.letters import Words, post, set_aside
from measures.choices import LetterKind, Role
from measures.dates import long_date, moment_label
from measures.fiscal import bangkok_date
from measures.letter_text import LONGEST_SUBJECT, shortened
from measures.models import Appointment, Person, Position
from reports.actions.agreeing import capacity
from reports.models import Revision, SignOff
from reports.queries import appointments_on

NO_LONGER = "ไม่ต้องส่งแล้ว เพราะเรื่องพ้นลำดับนี้ไปก่อนที่จดหมายจะส่งได้"

_LONGEST_LINE = 300
_ROOM = LONGEST_SUBJECT - len("ยังไม่ได้เผยแพร่ตามกำหนด: ")


def tell_turn(revision: Revision, *, at: datetime) -> None:
    """Tell whoever fills the position whose turn it is that the document waits for them."""
    place = next(signoff for signoff in revision.signoffs.all() if signoff.order == revision.turn)
    _turn_is_over(revision)
    for appointment in _filling(place, at):
        words = Words(
            f"ขอให้ลงนาม: {_short(revision)}",
            f"มีเรื่องรอท่านลงนาม 1 เรื่อง\n{_about(revision)}\nเสนอเมื่อวันที่ {moment_label(revision.sent_at)}",
            (f"มีเรื่องรอ{place.position_title}ลงนาม", _subject(revision)),
            _path(revision),
            ask="กรุณาเปิดอ่านแล้วลงนาม หรือส่งกลับแก้ไขพร้อมเหตุผล ที่",
            greeting=capacity(place, appointment),
        )
        _post(LetterKind.TURN, revision, f"turn:{place.order}", [appointment.person], words, at)


def tell_reminder(revision: Revision, place: SignOff, *, at: datetime) -> int:
    """Remind whoever fills ``place``, whose turn it is; how many people that are."""
    since = place.waiting_since or revision.sent_at
    day = bangkok_date(at)
    waited = (day - bangkok_date(since)).days
    filling = _filling(place, at)
    for appointment in filling:
        words = Words(
            f"เตือนลงนาม: {_short(revision)}",
            f"เรื่องต่อไปนี้ยังรอท่านลงนาม\n{_about(revision)}\n"
            f"รอตั้งแต่วันที่ {moment_label(since)}" + (f" (รวม {waited} วัน)" if waited else ""),
            (
                f"เตือน: มีเรื่องรอ{place.position_title}ลงนามตั้งแต่วันที่ {long_date(bangkok_date(since))}",
                _subject(revision),
            ),
            _path(revision),
            ask="กรุณาเปิดอ่านแล้วลงนาม หรือส่งกลับแก้ไขพร้อมเหตุผล ที่",
            greeting=capacity(place, appointment),
        )
        _post(LetterKind.REMINDER, revision, f"reminder:{place.order}:{day}", [appointment.person], words, at)
    return len(filling)


def tell_returned(revision: Revision, place: SignOff, *, at: datetime) -> None:
    """Tell the author and everyone who had signed that the document was returned, why, and what it speaks of."""
    _turn_is_over(revision)
    before = [s for s in revision.signoffs.select_related("person") if s.order < place.order and s.person]
    again = sum(1 for signoff in before if signoff.order)
    spots = ", ".join(str(spot["label"]) for spot in place.places)
    lines = (
        f"{place.position_title}ส่งเรื่องนี้กลับแก้ไขเมื่อวันที่ {moment_label(at)}",
        _about(revision),
        f"เหตุผล: {place.words}",
        f"ส่วนที่ต้องแก้ไข: {spots}" if spots else "",
        f"ผู้ที่ลงนามแล้ว {again} ตำแหน่งจะต้องลงนามใหม่ในฉบับแก้ไข" if again else "",
    )
    text = "\n".join(filter(None, lines))
    for signoff in before:
        words = Words(
            f"ส่งกลับแก้ไข: {_short(revision)}",
            text,
            (f"{place.position_title}ส่งกลับแก้ไข", _subject(revision)),
            _path(revision),
            ask="ท่านดูเรื่องนี้ และลงนามอีกครั้งเมื่อผู้จัดทำเสนอฉบับแก้ไข ได้ที่" if signoff.order else "กรุณาแก้ไขแล้วเสนอใหม่ที่",
            greeting=signoff.position_title,
        )
        assert signoff.person is not None
        _post(LetterKind.RETURNED, revision, "returned", [signoff.person], words, at)


def tell_recalled(revision: Revision, *, at: datetime) -> None:
    """Tell whoever was asked to sign that the author took the document back, and why."""
    place = revision.signoffs.get(order=revision.turn)
    _turn_is_over(revision)
    reason = f"\nเหตุผล: {revision.recall_reason}" if revision.recall_reason else ""
    for appointment in _filling(place, at):
        words = Words(
            f"ดึงเรื่องกลับ: {_short(revision)}",
            f"ผู้จัดทำดึงเรื่องนี้กลับเมื่อวันที่ {moment_label(at)} ท่านจึงไม่ต้องลงนามในฉบับนี้\n{_about(revision)}{reason}",
            ("ผู้จัดทำดึงเรื่องกลับ ไม่ต้องลงนามในฉบับนี้", _subject(revision)),
            _path(revision),
            ask="หากเสนอใหม่ ท่านจะได้รับแจ้งอีกครั้ง ดูเรื่องนี้ได้ที่",
            greeting=capacity(place, appointment),
        )
        _post(LetterKind.RECALLED, revision, "recalled", [appointment.person], words, at)


def tell_signed(revision: Revision, *, at: datetime) -> None:
    """Tell everyone who signed, the author first, that the document is complete."""
    _turn_is_over(revision)
    signoffs = _signed(revision)
    places = sum(1 for signoff, _ in signoffs if signoff.order)
    for signoff, person in signoffs:
        words = Words(
            f"ลงนามครบแล้ว: {_short(revision)}",
            f"เรื่องนี้ลงนามครบ {places} ตำแหน่งแล้วเมื่อวันที่ {moment_label(at)}\n{_about(revision)}",
            ("ลงนามครบทุกตำแหน่งแล้ว", _subject(revision)),
            _path(revision),
            ask="เปิดเอกสารฉบับลงนามแล้วได้ที่" if signoff.order else "เปิดเอกสารฉบับลงนามแล้ว และเผยแพร่ต่อได้ที่",
            greeting=signoff.position_title,
        )
        _post(LetterKind.SIGNED, revision, "signed", [person], words, at)


def tell_published(revision: Revision, *, path: str, at: datetime) -> None:
    """Tell everyone who signed that the document is public; ``path`` is its public address ("/tuayang/2567/…")."""
    for signoff, person in _signed(revision):
        words = Words(
            f"เผยแพร่แล้ว: {_short(revision)}",
            f"เรื่องนี้เผยแพร่แล้วเมื่อวันที่ {moment_label(at)} ทุกคนเปิดอ่านได้ และที่อยู่นี้คงอยู่ถาวร\n{_about(revision)}",
            ("เผยแพร่แล้ว ทุกคนเปิดอ่านได้", _subject(revision)),
            path,
            ask="เปิดหน้าที่เผยแพร่ได้ที่",
            greeting=signoff.position_title,
        )
        _post(LetterKind.PUBLISHED, revision, "published", [person], words, at)


def tell_withdrawn(revision: Revision, *, reason: str, path: str, at: datetime) -> None:
    """Tell everyone who signed that the published document was withdrawn, and why."""
    for signoff, person in _signed(revision):
        words = Words(
            f"ถอนการเผยแพร่: {_short(revision)}",
            f"หน่วยงานถอนการเผยแพร่เรื่องนี้เมื่อวันที่ {moment_label(at)}\n{_about(revision)}\nเหตุผล: {reason}",
            ("ถอนการเผยแพร่แล้ว", _subject(revision)),
            path,
            ask="ที่อยู่เดิมยังเปิดได้ และแจ้งผู้อ่านว่าเอกสารถูกถอนเมื่อใด เพราะเหตุใด ที่",
            greeting=signoff.position_title,
        )
        _post(LetterKind.WITHDRAWN, revision, "withdrawn", [person], words, at)


def tell_not_published(revision: Revision, *, why: str, at: datetime) -> None:
    """Tell the officers that a report was not published at the moment that was set, and why."""
    words = Words(
        f"ยังไม่ได้เผยแพร่ตามกำหนด: {_short(revision)}",
        f"ระบบยังไม่ได้เผยแพร่เรื่องนี้ตามเวลาที่ตั้งไว้\n{_about(revision)}\nเหตุผล: {why}",
        ("ยังไม่ได้เผยแพร่ตามกำหนด", _subject(revision)),
        _path(revision),
        ask="กรุณาตรวจแล้วเผยแพร่เองหรือตั้งเวลาใหม่ที่",
    )
    event = f"not-published:{at.isoformat()}"
    _post(LetterKind.NOT_PUBLISHED, revision, event, _officers(revision, at), words, at)


def tell_ending(
    revision: Revision, *, order: int, position: Position, sentence: str, after: date, at: datetime
) -> int:
    """Tell the officers, once each, that nobody will fill a place that still has to sign; how many letters.

    ``sentence`` says what ends, ``after`` is the first day without anybody.
    """
    words = Words(
        f"ผู้ลงนามจะพ้นตำแหน่ง: {_short(revision)}",
        f"เรื่อง {_subject(revision)} ฉบับที่ {revision.number} ยังรอ{position}ลงนาม\n{sentence}",
        (shortened(f"{position}: {sentence}", _LONGEST_LINE), _subject(revision)),
        reverse("revision_tracking", args=[revision.pk]),
        ask="บันทึกคำสั่งรักษาราชการแทนได้จากหน้าติดตามการลงนาม",
    )
    event = f"term:{order}:{after.isoformat()}"
    return _post(LetterKind.TERM, revision, event, _officers(revision, at), words, at)


def _officers(revision: Revision, at: datetime) -> Iterable[Person]:
    """The legal officers of the report's agency."""
    return Person.objects.for_agency(revision.report.plan.agency).in_role(Role.OFFICER, on=bangkok_date(at))


def _filling(place: SignOff, at: datetime) -> list[Appointment]:
    """By what each person who can sign for ``place`` today fills it, as holder before acting."""
    filling = appointments_on(bangkok_date(at), [place.position_id]).get(place.position_id, ())
    by_person: dict[int, Appointment] = {}
    for appointment in filling:
        if appointment.person.is_active:
            by_person.setdefault(appointment.person_id, appointment)
    return list(by_person.values())


def _signed(revision: Revision) -> list[tuple[SignOff, Person]]:
    """Who decided, the author first, each with the place they decided for."""
    signoffs = revision.signoffs.select_related("person")
    return [(signoff, signoff.person) for signoff in signoffs if signoff.decision and signoff.person]


def _subject(revision: Revision) -> str:
    return revision.report.subject


def _short(revision: Revision) -> str:
    """The subject where a mail's subject has room for it, else by what it is a report on."""
    report = revision.report
    if len(report.subject) <= _ROOM:
        return report.subject
    rehearsed = "ตัวอย่าง " if report.is_rehearsal else ""
    return f"{rehearsed}รายงานผลการดำเนินการฯ {report.span.full_label}"


def _about(revision: Revision) -> str:
    pages = f", {revision.pages} หน้า" if revision.pages else ""
    return f"เรื่อง: {revision.report.subject} (ฉบับที่ {revision.number}{pages})"


def _path(revision: Revision) -> str:
    return reverse("revision", args=[revision.pk])


def _turn_is_over(revision: Revision) -> None:
    """Letters of an earlier turn that a dead mail server kept back would ask for what is done."""
    kinds = (LetterKind.TURN, LetterKind.REMINDER)
    set_aside(kinds=kinds, keys_begin=f"revision:{revision.pk}:", why=NO_LONGER)


def _post(
    kind: LetterKind, revision: Revision, event: str, people: Iterable[Person], words: Words, at: datetime
) -> int:
    """How many letters that made: none to who has one of this ``event`` already."""
    agency, key = revision.report.plan.agency, f"revision:{revision.pk}:{event}"
    posted = [
        post(kind=kind, key=key, to=person, words=words, agency=agency, at=at)
        for person in {p.pk: p for p in people}.values()
    ]
    return sum(letter is not None for letter in posted)
