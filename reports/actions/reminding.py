"""Remind whoever has the turn: by the officer's hand once a day, by the worker as ``reports.reminders`` says."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from audit.actions import hold, record
from measures.dates import time_label
from measures.errors import Refused
from measures.fiscal import bangkok_date
from measures.models import Person
from reports.actions.telling import tell_reminder
from reports.choices import Stage
from reports.models import Revision, SignOff
from reports.reminders import is_due, office_is_open

NOBODY = "ขณะนี้{position}ไม่มีผู้ดำรงตำแหน่งหรือผู้รักษาราชการแทน จึงยังเตือนไม่ได้ กรุณาแจ้งผู้ดูแลระบบของหน่วยงานให้บันทึกคำสั่งแต่งตั้ง"
WAITS_FOR_NOBODY = "เรื่องนี้ไม่ได้รอลงนามแล้ว จึงไม่ต้องเตือน"
JUST_NOW = "เตือน{position}แล้ววันนี้ เวลา {time} เตือนได้วันละหนึ่งครั้ง"


@transaction.atomic
def remind(*, revision: Revision, by: Person | None, at: datetime) -> SignOff:
    """Remind the position whose turn it is that ``revision`` waits for it; ``by`` is None for the worker.

    Raises ``Refused`` where it waits for nobody, where nobody fills the position, and on a day (in Bangkok) on which
    it was reminded already.
    """
    agency_id = revision.report.plan.agency_id
    hold(agency_id)
    now = Revision.objects.get(pk=revision.pk)
    place = now.signoffs.select_for_update().get(order=now.turn)
    if now.stage != Stage.SIGNING or place.decision:
        raise Refused(WAITS_FOR_NOBODY)
    if place.reminded_at and bangkok_date(place.reminded_at) == bangkok_date(at):
        raise Refused(JUST_NOW.format(position=place.position_title, time=time_label(place.reminded_at)))
    place.reminded_at = at
    place.save(update_fields=["reminded_at"])
    if not tell_reminder(now, place, at=at):
        raise Refused(NOBODY.format(position=place.position_title))
    record(
        "revision.reminded",
        agency_id=agency_id,
        by=by,
        at=at,
        about=now,
        number=now.number,
        order=place.order,
        position=place.position_title,
    )
    return place


def remind_those_who_wait(at: datetime) -> int:
    """Remind every position that is due for it; how many were. The worker's job."""
    if not office_is_open(at):
        return 0
    waiting = SignOff.objects.filter(
        revision__stage=Stage.SIGNING, revision__turn=F("order"), decision="", waiting_since__lt=at
    ).select_related("revision__report__plan")
    reminded = 0
    for place in waiting:
        assert place.waiting_since is not None
        if is_due(waiting_since=place.waiting_since, reminded_at=place.reminded_at, at=at):
            try:
                remind(revision=place.revision, by=None, at=at)
            except Refused:  # signed this minute, or nobody is there to be reminded
                continue
            reminded += 1
    return reminded
