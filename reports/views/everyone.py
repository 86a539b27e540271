"""What the answer to everyone has: no sign-in, no cookie, an entity tag, and headers stricter than the desk's."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header, parse_etags
from django.views.decorators.http import require_safe

from measures import storage
from reports.public_cache import Page

# Bytes of a report never change, but it can be withdrawn: a copy elsewhere is believed for a day.
FOR_A_DAY = "public, max-age=86400, immutable"
FOR_A_MOMENT = "public, max-age=10"
_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?![\d.]))")
# Stricter than the desk's: these pages run no script and send no form.
_POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
GUARDS = {"Content-Security-Policy": _POLICY, "X-Frame-Options": "SAMEORIGIN"}
_BLANK_LINES = re.compile(r"\n\s*\n")

View = Callable[..., HttpResponse]


def for_everyone(view: View) -> View:
    """Mark a view that is answered before sessions, cookies and sign-in are looked at (``middleware.public_first``)."""

    @wraps(view)
    def marked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return view(request, *args, **kwargs)

    marked = require_safe(marked)
    marked.for_everyone = True  # type: ignore[attr-defined]
    return marked


def page(template: str, *, path: str, status: int = 200, **context: object) -> Page:
    """A page of ``templates/public``, drawn; ``path`` is its permanent address."""
    html = render_to_string(f"public/{template}.html", {"canonical": settings.PUBLIC_URL + path, **context})
    return Page(_BLANK_LINES.sub("\n", html).encode(), status)


def answer(
    request: HttpRequest, page: Page, *, guards: dict[str, str] = GUARDS, caching: str = FOR_A_MOMENT
) -> HttpResponse:
    """The page, zipped for who takes that; 304 for who has it."""
    zipped = _GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", "")) is not None
    etag = f'"{page.etag}-gz"' if zipped else f'"{page.etag}"'
    headers = {"ETag": etag, "Cache-Control": caching, "Vary": "Accept-Encoding", **guards}
    if page.status == 200 and _knows(request, etag):
        return HttpResponseNotModified(headers=headers)
    if zipped:
        headers["Content-Encoding"] = "gzip"
    return HttpResponse(page.gzipped if zipped else page.body, status=page.status, headers=headers)


def answer_file(
    request: HttpRequest, sha256: str, kind: str, name: str, *, attach: bool, policy: dict[str, str]
) -> HttpResponse:
    """A kept file, whose entity tag is its hash."""
    headers = {"ETag": f'"{sha256}"', "Cache-Control": FOR_A_DAY, **policy}
    if _knows(request, headers["ETag"]):
        return HttpResponseNotModified(headers=headers)
    headers["Content-Disposition"] = content_disposition_header(attach, name) or "attachment"
    return HttpResponse(storage.read(sha256), content_type=kind, headers=headers)


def _knows(request: HttpRequest, etag: str) -> bool:
    given = request.META.get("HTTP_IF_NONE_MATCH", "")
    return bool(given) and any(tag.removeprefix("W/") in (etag, "*") for tag in parse_etags(given))
