"""A form's act, done once however often the request comes."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from audit.actions import hold
from measures.models import Person, Receipt
from measures.models.receipt import FIELD

_REACHED = "reached_once"


def once(request: HttpRequest, act: Callable[[], tuple[str, str]]) -> HttpResponse:
    """Do ``act`` and go where it says, or, for a key already acted on, go there again without acting.

    ``act`` returns the address to go to and the sentence to show. It runs in one transaction with the
    receipt, so that a crash leaves both or neither; a second request with the same key waits for the
    first and gets the same answer. What ``act`` raises passes through, and no receipt is kept.

    A key stands for what was sent with it: who goes back to a page, types something else and sends it with
    the page's old key asks for another act.
    """
    person = request.user
    assert isinstance(person, Person)
    with transaction.atomic():
        hold(person.agency_id)  # before any row of the act's own, so that no two acts wait for each other
        key = _key(request, person)
        receipt = Receipt.objects.filter(key=key).first()
        if receipt is None:
            location, message = act()
            receipt = Receipt.objects.create(
                key=key, person=person, path=request.path[:500], location=location, message=message
            )
    setattr(request, _REACHED, True)
    return _answer(request, receipt)


def answered(request: HttpRequest) -> HttpResponse | None:
    """The answer that this very request got when it came before, or None.

    For a view that did not get as far as ``once`` because of the act itself: the thing is deleted, its name is taken.
    """
    if getattr(request, _REACHED, False):
        return None
    person = request.user
    assert isinstance(person, Person)
    receipt = Receipt.objects.filter(key=_key(request, person)).first()
    return _answer(request, receipt) if receipt else None


def _answer(request: HttpRequest, receipt: Receipt) -> HttpResponse:
    if receipt.message:
        messages.success(request, receipt.message)
    return redirect(receipt.location)


def _key(request: HttpRequest, person: Person) -> uuid.UUID:
    """The form's key, made the person's own, so that nobody can answer for another."""
    key = request.POST.get(FIELD) or uuid.uuid4()
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{person.pk} {request.path} {key} {_sent(request)}")


def _sent(request: HttpRequest) -> str:
    """A hash of what was sent, without the token, which changes when a person signs in again."""
    fields = [(name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"]
    files = [(name, [(f.name, f.size) for f in found]) for name, found in request.FILES.lists()]
    return hashlib.sha256(json.dumps([fields, files]).encode()).hexdigest()
