"""Say that one is away, so that the officer appoints by order in time; take it back."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from audit.actions import record
from measures.actions.letters import Words, post
from measures.choices import Acting, LetterKind, Role
from measures.dates import long_date
from measures.errors import Refused
from measures.fiscal import bangkok_date
from measures.models import Absence, Person


@transaction.atomic
def say_absent(*, person: Person, starts: date, ends: date, note: str, by: Person, at: datetime) -> Absence:
    """Keep that ``person`` is away from ``starts`` to ``ends``, and tell the officers, who appoint by order.

    Nobody loses the right to sign by it: it expires by itself, and who is away may still sign from afar.
    Raises ``Refused`` for days that are over, and for the very same days a second time.
    """
    if ends < bangkok_date(at):
        raise Refused("วันที่แจ้งผ่านไปแล้ว กรุณาแก้ไขวันที่")
    standing = person.absences.filter(taken_back_at__isnull=True)
    if standing.filter(starts=starts, ends=ends).exists():
        raise Refused("ท่านแจ้งไม่อยู่ในช่วงวันนี้ไว้แล้ว ระบบไม่ได้บันทึกซ้ำ")
    absence = Absence.objects.create(person=person, starts=starts, ends=ends, note=note, said_at=at)
    record(
        "absence.said", agency_id=person.agency_id, by=by, at=at, about=absence, person=str(person),
        starts=starts.isoformat(), ends=ends.isoformat(),
    )  # fmt: skip
    _tell(absence, "said", "แจ้งไม่อยู่ปฏิบัติราชการ", "หากมีเรื่องรอลงนาม กรุณาบันทึกคำสั่งรักษาราชการแทน", at)
    return absence


@transaction.atomic
def take_back(*, absence: Absence, by: Person, at: datetime) -> None:
    """Take a notice back, before or during the days it speaks of. Orders made because of it stand as they are."""
    if Absence.objects.filter(pk=absence.pk, taken_back_at__isnull=True).update(taken_back_at=at) != 1:
        raise Refused("การแจ้งนี้ยกเลิกไว้แล้ว ระบบไม่ได้บันทึกซ้ำ")
    record(
        "absence.taken_back", agency_id=absence.person.agency_id, by=by, at=at, about=absence,
        person=str(absence.person), starts=absence.starts.isoformat(), ends=absence.ends.isoformat(),
    )  # fmt: skip
    _tell(absence, "back", "ยกเลิกการแจ้งไม่อยู่", "หากบันทึกคำสั่งรักษาราชการแทนไว้แล้ว กรุณาตรวจสอบว่ายังต้องใช้หรือไม่", at)


def _tell(absence: Absence, event: str, what: str, then: str, at: datetime) -> None:
    person = absence.person
    assert person.agency is not None
    held = person.appointments.on(bangkok_date(at)).filter(kind=Acting.HOLDER).select_related("position")
    titles = " ".join(appointment.position.title for appointment in held)
    days = f"วันที่ {long_date(absence.starts)}"
    if absence.ends != absence.starts:
        days += f" ถึงวันที่ {long_date(absence.ends)}"
    noted = f" ({absence.note})" if absence.note else ""
    words = Words(
        f"{what}: {person}",
        f"{person} {titles} {what} {days}{noted}\n{then}",
        (f"{what}: {person} {titles}".strip(), days),
        reverse("absences"),
    )
    for officer in Person.objects.for_agency(person.agency).in_role(Role.OFFICER, on=bangkok_date(at)):
        post(
            kind=LetterKind.LEAVE, key=f"absence:{absence.pk}:{event}", to=officer, words=words,
            agency=person.agency, at=at,
        )  # fmt: skip
