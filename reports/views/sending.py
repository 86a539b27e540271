"""The officer's last step with a draft: check it and send it for signing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from measures.errors import Changed, Refused
from measures.thai import small_number
from measures.views.guard import DeskRequest, desk, require
from reports.actions.deciding import Proof
from reports.actions.proving import NotProven, Purpose
from reports.actions.sending import CHANGED, agreed_by_sending, chain_of, prepare, send_report
from reports.actions.terms import Hazard, hazards, usual_days
from reports.choices import Decision, Stage
from reports.columns import period_of
from reports.compose import compose
from reports.compose.checks import Place, Remark, advice, blocking, count_done
from reports.compose.prefill import differs_from_agency
from reports.content import Content
from reports.document.fonts import Unprintable
from reports.document.screen import noticed
from reports.models import Report, Revision
from reports.permissions import ReportAccess
from reports.views.desk import OFFICERS_ONLY, report_or_404
from reports.views.proving import Proving
from reports.views.shown import state_of


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def report_send(request: DeskRequest, report_id: int) -> HttpResponseBase:
    """Check what will be frozen and who signs; then freeze it, which is the author's own signature."""
    found = report_or_404(request, report_id)
    require(request.access.is_officer, OFFICERS_ONLY)
    if request.method != "POST":
        return _check(request, found)
    number = small_number(request.POST.get("version", ""))
    try:
        # Rendered before the transaction begins; sending then only compares and writes.
        prepared = prepare(found)
        shown = request.POST.get("content_sha256", "")
        if number != found.version or shown not in ("", prepared.content.sha256()):
            raise Changed(CHANGED)
        proving = _proving(request, prepared.content, chain_of(found, request.access.today))

        def act(proof: Proof) -> tuple[str, str]:
            sent = send_report(
                report=found,
                prepared=prepared,
                version=number,
                by=request.user,
                at=timezone.now(),
                proof=proof,
                agreed=proving.agreed,
            )
            return reverse("revision_sent", args=[sent.pk]), ""

        try:
            return proving.once(act)
        except NotProven:
            return _check(request, found, proving=proving, status=400)
    except Refused as refusal:
        found.refresh_from_db()
        return _check(request, found, refused=str(refusal), status=409)


def _proving(request: DeskRequest, content: Content, places: list[Place]) -> Proving:
    """The proof of the author's own signature, which the sending is."""
    agreed = agreed_by_sending(content, places, request.user)
    return Proving(request, Purpose(content.sha256(), 0, str(Decision.SENT), "", agreed))


def _check(
    request: DeskRequest,
    found: Report,
    *,
    refused: str = "",
    proving: Proving | None = None,
    status: int = 200,
) -> HttpResponse:
    content = compose(found)
    places = chain_of(found, request.access.today)
    latest = ReportAccess(request.access, found).revision
    measures, done = count_done(content)
    signing, today = [place for place in places if place.order], request.access.today
    days = usual_days(found.plan.agency)
    unprintable, of_pages = _of_pages(content)
    context: dict[str, Any] = {
        "report": found,
        "content": content,
        "places": signing,
        "days": days,
        "warned": _warned(signing, today, days),
        "unreached": [a.person for place in signing for a in place.appointments[:1] if not a.person.email],
        "blocking": _mended(
            found, [*_nothing_new(content, latest), *blocking(content, places, request.user), *unprintable]
        ),
        "differs": differs_from_agency(found),
        "advice": _mended(found, [*advice(content), *of_pages]),
        "refused": refused,
        "proving": proving or _proving(request, content, places),
        "content_sha256": content.sha256(),
        "in_chain": latest is not None and latest.stage == Stage.SIGNING,
        "latest": latest,
        "state": state_of(latest),
        "measures": measures,
        "done": done,
        "public_evidence": sum(e.public for e in content.all_evidence),
        "internal_evidence": sum(not e.public for e in content.all_evidence),
    }
    return render(request, "desk/reports/report_send.html", context, status=status)


def _warned(places: list[Place], today: date, days: int) -> list[Hazard]:
    """What may hold the chain up in the time that it usually takes; of a vacancy is told what stands in the way."""
    found = hazards([(place.order, place.position) for place in places], today, today + timedelta(days))
    return [hazard for hazard in found if hazard.kind != "vacant"]


def _of_pages(content: Content) -> tuple[list[Remark], list[Remark]]:
    """Why the pages cannot be printed, and what is to be said of them where they can."""
    try:
        return [], [Remark(sentence) for sentence in noticed(content)]
    except Unprintable as error:
        return [Remark(str(error))], []


def _mended(found: Report, remarks: list[Remark]) -> list[tuple[str, str]]:
    """Each remark's sentence with the address of the field where it is mended, "" where there is none."""
    measures = dict(found.plan.measures.values_list("key", "pk"))
    form = reverse("report", args=[found.pk])

    def address(remark: Remark) -> str:
        if remark.measure:
            return _page_of(remark.field, measures[remark.measure]) if remark.measure in measures else ""
        if remark.field in ("sections", "signers", "columns"):
            return f"{form}#{remark.field}"
        return f"{form}#div_id_{remark.field}" if remark.field else ""

    return [(remark.sentence, address(remark)) for remark in remarks]


def _page_of(field: str, measure: int) -> str:
    """Where what is said of a measure (by id) is mended."""
    if (number := period_of(field)) is not None:
        return reverse("result", args=[measure, number])
    return reverse("outcome" if field == "outcome" else "measure_edit", args=[measure])


def _nothing_new(content: Content, latest: Revision | None) -> list[Remark]:
    if latest is None or latest.stage != Stage.SIGNED or latest.content_sha256 != content.sha256():
        return []
    return [Remark(f"ฉบับที่ {latest.number} ลงนามครบแล้วและเนื้อหาไม่ได้เปลี่ยนแปลง จึงไม่ต้องเสนอลงนามอีก")]
