"""The officer's reports: the list of years, and the form of one beside its preview."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from measures.dates import time_label
from measures.errors import Changed, Refused
from measures.forms.fields import understood
from measures.models import Plan
from measures.thai import small_number
from measures.views.guard import DeskRequest, agency_of, desk, require
from measures.views.once import once
from reports.actions.reports import copy_chain, regenerate_sections, save_report, start_report
from reports.actions.sending import emblem_of
from reports.actions.terms import AHEAD, Hazard, hazards
from reports.choices import Decision, Kind, Stage
from reports.compose import compose
from reports.compose.prefill import differs_from_agency
from reports.document.fonts import Unprintable
from reports.document.pdf import render_pdf
from reports.forms.reports import (
    Difference,
    ReportForm,
    SectionForm,
    SectionFormSet,
    differences,
    given,
    stored_sections,
)
from reports.models import Report, SignOff
from reports.permissions import ReportAccess
from reports.queries import plans_with_reports
from reports.span import span_named
from reports.views.rounds import warned_rounds
from reports.views.shown import state_of, years
from reports.views.spots import must_sign_again, spots_of

READERS_ONLY = "หน้านี้เปิดให้เฉพาะนิติกร ผู้ตรวจสอบ และผู้ดูแลระบบของหน่วยงาน"
OFFICERS_ONLY = "หน้านี้เปิดให้เฉพาะนิติกรของหน่วยงาน หากท่านต้องใช้งาน กรุณาติดต่อผู้ดูแลระบบของหน่วยงาน"


@require_safe
@desk
def reports(request: DeskRequest) -> HttpResponse:
    """Every year's reports: where each stands, who holds it since when, and what else can be started."""
    agency = agency_of(request)
    require(request.access.may_read_plan, READERS_ONLY)
    found = years(plans_with_reports(agency), request.access.today)
    context = {"years": found, "warned": warned_rounds(found, request.access.today)}
    return render(request, "desk/reports/reports.html", context)


@require_POST
@desk
def report_start(request: DeskRequest) -> HttpResponseBase:
    """Start a report of a year, or of the half year or quarter that is named, prefilled."""
    agency = agency_of(request)
    require(request.access.is_officer, OFFICERS_ONLY)
    year = small_number(request.POST.get("fiscal_year", ""))
    plan = get_object_or_404(Plan.objects.for_agency(agency).select_related("agency"), fiscal_year=year)
    span = span_named(year, request.POST.get("span", Kind.ANNUAL))
    if span is None:
        raise Http404

    def act() -> tuple[str, str]:
        started = start_report(plan=plan, kind=span.kind, part=span.part, by=request.user, at=timezone.now())
        return reverse("report", args=[started.pk]), "เริ่มจัดทำรายงานแล้ว ระบบกรอกข้อมูลที่ทราบให้ กรุณาตรวจและแก้ไข"

    try:
        return once(request, act)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("reports")


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def report(request: DeskRequest, report_id: int) -> HttpResponseBase:
    """Edit the report beside its preview; while it is signed, follow it instead."""
    found = report_or_404(request, report_id)
    access = ReportAccess(request.access, found)
    require(request.access.may_read_plan, READERS_ONLY)
    if request.method == "POST":
        require(request.access.is_officer, OFFICERS_ONLY)
        return _save(request, found)
    if access.may_edit:
        return _form(request, found, *_unbound(found))
    if access.revision:
        # Who reads the plan follows what is being signed; what is signed they read.
        is_followed = access.revision.stage == Stage.SIGNING
        return redirect("revision_tracking" if is_followed else "revision", access.revision.pk)
    return render(request, "desk/reports/report_read.html", {"report": found, "state": state_of(None)})


@require_POST
@desk
def report_sections(request: DeskRequest, report_id: int) -> HttpResponseBase:
    """Write the sections anew from what the portal knows."""
    return _renew(request, report_id, regenerate_sections, "ร่างข้อความของบันทึกใหม่จากข้อมูลปัจจุบันแล้ว")


@require_POST
@desk
def report_chain(request: DeskRequest, report_id: int) -> HttpResponseBase:
    """Take the agency's chain of today."""
    return _renew(request, report_id, copy_chain, "ใช้ลำดับการลงนามปัจจุบันของหน่วยงานแล้ว")


@require_safe
@desk
def report_draft(request: DeskRequest, report_id: int) -> HttpResponse:
    """The saved draft as PDF, marked as one."""
    found = report_or_404(request, report_id)
    require(request.access.may_read_plan, READERS_ONLY)
    content = compose(found)
    try:
        pdf = render_pdf(content, stage="draft", emblem=emblem_of(content))
    except Unprintable as error:
        return unprintable(request, found, error)
    return HttpResponse(pdf, content_type="application/pdf")


def unprintable(request: DeskRequest, found: Report, error: Unprintable) -> HttpResponse:
    """Say, instead of giving a draft, what must be mended before there can be one."""
    context = {"heading": "ยังพิมพ์เอกสารไม่ได้", "sentence": str(error), "report": found}
    return render(request, "desk/reports/unprintable.html", context, status=409)


def report_or_404(request: DeskRequest, report_id: int) -> Report:
    """A report of the person's agency, or 404."""
    mine = Report.objects.for_agency(agency_of(request)).select_related("plan__agency")
    return get_object_or_404(mine, pk=report_id)


def _unbound(found: Report) -> tuple[ReportForm, forms.BaseFormSet[SectionForm]]:
    return ReportForm(report=found), SectionFormSet(initial=stored_sections(found), prefix="sections")


def _save(request: DeskRequest, found: Report) -> HttpResponseBase:
    form = ReportForm(request.POST, report=found)
    sections = SectionFormSet(request.POST, prefix="sections")
    if layout := request.POST.get("layout"):
        form.columns.use(layout)
        return _form(request, found, form, sections)
    # Both are asked, so that every error shows at once.
    if not all([form.is_valid(), sections.is_valid()]):
        return _form(request, found, form, sections, status=400)

    def act() -> tuple[str, str]:
        version = form.cleaned_data["version"]
        at = timezone.now()
        save_report(report=found, version=version, given=given(form, sections), by=request.user, at=at)
        next_page = "report_send" if "send" in request.POST else "report"
        return reverse(next_page, args=[found.pk]), f"บันทึกแล้ว {time_label(at)}{understood(form)}"

    try:
        return once(request, act)
    except Changed as changed:
        return _conflict(request, found, form, sections, str(changed))
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _form(request, found, form, sections, status=409)


def _conflict(
    request: DeskRequest,
    found: Report,
    form: ReportForm,
    sections: forms.BaseFormSet[SectionForm],
    sentence: str,
) -> HttpResponse:
    """Show both versions; what was typed stays in the form, which now saves over the newer one."""
    newer = report_or_404(request, found.pk)
    both = differences(newer, form, sections)
    typed = request.POST.copy()
    typed["version"] = str(newer.version)
    again = ReportForm(typed, report=newer)
    again.is_valid()
    return _form(request, newer, again, sections, status=409, sentence=sentence, both=both)


def _form(
    request: DeskRequest,
    found: Report,
    form: ReportForm,
    sections: forms.BaseFormSet[SectionForm],
    *,
    status: int = 200,
    sentence: str = "",
    both: list[Difference] | None = None,
) -> HttpResponse:
    access = ReportAccess(request.access, found)
    revision, sent_back = access.revision, returned(access)
    context: dict[str, Any] = {
        "report": found,
        "form": form,
        "sections": sections,
        "columns": form.columns,
        "state": state_of(revision),
        "revision": revision,
        "returned": sent_back,
        "spots": spots_of(found, sent_back) if sent_back else [],
        "again": must_sign_again(revision) if sent_back and revision else [],
        "differs": differs_from_agency(found),
        "warned": _warned(found, request.access.today),
        "access_to_report": access,
        "sentence": sentence,
        "differences": both or [],
    }
    return render(request, "desk/reports/report.html", context, status=status)


def _warned(found: Report, today: date) -> list[Hazard]:
    """What would hold the chain up if it were sent today."""
    places = [
        (s.order, s.position) for s in found.signers.select_related("position").order_by("order") if s.order
    ]
    return hazards(places, today, today + AHEAD)


def returned(access: ReportAccess) -> SignOff | None:
    """The decision that sent the latest revision back, until a newer one is sent."""
    if access.revision is None:
        return None
    signoffs = access.revision.signoffs.all()
    return next((s for s in signoffs if s.decision == Decision.RETURNED), None)


def _renew(request: DeskRequest, report_id: int, action: Any, sentence: str) -> HttpResponseBase:
    found = report_or_404(request, report_id)
    require(request.access.is_officer, OFFICERS_ONLY)
    version = request.POST.get("version", "")

    def act() -> tuple[str, str]:
        action(report=found, version=small_number(version), by=request.user, at=timezone.now())
        return reverse("report", args=[found.pk]), sentence

    try:
        return once(request, act)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("report", found.pk)
