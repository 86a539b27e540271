"""When the year's results are taken and due."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from measures.actions.plans import set_periods
from measures.errors import Refused
from measures.forms.fields import understood
from measures.forms.plans import PeriodsForm
from measures.views.guard import DeskRequest, desk
from measures.views.once import once
from measures.views.structure import officers_plan


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def plan_periods(request: DeskRequest, year: int) -> HttpResponse:
    """Change the first and the last day for reporting of each period."""
    plan = officers_plan(request, year)
    form = PeriodsForm(request.POST or None, periods=list(plan.periods.all()))
    if request.method == "POST" and form.is_valid():

        def act() -> tuple[str, str]:
            set_periods(plan=plan, days=form.days, by=request.user, at=timezone.now())
            return reverse("plan", args=[year]), "บันทึกกำหนดส่งของแต่ละงวดแล้ว" + understood(form)

        try:
            return once(request, act)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "desk/plans/periods.html", {"form": form, "plan": plan})
