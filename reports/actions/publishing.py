"""Make a signed revision public, for good."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from audit.actions import record
from measures.choices import ItemKind
from measures.errors import Refused
from measures.models import AssessmentItem, Person
from reports.actions.sealing import seal
from reports.choices import Kind, Stage
from reports.models import Publication, Revision
from reports.span import Span


def publish(*, revision: Revision, by: Person, at: datetime) -> Publication:
    """Publish a revision that all have signed, with the assessment's codes of the day.

    Seals it first where that failed after the last signature (slow: seal before a transaction of your own).
    Raises ``Refused`` where it is not signed, already public, or older than one that is public.
    """
    seal(revision)
    return _publish(revision, by, at)


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
    report = locked.report
    if report.is_rehearsal:
        raise Refused("เอกสารนี้เป็นตัวอย่างสำหรับซ้อมลงนาม จึงเผยแพร่ไม่ได้")
    if locked.stage != Stage.SIGNED or not locked.sealed_sha256:
        raise Refused("ยังลงนามไม่ครบทุกตำแหน่ง จึงยังเผยแพร่ไม่ได้")
    published = Publication.objects.filter(revision__report=report).order_by("-revision__number").first()
    if published and published.revision.number == locked.number:
        raise Refused("เผยแพร่ฉบับนี้แล้ว ระบบไม่ได้เผยแพร่ซ้ำ")
    if published and published.revision.number > locked.number:
        raise Refused(f"เผยแพร่ฉบับที่ {published.revision.number} ซึ่งใหม่กว่าแล้ว จึงเผยแพร่ฉบับนี้ไม่ได้")
    publication = Publication.objects.create(
        revision=locked, items=items_of(report.span), published_at=at, published_by=by
    )
    record(
        "revision.published",
        agency_id=report.plan.agency_id,
        by=by,
        at=at,
        about=locked,
        number=locked.number,
        sealed_sha256=locked.sealed_sha256,
    )
    return publication
