"""A person's own account: what it has, where it is signed in, and the second factor that a role asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.internal.flows import sessions as flows
from allauth.usersessions.models import UserSession
from django.contrib.auth.decorators import login_required
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ita_portal.accounts import record_of
from ita_portal.devices import device_name
from measures.fiscal import bangkok_date
from measures.models import Person
from measures.permissions import Access
from measures.views.once import once

AFTERWARDS = "after_second_factor"


@dataclass(frozen=True)
class Device:
    """One place where a person is signed in."""

    pk: int
    name: str
    address: str
    since: datetime
    seen: datetime
    is_this: bool


@require_safe
@never_cache
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Everything of the account on one page."""
    person = _person(request)
    factors = list(Authenticator.objects.filter(user=person).order_by("pk"))
    context = {
        "totp": next((f for f in factors if f.type == Authenticator.Type.TOTP), None),
        "passkeys": [f for f in factors if f.type == Authenticator.Type.WEBAUTHN],
        "codes": next(
            (f.wrap().get_unused_codes() for f in factors if f.type == Authenticator.Type.RECOVERY_CODES),
            None,
        ),
        "devices": devices_of(request, person),
        "needs": Access(person, bangkok_date(timezone.now())).needs_second_factor,
        "afterwards": request.session.get(AFTERWARDS, ""),
    }
    return render(request, "account/account.html", context)


@require_safe
@never_cache
@login_required
def second_factor(request: HttpRequest) -> HttpResponseBase:
    """Why nothing else opens, and the two ways to a second factor; afterwards people go where they wanted to."""
    person = _person(request)
    if wanted := request.GET.get("next", ""):
        is_ours = url_has_allowed_host_and_scheme(
            wanted, {request.get_host()}, require_https=request.is_secure()
        )
        request.session[AFTERWARDS] = wanted if is_ours else ""
    if not Access(person, bangkok_date(timezone.now())).lacks_second_factor:
        return redirect(request.session.pop(AFTERWARDS, "") or "account")
    return render(request, "account/second_factor.html")


@require_POST
@login_required
def session_end(request: HttpRequest, session_id: int) -> HttpResponseBase:
    """Sign out on one other device."""
    person = _person(request)
    session = get_object_or_404(UserSession, pk=session_id, user=person)

    def act() -> tuple[str, str]:
        record_of("person.session_ended", person, sessions=1)
        flows.end_sessions(request, [session])
        return reverse("account"), "ออกจากระบบในอุปกรณ์นั้นแล้ว"

    if session.is_current():
        return redirect("account_logout")
    return once(request, act)


@require_POST
@login_required
def sessions_end(request: HttpRequest) -> HttpResponseBase:
    """Sign out everywhere but here."""
    person = _person(request)

    def act() -> tuple[str, str]:
        others = UserSession.objects.filter(user=person).exclude(session_key=request.session.session_key)
        record_of("person.session_ended", person, sessions=others.count())
        flows.end_other_sessions(request, person)
        return reverse("account"), "ออกจากระบบในอุปกรณ์อื่นทั้งหมดแล้ว"

    return once(request, act)


def devices_of(request: HttpRequest, person: Person) -> list[Device]:
    """Where a person is signed in, this device first; two statements."""
    kept = list(UserSession.objects.filter(user=person).order_by("-last_seen_at"))
    alive = Session.objects.filter(
        session_key__in=[one.session_key for one in kept], expire_date__gt=timezone.now()
    )
    keys = set(alive.values_list("session_key", flat=True))
    devices = [
        Device(
            one.pk, device_name(one.user_agent), one.ip, one.created_at, one.last_seen_at, one.is_current()
        )
        for one in kept
        if one.session_key in keys
    ]
    return sorted(devices, key=lambda device: not device.is_this)


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user
