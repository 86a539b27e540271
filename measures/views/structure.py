"""The year's main measures and measures: their order, adding, naming and deleting."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from measures.actions.plans import (
    add_group,
    delete_group,
    delete_measure,
    edit_group,
    move_group,
    move_measure,
)
from measures.errors import Changed, Refused
from measures.forms.plans import GroupForm
from measures.models import Measure, MeasureGroup, Plan
from measures.queries.plans import units_of, year_of
from measures.views.guard import DeskRequest, agency_of, desk, require
from measures.views.once import once
from measures.views.plans import OFFICERS_ONLY, plan_or_404


@require_safe
@desk
def plan_edit(request: DeskRequest, year: int) -> HttpResponse:
    """Show the year's structure with what can be done to each part."""
    found = officers_plan(request, year)
    grid = year_of(found, request.access.today)
    return render(request, "desk/plans/plan_edit.html", {"plan": found, "grid": grid})


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def group_new(request: DeskRequest, year: int) -> HttpResponse:
    """Add a main measure at the end."""
    found = officers_plan(request, year)
    form = GroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> tuple[str, str]:
            data = form.cleaned_data
            group = add_group(
                plan=found,
                number=data["number"],
                title=data["title"],
                by=request.user,
                at=timezone.now(),
            )
            return place(found, group), "เพิ่มมาตรการหลักแล้ว"

        return once(request, act)
    return render(request, "desk/plans/group_form.html", {"form": form, "plan": found})


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def group_edit(request: DeskRequest, group_id: int) -> HttpResponse:
    """Change the number and the title of a main measure."""
    group = officers_group(request, group_id)
    form = GroupForm(request.POST) if request.method == "POST" else GroupForm.of(group)
    if form.is_valid():

        def act() -> tuple[str, str]:
            data = form.cleaned_data
            edit_group(
                group=group,
                number=data["number"],
                title=data["title"],
                seen=form.seen,
                by=request.user,
                at=timezone.now(),
            )
            return place(group.plan, group), "บันทึกมาตรการหลักแล้ว"

        try:
            return once(request, act)
        except Changed:
            group.refresh_from_db()
            form = form.after_change(group)
    context = {"form": form, "plan": group.plan, "group": group}
    return render(request, "desk/plans/group_form.html", context, status=409 if form.changed else 200)


@require_POST
@desk
def group_move(request: DeskRequest, group_id: int) -> HttpResponse:
    """Change places with the neighbour above or below."""
    group = officers_group(request, group_id)

    def act() -> tuple[str, str]:
        move_group(group=group, up=request.POST.get("direction") == "up", by=request.user, at=timezone.now())
        return place(group.plan, group), ""

    return once(request, act)


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def group_delete(request: DeskRequest, group_id: int) -> HttpResponse:
    """Ask, then delete a main measure that is empty."""
    group = officers_group(request, group_id)
    refused = ""
    if request.method == "POST":

        def act() -> tuple[str, str]:
            delete_group(group=group, by=request.user, at=timezone.now())
            return reverse("plan_edit", args=[group.plan.fiscal_year]), "ลบมาตรการหลักแล้ว"

        try:
            return once(request, act)
        except Refused as refusal:
            refused = str(refusal)
    context = {"group": group, "plan": group.plan, "measures": group.measures.count(), "refused": refused}
    return render(request, "desk/plans/group_delete.html", context, status=409 if refused else 200)


@require_POST
@desk
def measure_move(request: DeskRequest, measure_id: int) -> HttpResponse:
    """Change places with the neighbour above or below."""
    measure = officers_measure(request, measure_id)

    def act() -> tuple[str, str]:
        up = request.POST.get("direction") == "up"
        move_measure(measure=measure, up=up, by=request.user, at=timezone.now())
        return place(measure.plan, measure), ""

    return once(request, act)


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def measure_delete(request: DeskRequest, measure_id: int) -> HttpResponse:
    """Say what would be lost, then delete a measure without results."""
    measure = officers_measure(request, measure_id)
    refused = ""
    if request.method == "POST":

        def act() -> tuple[str, str]:
            delete_measure(measure=measure, by=request.user, at=timezone.now())
            return place(measure.plan, measure.group), "ลบมาตรการแล้ว"

        try:
            return once(request, act)
        except Refused as refusal:
            refused = str(refusal)
    context = {
        "measure": measure,
        "plan": measure.plan,
        "units": units_of(measure),
        "steps": measure.steps.count(),
        "results": measure.results.count(),
        "outcome": getattr(measure, "outcome", None),
        "refused": refused,
    }
    return render(request, "desk/plans/measure_delete.html", context, status=409 if refused else 200)


def place(plan: Plan, thing: MeasureGroup | Measure) -> str:
    """The address of the structure page, at the thing that was touched."""
    kind = "group" if isinstance(thing, MeasureGroup) else "measure"
    return f"{reverse('plan_edit', args=[plan.fiscal_year])}#{kind}-{thing.pk}"


def officers_measure(request: DeskRequest, measure_id: int) -> Measure:
    """The agency's measure, for its officer only."""
    measures = Measure.objects.for_agency(agency_of(request)).select_related("plan__agency", "group")
    measure = get_object_or_404(measures.prefetch_related("ownerships__unit__parent"), pk=measure_id)
    require(request.access.may_edit_plan, OFFICERS_ONLY)
    return measure


def officers_group(request: DeskRequest, group_id: int) -> MeasureGroup:
    """The agency's main measure, for its officer only."""
    groups = MeasureGroup.objects.filter(plan__agency=agency_of(request)).select_related("plan__agency")
    group = get_object_or_404(groups, pk=group_id)
    require(request.access.may_edit_plan, OFFICERS_ONLY)
    return group


def officers_plan(request: DeskRequest, year: int) -> Plan:
    """The agency's plan of a year, for its officer only."""
    plan = plan_or_404(agency_of(request), year)
    require(request.access.may_edit_plan, OFFICERS_ONLY)
    return plan
