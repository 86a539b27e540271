"""You come here for the memorandum of a plan file: the year's annual report as its author will find it."""

from __future__ import annotations

from django.db.models import F

from measures.bullets import parse
from measures.models import Plan, Position
from reports.choices import Kind
from reports.importing.agency_rows import change
from reports.importing.plan_file import LinkPart, MemorandumPart
from reports.importing.plan_rows import same_lines
from reports.models import Report, ReportSection, Signer


def write_memorandum(part: MemorandumPart, plan: Plan, positions: list[Position]) -> bool:
    """Bring the annual report up to date, or start it; say whether anything was written.

    A revision that was sent is not touched: it is frozen, and what is written here goes into the next.
    """
    report = Report.objects.real().select_for_update().filter(plan=plan, kind=Kind.ANNUAL).first()
    if report is None:
        report = Report.objects.create(plan=plan, kind=Kind.ANNUAL, **part.fields)
        _write_sections(part, report)
        _write_signers(part.chain, report, positions)
        return True
    changed = change(report, **part.fields)
    changed |= _write_sections(part, report)
    changed |= _write_signers(part.chain, report, positions)
    if changed:
        Report.objects.filter(pk=report.pk).update(version=F("version") + 1)
    return changed


def _write_sections(part: MemorandumPart, report: Report) -> bool:
    standing = list(report.sections.order_by("position", "pk"))
    changed = False
    for row in standing[len(part.sections) :]:
        row.delete()
        changed = True
    for index, section in enumerate(part.sections):
        fields = {"number": section.number, "title": section.title, "body": section.body}
        if index < len(standing):
            items = same_lines(standing[index].items, parse(section.items))
            changed |= change(standing[index], items=items, **fields)
        else:
            last = standing[-1].position if standing else 0
            position = last + 1 + index - len(standing)
            ReportSection.objects.create(report=report, position=position, items=section.items, **fields)
            changed = True
    return changed


def _write_signers(chain: tuple[LinkPart, ...], report: Report, positions: list[Position]) -> bool:
    standing = {signer.order: signer for signer in report.signers.all()}
    changed = False
    for order, (link, position) in enumerate(zip(chain, positions, strict=True)):
        fields = {"position": position, "addressed_to": link.addressed_to, "words": link.words}
        signer = standing.pop(order, None)
        if signer is None:
            Signer.objects.create(report=report, order=order, **fields)
            changed = True
        else:
            changed |= change(signer, **fields)
    for signer in standing.values():
        signer.delete()
        changed = True
    return changed
