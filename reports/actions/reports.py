"""Start a report of a year or of a part of it, and save what its form says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import F

from audit.actions import record
from audit.models import Event
from measures.actions.agencies import Link
from measures.actions.saving import changed_since
from measures.errors import Refused
from measures.fiscal import bangkok_date
from measures.models import Person, Plan
from measures.thai import canonical
from reports.choices import Kind, Stage
from reports.columns import stored
from reports.compose import Draft, generated_sections, prefill
from reports.content import Column
from reports.models import Report, ReportSection, Revision, Signer
from reports.span import Span

REASON_MISSING = "กรุณาระบุเหตุผลที่ลำดับการลงนามของรายงานนี้ต่างจากของหน่วยงาน"
IN_THE_CHAIN = "รายงานนี้อยู่ระหว่างลงนาม จึงแก้ไขไม่ได้ หากต้องแก้ไข กรุณาแจ้งผู้ที่กำลังพิจารณาให้ส่งกลับแก้ไข"


@dataclass(frozen=True)
class SectionInput:
    """A section as typed: paragraphs one a line, items one a line."""

    number: str
    title: str
    body: str
    items: str = ""


@dataclass(frozen=True)
class SignerInput:
    """The words of one place in the chain; the place itself is the agency's."""

    order: int
    addressed_to: str
    words: str


@dataclass(frozen=True)
class ReportInput:
    """Everything the form of the report says.

    Score and target belong to the plan and are saved there, from the form of the year's report only.
    """

    section: str
    number: str
    date: dt.date | None
    subject: str
    addressee: str
    refers_number: str
    refers_date: dt.date | None
    refers_subject: str
    closing: str
    table_title: str
    table_subtitle: str
    columns: tuple[Column, ...]
    sections: tuple[SectionInput, ...]
    signers: tuple[SignerInput, ...] = ()
    ita_score: Decimal | None = None
    ita_target: Decimal | None = None


_FIELDS = (
    "section", "number", "date", "subject", "addressee", "refers_number", "refers_date", "refers_subject",
    "closing", "table_title", "table_subtitle",
)  # fmt: skip


@transaction.atomic
def start_report(
    *, plan: Plan, kind: Kind = Kind.ANNUAL, part: int = 0, by: Person, at: dt.datetime
) -> Report:
    """The report of ``plan`` about the year or a part of it, prefilled, its chain copied from the agency's.

    Raises ``Refused`` for a second one of the same, for what has not begun, and for a part without a period.
    """
    span = Span(plan.fiscal_year, kind, part)
    periods = plan.periods.values_list("starts", "ends")
    if reason := span.why_not(periods, bangkok_date(at)):
        raise Refused(reason)
    draft = prefill(plan, kind, part, by=by)
    try:
        with transaction.atomic():
            draft.report.save()
    except IntegrityError:
        named = f"ประจำปีงบประมาณ พ.ศ. {plan.fiscal_year}" if kind is Kind.ANNUAL else span.full_label
        raise Refused(f"มีรายงาน{named} อยู่แล้ว") from None
    _keep_parts(draft.report, draft.sections, draft.signers)
    record("report.started", agency_id=plan.agency_id, by=by, at=at, about=draft.report, span=span.name)
    return draft.report


@transaction.atomic
def save_report(*, report: Report, version: int, given: ReportInput, by: Person, at: dt.datetime) -> Report:
    """Save the whole form over ``version``.

    Raises ``Changed`` where a newer one was saved, ``Refused`` while the report is in the chain.
    """
    _step_version(report, version, at)
    saved = Report.objects.select_related("plan").get(pk=report.pk)
    for name in _FIELDS:
        setattr(saved, name, getattr(given, name))
    saved.columns = stored(given.columns)
    saved.save(update_fields=[*_FIELDS, "columns"])
    if saved.kind == Kind.ANNUAL:
        _save_scores(saved.plan, given)
    saved.sections.all().delete()
    _keep_parts(saved, _sections(given), ())
    for words in given.signers:
        saved.signers.filter(order=words.order).update(addressed_to=words.addressed_to, words=words.words)
    record("report.saved", agency_id=saved.plan.agency_id, by=by, at=at, about=saved, version=saved.version)
    return saved


def unsaved(*, report: Report, given: ReportInput) -> Draft:
    """``report`` as it would be if ``given`` were saved; nothing is written."""
    draft = copy(report)
    for name in _FIELDS:
        setattr(draft, name, getattr(given, name))
    draft.columns = stored(given.columns)
    words = {signer.order: signer for signer in given.signers}
    signers = list(report.signers.select_related("position").order_by("order"))
    for signer in signers:
        if typed := words.get(signer.order):
            signer.addressed_to, signer.words = typed.addressed_to, typed.words
    return Draft(draft, _sections(given), tuple(signers))


@transaction.atomic
def regenerate_sections(*, report: Report, version: int, by: Person, at: dt.datetime) -> Report:
    """Write the sections anew in the usual words, from what the portal knows now; what was typed is replaced."""
    _step_version(report, version, at)
    saved = Report.objects.select_related("plan__agency").get(pk=report.pk)
    saved.sections.all().delete()
    _keep_parts(saved, generated_sections(saved), ())
    record("report.regenerated", agency_id=saved.plan.agency_id, by=by, at=at, about=saved)
    return saved


@transaction.atomic
def copy_chain(*, report: Report, version: int, by: Person, at: dt.datetime) -> Report:
    """Take the agency's chain of today for this kind of report again, with its usual words."""
    _step_version(report, version, at)
    saved = Report.objects.select_related("plan__agency").get(pk=report.pk)
    saved.signers.all().delete()
    saved.chain_reason = ""
    saved.save(update_fields=["chain_reason"])
    _keep_parts(saved, (), prefill(saved.plan, Kind(saved.kind), saved.part).signers)
    record("report.chain_copied", agency_id=saved.plan.agency_id, by=by, at=at, about=saved)
    return saved


@transaction.atomic
def correct_chain(
    *, report: Report, version: int, links: Sequence[Link], reason: str, by: Person, at: dt.datetime
) -> Report:
    """Give this one report a chain that differs from the agency's, and say why.

    The first of ``links`` is the author. Raises ``Refused`` without a reason, and while the report is in the chain;
    ``Changed`` where a newer version was saved.
    """
    reason = canonical(reason)
    if not reason:
        raise Refused(REASON_MISSING)
    _step_version(report, version, at)
    saved = Report.objects.select_related("plan").get(pk=report.pk)
    saved.signers.all().delete()
    saved.chain_reason = reason
    saved.save(update_fields=["chain_reason"])
    signers = (
        Signer(order=order, position=link.position, addressed_to=link.addressed_to, words=link.words)
        for order, link in enumerate(links)
    )
    _keep_parts(saved, (), tuple(signers))
    record(
        "report.chain_corrected",
        agency_id=saved.plan.agency_id,
        by=by,
        at=at,
        about=saved,
        reason=reason,
        positions=[link.position.title for link in links],
    )
    return saved


def _step_version(report: Report, version: int, at: dt.datetime) -> None:
    """Take the next version if nobody did since ``version`` was read; a report in the chain stands still."""
    # The row is locked by the update, so that a sending at the same moment waits and then sees the new version.
    if Report.objects.filter(pk=report.pk, version=version).update(version=F("version") + 1) != 1:
        last = Event.objects.about("report", report.pk).order_by("seq").last()
        raise changed_since(_who(last), last.at if last else None, now=at)
    if Revision.objects.filter(report=report.pk, stage=Stage.SIGNING).exists():
        raise Refused(IN_THE_CHAIN)


def _who(event: Event | None) -> Person | None:
    if event is None or event.actor_id is None:
        return None
    return Person.objects.filter(pk=event.actor_id).first()


def _save_scores(plan: Plan, given: ReportInput) -> None:
    if (plan.ita_score, plan.ita_target) != (given.ita_score, given.ita_target):
        plan.ita_score, plan.ita_target = given.ita_score, given.ita_target
        plan.save(update_fields=["ita_score", "ita_target"])


def _sections(given: ReportInput) -> tuple[ReportSection, ...]:
    return tuple(
        ReportSection(position=place, number=s.number, title=s.title, body=s.body, items=s.items)
        for place, s in enumerate(given.sections, 1)
    )


def _keep_parts(report: Report, sections: tuple[ReportSection, ...], signers: tuple[Signer, ...]) -> None:
    for section in sections:
        section.report = report
    for signer in signers:
        signer.report = report
    ReportSection.objects.bulk_create(sections)
    Signer.objects.bulk_create(signers)
