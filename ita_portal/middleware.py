"""What every request passes before a view sees it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import ResolverMatch, resolve

NUL = "\x00"


def refuse_nul(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answer 400 to a NUL in the path or the query: PostgreSQL cannot take one, and nobody types one."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if NUL in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return render(request, "400.html", status=400)
        return get_response(request)

    return middleware


def public_first(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answer public pages at once: what stands behind this (sessions, cookies, sign-in) has no say in them.

    What such a page cannot answer goes the way of every other unknown address, so that nobody can tell the two apart.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        match = _public_match(request.path_info)
        if match is not None:
            request.resolver_match = match
            with suppress(Http404):
                answer: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
                return answer
        return get_response(request)

    return middleware


@lru_cache(maxsize=4096)
def _public_match(path: str) -> ResolverMatch | None:
    """The public view at an address, or None. Remembered: looking it up costs as much as asking the database."""
    with suppress(Http404):
        match = resolve(path)
        if getattr(match.func, "for_everyone", False):
            return match
    return None
