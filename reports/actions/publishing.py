"""Make a signed revision public, now or at a moment to come, and take it back with a reason."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from audit.actions import hold, record
from measures.choices import ItemKind
from measures.dates import moment_label
from measures.errors import Refused
from measures.fiscal import bangkok_date
from measures.models import AssessmentItem, Person
from measures.permissions import Access
from measures.thai import canonical
from reports.actions.sealing import seal
from reports.actions.telling import tell_not_published, tell_published, tell_withdrawn
from reports.choices import Kind, Stage
from reports.models import Publication, Revision
from reports.public.editions import Edition
from reports.span import Span

LATEST = timedelta(days=366)
REASON_MISSING = "กรุณาระบุเหตุผลที่ถอน ทุกคนที่เปิดที่อยู่เดิมจะเห็นข้อความนี้"


def publish(*, revision: Revision, by: Person, at: datetime) -> Publication:
    """Publish a revision that all have signed, with the assessment's codes of the day.

    Seals it first where that failed after the last signature (slow: seal before a transaction of your own).
    Raises ``Refused`` where it is not signed, a rehearsal, already public, or older than one that is public.
    """
    _refuse_rehearsal(revision)
    seal(revision)
    return _publish(revision, by, at)


@transaction.atomic
def schedule_publishing(*, revision: Revision, when: datetime, by: Person, at: datetime) -> Revision:
    """Have a signed revision published at ``when``, unless something stands against it by then."""
    _refuse_rehearsal(revision)
    locked = Revision.objects.select_for_update().get(pk=revision.pk)
    _refuse_unready(locked)
    if when <= at:
        raise Refused("เวลาที่กำหนดผ่านมาแล้ว กรุณาระบุวันและเวลาในอนาคต หรือเลือกเผยแพร่ทันที")
    if when > at + LATEST:
        raise Refused("กำหนดเวลาเผยแพร่ล่วงหน้าได้ไม่เกิน 1 ปี")
    locked.publish_at, locked.publish_by = when, by
    locked.save(update_fields=["publish_at", "publish_by"])
    _record("revision.publishing_scheduled", locked, by, at, publish_at=when.isoformat())
    return locked


@transaction.atomic
def cancel_publishing(*, revision: Revision, by: Person, at: datetime) -> None:
    """Take the schedule back. Raises ``Refused`` where there is none any more."""
    changed = Revision.objects.filter(pk=revision.pk, publish_at__isnull=False)
    if not changed.update(publish_at=None, publish_by=None):
        raise Refused("ไม่มีกำหนดเวลาเผยแพร่ของฉบับนี้แล้ว กรุณาเปิดหน้านี้ใหม่เพื่อดูสถานะล่าสุด")
    _record("revision.publishing_cancelled", revision, by, at)


def publish_what_is_due(at: datetime) -> list[Revision]:
    """Publish every revision whose moment has come; the revisions that were looked at.

    Whoever scheduled it must still be an officer, and nothing newer may have been sent meanwhile; where that does not
    hold the schedule ends, and the officers are told why.
    """
    due = list(
        Revision.objects.filter(publish_at__lte=at).select_related("report__plan__agency", "publish_by")
    )
    for revision in due:
        try:
            seal(revision)
            why = ""
        except Refused as refusal:
            why = str(refusal)
        _publish_due(revision, why, at)
    return due


@transaction.atomic
def _publish_due(revision: Revision, why: str, at: datetime) -> None:
    hold(revision.report.plan.agency_id)
    locked = Revision.objects.select_for_update().get(pk=revision.pk)
    if locked.publish_at is None or locked.publish_at > at or locked.publish_by is None:
        return  # cancelled, put off or published while it was being sealed
    by = locked.publish_by
    why = why or _against(locked, by, at)
    if not why:
        try:
            with transaction.atomic():
                _publish(locked, by, at)
            return
        except Refused as refusal:
            why = str(refusal)
    Revision.objects.filter(pk=locked.pk).update(publish_at=None, publish_by=None)
    _record("revision.not_published", locked, None, at, why=why)
    tell_not_published(locked, why=why, at=at)


def _against(revision: Revision, by: Person, at: datetime) -> str:
    """Why what was scheduled may not be done now; "" where nothing stands against it."""
    access = Access(by, bangkok_date(at))
    if not by.is_active or not access.is_officer or by.agency_id != revision.report.plan.agency_id:
        return f"{by.full_name} ผู้กำหนดเวลาเผยแพร่ไม่ได้เป็นนิติกรของหน่วยงานแล้ว"
    newer = revision.report.revisions.filter(number__gt=revision.number).order_by("-number").first()
    if newer:
        return f"มีการเสนอฉบับที่ {newer.number} ซึ่งใหม่กว่าแล้ว"
    return ""


@transaction.atomic
def withdraw(*, publication: Publication, reason: str, by: Person, at: datetime) -> None:
    """Take a publication back; its address stays, and says who, when and why. The signatures stay too.

    Raises ``Refused`` without a reason, and where it was withdrawn before.
    """
    reason = canonical(reason, multiline=True)
    if not reason:
        raise Refused(REASON_MISSING)
    standing = Publication.objects.filter(pk=publication.pk, withdrawn_at__isnull=True)
    # Checked and acted in one statement: of two who press at the same moment one withdraws.
    if not standing.update(withdrawn_at=at, withdrawn_by=by, withdrawn_reason=reason):
        publication.refresh_from_db()
        when = moment_label(publication.withdrawn_at) if publication.withdrawn_at else ""
        raise Refused(f"ถอนการเผยแพร่ฉบับนี้แล้วเมื่อวันที่ {when} ระบบไม่ได้บันทึกซ้ำ")
    publication.refresh_from_db()
    revision = publication.revision
    _record("revision.withdrawn", revision, by, at, reason=reason)
    tell_withdrawn(revision, reason=reason, path=Edition(publication).url, at=at)


def items_of(span: Span) -> list[dict[str, str | int]]:
    """The assessment's items that ask for this year's measures and, a year later, for the report on them.

    A report of a part of the year answers none that ask for a report: they ask for the year's.
    """
    asked = Q(fiscal_year=span.fiscal_year) | Q(fiscal_year=span.fiscal_year + 1, kind=ItemKind.REPORT)
    items = AssessmentItem.objects.filter(asked).order_by("fiscal_year", "code", "pk")
    if span.kind is not Kind.ANNUAL:
        items = items.exclude(kind=ItemKind.REPORT)
    return [
        {"fiscal_year": item.fiscal_year, "code": item.code, "kind": item.kind, "title": item.title}
        for item in items
    ]


@transaction.atomic
def _publish(revision: Revision, by: Person, at: datetime) -> Publication:
    locked = Revision.objects.select_for_update().get(pk=revision.pk)
    _refuse_unready(locked)
    if not locked.sealed_sha256:
        raise Refused("ยังจัดทำเอกสารฉบับลงนามไม่เสร็จ จึงยังเผยแพร่ไม่ได้ กรุณาลองอีกครั้ง")
    publication = Publication.objects.create(
        revision=locked, items=items_of(locked.report.span), published_at=at, published_by=by
    )
    Revision.objects.filter(pk=locked.pk).update(publish_at=None, publish_by=None)
    _record("revision.published", locked, by, at, sealed_sha256=locked.sealed_sha256)
    tell_published(locked, path=Edition(publication).url, at=at)
    return publication


def _refuse_rehearsal(revision: Revision) -> None:
    # The frozen word counts too: it is what was signed.
    if revision.report.is_rehearsal or revision.read().is_rehearsal:
        raise Refused("เอกสารนี้จัดทำขึ้นเพื่อซ้อมการลงนาม จึงเผยแพร่ไม่ได้ กรุณาเสนอลงนามรายงานจริงก่อน")


def _refuse_unready(revision: Revision) -> None:
    """Raise unless the locked revision is signed and newer than all that were published."""
    _refuse_rehearsal(revision)
    if revision.stage != Stage.SIGNED:
        raise Refused("ยังลงนามไม่ครบทุกตำแหน่ง จึงยังเผยแพร่ไม่ได้")
    earlier = Publication.objects.filter(revision__report=revision.report_id)
    published = earlier.order_by("-revision__number").select_related("revision").first()
    if published and published.revision.number == revision.number and published.withdrawn_at:
        raise Refused("ถอนการเผยแพร่ฉบับนี้แล้ว จึงเผยแพร่อีกไม่ได้ กรุณาจัดทำฉบับแก้ไขแล้วเสนอลงนามใหม่")
    if published and published.revision.number == revision.number:
        raise Refused("เผยแพร่ฉบับนี้แล้ว ระบบไม่ได้เผยแพร่ซ้ำ")
    if published and published.revision.number > revision.number:
        raise Refused(f"เผยแพร่ฉบับที่ {published.revision.number} ซึ่งใหม่กว่าแล้ว จึงเผยแพร่ฉบับนี้ไม่ได้")


def _record(act: str, revision: Revision, by: Person | None, at: datetime, **details: str) -> None:
    agency_id = revision.report.plan.agency_id
    record(act, agency_id=agency_id, by=by, at=at, about=revision, number=revision.number, **details)
