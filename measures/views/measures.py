"""One measure: its dossier and its editor."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from measures.actions.plans import add_measure, edit_measure
from measures.errors import Changed, Refused
from measures.forms.conflict import differences
from measures.forms.fields import understood
from measures.forms.measures import MeasureForm
from measures.models import Agency, Measure, MeasureGroup, Unit
from measures.queries.dossier import dossier_of
from measures.queries.saved import last_saved
from measures.views.guard import DeskRequest, agency_of, desk, require
from measures.views.once import once
from measures.views.structure import officers_group, officers_measure, place


@require_safe
@desk
def measure(request: DeskRequest, measure_id: int) -> HttpResponse:
    """Show a measure's plan, its quarters side by side, and its outcome."""
    measures = Measure.objects.for_agency(agency_of(request)).select_related(
        "plan__agency", "group", "outcome"
    )
    found = get_object_or_404(measures.prefetch_related("ownerships__unit__parent"), pk=measure_id)
    access = request.access
    allowed = access.may_read_plan or access.may_report_on(found)
    require(allowed, "หน้านี้เปิดให้เฉพาะนิติกรและส่วนราชการผู้รับผิดชอบมาตรการนี้")
    dossier = dossier_of(found, access.today)
    return render(request, "desk/plans/measure.html", {"dossier": dossier, "measure": found})


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def measure_new(request: DeskRequest, group_id: int) -> HttpResponse:
    """Add a measure at the end of a main measure."""
    group = officers_group(request, group_id)
    if request.method != "POST":
        form = MeasureForm(plan=group.plan, initial={"group": group.pk})
        return render(request, "desk/plans/measure_form.html", {"form": form, "plan": group.plan})
    _refuse_foreign(request, group.plan.agency)
    form = MeasureForm(request.POST, plan=group.plan)
    if form.is_valid():

        def act() -> tuple[str, str]:
            chosen = form.cleaned_data["group"]
            added = add_measure(group=chosen, given=form.given, by=request.user, at=timezone.now())
            return place(group.plan, added), "เพิ่มมาตรการแล้ว" + understood(form)

        try:
            return once(request, act)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "desk/plans/measure_form.html", {"form": form, "plan": group.plan})


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def measure_edit(request: DeskRequest, measure_id: int) -> HttpResponse:
    """Change a measure; where somebody saved since the form was opened, show both."""
    found = officers_measure(request, measure_id)
    if request.method != "POST":
        return _editor(request, found, MeasureForm.of(found))
    _refuse_foreign(request, found.plan.agency)
    form = MeasureForm(request.POST, plan=found.plan)
    if not form.is_valid():
        return _editor(request, found, form)

    def act() -> tuple[str, str]:
        edit_measure(
            measure=found,
            version=form.seen_version,
            given=form.given,
            group=form.cleaned_data["group"],
            by=request.user,
            at=timezone.now(),
        )
        return place(found.plan, found), "บันทึกมาตรการแล้ว" + understood(form)

    try:
        return once(request, act)
    except Changed:
        return _conflict(request, officers_measure(request, measure_id), form)
    except Refused as refusal:
        form.add_error("steps", str(refusal))
        return _editor(request, found, form)


def _editor(request: DeskRequest, found: Measure, form: MeasureForm) -> HttpResponse:
    context = {"form": form, "plan": found.plan, "measure": found}
    return render(request, "desk/plans/measure_form.html", context)


def _conflict(request: DeskRequest, newer: Measure, typed: MeasureForm) -> HttpResponse:
    """Both texts side by side; the form keeps what was typed and may now be saved over the newer one."""
    data = request.POST.copy()
    data["version"] = str(newer.version)
    form = MeasureForm(data, plan=newer.plan)
    context = {
        "form": form,
        "plan": newer.plan,
        "measure": newer,
        "saved": last_saved(newer),
        "differences": differences(newer, typed),
    }
    return render(request, "desk/plans/measure_conflict.html", context, status=409)


def _refuse_foreign(request: DeskRequest, agency: Agency) -> None:
    """Answer an id of another agency's unit or main measure as if it did not exist, and leave a trace."""
    units = _ids(request.POST.getlist("lead") + request.POST.getlist("supporting"))
    groups = _ids(request.POST.getlist("group"))
    if (
        Unit.objects.filter(pk__in=units).exclude(agency=agency).exists()
        or MeasureGroup.objects.filter(pk__in=groups).exclude(plan__agency=agency).exists()
    ):
        raise Http404


def _ids(typed: list[str]) -> list[int]:
    return [int(value) for value in typed if value.isascii() and value.isdigit() and len(value) < 19]
