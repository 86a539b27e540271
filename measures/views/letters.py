"""จดหมายออก: what the portal sends, and what becomes of it; held, changed and sent anew by an officer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from measures.actions import outbox
from measures.choices import LetterState
from measures.errors import Changed, Refused
from measures.forms.letters import LetterForm
from measures.models import Letter, Person
from measures.queries.letters import FILTERS, choices_of, failing_jobs, letters_of
from measures.views.guard import DeskRequest, agency_of, desk, require
from measures.views.once import once

ON_A_PAGE = 50
OFFICERS_ONLY = "หน้านี้เปิดให้เฉพาะนิติกรและผู้ดูแลระบบของหน่วยงาน หากท่านต้องใช้งาน กรุณาติดต่อผู้ดูแลระบบของหน่วยงาน"


@require_safe
@desk
def letters(request: DeskRequest) -> HttpResponse:
    """Every letter, newest first, or those in one state."""
    mine = _outbox(request)
    word = request.GET.get("state", "")
    _, condition = FILTERS.get(word, FILTERS[""])
    page = Paginator(mine.filter(condition), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "word": word if word in FILTERS else "",
        "choices": choices_of(mine),
        "jobs": failing_jobs(),
        "to_files": settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"),
    }
    return render(request, "desk/letters/letters.html", context)


@require_safe
@desk
def letter(request: DeskRequest, letter_id: int) -> HttpResponse:
    """One letter: what it says, where it is, and what can be done with it."""
    return _letter(request, _of_outbox(request, letter_id))


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def letter_edit(request: DeskRequest, letter_id: int) -> HttpResponseBase:
    """Change a letter that was not sent yet."""
    found = _of_outbox(request, letter_id)
    form = LetterForm(request.POST) if request.method == "POST" else LetterForm.of(found)
    sends = found.state != LetterState.HELD
    if request.method == "POST" and form.is_valid():

        def act() -> tuple[str, str]:
            saved = outbox.change_letter(
                letter=found,
                change=form.change(),
                version=form.cleaned_data["version"],
                send=sends,
                by=request.user,
                at=timezone.now(),
            )
            what = "บันทึกและส่งเข้าคิวแล้ว" if saved.next_try_at else "บันทึกแล้ว"
            return reverse("letter", args=[saved.pk]), what

        try:
            return once(request, act)
        except Changed as refusal:
            return _edit(request, _of_outbox(request, letter_id), form, str(refusal), is_newer=True)
        except Refused as refusal:
            return _letter(request, _of_outbox(request, letter_id), str(refusal), typed=form)
    if not found.may_be_changed:
        words = outbox.UNSEEN if found.is_secret else f"จดหมายฉบับนี้{found.state_words} จึงแก้ไขไม่ได้"
        return _letter(request, found, words)
    return _edit(request, found, form)


@require_POST
@desk
def letter_hold(request: DeskRequest, letter_id: int) -> HttpResponseBase:
    """Keep a letter from being sent."""
    return _act(request, letter_id, outbox.hold_letter, "พักจดหมายไว้แล้ว ระบบจะไม่ส่งจนกว่าท่านจะสั่งส่งต่อ")


@require_POST
@desk
def letter_release(request: DeskRequest, letter_id: int) -> HttpResponseBase:
    """Let a held letter go."""
    return _act(request, letter_id, outbox.release_letter, "ส่งจดหมายเข้าคิวแล้ว")


@require_POST
@desk
def letter_resend(request: DeskRequest, letter_id: int) -> HttpResponseBase:
    """Send a letter anew."""
    return _act(request, letter_id, outbox.resend_letter, "ส่งจดหมายเข้าคิวใหม่แล้ว")


def _act(request: DeskRequest, letter_id: int, act: Callable[..., Letter], done: str) -> HttpResponseBase:
    found = _of_outbox(request, letter_id)

    def run() -> tuple[str, str]:
        now: datetime = timezone.now()
        person: Person = request.user
        act(letter=found, by=person, at=now)
        return reverse("letter", args=[found.pk]), done

    try:
        return once(request, run)
    except Refused as refusal:
        return _letter(request, _of_outbox(request, letter_id), str(refusal))


def _outbox(request: DeskRequest) -> QuerySet[Letter]:
    """The letters this person answers for: the agency's, or the portal's own."""
    if request.access.is_portal_administrator and request.user.agency is None:
        return letters_of(None)
    require(request.access.may_handle_letters, OFFICERS_ONLY)
    return letters_of(agency_of(request))


def _of_outbox(request: DeskRequest, letter_id: int) -> Letter:
    return get_object_or_404(_outbox(request), pk=letter_id)


def _letter(
    request: DeskRequest, found: Letter, refusal: str = "", typed: LetterForm | None = None
) -> HttpResponse:
    context = {"letter": found, "refusal": refusal, "typed": typed}
    return render(request, "desk/letters/letter.html", context, status=409 if refusal else 200)


def _edit(
    request: DeskRequest, found: Letter, form: LetterForm, refusal: str = "", *, is_newer: bool = False
) -> HttpResponse:
    if is_newer:  # saved again, it is meant to replace what is shown beside it
        form = LetterForm({**request.POST.dict(), "version": found.version})
    context = {"letter": found, "form": form, "refusal": refusal, "is_newer": is_newer}
    return render(request, "desk/letters/letter_edit.html", context, status=409 if refusal else 200)
