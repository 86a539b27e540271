"""An executive's pages: what waits for them, one revision to read, and the decision on it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from measures.views.guard import DeskRequest, agency_of, desk


@require_safe
@desk
def inbox(request: DeskRequest) -> HttpResponse:
    """What waits for the positions this person holds or acts for today."""
    agency_of(request)
    return render(request, "desk/signing/inbox.html")
