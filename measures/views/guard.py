"""What stands before every view of the desk: who is asking, for which agency, and the trail of refusals."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from audit.actions import record
from measures.fiscal import bangkok_date
from measures.models import Agency, Person
from measures.permissions import Access
from measures.views.once import answered
from measures.views.typed import factor_first, signed_out

P = ParamSpec("P")
View = Callable[Concatenate["DeskRequest", P], HttpResponseBase]


class DeskRequest(HttpRequest):
    """A request of a signed-in person; ``access`` answers what they may do."""

    user: Person
    access: Access


def desk(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let signed-in people in; write every refusal of what they asked for to the trail.

    Others are asked to sign in; what they sent with a session that had ended is shown again, to be sent once more.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        person = request.user
        if not isinstance(person, Person):
            return (
                signed_out(request)
                if request.method == "POST"
                else redirect_to_login(request.get_full_path())
            )
        asked: DeskRequest = request  # type: ignore[assignment]
        asked.access = Access(person, bangkok_date(timezone.now()))
        if asked.access.lacks_second_factor:
            return _second_factor_first(request)
        try:
            answer = _ask(view, asked, *args, **kwargs)
            # No proxy keeps a person's page; the browser's way back may, with what was typed.
            answer.headers.setdefault("Cache-Control", "private, no-cache")
            return answer if _is_done(asked, answer) else answered(asked) or answer
        except (Http404, PermissionDenied) as refusal:
            if request.method == "POST" and (before := answered(asked)):
                return before
            record(
                "access.refused",
                agency_id=person.agency_id,
                by=person,
                at=timezone.now(),
                path=request.path[:500],
                method=request.method or "",
                why=type(refusal).__name__,
            )
            raise

    return guarded


def _second_factor_first(request: HttpRequest) -> HttpResponseBase:
    """To the page that says why; what was being sent is shown again, for the rule may be a minute old."""
    if request.method == "POST":
        return factor_first(request)
    return redirect(f"{reverse('second_factor')}?{urlencode({'next': request.get_full_path()})}")


def _ask(view: View[P], request: DeskRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
    """The view's answer. Of two who take the same name or delete the same thing at once the second is asked again.

    By then the first has committed, and the view says in its own words what stands against it.
    """
    try:
        return view(request, *args, **kwargs)
    except (IntegrityError, ObjectDoesNotExist):
        return view(request, *args, **kwargs)


def _is_done(request: HttpRequest, answer: HttpResponseBase) -> bool:
    return request.method != "POST" or 300 <= answer.status_code < 400


def agency_of(request: DeskRequest) -> Agency:
    """The person's agency, the one filter of every query behind the desk. Raises ``PermissionDenied`` without one."""
    if request.user.agency is None:
        raise PermissionDenied("ท่านยังไม่ได้สังกัดหน่วยงาน กรุณาติดต่อผู้ดูแลระบบ")
    return request.user.agency


def require(allowed: bool, sentence: str) -> None:
    """Raise ``PermissionDenied`` with a Thai sentence unless ``allowed``."""
    if not allowed:
        raise PermissionDenied(sentence)
