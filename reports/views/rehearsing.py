"""Start a rehearsal of a report's signing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from measures.errors import Refused
from measures.views.guard import DeskRequest, desk, require
from measures.views.once import once
from reports.actions.rehearsing import rehearse
from reports.views.desk import OFFICERS_ONLY, report_or_404


@require_POST
@desk
def report_rehearse(request: DeskRequest, report_id: int) -> HttpResponseBase:
    """Copy the report into its rehearsal, then show what would be sent."""
    found = report_or_404(request, report_id)
    require(request.access.is_officer, OFFICERS_ONLY)

    def act() -> tuple[str, str]:
        rehearsal = rehearse(report=found, by=request.user, at=timezone.now())
        said = (
            "คัดลอกรายงานไว้ซ้อมลงนามแล้ว เอกสารทุกหน้าจะมีคำว่า “ตัวอย่าง” และเผยแพร่ไม่ได้ ตรวจแล้วเสนอลงนามได้เหมือนของจริง"
        )
        return reverse("report_send", args=[rehearsal.pk]), said

    try:
        return once(request, act)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("report", found.pk)
