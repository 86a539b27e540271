"""A form's act, done once however often the request comes."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from measures.models import Person, Receipt
from measures.models.receipt import FIELD


def once(request: HttpRequest, act: Callable[[], tuple[str, str]]) -> HttpResponse:
    """Do ``act`` and go where it says, or, for a key already acted on, go there again without acting.

    ``act`` returns the address to go to and the sentence to show. It runs in one transaction with the
    receipt, so that a crash leaves both or neither; a second request with the same key waits for the
    first and gets the same answer. What ``act`` raises passes through, and no receipt is kept.
    """
    person = request.user
    assert isinstance(person, Person)
    with transaction.atomic():
        receipt, new = Receipt.objects.get_or_create(
            key=_key(request, person), defaults={"person": person, "path": request.path[:500], "location": ""}
        )
        if new:
            receipt.location, receipt.message = act()
            receipt.save(update_fields=["location", "message"])
    if receipt.message:
        messages.success(request, receipt.message)
    return redirect(receipt.location)


def _key(request: HttpRequest, person: Person) -> uuid.UUID:
    """The form's key, made the person's own, so that nobody can answer for another."""
    return uuid.uuid5(
        uuid.NAMESPACE_URL, f"{person.pk} {request.path} {request.POST.get(FIELD) or uuid.uuid4()}"
    )
