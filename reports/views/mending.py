"""After a return or a recall: what has changed since, and who signs again."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from measures.views.guard import DeskRequest, desk, require
from reports.choices import Decision, Stage
from reports.compose import compose
from reports.compose.changes import changes
from reports.models import Report, Revision
from reports.permissions import ReportAccess
from reports.views.desk import READERS_ONLY, report_or_404
from reports.views.shown import state_of, words_of
from reports.views.spots import must_sign_again


@require_safe
@desk
def report_changes(request: DeskRequest, report_id: int) -> HttpResponseBase:
    """What the draft says otherwise than the revision that came back, word by word."""
    found = report_or_404(request, report_id)
    require(request.access.may_read_plan, READERS_ONLY)
    latest = ReportAccess(request.access, found).revision
    if latest is None or latest.stage == Stage.SIGNING:
        return redirect("report", found.pk)
    return _page(request, found, latest)


def _page(request: DeskRequest, found: Report, latest: Revision) -> HttpResponse:
    context = {
        "report": found,
        "latest": latest,
        "returned": next((s for s in latest.signoffs.all() if s.decision == Decision.RETURNED), None),
        "again": must_sign_again(latest),
        "changes": changes(latest.read(), compose(found), words_of),
        "state": state_of(latest),
        "may_edit": ReportAccess(request.access, found).may_edit,
    }
    return render(request, "desk/reports/report_changes.html", context)
