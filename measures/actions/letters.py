"""Put letters into the outbox, in the transaction of the act they tell of; the worker sends them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from measures.choices import LetterKind
from measures.models import Agency, Letter, Person


@dataclass(frozen=True)
class Words:
    """What a letter says: its subject, its text (a paragraph a line), the same in two lines for LINE, and its address.

    ``path`` is an address of the portal ("/desk/revisions/7/"), put below the text and the lines under ``PUBLIC_URL``.
    """

    subject: str
    text: str
    line: tuple[str, str]
    path: str = ""


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
    and hands over by LINE.
    """
    url = settings.PUBLIC_URL + words.path if words.path else ""
    letter, is_new = Letter.objects.get_or_create(
        key=f"{key}:{to.pk if to else address}",
        defaults={
            "agency": agency,
            "kind": kind,
            "person": to,
            "address": address or (to.email if to else ""),
            "subject": words.subject,
            "body": f"{words.text}\n\n{url}".strip(),
            "line_text": "\n".join(filter(None, (*words.line, url))),
            "path": words.path,
            "is_secret": is_secret,
            "written_at": at,
            "next_try_at": at,
        },
    )
    return letter if is_new else None
