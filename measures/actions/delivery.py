"""Send what waits in the outbox, in the worker only: a server that is dead, slow or wrong delays and loses nothing."""

from __future__ import annotations

import hashlib
import logging
import time
from datetime import datetime
from email.charset import BASE64, Charset
from email.utils import formataddr, parseaddr
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from measures.choices import JobName, LetterState
from measures.mail_rules import (
    ASKED_AGAIN_AFTER,
    GIVEN_BACK_AFTER,
    PROBED_AFTER,
    Trouble,
    trouble_of,
    wait_after,
)
from measures.models import Job, Letter

log = logging.getLogger(__name__)

INTERRUPTED = "การส่งครั้งก่อนไม่จบ ระบบจะส่งใหม่ ผู้รับอาจได้รับจดหมายซ้ำ"
GIVEN_UP = "ลองส่งครบทุกครั้งแล้วยังไม่สำเร็จ: "
_LONGEST_SWEEP: Final = 30.0
"""Seconds: seals wait behind letters in the same worker."""

_PORTAL: Final = "พอร์ทัล ITA"


@task(priority=-10)  # a seal goes first
def deliver(pk: int) -> None:
    """Send one letter soon after it was written; what cannot be sent now is found by the sweep."""
    at = timezone.now()
    if not _is_down(at):
        send_letter(pk, at=at)


def sweep_letters(at: datetime) -> None:
    """Send every letter that is due. The worker's job of each minute.

    A server that does not work is asked with one letter a minute, so that a hundred of them do not wait ten seconds
    each; once it works again, all that waited for it go at once.
    """
    _give_back(at)
    if _is_down(at):
        return
    began = time.monotonic()
    due = Letter.objects.filter(state=LetterState.QUEUED, next_try_at__lte=at).exclude(address="")
    for pk in list(due.order_by("next_try_at", "pk").values_list("pk", flat=True)[:500]):
        trouble = send_letter(pk, at=at)
        if (trouble and trouble.is_server) or time.monotonic() - began > _LONGEST_SWEEP:
            return
    _probe(at)


def send_letter(pk: int, *, at: datetime) -> Trouble | None:
    """Try to send a letter that is due; what stood against it, None where it is sent or is another's to send.

    Whoever changes its state from waiting to sending sends it: of two workers one.
    """
    mine = Letter.objects.filter(pk=pk, state=LetterState.QUEUED, next_try_at__lte=at).exclude(address="")
    if not mine.update(state=LetterState.SENDING, claimed_at=at, attempts=F("attempts") + 1):
        return None
    letter = Letter.objects.select_related("agency").get(pk=pk)
    try:
        message_of(letter).send()
    except Exception as error:  # whatever it is, it is this letter's and stops no other
        trouble = trouble_of(error)
        log.warning("Letter %s was not sent: %r", pk, error)
        _keep_trouble(letter, trouble, at)
        return trouble
    _keep_sent(letter, at)
    return None


def message_of(letter: Letter) -> EmailMessage:
    """The mail. Its Message-ID stays the same however often the portal tries, so that a repetition is recognised."""
    agency = letter.agency
    _, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    message = EmailMessage(
        letter.subject,
        letter.body,
        from_email=formataddr((agency.name if agency else _PORTAL, sender)),
        to=[letter.address],
        reply_to=[agency.email] if agency and agency.email else None,
        headers={
            "Message-ID": message_id(letter),
            "Auto-Submitted": "auto-generated",
            "Content-Language": "th",
        },
    )
    # Not every server on the way carries eight bits.
    charset = Charset("utf-8")
    charset.body_encoding = BASE64
    message.encoding = charset
    return message


def message_id(letter: Letter) -> str:
    """ "<…@host>", from what the letter is about and how often somebody had it sent anew."""
    _, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    seed = f"{settings.PUBLIC_URL} {letter.pk} {letter.key} {letter.resent}"
    return f"<{hashlib.sha256(seed.encode()).hexdigest()[:40]}@{sender.rpartition('@')[2] or 'localhost'}>"


def _keep_sent(letter: Letter, at: datetime) -> None:
    # Its number of attempts is the claim's mark: who took it over meanwhile has raised it.
    mine = Letter.objects.filter(
        pk=letter.pk, attempts=letter.attempts, state__in=[LetterState.SENDING, LetterState.QUEUED]
    )
    mine.update(
        state=LetterState.SENT,
        sent_at=at,
        claimed_at=None,
        next_try_at=None,
        last_error="",
        body="" if letter.is_secret else letter.body,
    )
    _server_works(at)


def _keep_trouble(letter: Letter, trouble: Trouble, at: datetime) -> None:
    wait = None if trouble.is_final else wait_after(letter.attempts)
    mine = Letter.objects.filter(pk=letter.pk, attempts=letter.attempts, state=LetterState.SENDING)
    if wait is not None:
        mine.update(
            state=LetterState.QUEUED,
            claimed_at=None,
            next_try_at=at + wait,
            last_error=trouble.sentence,
        )
    else:
        mine.update(
            state=LetterState.FAILED,
            claimed_at=None,
            next_try_at=None,
            last_error=trouble.sentence if trouble.is_final else GIVEN_UP + trouble.sentence,
            body="" if letter.is_secret else letter.body,
        )
    if trouble.is_server:
        _server_fails(trouble, at)
    else:
        _server_works(at)


def _give_back(at: datetime) -> None:
    lost = Letter.objects.filter(state=LetterState.SENDING, claimed_at__lte=at - GIVEN_BACK_AFTER)
    lost.update(state=LetterState.QUEUED, claimed_at=None, next_try_at=at, last_error=INTERRUPTED)


def _is_down(at: datetime) -> bool:
    """Whether the server failed a moment ago."""
    # No moment after now: a clock that was put back must not keep letters until it is there again.
    a_moment_ago = (at - ASKED_AGAIN_AFTER, at + ASKED_AGAIN_AFTER)
    return Job.objects.filter(
        name=JobName.MAIL, failing_since__isnull=False, began_at__range=a_moment_ago
    ).exists()


def _probe(at: datetime) -> None:
    """Ask a server that failed whether it works again, though no letter is due."""
    failing = Job.objects.filter(
        name=JobName.MAIL, failing_since__isnull=False, began_at__lte=at - PROBED_AFTER
    )
    if not failing.exists():
        return
    try:
        connection = get_connection()
        connection.open()
        connection.close()
    except Exception as error:
        _server_fails(trouble_of(error), at)
    else:
        _server_works(at)


def _server_fails(trouble: Trouble, at: datetime) -> None:
    row = {"began_at": at, "error": trouble.sentence}
    _, is_new = Job.objects.get_or_create(name=JobName.MAIL, defaults={**row, "failing_since": at})
    if not is_new:
        Job.objects.filter(name=JobName.MAIL, failing_since__isnull=True).update(failing_since=at)
        Job.objects.filter(name=JobName.MAIL).update(**row)


@transaction.atomic
def _server_works(at: datetime) -> None:
    """Where it had failed: all that waited for it are due."""
    failed = Job.objects.filter(name=JobName.MAIL, failing_since__isnull=False)
    if failed.update(began_at=at, ended_at=at, failing_since=None, error=""):
        waiting = Letter.objects.filter(state=LetterState.QUEUED, next_try_at__gt=at, attempts__gt=0)
        waiting.update(next_try_at=at)
