"""The agency's set-up as a list of tasks: particulars, emblem, units."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from measures import storage
from measures.actions import agencies as actions
from measures.emblem import reencode
from measures.errors import Refused
from measures.forms.setup import AgencyForm, EmblemForm, SecondFactorForm, UnitForm, in_thai_order
from measures.models import Agency, Unit
from measures.queries.setup import setup_tasks
from measures.views.guard import DeskRequest, agency_of, desk, require
from measures.views.once import once

ONLY_ADMINISTRATORS = "หน้านี้เปิดให้เฉพาะผู้ดูแลระบบของหน่วยงาน หากท่านต้องใช้งาน กรุณาติดต่อผู้ดูแลระบบ"


def administered(request: DeskRequest) -> Agency:
    """The agency that the asking person administers. Raises ``PermissionDenied`` otherwise."""
    require(request.access.may_administer, ONLY_ADMINISTRATORS)
    return agency_of(request)


@require_safe
@desk
def agency_settings(request: DeskRequest) -> HttpResponse:
    """What is set up, and what is still missing before the town can work."""
    agency = administered(request)
    return render(request, "desk/setup/tasks.html", {"tasks": setup_tasks(agency), "agency": agency})


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def agency_edit(request: DeskRequest) -> HttpResponseBase:
    """The agency's particulars and public contact."""
    agency = administered(request)
    form = AgencyForm(request.POST or None, instance=agency)
    if request.method == "POST" and form.is_valid():

        def act() -> tuple[str, str]:
            actions.save_agency(
                agency=form.instance, changed=form.changed_data, by=request.user, at=timezone.now()
            )
            return reverse("agency_settings"), "บันทึกข้อมูลหน่วยงานแล้ว"

        return once(request, act)
    return _form(request, form, "ข้อมูลหน่วยงาน", "บันทึกข้อมูลหน่วยงาน", reverse("agency_settings"))


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def second_factor_edit(request: DeskRequest) -> HttpResponseBase:
    """For which roles a password alone is not enough."""
    agency = administered(request)
    form = SecondFactorForm(request.POST or None, initial={"roles": agency.second_factor_roles})
    if request.method == "POST" and form.is_valid():

        def act() -> tuple[str, str]:
            actions.set_second_factor_roles(
                agency=agency, roles=form.cleaned_data["roles"], by=request.user, at=timezone.now()
            )
            return reverse("agency_settings"), "บันทึกบทบาทที่ต้องยืนยันตัวตนสองชั้นแล้ว มีผลทันที"

        return once(request, act)
    back = reverse("agency_settings")
    return _form(request, form, "การยืนยันตัวตนสองชั้น", "บันทึก", back)


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def emblem_edit(request: DeskRequest) -> HttpResponseBase:
    """Upload the agency's emblem."""
    agency = administered(request)
    form = EmblemForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            kept = storage.keep([reencode(form.cleaned_data["picture"].read(3_000_000))])
        except Refused as refusal:
            form.add_error("picture", str(refusal))
        else:

            def act() -> tuple[str, str]:
                actions.set_emblem(agency=agency, sha256=kept.sha256, by=request.user, at=timezone.now())
                return reverse("agency_settings"), "บันทึกตราแล้ว ตราจะพิมพ์ที่มุมซ้ายบนของบันทึกข้อความ"

            return once(request, act)
    return render(request, "desk/setup/emblem.html", {"form": form, "agency": agency})


@require_safe
@desk
def emblem(request: DeskRequest) -> HttpResponse:
    """The agency's emblem as kept."""
    sha256 = agency_of(request).emblem_sha256
    if not sha256:
        raise Http404
    headers = {"Cache-Control": "private, max-age=60"}
    return HttpResponse(storage.read(sha256), content_type="image/png", headers=headers)


@require_safe
@desk
def units(request: DeskRequest) -> HttpResponse:
    """The agency's units as a tree."""
    agency = administered(request)
    return render(request, "desk/setup/units.html", {"units": in_thai_order(Unit.objects.for_agency(agency))})


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def unit_new(request: DeskRequest) -> HttpResponseBase:
    """Add a unit."""
    return _unit(request, Unit(agency=administered(request)), "เพิ่มส่วนราชการ")


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def unit_edit(request: DeskRequest, unit_id: int) -> HttpResponseBase:
    """Rename a unit or move it."""
    unit = get_object_or_404(Unit.objects.for_agency(administered(request)), pk=unit_id)
    return _unit(request, unit, "แก้ไขส่วนราชการ")


def _unit(request: DeskRequest, unit: Unit, heading: str) -> HttpResponseBase:
    form = UnitForm(request.POST or None, instance=unit, agency=unit.agency)
    if request.method == "POST" and form.is_valid():

        def act() -> tuple[str, str]:
            actions.save_unit(unit=form.instance, by=request.user, at=timezone.now())
            return reverse("units"), f"บันทึก “{form.instance.name}” แล้ว"

        try:
            return once(request, act)
        except Refused as refusal:
            form.add_error("parent", str(refusal))
    return _form(request, form, heading, "บันทึก", reverse("units"))


@require_POST
@desk
def unit_delete(request: DeskRequest, unit_id: int) -> HttpResponseBase:
    """Remove a unit that nothing refers to."""
    unit = get_object_or_404(Unit.objects.for_agency(administered(request)), pk=unit_id)

    def act() -> tuple[str, str]:
        actions.delete_unit(unit=unit, by=request.user, at=timezone.now())
        return reverse("units"), f"ลบ “{unit.name}” แล้ว"

    try:
        return once(request, act)
    except Refused as refusal:
        context = {"units": in_thai_order(Unit.objects.for_agency(unit.agency)), "refusal": refusal}
        return render(request, "desk/setup/units.html", context, status=409)


def _form(request: HttpRequest, form: object, heading: str, button: str, back: str) -> HttpResponse:
    return render(
        request, "desk/form.html", {"form": form, "heading": heading, "button": button, "back": back}
    )
