"""What a person typed, shown again where it could not be taken: the session had ended, or the form was too old."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render

from measures.models.receipt import FIELD

LABELS = {
    "own_words": "ความเห็น",
    "body": "ผลการดำเนินการ",
    "nil_reason": "เหตุผลที่ไม่มีการดำเนินการ",
    "return_reason": "เหตุผลที่ส่งกลับ",
    "percent": "ร้อยละความก้าวหน้า",
    "title": "ชื่อ",
    "url": "ที่อยู่เว็บ",
    "url_title": "ชื่อหลักฐาน",
    "words": "ความเห็น",
    "reason": "เหตุผล",
    "subject": "เรื่อง",
    "name": "ชื่อ",
}
_LEFT_OUT = ("csrfmiddlewaretoken", "secret", "totp", "credential", "nonce")
_UNSEEN = (
    FIELD,
    "version",
    "act",
    "seen_sha256",
    "agreed_sha256",
    "content_sha256",
    "places",
    "choice",
    "step",
)


@dataclass(frozen=True)
class Typed:
    """One value of a form: shown where a person typed it, only carried along where the page put it there."""

    name: str
    value: str
    label: str

    @property
    def is_shown(self) -> bool:
        """Ticks, choices and keys are carried along; a person wants to see their words."""
        return bool(self.label) or len(self.value) > 12

    @property
    def rows(self) -> int:
        """How tall the field has to be."""
        return min(14, 1 + self.value.count("\n") + len(self.value) // 90)


def typed_in(request: HttpRequest) -> list[Typed]:
    """Every value of the form that came, without its token; nothing where it holds a password or cannot be read."""
    try:
        posted = list(request.POST.lists())
        if any("password" in name for name, _ in posted):
            return []
        return [
            Typed(name, value, LABELS.get(name, ""))
            for name, values in posted
            if name not in _LEFT_OUT
            for value in values
        ]
    except (RequestDataTooBig, MultiPartParserError, SuspiciousOperation, OSError):
        return []


def signed_out(request: HttpRequest) -> HttpResponse:
    """401: the session had ended; the page keeps what was typed, and sends it again after signing in."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401)  # nothing to swap in: the page that asked keeps its text
    context = {**_context(request), "may_resend": True}
    return render(request, "desk/signed_out.html", context, status=401)


def factor_first(request: HttpRequest) -> HttpResponse:
    """403: the person's role asks for a second factor; the page keeps what was typed, and sends it again afterwards."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=403)  # as above
    context = {**_context(request), "may_resend": True}
    return render(request, "desk/factor_first.html", context, status=403)


def not_taken(request: HttpRequest) -> HttpResponse:
    """403: the form's token was missing or old. The text is shown again.

    It can be sent with a button only where the browser vouches that this site's own page sent it; what
    another site sent is never put into a form that would go out in the person's name.
    """
    context = {**_context(request), "may_resend": _came_from_here(request)}
    return render(request, "403_csrf.html", context, status=403)


def _context(request: HttpRequest) -> dict[str, object]:
    typed = typed_in(request)
    return {
        "shown": [one for one in typed if one.is_shown and one.name not in _UNSEEN and one.value],
        "carried": [one for one in typed if not one.is_shown or one.name in _UNSEEN or not one.value],
        "has_files": bool(typed) and bool(request.FILES),
        "resend_to": request.get_full_path(),
    }


def _came_from_here(request: HttpRequest) -> bool:
    origin = urlsplit(request.headers.get("Origin", ""))
    return (origin.scheme, origin.netloc) == (request.scheme, request.get_host())
