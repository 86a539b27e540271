"""An executive's pages: what waits for them, one revision to read, and the decision on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from measures import storage
from measures.choices import Acting
from measures.dates import long_date, moment_label
from measures.errors import Changed, Refused
from measures.models import Appointment
from measures.views.guard import DeskRequest, agency_of, desk, require
from reports.actions.agreeing import capacity
from reports.actions.deciding import Proof, acting_order, acting_title
from reports.actions.proving import NotProven, Purpose
from reports.actions.reading import note_opening
from reports.actions.signing import Question, endorse, question, return_revision
from reports.choices import Decision, Stage
from reports.compose.changes import Change, changes
from reports.compose.places import WHOLE, spots
from reports.exports import OFFERED, TWINS
from reports.forms.signing import NONE, OWN, EndorseForm, ReturnForm
from reports.models import Revision, SignOff
from reports.permissions import ReportAccess
from reports.public.editions import Edition
from reports.queries import appointments_on, favourite_words, revisions_with_chain, waiting_for
from reports.views.proving import Proving
from reports.views.shown import (
    changed_since,
    groups,
    short_hash,
    since,
    state_of,
    stops,
    summary,
    waited,
    words_of,
)

EDIT = "edit"
"""The step back from the sentence to the page where it is chosen."""
NO_PLACE = "หน้านี้เปิดให้เฉพาะผู้มีลำดับลงนามในเรื่องนี้และนิติกรของหน่วยงาน"


@require_safe
@desk
def inbox(request: DeskRequest) -> HttpResponse:
    """What waits for the positions this person holds or acts for today."""
    agency_of(request)
    waiting = waiting_for(request.access.appointments).prefetch_related(
        "revision__signoffs", "revision__report__revisions__signoffs"
    )
    now = timezone.now()
    items = [_item(request, place, now) for place in waiting]
    return render(request, "desk/signing/inbox.html", {"items": items})


def _item(request: DeskRequest, place: SignOff, now: datetime) -> dict[str, Any]:
    content = place.revision.read()
    signoffs = list(place.revision.signoffs.all())
    return {
        "place": place,
        "revision": place.revision,
        "content": content,
        "author": signoffs[0],
        "before": [s for s in signoffs if s.decision == Decision.ENDORSED],
        "waited": waited(place.waiting_since, now),
        "changed": changed_since(place.revision, content, request.user, place),
    }


@require_safe
@desk
def revision(request: DeskRequest, revision_id: int) -> HttpResponse:
    """Read a revision, follow its chain, and decide on it when the turn has come."""
    found = revision_or_404(request, revision_id)
    access = ReportAccess(request.access, found)
    form = _endorse_form(request, found, access) if access.may_sign else None
    if access.turn and access.may_sign and not access.turn.opened_at and request.method == "GET":
        note_opening(place=access.turn, by=request.user, at=timezone.now())
    return _show(request, found, access, form)


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def revision_endorse(request: DeskRequest, revision_id: int) -> HttpResponseBase:
    """Sign for the position whose turn it is: first the sentence that is agreed to, then, with a proof, it is done.

    A phone that lost the page asks for its address alone: it gets the document again.
    """
    found = revision_or_404(request, revision_id)
    access = ReportAccess(request.access, found)
    require(access.has_place, NO_PLACE)
    if request.method != "POST":
        return redirect("revision", found.pk)
    form = _endorse_form(request, found, access, request.POST)
    if not form.is_valid() and access.may_sign:
        return _show(request, found, access, form, status=400)
    if request.POST.get("step") == EDIT:
        return _show(request, found, access, form)
    words = form.words if form.is_valid() else ""
    return _decide(request, found, form, Decision.ENDORSED, words, ())


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def revision_return(request: DeskRequest, revision_id: int) -> HttpResponseBase:
    """Send the revision back with a reason: first the sentence that is agreed to, then, with a proof, the return."""
    found = revision_or_404(request, revision_id)
    access = ReportAccess(request.access, found)
    require(access.has_place, NO_PLACE)
    places = spots(found.read())
    if request.method != "POST":
        if not access.may_return:
            return redirect("revision", found.pk)
        asked = {**_seen(found), "places": request.GET.getlist("place")}
        return _return_page(request, found, ReturnForm(initial=asked, spots=places))
    form = ReturnForm(request.POST, spots=places)
    if request.POST.get("step") == EDIT or (not form.is_valid() and access.may_return):
        return _return_page(request, found, form, status=200 if form.is_valid() else 400)
    given = form.cleaned_data
    return _decide(
        request, found, form, Decision.RETURNED, given.get("reason", "-"), given.get("places", [WHOLE])
    )


@require_safe
@desk
def revision_receipt(request: DeskRequest, revision_id: int) -> HttpResponseBase:
    """What this person decided on a revision, and what waits for them next."""
    found = revision_or_404(request, revision_id)
    mine = [s for s in found.signoffs.all() if s.person_id == request.user.pk and s.order and s.decision]
    if not mine:
        return redirect("revision", found.pk)
    waiting = waiting_for(request.access.appointments).exclude(revision=found)
    context = {
        "revision": found,
        "content": found.read(),
        "signoff": mine[-1],
        "short_hash": short_hash(mine[-1].hash),
        "state": state_of(found),
        "goes_on": _next_after(found),
        "next": waiting.first(),
        "waiting": waiting.count(),
    }
    return render(request, "desk/signing/receipt.html", context)


def _decide(
    request: DeskRequest,
    found: Revision,
    form: EndorseForm | ReturnForm,
    decision: Decision,
    words: str,
    places: Sequence[str],
) -> HttpResponseBase:
    """Ask for the proof of this very decision, or, where it is given, decide."""
    seen, turn = form.cleaned_data.get("seen_sha256", ""), form.cleaned_data.get("turn")
    try:
        asked = question(
            revision=found,
            decision=decision,
            words=words,
            seen_sha256=seen,
            by=request.user,
            at=timezone.now(),
            turn=turn,
            places=places,
            right=ReportAccess(request.access, found).appointment,
        )
        purpose = Purpose(found.seen_sha256, asked.place.order, str(decision), asked.words, asked.agreed)
        proving = Proving(request, purpose, about=found)
        if not proving.is_given:
            return _confirm(request, found, form, asked, proving)
        try:
            return proving.once(lambda proof: _act(request, found, asked, decision, places, proof))
        except NotProven:
            return _confirm(request, found, form, asked, proving, status=400)
    except Refused as refusal:
        return _refused(request, found, refusal)


def _act(
    request: DeskRequest,
    found: Revision,
    asked: Question,
    decision: Decision,
    places: Sequence[str],
    proof: Proof,
) -> tuple[str, str]:
    at = timezone.now()
    receipt = reverse("revision_receipt", args=[found.pk])
    if decision is Decision.RETURNED:
        return_revision(
            revision=found,
            reason=asked.words,
            places=places,
            seen_sha256=found.seen_sha256,
            by=request.user,
            at=at,
            turn=asked.place.order,
            proof=proof,
            agreed=asked.agreed,
        )
        return receipt, "ส่งกลับแก้ไขแล้ว ผู้จัดทำและผู้ที่ลงนามก่อนหน้าจะได้รับแจ้งเหตุผลของท่าน"
    signed = endorse(
        revision=found,
        words=asked.words,
        seen_sha256=found.seen_sha256,
        by=request.user,
        at=at,
        turn=asked.place.order,
        proof=proof,
        agreed=asked.agreed,
    )
    return receipt, f"ลงนามแล้วเมื่อวันที่ {moment_label(at)} {_next_after(signed.revision)}"


def _confirm(
    request: DeskRequest,
    found: Revision,
    form: EndorseForm | ReturnForm,
    asked: Question,
    proving: Proving,
    *,
    status: int = 200,
) -> HttpResponse:
    """The page on which one signs: what is agreed to, how it will be printed, and the proof."""
    returning = isinstance(form, ReturnForm)
    appointment = ReportAccess(request.access, found).appointment
    context = {
        "revision": found,
        "subject": found.read().memorandum.subject,
        "place": asked.place,
        "words": asked.words,
        "spots": asked.spots,
        "proving": proving,
        "returning": returning,
        "action": reverse("revision_return" if returning else "revision_endorse", args=[found.pk]),
        "carried": _carried(request, form),
        "again": [s for s in found.signoffs.all() if s.decision == Decision.ENDORSED] if returning else [],
        "acting": acting_title(appointment) if appointment else "",
        "acting_order": acting_order(appointment) if appointment else "",
        "today": request.access.today,
    }
    return render(request, "desk/signing/confirm.html", context, status=status)


def _carried(request: DeskRequest, form: EndorseForm | ReturnForm) -> list[tuple[str, str]]:
    """What was chosen and typed before, to be sent along with the proof."""
    return [(name, value) for name in form.fields for value in request.POST.getlist(name)]


@require_safe
@desk
def revision_presented(request: DeskRequest, revision_id: int) -> HttpResponseBase:
    """The PDF that was presented for signing."""
    found = revision_or_404(request, revision_id)
    return _file(found.presented_sha256, f"presented-{found.pk}.pdf")


@require_safe
@desk
def revision_sealed(request: DeskRequest, revision_id: int) -> HttpResponseBase:
    """The PDF with everybody's endorsement."""
    found = revision_or_404(request, revision_id)
    if not found.sealed_sha256:
        raise Http404
    return _file(found.sealed_sha256, f"sealed-{found.pk}.pdf")


def revision_or_404(request: DeskRequest, revision_id: int) -> Revision:
    """A revision of the person's agency that they may read; 404 of another agency, 403 without a place in it."""
    mine = revisions_with_chain().filter(report__plan__agency=agency_of(request))
    found = get_object_or_404(mine, pk=revision_id)
    if not ReportAccess(request.access, found).may_read:
        raise PermissionDenied(_expired(request, found) or NO_PLACE)
    return found


def _expired(request: DeskRequest, found: Revision) -> str:
    """The sentence for somebody whose order to act for a position of this chain has ended."""
    positions = {signoff.position_id for signoff in found.signoffs.all()}
    last = (
        Appointment.objects.filter(person=request.user, position__in=positions, ends__lt=request.access.today)
        .exclude(kind=Acting.HOLDER)
        .order_by("-ends")
        .first()
    )
    if last is None or last.ends is None:
        return ""
    return (
        f"คำสั่งรักษาราชการแทนสิ้นสุดเมื่อวันที่ {long_date(last.ends)} จึงลงนามในตำแหน่งนี้ไม่ได้ กรุณาแจ้งนิติกรให้บันทึกคำสั่งฉบับใหม่"
    )


def _seen(found: Revision) -> dict[str, Any]:
    return {"seen_sha256": found.seen_sha256, "turn": found.turn}


def _endorse_form(
    request: DeskRequest, found: Revision, access: ReportAccess, data: QueryDict | None = None
) -> EndorseForm:
    places = found.signoffs.all()
    return EndorseForm(
        data,
        initial=_seen(found),
        place=access.turn or places[0],
        favourites=favourite_words(request.user) if access.may_sign and _may_be_favourite(data) else (),
        is_last=bool(access.turn) and access.turn == places[len(places) - 1],
    )


def _may_be_favourite(data: QueryDict | None) -> bool:
    return data is None or data.get("choice") not in (NONE, OWN)


def _show(
    request: DeskRequest,
    found: Revision,
    access: ReportAccess,
    form: EndorseForm | None,
    *,
    status: int = 200,
) -> HttpResponse:
    content = found.read()
    filling = appointments_on(request.access.today, (s.position_id for s in found.signoffs.all()))
    compared = since(found, content, request.user, access.turn if access.may_sign else None)
    context = {
        "revision": found,
        "content": content,
        "access_to_report": access,
        "summary": summary(found, content),
        "groups": groups(found, content),
        "stops": stops(found, filling, access.appointment),
        "state": state_of(found),
        "returned": _returned(found),
        "since": compared,
        "today": request.access.today,
        "newer": _newer(found),
        "form": form,
        "place": access.turn,
        "capacity": capacity(access.turn, access.appointment) if access.turn and access.appointment else "",
        "proposal": content.memorandum.closing.removeprefix("จึงเรียนมา"),
        "public": _public(found),
        "twins": [(TWINS[e].label, reverse("revision_twin", args=[found.pk, e])) for e in OFFERED],
    }
    return render(request, "desk/signing/revision.html", context, status=status)


def _returned(found: Revision) -> Any:
    return next((s for s in found.signoffs.all() if s.decision == Decision.RETURNED), None)


def _newer(found: Revision) -> Revision | None:
    return found.report.revisions.filter(number__gt=found.number).order_by("-number").first()


def _public(found: Revision) -> dict[str, str]:
    """The permanent addresses to be entered in the assessment, empty before publishing."""
    if not hasattr(found, "publication"):
        return {}
    edition = Edition(found.publication)
    return {"year": settings.PUBLIC_URL + edition.year_url, "report": settings.PUBLIC_URL + edition.url}


def _next_after(found: Revision) -> str:
    if found.stage == Stage.SIGNED:
        follows = "การซ้อมสิ้นสุด" if found.report.is_rehearsal else "นิติกรจะเผยแพร่ต่อไป"
        return f"ลงนามครบทุกตำแหน่งแล้ว {follows}"
    place = next(s for s in found.signoffs.all() if s.order == found.turn)
    return f"ลำดับถัดไป: {place.position_title}"


def _refused(request: DeskRequest, found: Revision, refusal: Refused) -> HttpResponse:
    newer = _newer(found)
    context = {
        "revision": found,
        "newer": newer,
        "sentence": str(refusal),
        "changes": _changes_since(found, newer) if isinstance(refusal, Changed) else [],
        "typed": request.POST.get("own_words", "") or request.POST.get("reason", ""),
    }
    return render(request, "desk/signing/refused.html", context, status=409)


def _changes_since(found: Revision, newer: Revision | None) -> list[Change]:
    return changes(found.read(), newer.read(), words_of) if newer else []


def _return_page(
    request: DeskRequest, found: Revision, form: ReturnForm, *, status: int = 200
) -> HttpResponse:
    content = found.read()
    again = [s for s in found.signoffs.all() if s.decision == Decision.ENDORSED]
    context = {"revision": found, "content": content, "form": form, "again": again}
    return render(request, "desk/signing/revision_return.html", context, status=status)


def _file(sha256: str, name: str) -> HttpResponseBase:
    """A kept PDF, shown in the browser. It never changes, but who may read it does: nothing keeps a copy."""
    # Read whole and compared with its hash: an altered file is never shown to somebody who will sign it.
    response = HttpResponse(storage.read(sha256), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
