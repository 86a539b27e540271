"""The officer's reports: the list of years, the form beside its preview, sending, and publishing."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from measures.views.guard import DeskRequest, agency_of, desk, require


@require_safe
@desk
def reports(request: DeskRequest) -> HttpResponse:
    """Every year's report: where it stands and who holds it since when."""
    agency_of(request)
    require(request.access.may_read_plan, "หน้านี้เปิดให้เฉพาะนิติกรและผู้ตรวจสอบของหน่วยงาน")
    return render(request, "desk/reports/reports.html")
