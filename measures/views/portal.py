"""What the portal's administrator keeps: the agencies, and the assessment's items."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from measures.actions import agencies as actions
from measures.actions import assessment
from measures.forms.portal import AssessmentItemForm, FoundAgencyForm
from measures.models import Agency, AssessmentItem
from measures.views.guard import DeskRequest, desk, require
from measures.views.once import once

ONLY_THE_PORTAL = "หน้านี้เปิดให้เฉพาะผู้ดูแลพอร์ทัล"


@require_safe
@desk
def agencies(request: DeskRequest) -> HttpResponse:
    """Every agency, or the invitation to create the first."""
    require(request.access.is_portal_administrator, ONLY_THE_PORTAL)
    return render(request, "desk/setup/agencies.html", {"agencies": Agency.objects.all()})


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def agency_new(request: DeskRequest) -> HttpResponseBase:
    """Create a town."""
    require(request.access.is_portal_administrator, ONLY_THE_PORTAL)
    form = FoundAgencyForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():

        def act() -> tuple[str, str]:
            administers = form.cleaned_data.get("administers", False)
            town = actions.found_agency(
                agency=form.instance, administers=administers, by=request.user, at=timezone.now()
            )
            return reverse("agency_settings" if administers else "agencies"), f"สร้าง{town}แล้ว"

        return once(request, act)
    context = {
        "form": form,
        "heading": "สร้างหน่วยงานของท่าน",
        "button": "สร้างหน่วยงาน",
        "back": reverse("agencies"),
    }
    return render(request, "desk/form.html", context)


@require_safe
@desk
def assessment_items(request: DeskRequest) -> HttpResponse:
    """The items of every year's assessment that ask for the measures and their report."""
    require(request.access.is_portal_administrator, ONLY_THE_PORTAL)
    return render(request, "desk/setup/assessment_items.html", {"items": AssessmentItem.objects.all()})


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def assessment_item_new(request: DeskRequest) -> HttpResponseBase:
    """Add an item."""
    return _item(request, AssessmentItem(), "เพิ่มข้อการประเมิน")


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def assessment_item_edit(request: DeskRequest, item_id: int) -> HttpResponseBase:
    """Correct an item; what is published keeps the code of its day."""
    return _item(request, get_object_or_404(AssessmentItem, pk=item_id), "แก้ไขข้อการประเมิน")


def _item(request: DeskRequest, item: AssessmentItem, heading: str) -> HttpResponseBase:
    require(request.access.is_portal_administrator, ONLY_THE_PORTAL)
    form = AssessmentItemForm(request.POST or None, instance=item)
    if request.method == "POST" and form.is_valid():

        def act() -> tuple[str, str]:
            saved = assessment.save_item(item=form.instance, by=request.user, at=timezone.now())
            return reverse("assessment_items"), f"บันทึก {saved.code} ปี {saved.fiscal_year} แล้ว"

        return once(request, act)
    context = {"form": form, "heading": heading, "button": "บันทึก", "back": reverse("assessment_items")}
    return render(request, "desk/form.html", context)
