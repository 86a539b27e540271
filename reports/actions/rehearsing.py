"""Rehearse the signing of a report: a copy of it goes through the whole chain, says ตัวอย่าง and is never published."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from audit.actions import record
from measures.errors import Refused
from measures.fiscal import bangkok_date
from measures.models import Person
from reports.choices import Stage
from reports.models import Report, ReportSection, Signer

WORD: Final = "ตัวอย่าง"
_COPIED: Final = (
    "section", "addressee", "refers_number", "refers_date", "refers_subject", "closing", "table_title",
    "table_subtitle", "columns", "chain_reason",
)  # fmt: skip


@transaction.atomic
def rehearse(*, report: Report, by: Person, at: datetime) -> Report:
    """The rehearsal of ``report``: a copy of what it says now, with its chain, to be sent like any other.

    What a real one cannot be sent without (number, date) is filled in. Each report has one rehearsal, which is copied
    anew each time; its earlier rounds stay. Raises ``Refused`` while a round of it is being signed, and for a
    rehearsal of a rehearsal.
    """
    real = Report.objects.select_for_update().select_related("plan__agency").get(pk=report.pk)
    if real.is_rehearsal:
        raise Refused("เรื่องนี้เป็นการซ้อมลงนามอยู่แล้ว")
    same = {"plan": real.plan, "kind": real.kind, "part": real.part, "is_rehearsal": True}
    rehearsal = Report.objects.filter(**same).first() or Report(**same)
    if rehearsal.pk and rehearsal.revisions.filter(stage=Stage.SIGNING).exists():
        raise Refused("การซ้อมลงนามของรายงานนี้ยังอยู่ระหว่างลงนาม กรุณาให้ลงนามครบ ส่งกลับ หรือดึงกลับก่อนเริ่มซ้อมใหม่")
    for name in _COPIED:
        setattr(rehearsal, name, getattr(real, name))
    year = real.plan.fiscal_year
    rehearsal.subject = f"{WORD} {real.subject}".strip()
    rehearsal.number = real.number if real.number and not real.number.endswith("/") else f"{WORD}/{year}"
    rehearsal.date = real.date or bangkok_date(at)
    rehearsal.addressee = real.addressee or real.plan.agency.executive_title or WORD
    rehearsal.version += 1
    rehearsal.save()
    _copy_parts(real, rehearsal)
    record("report.rehearsed", agency_id=real.plan.agency_id, by=by, at=at, about=rehearsal, report=real.pk)
    return rehearsal


def _copy_parts(real: Report, rehearsal: Report) -> None:
    rehearsal.sections.all().delete()
    rehearsal.signers.all().delete()
    ReportSection.objects.bulk_create(
        ReportSection(
            report=rehearsal, position=s.position, number=s.number, title=s.title, body=s.body, items=s.items
        )
        for s in real.sections.all()
    )
    Signer.objects.bulk_create(
        Signer(
            report=rehearsal,
            order=s.order,
            position_id=s.position_id,
            addressed_to=s.addressed_to,
            words=s.words,
        )
        for s in real.signers.all()
    )
