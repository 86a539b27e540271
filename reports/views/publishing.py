"""The officer's last steps: publish what all have signed, now or later, show where it stands, and take it back."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from measures.dates import moment_label, time_label
from measures.errors import Refused
from measures.views.guard import DeskRequest, desk, require
from measures.views.once import once
from reports.actions.publishing import (
    cancel_publishing,
    items_of,
    publish,
    schedule_publishing,
    withdraw,
)
from reports.actions.sealing import seal
from reports.choices import Kind, Stage
from reports.forms.publishing import PublishForm, WithdrawForm
from reports.models import Publication, Revision
from reports.permissions import ReportAccess
from reports.public.editions import Edition, Town
from reports.public.exposed import personal
from reports.queries import publications
from reports.views.desk import OFFICERS_ONLY
from reports.views.everyone import GUARDS
from reports.views.public import report_page
from reports.views.shown import state_of, summary
from reports.views.signing import revision_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def revision_publish(request: DeskRequest, revision_id: int) -> HttpResponseBase:
    """Show what everyone will see; then publish it, for good, or set the moment. Afterwards: where it stands."""
    found = revision_or_404(request, revision_id)
    require(request.access.is_officer, OFFICERS_ONLY)
    if request.method != "POST":
        if hasattr(found, "publication"):
            return _published(request, found)
        return _before_publishing(request, found, None)
    form = PublishForm(request.POST, must_check=bool(_personal(found)))
    # Once published its key answers first; who comes with another key is told so by the action.
    if not hasattr(found, "publication") and not form.is_valid():
        return _before_publishing(request, found, form, status=400)
    try:
        when = form.moment if form.is_valid() else None
        if when is None:
            # The sealed PDF is made outside the transaction.
            _refused_unless_signed(found)
            seal(found)
        return once(request, lambda: _act(request, found, when))
    except Refused as refusal:
        return _before_publishing(request, found, form, refused=str(refusal), status=409)


@require_POST
@desk
def revision_publish_cancel(request: DeskRequest, revision_id: int) -> HttpResponseBase:
    """Take back the moment that was set."""
    found = revision_or_404(request, revision_id)
    require(request.access.is_officer, OFFICERS_ONLY)

    def act() -> tuple[str, str]:
        cancel_publishing(revision=found, by=request.user, at=timezone.now())
        return reverse("revision_publish", args=[found.pk]), "ยกเลิกการตั้งเวลาเผยแพร่แล้ว รายงานยังไม่เผยแพร่"

    try:
        return once(request, act)
    except Refused as refusal:
        found = revision_or_404(request, revision_id)
        if hasattr(found, "publication"):
            return _published(request, found, refused=str(refusal), status=409)
        return _before_publishing(request, found, None, refused=str(refusal), status=409)


@require_safe
@desk
def revision_as_published(request: DeskRequest, revision_id: int) -> HttpResponse:
    """The public page of a revision before it is public, drawn by what draws the public page; the officer's alone."""
    found = revision_or_404(request, revision_id)
    require(request.access.is_officer, OFFICERS_ONLY)
    if found.stage != Stage.SIGNED or found.report.is_rehearsal:
        raise Http404
    edition = Edition(_publication(found, request))
    others = [Edition(p) for p in publications(edition.slug) if p.revision_id != found.pk]
    shown = report_page(Town([edition, *others]), edition)
    # The officer's own, whatever the public page's headers say of being kept.
    return HttpResponse(shown.body, headers={**GUARDS, "Cache-Control": "private, no-store"})


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def revision_withdraw(request: DeskRequest, revision_id: int) -> HttpResponseBase:
    """Ask for the reason, show what everyone will read, then take the publication back."""
    found = revision_or_404(request, revision_id)
    require(request.access.is_officer, OFFICERS_ONLY)
    if not hasattr(found, "publication"):
        raise Http404
    if request.method != "POST":
        if found.publication.withdrawn_at:
            return redirect("revision_publish", found.pk)
        return _withdraw_page(request, found, WithdrawForm())
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _withdraw_page(request, found, form, status=400)
    if "confirmed" not in request.POST:
        return _withdraw_page(request, found, form, reason=form.cleaned_data["reason"])

    def act() -> tuple[str, str]:
        at, reason = timezone.now(), form.cleaned_data["reason"]
        withdraw(publication=found.publication, reason=reason, by=request.user, at=at)
        said = f"ถอนการเผยแพร่แล้วเมื่อเวลา {time_label(at)} ที่อยู่เดิมแจ้งเหตุผลให้ผู้อ่านทราบแล้ว"
        return reverse("revision_publish", args=[found.pk]), said

    try:
        return once(request, act)
    except Refused as refusal:
        return _published(request, revision_or_404(request, revision_id), refused=str(refusal), status=409)


@require_safe
@desk
def revision_publish_test(request: DeskRequest, revision_id: int) -> HttpResponse:
    """Open the public addresses as somebody who is not signed in, within this server."""
    found = revision_or_404(request, revision_id)
    require(request.access.is_officer, OFFICERS_ONLY)
    if not hasattr(found, "publication"):
        raise Http404
    edition = Edition(found.publication)
    expected = {edition.year_url: 200, edition.url: 200}
    if edition.pdf_url:
        expected[edition.pdf_url] = 410 if edition.withdrawn else 200
    tested = [(settings.PUBLIC_URL + path, _opens(path, status)) for path, status in expected.items()]
    return _published(request, found, tested=tested, tested_at=timezone.now())


def _act(request: DeskRequest, found: Revision, when: datetime | None) -> tuple[str, str]:
    at = timezone.now()
    if when is not None:
        schedule_publishing(revision=found, when=when, by=request.user, at=at)
        said = f"ตั้งเวลาแล้ว ระบบจะเผยแพร่วันที่ {moment_label(when)} ก่อนหน้านั้นยกเลิกได้"
        return reverse("revision_publish", args=[found.pk]), said
    publish(revision=found, by=request.user, at=at)
    said = f"เผยแพร่แล้วเมื่อเวลา {time_label(at)} ที่อยู่ของรายงานจะคงอยู่ถาวร"
    if found.report.kind == Kind.ANNUAL:
        said += " ท่านคัดลอกไปกรอกในระบบ ITAS ได้"
    return reverse("revision_publish", args=[found.pk]), said


def _refused_unless_signed(found: Revision) -> None:
    if found.report.is_rehearsal:
        raise Refused("เอกสารนี้จัดทำขึ้นเพื่อซ้อมการลงนาม จึงเผยแพร่ไม่ได้")


def _publication(found: Revision, request: DeskRequest) -> Publication:
    """The row as it would be written now."""
    if hasattr(found, "publication"):
        return found.publication
    items = items_of(found.report.span)
    made = Publication(items=items, published_at=timezone.now(), published_by=request.user)
    made.revision = found
    return made


def _personal(found: Revision) -> list[Any]:
    return personal(found.read(), list(found.signoffs.all()))


def _before_publishing(
    request: DeskRequest, found: Revision, form: PublishForm | None, *, refused: str = "", status: int = 200
) -> HttpResponse:
    content = found.read()
    exposed = _personal(found)
    context = {
        "revision": found,
        "content": content,
        "summary": summary(found, content),
        "items": items_of(found.report.span),
        "public_evidence": [e for e in content.all_evidence if e.public],
        "signers": list(found.signoffs.all()),
        "personal": exposed,
        "form": form or PublishForm(must_check=bool(exposed)),
        "may_publish": ReportAccess(request.access, found).may_publish,
        "state": state_of(found),
        "refused": refused,
    }
    return render(request, "desk/reports/revision_publish.html", context, status=status)


def _published(
    request: DeskRequest, found: Revision, *, refused: str = "", status: int = 200, **more: object
) -> HttpResponse:
    edition = Edition(found.publication)
    context = {
        "revision": found,
        "publication": found.publication,
        "content": edition.content,
        "edition": edition,
        "addresses": {
            "year": settings.PUBLIC_URL + edition.year_url,
            "report": settings.PUBLIC_URL + edition.url,
            "pdf": settings.PUBLIC_URL + edition.pdf_url if edition.pdf_url else "",
        },
        "may_withdraw": ReportAccess(request.access, found).may_withdraw,
        "refused": refused,
        **more,
    }
    return render(request, "desk/reports/revision_published.html", context, status=status)


def _withdraw_page(
    request: DeskRequest, found: Revision, form: WithdrawForm, *, reason: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "revision": found,
        "edition": Edition(found.publication),
        "form": form,
        "reason": reason,
        "today": request.access.today,
    }
    return render(request, "desk/reports/revision_withdraw.html", context, status=status)


def _opens(path: str, expected: int) -> bool:
    """Whether the portal answers an address as expected to somebody without a cookie; asked past the network."""
    handler = BaseHandler()
    handler.load_middleware()
    scheme, _, host = settings.PUBLIC_URL.partition("://")
    name, _, port = host.partition(":")
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "SCRIPT_NAME": "", "SERVER_NAME": name,
        "SERVER_PORT": port or ("443" if scheme == "https" else "80"), "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": host, "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": scheme, "wsgi.input": BytesIO(), "wsgi.errors": BytesIO(),
    }  # fmt: skip
    answer = handler.get_response(WSGIRequest(environ))
    return answer.status_code == expected and not answer.cookies
