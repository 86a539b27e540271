"""Take a document back from the chain before anybody has signed it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Min

from audit.actions import record
from measures.errors import Refused
from measures.models import Person
from measures.thai import canonical
from reports.actions.telling import tell_recalled
from reports.chain import stage_after_recall
from reports.choices import Decision, Stage
from reports.models import Revision

LONGEST_REASON = 500


@transaction.atomic
def recall(*, revision: Revision, reason: str = "", by: Person, at: datetime) -> Revision:
    """Take ``revision`` back from the first position, so that its report can be edited again.

    ``by`` is a legal officer of the agency, the author or a colleague: an author on leave must not hold up the mending
    of a mistake, and the trail names who did it. Raises ``Refused`` once somebody has decided, and for a reason too
    long.
    """
    reason = canonical(reason)
    if len(reason) > LONGEST_REASON:
        raise Refused(f"เหตุผลยาวเกิน {LONGEST_REASON} ตัวอักษร กรุณาย่อข้อความ")
    now = Revision.objects.get(pk=revision.pk)
    first = now.signoffs.filter(order__gt=0).aggregate(first=Min("order"))["first"]
    stage = stage_after_recall(Stage(now.stage), turn=now.turn, first=first)
    if stage is None:
        raise _too_late(now)
    # Checked and acted in one statement: of an endorsement and a recall at the same moment one comes first.
    here = Revision.objects.filter(pk=now.pk, stage=now.stage, turn=now.turn)
    if here.update(stage=stage, recalled_at=at, recall_reason=reason) != 1:
        raise _too_late(Revision.objects.get(pk=now.pk))
    recalled = Revision.objects.select_related("report__plan__agency").get(pk=now.pk)
    record(
        "revision.recalled",
        agency_id=recalled.report.plan.agency_id,
        by=by,
        at=at,
        about=recalled,
        number=recalled.number,
        reason=reason,
    )
    tell_recalled(recalled, at=at)
    return recalled


def _too_late(revision: Revision) -> Refused:
    """Why nothing can be taken back (any more)."""
    if revision.stage == Stage.RECALLED:
        return Refused(f"ฉบับที่ {revision.number} ดึงกลับไว้แล้ว ระบบไม่ได้บันทึกซ้ำ")
    if revision.stage == Stage.RETURNED:
        return Refused(f"ฉบับที่ {revision.number} ได้รับการส่งกลับแก้ไขแล้ว แก้ไขรายงานได้โดยไม่ต้องดึงกลับ")
    signed = revision.signoffs.filter(decision=Decision.ENDORSED).order_by("order").first()
    if signed is None:
        return Refused(f"ฉบับที่ {revision.number} ดึงกลับไม่ได้ในขณะนี้ กรุณาเปิดหน้านี้ใหม่")
    return Refused(f"{signed.position_title}ลงนามแล้ว จึงดึงกลับไม่ได้ หากต้องแก้ไข กรุณาแจ้งผู้ที่กำลังพิจารณาให้ส่งกลับแก้ไข")
