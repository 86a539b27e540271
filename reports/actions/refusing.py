"""Say why somebody cannot decide on a revision, or can no longer: a sentence for each way."""

from __future__ import annotations

from measures.choices import Acting
from measures.dates import long_date, moment_label
from measures.errors import Changed, Refused
from measures.fiscal import bangkok_date
from measures.models import Person
from reports.choices import Decision, Stage
from reports.models import Revision, SignOff

NOT_YOURS = "ท่านไม่มีลำดับลงนามในเรื่องนี้ ระบบจึงไม่ได้บันทึก"
CLOSED = "บัญชีของท่านปิดใช้งานแล้ว ระบบจึงยังไม่บันทึกการลงนาม กรุณาติดต่อผู้ดูแลระบบของหน่วยงาน"


def out_of_turn(revision: Revision, place: SignOff, by: Person) -> Refused:
    """Why ``by``, who does not fill the position of ``place`` today, cannot decide for it."""
    mine = list(by.appointments.filter(position=place.position_id).select_related("person"))
    if any(not appointment.person.is_active for appointment in mine):
        return Refused(CLOSED)
    if signed := revision.signoffs.filter(person=by, order__gt=0).order_by("-order").first():
        return Refused(_already(signed))
    expired = [a for a in mine if a.kind != Acting.HOLDER and a.ends]
    if expired:
        last = max(a.ends for a in expired if a.ends)
        return Refused(
            f"คำสั่งรักษาราชการแทนสิ้นสุดเมื่อวันที่ {long_date(last)} จึงลงนามในตำแหน่งนี้ไม่ได้ กรุณาแจ้งนิติกรให้บันทึกคำสั่งฉบับใหม่"
        )
    if _has_later_turn(revision, by):
        return Refused(_not_yet(revision, place))
    return Refused(NOT_YOURS)


def _has_later_turn(revision: Revision, by: Person) -> bool:
    return revision.signoffs.filter(order__gt=revision.turn, position__appointments__person=by).exists()


def no_longer(revision: Revision, by: Person) -> Refused:
    """Why nothing can be decided on this revision (any more)."""
    newer = (
        Revision.objects.filter(report=revision.report_id, number__gt=revision.number)
        .order_by("-number")
        .first()
    )
    if newer:
        return Changed(changed(newer))
    if signed := revision.signoffs.filter(person=by, order__gt=0).order_by("-order").first():
        return Refused(_already(signed))
    if revision.stage == Stage.RETURNED:
        return Refused("เรื่องนี้ส่งกลับให้ผู้จัดทำแก้ไขแล้ว ระบบจึงยังไม่บันทึกการลงนาม เมื่อเสนอใหม่ท่านจะได้รับเรื่องตามลำดับ")
    if revision.stage == Stage.RECALLED:
        return Refused("ผู้จัดทำดึงเรื่องนี้กลับแล้ว ระบบจึงยังไม่บันทึกการลงนาม เมื่อเสนอใหม่ท่านจะได้รับเรื่องตามลำดับ")
    if revision.stage == Stage.SIGNED:
        return Refused("เรื่องนี้ลงนามครบทุกตำแหน่งแล้ว ระบบไม่ได้บันทึกซ้ำ")
    place = revision.signoffs.get(order=revision.turn)
    if _has_later_turn(revision, by):
        return Refused(_not_yet(revision, place))
    return Refused(f"มีผู้ลงนามในลำดับนี้แล้ว ระบบไม่ได้บันทึกซ้ำ ขณะนี้เรื่องอยู่ที่{place.position_title}")


def _not_yet(revision: Revision, place: SignOff) -> str:
    since = long_date(bangkok_date(place.waiting_since or revision.sent_at))
    return f"ยังไม่ถึงลำดับการลงนามของท่าน ขณะนี้เรื่องอยู่ที่{place.position_title} ตั้งแต่วันที่ {since}"


def changed(waiting: Revision) -> str:
    """That another revision waits than the one that was read."""
    return (
        "เอกสารมีการแก้ไขหลังจากที่ท่านเปิดอ่าน ระบบจึงยังไม่บันทึกการลงนาม "
        f"กรุณาอ่านส่วนที่แก้ไข แล้วลงนามในฉบับที่ {waiting.number}"
    )


def _already(signed: SignOff) -> str:
    assert signed.decided_at is not None
    if signed.decision == Decision.RETURNED:
        return f"ท่านส่งเรื่องนี้กลับแก้ไขแล้วเมื่อวันที่ {moment_label(signed.decided_at)} ระบบไม่ได้บันทึกซ้ำ"
    return f"ท่านลงนามเรื่องนี้แล้วเมื่อวันที่ {moment_label(signed.decided_at)} ระบบไม่ได้บันทึกซ้ำ"
