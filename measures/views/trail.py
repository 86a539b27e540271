"""The trail as people read it: who did what and when, whether it is whole, and the file to check it with."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from audit.actions import record
from audit.chain import PORTAL
from audit.models import Anchor
from audit.verifying import verify_end
from measures.exporting import csv_lines, jsonl
from measures.fiscal import bangkok_date
from measures.forms.trail import TrailForm
from measures.queries.trail import PAGE, lines_of, people_of
from measures.views.guard import DeskRequest, desk, require

AT_MOST = 20_000
"""How many events the page follows: well below two seconds. The whole of a longer chain is the command's."""

FORMATS = {"csv": ("text/csv; charset=utf-8", csv_lines), "jsonl": ("application/x-ndjson", jsonl)}


@require_safe
@desk
def trail(request: DeskRequest) -> HttpResponse:
    """Read the trail, newest first."""
    chain = _chain(request)
    form = TrailForm(request.GET, people=people_of(chain))
    lines = lines_of(chain, form.asked)
    older = ""
    if len(lines) > PAGE:
        kept = [(key, value) for key, value in request.GET.items() if key != "before"]
        older = urlencode([*kept, ("before", lines[PAGE - 1].event.seq)])
    context = {
        "form": form,
        "lines": lines[:PAGE],
        "older": older,
        "is_filtered": any(value for value in request.GET.values()),
        "is_portals": chain == PORTAL,
        "anchor": Anchor.objects.filter(chain=chain).order_by("-pk").first(),
    }
    return render(request, "desk/trail/trail.html", context)


@require_safe
@desk
def trail_check(request: DeskRequest) -> HttpResponse:
    """Follow the chain and say in words whether it is whole."""
    chain = _chain(request)
    context = {
        "verdict": verify_end(chain, at_most=AT_MOST),
        "at": timezone.now(),
        "anchors": Anchor.objects.filter(chain=chain).count(),
        "is_portals": chain == PORTAL,
    }
    return render(request, "desk/trail/check.html", context)


@require_safe
@desk
def trail_export(request: DeskRequest, ending: str) -> HttpResponseBase:
    """Hand the whole chain out as a file, which itself is an event: its last one."""
    chain = _chain(request)
    if ending not in FORMATS:
        raise Http404
    kind, lines = FORMATS[ending]
    at = timezone.now()
    if request.method == "GET":
        agency_id = None if chain == PORTAL else chain
        record("trail.exported", agency_id=agency_id, by=request.user, at=at, format=ending.upper())
    answer = StreamingHttpResponse(lines(chain), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="trail-{chain}-{bangkok_date(at)}.{ending}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _chain(request: DeskRequest) -> int:
    """The agency's chain for its officers, administrators and auditors; the portal's for who looks after the portal."""
    access = request.access
    if request.user.agency_id is not None and access.may_read_plan:
        return request.user.agency_id
    require(
        access.is_portal_administrator and request.user.agency_id is None,
        "บันทึกการกระทำเปิดให้เฉพาะนิติกร ผู้ดูแลระบบ และผู้ตรวจสอบของหน่วยงาน หากท่านต้องใช้งาน กรุณาติดต่อผู้ดูแลระบบของหน่วยงาน",
    )
    return PORTAL
