"""What the trail says of people's own accounts: with what they signed in, what they changed. No secret, no address."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.signals import password_changed, password_reset
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
    authenticator_used,
)
from allauth.usersessions.internal.flows import sessions
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from audit.actions import record
from ita_portal.accounts import person_of, record_of
from ita_portal.middleware import SEEN
from measures.models import Person

PASSWORD, TOTP, PASSKEY, RECOVERY, LINK = "password", "totp", "passkey", "recovery_code", "link"
_BY_TYPE = {
    Authenticator.Type.TOTP: TOTP,
    Authenticator.Type.WEBAUTHN: PASSKEY,
    Authenticator.Type.RECOVERY_CODES: RECOVERY,
}


@receiver(user_logged_in)
def _signed_in(sender: object, request: HttpRequest, user: Person, **_: object) -> None:
    record_of("person.signed_in", user, means=_means(request, user))
    request.session[SEEN] = int(time.time())


def _means(request: HttpRequest, person: Person) -> list[str]:
    """By what a person has just signed in: the password, then a second factor; a passkey alone; a link by mail."""
    if not hasattr(request, "session"):
        return []
    steps = get_authentication_records(request, person)
    words = {"password": PASSWORD, "password_reset": LINK}
    return [words.get(step["method"]) or _BY_TYPE.get(step.get("type"), step["method"]) for step in steps]


@receiver(user_logged_out)
def _signed_out(sender: object, user: Person | None, **_: object) -> None:
    if user:
        record_of("person.signed_out", user)


@receiver(user_login_failed)
def _refused(sender: object, credentials: dict[str, Any], **_: object) -> None:
    """What was typed is not written: people type their password into the wrong field."""
    person = person_of(str(credentials.get("username") or credentials.get("email") or ""))
    record(
        "person.sign_in_failed",
        agency_id=person.agency_id if person else None,
        by=None,
        at=timezone.now(),
        about=person,
        name=str(person) if person else "",
    )


@receiver(password_changed)
def _password_changed(sender: object, request: HttpRequest, user: Person, **_: object) -> None:
    # Their cookies were worth nothing from this moment; the list shall say so too.
    sessions.end_other_sessions(request, user)
    record_of("person.password_changed", user)


@receiver(password_reset)
def _password_reset(sender: object, user: Person, **_: object) -> None:
    record_of("person.password_set", user)


@receiver(authenticator_added)
def _factor_added(
    sender: object, request: HttpRequest, user: Person, authenticator: Authenticator, **_: object
) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        record_of("person.recovery_codes_made", user)
        return
    record_of("person.factor_added", user, factor=_BY_TYPE[authenticator.type])
    others = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
    if others.count() == 1:
        # Other devices signed in by the password alone: they show the second factor too.
        transaction.on_commit(lambda: sessions.end_other_sessions(request, user))


@receiver(authenticator_removed)
def _factor_removed(sender: object, user: Person, authenticator: Authenticator, **_: object) -> None:
    record_of("person.factor_removed", user, factor=_BY_TYPE[authenticator.type])


@receiver(authenticator_reset)
def _codes_renewed(sender: object, user: Person, **_: object) -> None:
    record_of("person.recovery_codes_made", user)


@receiver(authenticator_used)
def _factor_used(sender: object, user: Person, authenticator: Authenticator, **_: object) -> None:
    """How a person signed in is told there; a recovery code is told by itself, for it is gone then."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        record_of("person.recovery_code_used", user)


@receiver(authentication_failed)
def _factor_refused(sender: object, user: Person, **_: object) -> None:
    record(
        "person.second_factor_failed",
        agency_id=user.agency_id,
        by=None,
        at=timezone.now(),
        about=user,
        name=str(user),
    )
