"""The year's outcome of one measure, curated by the officer from its periods."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from measures import dates
from measures.actions.outcomes import save_outcome
from measures.bullets import parse
from measures.errors import Changed
from measures.forms.results import OutcomeForm
from measures.models import Measure, Outcome
from measures.queries.results import outcome_of, results_of_year
from measures.views.guard import DeskRequest, agency_of, desk, require
from measures.views.once import once


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def outcome(request: DeskRequest, measure_id: int) -> HttpResponse:
    """Read what the periods reported on the left, write the year's outcome on the right."""
    agency_of(request)
    measure = request.access.measures().filter(pk=measure_id).select_related("plan__agency", "group").first()
    if measure is None:
        raise Http404
    require(
        request.access.may_read_plan, "หน้านี้เปิดให้เฉพาะนิติกรของหน่วยงาน หากท่านต้องใช้งาน กรุณาติดต่อผู้ดูแลระบบของหน่วยงาน"
    )
    if request.method == "POST":
        require(request.access.may_edit_plan, "การสรุปผลลัพธ์ทั้งปีเป็นหน้าที่ของนิติกรของหน่วยงาน")
        return _answer(request, measure)
    return _show(request, measure, OutcomeForm.showing(outcome_of(measure), more=_added(request, measure)))


def _answer(request: DeskRequest, measure: Measure) -> HttpResponse:
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return _show(request, measure, form)
    added = _pressed(request, measure)
    if added is not None:
        return _show(request, measure, _with_text(request, added))

    def act() -> tuple[str, str]:
        version, at = form.cleaned_data["version"], timezone.now()
        save_outcome(measure=measure, version=version, given=form.given, by=request.user, at=at)
        return reverse("outcome", args=[measure.pk]), f"บันทึกผลลัพธ์แล้ว เมื่อเวลา {dates.time_label(at)}"

    try:
        return once(request, act)
    except Changed as changed:
        return _conflict(request, measure, str(changed))


def _conflict(request: DeskRequest, measure: Measure, sentence: str) -> HttpResponse:
    """What was typed stays in the form, the stored text beside it; saving again is the person's choice."""
    stored = outcome_of(measure)
    data = request.POST.copy()
    data["version"] = str(stored.version) if stored else ""
    return _show(request, measure, OutcomeForm(data), stored=stored, sentence=sentence, status=409)


def _added(request: DeskRequest, measure: Measure) -> list[str]:
    """The texts of the periods named in ``?add=1&add=2``."""
    wanted = request.GET.getlist("add")
    return [r.body for period, r in results_of_year(measure) if r and str(period.number) in wanted]


def _pressed(request: DeskRequest, measure: Measure) -> str | None:
    """The text that a button of the form adds, or None where the form was sent to be saved."""
    number = request.POST.get("add")
    texts = {str(period.number): r.body for period, r in results_of_year(measure) if r}
    return texts.get(number) if number else None


def _with_text(request: DeskRequest, text: str) -> OutcomeForm:
    data = request.POST.copy()
    data["body"] = "\n".join(part for part in (data.get("body", "").rstrip(), text) if part)
    return OutcomeForm(data)


def _show(
    request: DeskRequest,
    measure: Measure,
    form: OutcomeForm,
    *,
    stored: Outcome | None = None,
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "measure": measure,
        "form": form,
        "periods": results_of_year(measure),
        "conflict": stored,
        "sentence": sentence,
        "bullets": parse(str(form["body"].value() or "")),
    }
    return render(request, "desk/results/outcome.html", context, status=status)
