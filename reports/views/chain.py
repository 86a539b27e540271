"""The chain of one report: corrected with a reason, or the agency's again."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from measures.errors import Changed, Refused
from measures.forms.positions import BaseChainFormSet, chain_formset, initial_rows
from measures.models import Position
from measures.views.guard import DeskRequest, desk, require
from measures.views.once import once
from reports.actions.reports import IN_THE_CHAIN, correct_chain
from reports.choices import Kind
from reports.compose.prefill import chain_links, differs_from_agency
from reports.forms.chain import ChainReasonForm
from reports.models import Report
from reports.permissions import ReportAccess
from reports.views.desk import OFFICERS_ONLY, report_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def report_chain_edit(request: DeskRequest, report_id: int) -> HttpResponseBase:
    """Who signs this one report, in which order, with what words, and why not as usual."""
    found = report_or_404(request, report_id)
    require(request.access.is_officer, OFFICERS_ONLY)
    positions = Position.objects.filter(agency=found.plan.agency)
    initial = initial_rows(found.signers.order_by("order"))
    formset = chain_formset(request.POST or None, initial=initial, positions=positions)
    form = ChainReasonForm(
        request.POST or None, initial={"reason": found.chain_reason, "version": found.version}
    )
    if request.method != "POST":
        if not ReportAccess(request.access, found).may_edit:
            return redirect("report", found.pk)
        return _page(request, found, form, formset)
    # Both are asked, so that every error shows at once.
    if not all([form.is_valid(), formset.is_valid()]):
        return _page(request, found, form, formset, status=400)

    def act() -> tuple[str, str]:
        correct_chain(
            report=found,
            version=form.cleaned_data["version"],
            links=formset.links(),
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        )
        return reverse("report", args=[found.pk]) + "#signers", "บันทึกลำดับการลงนามของรายงานนี้แล้ว"

    try:
        return once(request, act)
    except Changed as changed:
        # What was typed stays and may be saved over the newer version, which is shown above it.
        newer = report_or_404(request, found.pk)
        typed = request.POST.copy()
        typed["version"] = str(newer.version)
        again = ChainReasonForm(typed)
        again.is_valid()
        return _page(request, newer, again, formset, sentence=str(changed), status=409)
    except Refused as refusal:
        return _page(request, found, form, formset, sentence=str(refusal), status=409)


def _page(
    request: DeskRequest,
    found: Report,
    form: ChainReasonForm,
    formset: BaseChainFormSet,
    *,
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "report": found,
        "form": form,
        "formset": formset,
        "sentence": sentence,
        "is_fixed": sentence == IN_THE_CHAIN,
        "standing": found.signers.select_related("position").order_by("order"),
        "agencys": chain_links(found.plan.agency, Kind(found.kind)),
        "differs": differs_from_agency(found),
    }
    return render(request, "desk/reports/report_chain.html", context, status=status)
