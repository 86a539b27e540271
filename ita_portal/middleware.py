"""What every request passes before a view sees it."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import ResolverMatch, resolve
from django.utils import timezone

NUL = "\x00"
SEEN = "seen_at"
SEEN_SECONDS = 10 * 60


def refuse_unreadable(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answer 400 to what no browser sends: a NUL in the path, the query or a cookie, or text that is not UTF-8.

    PostgreSQL cannot take the one, and the other is decoded by whatever codec the request names.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        nul = (
            NUL in request.path
            or "%00" in request.META.get("QUERY_STRING", "")
            or "\\000" in request.META.get("HTTP_COOKIE", "")
        )
        if nul or (request.encoding or "utf-8").lower() not in ("utf-8", "utf8"):
            return render(request, "400.html", status=400)
        return get_response(request)

    return middleware


def say_what_is_wrong(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Give the bare 405 of a view a page: who opens the address of a button is told where to go."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        answer = get_response(request)
        if isinstance(answer, HttpResponseNotAllowed) and not answer.content:
            answer.content = render_to_string("405.html").encode()
            answer.headers["Content-Length"] = str(len(answer.content))  # counted as 0 further in
        return answer

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


def note_last_seen(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Keep when a device was last used, to ten minutes: that is one more write then, and nothing in between."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        session = request.session
        if SESSION_KEY in session and time.time() - session.get(SEEN, 0) > SEEN_SECONDS:
            session[SEEN] = int(time.time())
            UserSession.objects.filter(session_key=session.session_key).update(last_seen_at=timezone.now())
        return get_response(request)

    return middleware
