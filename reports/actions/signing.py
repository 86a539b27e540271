"""The chain of one revision: send it, endorse it, return it, and seal it after the last signature."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from audit.actions import record
from measures.choices import Acting
from measures.dates import long_date, moment_label
from measures.errors import Changed, Refused
from measures.fiscal import bangkok_date
from measures.models import Appointment, Person
from measures.thai import canonical
from reports.actions.deciding import decide
from reports.actions.finishing import finish_later
from reports.actions.sealing import seal
from reports.actions.sending import Prepared, prepare, send_report
from reports.actions.telling import tell_returned, tell_signed, tell_turn
from reports.chain import stage_after
from reports.choices import Decision, Stage
from reports.document.engine import font_directory
from reports.document.fonts import UnprintableText, check_printable
from reports.models import Revision, SignOff

__all__ = ["Prepared", "endorse", "prepare", "return_revision", "seal", "send_report"]

LONGEST_WORDS = 2000
REASON_MISSING = "กรุณาระบุเหตุผลที่ส่งกลับ ผู้จัดทำจะเห็นข้อความนี้ข้างจุดที่ต้องแก้ไข"


@dataclass(frozen=True)
class Seen:
    """What the person had before them: the revision's hash, and the place in the chain where known."""

    sha256: str
    turn: int | None


@transaction.atomic
def endorse(
    *,
    revision: Revision,
    words: str,
    seen_sha256: str,
    by: Person,
    at: datetime,
    turn: int | None = None,
) -> SignOff:
    """Sign ``revision`` for the position whose turn it is, with ``words`` (may be empty).

    ``seen_sha256`` is the :attr:`Revision.seen_sha256` that was displayed, and ``turn``, where given, the place
    it was displayed for: who holds two positions signs each in its turn, never the second by an old page.
    Raises ``Changed`` where that is no longer what waits, ``Refused`` out of turn, a second time, or without
    the position.
    """
    return _take_turn(revision, Decision.ENDORSED, words, Seen(seen_sha256, turn), by, at)


@transaction.atomic
def return_revision(
    *,
    revision: Revision,
    reason: str,
    seen_sha256: str,
    by: Person,
    at: datetime,
    turn: int | None = None,
) -> SignOff:
    """Send ``revision`` back to its author with a reason, which ends it; refusals as for :func:`endorse`."""
    if not canonical(reason, multiline=True):
        raise Refused(REASON_MISSING)
    return _take_turn(revision, Decision.RETURNED, reason, Seen(seen_sha256, turn), by, at)


def _take_turn(
    revision: Revision, decision: Decision, words: str, seen: Seen, by: Person, at: datetime
) -> SignOff:
    words = _checked(words)
    now = Revision.objects.select_related("report__plan").get(pk=revision.pk)
    places = {signoff.order: signoff for signoff in now.signoffs.all()}
    stage = stage_after(Stage(now.stage), decision, turn=now.turn, last=max(places))
    if stage is None or seen.turn not in (None, now.turn):
        raise _no_longer(now, by)
    place = places[now.turn]
    appointment = _right(now, place, by, at)
    if seen.sha256 != now.seen_sha256:
        raise Changed(_changed(now))
    goes_on = stage is Stage.SIGNING
    turn = min(order for order in places if order > now.turn) if goes_on else now.turn
    # Checked and acted in one statement: of two who press at the same moment the database lets one through.
    here = Revision.objects.filter(pk=now.pk, stage=now.stage, turn=now.turn)
    if here.update(stage=stage, turn=turn) != 1:
        raise _no_longer(Revision.objects.get(pk=now.pk), by)
    decide(now, place, decision, appointment=appointment, words=words, at=at)
    _go_on(now, stage, turn, at)
    _write(now, place, by, at)
    return place


def _go_on(revision: Revision, stage: Stage, turn: int, at: datetime) -> None:
    if stage is Stage.SIGNING:
        revision.signoffs.filter(order=turn).update(waiting_since=at)
        revision.turn = turn
        tell_turn(revision, at=at)
    if stage is Stage.RETURNED:
        tell_returned(revision, revision.signoffs.get(order=turn), at=at)
    if stage is Stage.SIGNED:
        tell_signed(revision, at=at)
        # Rendering is slow and may fail; the signature stands all the same, and publishing seals what is not sealed.
        finish_later(revision)


def _write(revision: Revision, place: SignOff, by: Person, at: datetime) -> None:
    record(
        f"revision.{place.decision}",
        agency_id=revision.report.plan.agency_id,
        by=by,
        at=at,
        about=revision,
        number=revision.number,
        order=place.order,
        position=place.position_title,
        acting=place.acting_title,
        hash=place.hash,
    )


def _checked(words: str) -> str:
    """The words made canonical. Raises ``Refused`` where they are too long or cannot be printed."""
    words = canonical(words, multiline=True)
    if len(words) > LONGEST_WORDS:
        raise Refused(f"ข้อความยาวเกิน {LONGEST_WORDS:,} ตัวอักษร กรุณาย่อข้อความ")
    try:
        check_printable(words, font_directory())
    except UnprintableText as error:
        raise Refused(str(error)) from error
    return words


def _right(revision: Revision, place: SignOff, by: Person, at: datetime) -> Appointment:
    """By what ``by`` decides for ``place``: as holder, else acting. Raises ``Refused`` with what stands against it."""
    day = bangkok_date(at)
    mine = list(by.appointments.filter(position=place.position).select_related("person", "position"))
    in_force = list(by.appointments.on(day).filter(position=place.position).select_related("person", "position"))
    for appointment in sorted(in_force, key=lambda a: (a.kind != Acting.HOLDER, a.pk)):
        if appointment.kind == Acting.HOLDER or not _is_author(revision, by):
            return appointment
    if in_force:
        raise Refused(
            f"ท่านเป็นผู้จัดทำรายงานฉบับนี้ จึงลงนามแทน{place.position_title}ไม่ได้ "
            "กรุณาแจ้งผู้ดูแลระบบของหน่วยงานให้บันทึกคำสั่งแต่งตั้งผู้อื่น"
        )
    raise _out_of_turn(revision, place, by, mine)


def _is_author(revision: Revision, by: Person) -> bool:
    return revision.signoffs.filter(order=0, person=by).exists()


def _out_of_turn(revision: Revision, place: SignOff, by: Person, mine: list[Appointment]) -> Refused:
    if signed := revision.signoffs.filter(person=by, order__gt=0).order_by("-order").first():
        return Refused(_already(signed))
    expired = [a for a in mine if a.kind != Acting.HOLDER and a.ends]
    if expired:
        last = max(a.ends for a in expired if a.ends)
        return Refused(
            f"คำสั่งรักษาราชการแทนสิ้นสุดเมื่อวันที่ {long_date(last)} จึงลงนามในตำแหน่งนี้ไม่ได้ กรุณาแจ้งนิติกรให้บันทึกคำสั่งฉบับใหม่"
        )
    return Refused(_not_yet(revision, place))


def _no_longer(revision: Revision, by: Person) -> Refused:
    """Why nothing can be decided on this revision (any more)."""
    newer = (
        Revision.objects.filter(report=revision.report_id, number__gt=revision.number)
        .order_by("-number")
        .first()
    )
    if newer:
        return Changed(_changed(newer))
    if signed := revision.signoffs.filter(person=by, order__gt=0).order_by("-order").first():
        return Refused(_already(signed))
    if revision.stage == Stage.RECALLED:
        return Refused("ผู้จัดทำดึงเรื่องนี้กลับแล้ว ระบบจึงยังไม่บันทึกการลงนาม เมื่อเสนอใหม่ท่านจะได้รับเรื่องตามลำดับ")
    if revision.stage == Stage.RETURNED:
        return Refused("เรื่องนี้ส่งกลับให้ผู้จัดทำแก้ไขแล้ว ระบบจึงยังไม่บันทึกการลงนาม เมื่อเสนอใหม่ท่านจะได้รับเรื่องตามลำดับ")
    if revision.stage == Stage.SIGNED:
        return Refused("เรื่องนี้ลงนามครบทุกตำแหน่งแล้ว ระบบไม่ได้บันทึกซ้ำ")
    place = revision.signoffs.get(order=revision.turn)
    if revision.signoffs.filter(order__gt=revision.turn, position__appointments__person=by).exists():
        return Refused(_not_yet(revision, place))
    return Refused(f"มีผู้ลงนามในลำดับนี้แล้ว ระบบไม่ได้บันทึกซ้ำ ขณะนี้เรื่องอยู่ที่{place.position_title}")


def _not_yet(revision: Revision, place: SignOff) -> str:
    since = long_date(bangkok_date(place.waiting_since or revision.sent_at))
    return f"ยังไม่ถึงลำดับการลงนามของท่าน ขณะนี้เรื่องอยู่ที่{place.position_title} ตั้งแต่วันที่ {since}"


def _changed(waiting: Revision) -> str:
    return (
        "เอกสารมีการแก้ไขหลังจากที่ท่านเปิดอ่าน ระบบจึงยังไม่บันทึกการลงนาม "
        f"กรุณาอ่านส่วนที่แก้ไข แล้วลงนามในฉบับที่ {waiting.number}"
    )


def _already(signed: SignOff) -> str:
    assert signed.decided_at is not None
    if signed.decision == Decision.RETURNED:
        return f"ท่านส่งเรื่องนี้กลับแก้ไขแล้วเมื่อวันที่ {moment_label(signed.decided_at)} ระบบไม่ได้บันทึกซ้ำ"
    return f"ท่านลงนามเรื่องนี้แล้วเมื่อวันที่ {moment_label(signed.decided_at)} ระบบไม่ได้บันทึกซ้ำ"
