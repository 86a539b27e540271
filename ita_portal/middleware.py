"""What every request passes before a view sees it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

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
