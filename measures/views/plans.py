"""The officer's year at a glance, and how a year starts."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from measures.actions.plans import start_plan
from measures.errors import Refused
from measures.fiscal import fiscal_year_of
from measures.forms.plans import StartForm
from measures.models import Agency, Plan
from measures.queries.headline import headline_of
from measures.queries.plans import plans_of, year_of
from measures.queries.starting import Copy, copy_of
from measures.views.guard import DeskRequest, agency_of, desk, require
from measures.views.once import once

OFFICERS_ONLY = "หน้านี้เปิดให้เฉพาะนิติกรของหน่วยงาน หากท่านต้องใช้งาน กรุณาติดต่อผู้ดูแลระบบของหน่วยงาน"
READERS_ONLY = "หน้านี้เปิดให้เฉพาะนิติกร ผู้ตรวจสอบ และผู้ดูแลระบบของหน่วยงาน"


@require_safe
@desk
def plans(request: DeskRequest) -> HttpResponseBase:
    """Go to the year of today; without one, say how to start it and offer the other years."""
    agency = agency_of(request)
    require(request.access.may_read_plan, READERS_ONLY)
    year = fiscal_year_of(request.access.today)
    years = list(plans_of(agency))
    if any(plan.fiscal_year == year for plan in years):
        return redirect("plan", year)
    return render(request, "desk/plans/plans.html", {"year": year, "years": years})


@require_safe
@desk
def plan(request: DeskRequest, year: int) -> HttpResponse:
    """Show measures against periods, and what waits for the officer."""
    agency = agency_of(request)
    require(request.access.may_read_plan, READERS_ONLY)
    found = plan_or_404(agency, year)
    grid = year_of(found, request.access.today)
    context = {"plan": found, "grid": grid, "headline": headline_of(grid), "years": plans_of(agency)}
    return render(request, "desk/plans/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def plan_new(request: DeskRequest) -> HttpResponse:
    """Show what would be copied, then start the year."""
    agency = agency_of(request)
    require(request.access.may_edit_plan, OFFICERS_ONLY)
    years = list(plans_of(agency))
    if request.method == "POST":
        form = StartForm(request.POST, agency=agency)
        if form.is_valid():
            try:
                return _start(request, agency, form)
            except Refused as refusal:
                form.add_error("fiscal_year", str(refusal))
    elif "fiscal_year" in request.GET:
        form = StartForm(request.GET, agency=agency)
        form.is_valid()
    else:
        form = StartForm(_suggestion(years, fiscal_year_of(request.access.today)), agency=agency)
        form.is_valid()
    return render(request, "desk/plans/plan_new.html", {"form": form, "copy": _copy(form), "years": years})


def plan_or_404(agency: Agency, year: int) -> Plan:
    """The agency's plan of a fiscal year (พ.ศ.)."""
    return get_object_or_404(Plan.objects.for_agency(agency).select_related("agency"), fiscal_year=year)


def _start(request: DeskRequest, agency: Agency, form: StartForm) -> HttpResponse:
    year, source = form.cleaned_data["fiscal_year"], form.cleaned_data["source"]

    def act() -> tuple[str, str]:
        start_plan(agency=agency, fiscal_year=year, source=source, by=request.user, at=timezone.now())
        copied = f" คัดลอกมาตรการจากปี {source.fiscal_year} เรียบร้อยแล้ว" if source else ""
        return reverse("plan_edit", args=[year]), f"เริ่มปีงบประมาณ พ.ศ. {year} แล้ว{copied}"

    return once(request, act)


def _suggestion(years: list[Plan], year: int) -> dict[str, object]:
    """This year, or the one after it where it has begun; from the year before it."""
    taken = {plan.fiscal_year for plan in years}
    suggested = year + 1 if year in taken else year
    source = next((plan for plan in years if plan.fiscal_year < suggested), None)
    return {"fiscal_year": str(suggested), "source": source.pk if source else ""}


def _copy(form: StartForm) -> Copy | None:
    data = form.cleaned_data
    if not data.get("source") or not data.get("fiscal_year"):
        return None
    return copy_of(data["source"], data["fiscal_year"])
