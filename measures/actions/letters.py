"""Put letters into the outbox, in the transaction of the act they tell of; the worker sends them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from measures.actions.delivery import deliver
from measures.actions.later import later
from measures.choices import LetterKind, LetterState
from measures.letter_text import Words, body_of, contact_of, line_of, shortened
from measures.models import Agency, Letter, Person

__all__ = ["Words", "post", "set_aside"]


def post(
    *,
    kind: LetterKind,
    key: str,
    to: Person | None,
    words: Words,
    agency: Agency | None,
    at: datetime,
    address: str = "",
    is_secret: bool = False,
) -> Letter | None:
    """Keep a letter to be sent; None where one of the same ``key`` is kept already.

    To ``address``, else to the person's own; somebody without one gets a letter all the same, which the officer sees
    and hands over by LINE. Greeting, closing and the link are put around the words here, so that all letters agree.
    A secret one without an address is never sent, and so its text is not kept either.
    """
    address = address or (to.email if to else "")
    url = settings.PUBLIC_URL + words.path
    letter = Letter(
        key=f"{key}:{to.pk if to else address}",
        agency=agency,
        kind=kind,
        person=to,
        address=address,
        subject=shortened(words.subject),
        body=_body(words, to, url, agency) if address or not is_secret else "",
        line_text="" if is_secret else line_of(words, url),
        path="" if is_secret else words.path,
        is_secret=is_secret,
        written_at=at,
        next_try_at=at if address else None,
    )
    try:
        with transaction.atomic():
            letter.save(force_insert=True)
    except IntegrityError:
        if Letter.objects.filter(key=letter.key).exists():
            return None
        raise
    if address:
        later(deliver, letter.pk)
    return letter


def set_aside(*, kinds: Sequence[LetterKind], keys_begin: str, why: str) -> int:
    """Hold unsent letters of these ``kinds`` that nobody needs any more, saying ``why``; how many there were."""
    unsent = Letter.objects.filter(kind__in=kinds, key__startswith=keys_begin, state=LetterState.QUEUED)
    return unsent.update(state=LetterState.HELD, next_try_at=None, last_error=why)


def _body(words: Words, to: Person | None, url: str, agency: Agency | None) -> str:
    sender, contact = "", ""
    if agency:
        sender, contact = agency.name, contact_of(phone=agency.phone, email=agency.email)
    return body_of(
        words, name=to.full_name if to else "", url=url if words.path else "", sender=sender, contact=contact
    )
