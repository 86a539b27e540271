"""Verify a document: its code typed or scanned, or the hash of a file that the browser computed without sending it."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.urls import reverse

from reports.codes import read_code, shown
from reports.exports import TWINS
from reports.models import Revision
from reports.public.report import contact_of
from reports.public.standing import Document, document, places, seal_words, verdict
from reports.queries import revision_of_code, revisions_of_file, signed_siblings
from reports.views.everyone import FOR_A_MOMENT, answer, for_everyone, page

_HASH = re.compile(r"[0-9a-f]{64}")
# One script, which may connect to nowhere: the browser itself keeps a dropped file from being sent.
GUARDS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
        "connect-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
    ),
    "X-Frame-Options": "SAMEORIGIN",
    "X-Robots-Tag": "noindex",
}
# What a browser has typed or hashed of somebody's file stays out of shared memories.
_PRIVATE = "private, max-age=10"


@for_everyone
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for a code or a file; answer for a hash, and send a typed code to its address."""
    if typed := request.GET.get("code", "").strip():
        code = read_code(typed)
        return redirect("verify_code", shown(code)) if code else _unknown(request, typed=typed)
    if given := request.GET.get("sha256", "").strip():
        return _answer_for_file(request, given)
    return _answer(request, "verify", 200)


@for_everyone
def verify_scanned(request: HttpRequest, typed: str) -> HttpResponse:
    """The address printed in the code on paper; it leads to the code's page, whatever that says."""
    code = read_code(typed)
    if code is None:
        return _unknown(request, typed=typed)
    return HttpResponsePermanentRedirect(reverse("verify_code", args=[shown(code)]))


@for_everyone
def verify_code(request: HttpRequest, typed: str) -> HttpResponse:
    """What the document with this code is worth today."""
    code = read_code(typed)
    if code is not None and typed != shown(code):
        return HttpResponsePermanentRedirect(reverse("verify_code", args=[shown(code)]))
    revision = revision_of_code(code) if code else None
    if revision is None:
        return _unknown(request, typed=typed)
    return _document(request, document(revision, signed_siblings(revision)))


def _answer_for_file(request: HttpRequest, given: str) -> HttpResponse:
    sha256 = re.sub(r"\s", "", given).lower()
    if not _HASH.fullmatch(sha256):
        return _answer(request, "verify", 404, hash_typed=given[:200], unreadable=True, private=True)
    revision = revisions_of_file(sha256, TWINS).first()
    if revision is None:
        return _answer(request, "verify", 404, hash_typed=sha256, no_file=True, private=True)
    return _document(request, _known(revision, sha256), sha256=sha256)


def _known(revision: Revision, sha256: str) -> Document:
    formats = {ending: twin.label for ending, twin in TWINS.items()}
    return document(revision, signed_siblings(revision), sha256=sha256, formats=formats)


def _unknown(request: HttpRequest, *, typed: str) -> HttpResponse:
    """One page for every code that is none of ours, mistyped or made up."""
    return _answer(request, "verify", 404, typed=typed[:60], no_code=True, private=True)


def _document(request: HttpRequest, found: Document, *, sha256: str = "") -> HttpResponse:
    revision: Revision = found.revision
    content = revision.read()
    seal, about_seal = seal_words(revision)
    return _answer(
        request,
        "verified",
        200,
        private=bool(sha256),
        found=found,
        revision=revision,
        verdict=verdict(found),
        places=places(found),
        memo=content.memorandum,
        agency=content.agency,
        contact=contact_of(content.agency),
        town={"agency": content.agency},
        round=revision.report.span.full_label,
        seal=seal,
        about_seal=about_seal,
        sha256=sha256,
    )


def _answer(
    request: HttpRequest, template: str, status: int, *, private: bool = False, **context: object
) -> HttpResponse:
    """Drawn anew for each request: the signatures are computed again each time, and that is cheap."""
    made = page(template, path=request.path_info, status=status, **context)
    return answer(request, made, guards=GUARDS, caching=_PRIVATE if private else FOR_A_MOMENT)
