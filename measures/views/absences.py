"""Who is away when: the signatory says so, the officer sees it and appoints by order."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from measures.actions.absences import say_absent, take_back
from measures.dates import long_date
from measures.errors import Refused
from measures.forms.absences import AbsenceForm
from measures.forms.fields import understood
from measures.models import Absence
from measures.queries.absences import away
from measures.views.guard import DeskRequest, agency_of, desk, require
from measures.views.once import once

SIGNATORIES_ONLY = "หน้านี้เปิดให้เฉพาะผู้ดำรงตำแหน่งหรือผู้รักษาราชการแทนในลำดับการลงนาม"
APPOINTERS_ONLY = "หน้านี้เปิดให้เฉพาะนิติกรและผู้ดูแลระบบของหน่วยงาน"


@require_safe
@desk
def absences(request: DeskRequest) -> HttpResponse:
    """Everybody who has said that they are away, now or later, with who acts for them by then."""
    agency = agency_of(request)
    require(request.access.is_officer or request.access.may_administer, APPOINTERS_ONLY)
    context = {"away": away(agency, request.access.today)}
    return render(request, "desk/absences/absences.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def absence_new(request: DeskRequest) -> HttpResponseBase:
    """Say that one is away; one's own notices below, to be taken back."""
    agency_of(request)
    require(request.access.is_signatory, SIGNATORIES_ONLY)
    form = AbsenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> tuple[str, str]:
            said = say_absent(person=request.user, by=request.user, at=timezone.now(), **form.cleaned_data)
            return reverse("absence_new"), (
                f"แจ้งไม่อยู่ตั้งแต่วันที่ {long_date(said.starts)} ถึงวันที่ {long_date(said.ends)} แล้ว "
                f"นิติกรจะได้รับแจ้งเพื่อบันทึกคำสั่งรักษาราชการแทน{understood(form)}"
            )

        try:
            return once(request, act)
        except Refused as refusal:
            form.add_error("starts", str(refusal))
    mine = request.user.absences.filter(ends__gte=request.access.today, taken_back_at__isnull=True)
    context = {"form": form, "mine": mine}
    return render(request, "desk/absences/absence_new.html", context, status=400 if form.is_bound else 200)


@require_POST
@desk
def absence_take_back(request: DeskRequest, absence_id: int) -> HttpResponseBase:
    """Take one's own notice back."""
    agency_of(request)
    mine = get_object_or_404(
        Absence.objects.select_related("person__agency"), pk=absence_id, person=request.user
    )

    def act() -> tuple[str, str]:
        take_back(absence=mine, by=request.user, at=timezone.now())
        return reverse("absence_new"), "ยกเลิกการแจ้งไม่อยู่แล้ว นิติกรจะได้รับแจ้ง"

    try:
        return once(request, act)
    except Refused as refusal:
        form = AbsenceForm()
        context = {"form": form, "mine": [], "refusal": refusal}
        return render(request, "desk/absences/absence_new.html", context, status=409)
