"""The sentence above the button: what exactly somebody agrees to, made by the portal, never by a browser."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from measures.models import Appointment
from reports.actions.deciding import acting_order, acting_title
from reports.choices import Decision
from reports.codes import shown
from reports.content import Content
from reports.models import Revision, SignOff

ANOTHER_SENTENCE = "ข้อมูลของท่านหรือของเอกสารเปลี่ยนไปหลังจากเปิดหน้านี้ ระบบจึงยังไม่บันทึก กรุณาอ่านข้อความที่จะลงนามอีกครั้ง"
"""What was read above the button is no longer what would be agreed to."""


def capacity(place: SignOff, appointment: Appointment) -> str:
    """As what somebody signs at a place: the position, before it one's own where one acts for it."""
    return f"{acting_title(appointment)} {place.position_title}".strip()


def agreement(
    revision: Revision,
    place: SignOff,
    appointment: Appointment,
    decision: Decision,
    *,
    words: str = "",
    places: Sequence[str] = (),
) -> str:
    """What a signatory agrees to by a decision on ``revision``; ``places`` are those a return speaks of, as shown."""
    memorandum = _memorandum(revision.content)
    number = f"ที่ {memorandum['number']} " if memorandum["number"] else ""
    document = (
        f"{_rehearsed(revision)}บันทึกข้อความ {number}เรื่อง {memorandum['subject']} ฉบับที่ {revision.number} "
        f"(รหัสเอกสาร {shown(revision.code)})"
    )
    who = _who(appointment, capacity(place, appointment))
    if decision is Decision.RETURNED:
        about = f"ในส่วน: {', '.join(places)} " if places else ""
        return f"{who} ส่ง{document} กลับให้ผู้จัดทำแก้ไข {about}ด้วยเหตุผล “{words}”"
    opinion = f"พร้อมความเห็น “{words}”" if words else "โดยไม่มีความเห็นเพิ่มเติม"
    return f"{who} ลงนามใน{document} {opinion}"


def sending_agreement(content: Content, appointment: Appointment) -> str:
    """What an author agrees to by sending ``content``."""
    memorandum = content.memorandum
    signers = sum(1 for signer in content.signers if signer.order)
    rehearsed = "ฉบับซ้อมของ" if content.is_rehearsal else ""
    return (
        f"{_who(appointment, f'{appointment.position.title} ผู้จัดทำ')} "
        f"เสนอ{rehearsed}บันทึกข้อความ ที่ {memorandum.number} เรื่อง {memorandum.subject} "
        f"พร้อมตารางแนบ {len(content.table.measures)} มาตรการ ให้ผู้บังคับบัญชา {signers} ตำแหน่งลงนามตามลำดับ"
    )


def _who(appointment: Appointment, capacity: str) -> str:
    order = acting_order(appointment)
    return f"ข้าพเจ้า {appointment.person.full_name} ในฐานะ{capacity}{f' ตาม{order}' if order else ''}"


@lru_cache(maxsize=32)
def _memorandum(frozen: str) -> dict[str, Any]:
    """As frozen: the report's own fields may have been edited since. Read without building the whole document."""
    memorandum: dict[str, Any] = json.loads(frozen)["memorandum"]
    return memorandum


def _rehearsed(revision: Revision) -> str:
    return "ฉบับซ้อมของ" if revision.report.is_rehearsal else ""
