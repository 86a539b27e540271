"""A contributor's page: what their units have to report, what is open now first."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from measures.queries.unit import unit_work
from measures.views.guard import DeskRequest, agency_of, desk, require


@require_safe
@desk
def unit(request: DeskRequest) -> HttpResponse:
    """What the person's units have to report now, and what they reported before."""
    agency = agency_of(request)
    require(
        request.access.is_contributor,
        "หน้านี้เปิดให้เฉพาะผู้รายงานของส่วนราชการ หากท่านต้องใช้งาน กรุณาติดต่อผู้ดูแลระบบของหน่วยงาน",
    )
    work = unit_work(agency, request.access.unit_ids, request.access.today)
    return render(request, "desk/results/unit.html", {"work": work})
