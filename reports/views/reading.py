"""The document itself on a screen: every page as it was presented, drawn so that a phone can enlarge it."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from measures.views.guard import DeskRequest, desk
from reports.actions.sending import draw, emblem_of, mark_of
from reports.content import Content
from reports.document.fonts import Unprintable
from reports.document.screen import pages_of
from reports.models import Revision
from reports.views.signing import revision_or_404

ZOOMS = {"1": "พอดีจอ", "3": "2 เท่า", "4": "3 เท่า"}
"""Steps of the style sheet (preview.css), and what they are called."""


@require_safe
@desk
def revision_pages(request: DeskRequest, revision_id: int) -> HttpResponse:
    """The pages of the presented document, enlarged by ``?zoom=``, one of :data:`ZOOMS`.

    They are drawn anew from what was frozen, and only where that gives the very PDF that was presented; else (the
    program or its address is another since) the page leads to the PDF and shows nothing that nobody signed.
    """
    found = revision_or_404(request, revision_id)
    content = found.read()
    is_same = _draws_what_was_presented(found.pk, found.presented_sha256)
    zoom = request.GET.get("zoom", "1")
    shown = pages_of(content, emblem_url=_emblem(content), mark=mark_of(found.code)) if is_same else []
    context = {
        "revision": found,
        "content": content,
        "shown": shown,
        "count": sum(len(part.pages) for part in shown),
        "zooms": ZOOMS.items(),
        "zoom": zoom if zoom in ZOOMS else "1",
    }
    return render(request, "desk/signing/pages.html", context)


@lru_cache(maxsize=512)
def _draws_what_was_presented(pk: int, presented_sha256: str) -> bool:
    """Whether this program makes of the frozen content the bytes that were presented; asked once a process."""
    revision = Revision.objects.get(pk=pk)
    try:
        pdf = draw(revision.read(), code=revision.code)
    except Unprintable:
        return False
    return hashlib.sha256(pdf).hexdigest() == presented_sha256


def _emblem(content: Content) -> str:
    """The emblem that was frozen, which need not be the agency's of today."""
    emblem = emblem_of(content)
    return f"data:image/png;base64,{base64.b64encode(emblem).decode()}" if emblem else ""
