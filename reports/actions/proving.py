"""Prove who a person is for one signature: by password, by a code of their app, or by a passkey bound to the signature.

What a passkey signs is the SHA-256 of what is being signed (:class:`Purpose`), so that its answer is worth nothing for
any other signature, and can be checked again in a year from the row alone (``reports.public.consistency``).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from fido2 import cbor
from fido2.utils import websafe_encode
from fido2.webauthn import AttestedCredentialData, AuthenticationResponse

from measures.models import Person
from measures.thai import arabic_digits
from reports.actions.deciding import Proof
from reports.choices import ProofKind
from reports.passkeys import UNREADABLE, Purpose, check

__all__ = [
    "Means",
    "NotProven",
    "Purpose",
    "means_of",
    "passkey_options",
    "prove_by_passkey",
    "prove_by_password",
    "prove_by_totp",
]


class NotProven(Exception):
    """The person was not proven. ``field`` is where they tried; ``str()`` is a Thai sentence for that place."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Means:
    """By what a person can prove who they are. A recovery code is for signing in, never for signing."""

    password: bool
    totp: bool
    passkeys: tuple[str, ...]  # ids of credentials, base64url

    def __bool__(self) -> bool:
        return self.password or self.totp or bool(self.passkeys)


def means_of(person: Person) -> Means:
    """What the account of ``person`` has; one statement."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    found = list(Authenticator.objects.filter(user=person, type__in=kinds).order_by("pk"))
    return Means(
        person.has_usable_password(),
        any(one.type == Authenticator.Type.TOTP for one in found),
        tuple(websafe_encode(key.credential_id) for _, key in _credentials(found)),
    )


def prove_by_password(person: Person, typed: str) -> Proof:
    """Slow by intent, and therefore outside any transaction. Raises ``NotProven``."""
    if not person.has_usable_password() or not person.check_password(typed):
        raise NotProven("secret", "รหัสผ่านไม่ถูกต้อง จึงยังไม่ได้ลงนาม กรุณากรอกอีกครั้ง")
    return Proof(ProofKind.PASSWORD)


def prove_by_totp(person: Person, typed: str) -> Proof:
    """A code counts once: called inside the act, so that two requests with one code follow one another.

    Raises ``NotProven``.
    """
    app = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
    if app is None or not app.wrap().validate_code(arabic_digits(typed)):
        raise NotProven("totp", "รหัสจากแอปไม่ถูกต้องหรือใช้ไปแล้ว จึงยังไม่ได้ลงนาม กรุณารอรหัสถัดไปในแอปแล้วกรอกอีกครั้ง")
    app.record_usage()
    return Proof(ProofKind.TOTP)


def passkey_options(means: Means, purpose: Purpose, nonce: str) -> dict[str, Any]:
    """What the browser asks the device with, as ``static/js/passkeys.js`` reads it."""
    return {
        "publicKey": {
            "challenge": websafe_encode(purpose.challenge(nonce)),
            "rpId": settings.PUBLIC_HOST,
            "allowCredentials": [{"type": "public-key", "id": one} for one in means.passkeys],
            "userVerification": "required",
            "timeout": 120_000,
        }
    }


def prove_by_passkey(person: Person, answer: str, *, purpose: Purpose, nonce: str) -> Proof:
    """The device's answer (JSON) to the options for this ``purpose`` and ``nonce``. Raises ``NotProven``."""
    found = list(Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN))
    try:
        given = AuthenticationResponse.from_dict(json.loads(answer))
        used, key = next((one, key) for one, key in _credentials(found) if key.credential_id == given.raw_id)
        assertion = {
            "credential_id": websafe_encode(key.credential_id),
            "public_key": websafe_encode(cbor.encode(key.public_key)),
            "authenticator_data": websafe_encode(given.response.authenticator_data),
            "client_data": websafe_encode(given.response.client_data),
            "signature": websafe_encode(given.response.signature),
            "rp_id": settings.PUBLIC_HOST,
            "origin": settings.PUBLIC_URL,
            "nonce": nonce,
        }
        check(assertion, purpose.challenge(nonce))
    except (*UNREADABLE, StopIteration) as error:
        raise NotProven("credential", "ยืนยันด้วยพาสคีย์ไม่สำเร็จ จึงยังไม่ได้ลงนาม กรุณาลองอีกครั้ง หรือใช้วิธีอื่น") from error
    used.record_usage()
    return Proof(ProofKind.PASSKEY, json.dumps(assertion, sort_keys=True, separators=(",", ":")))


def _credentials(found: list[Authenticator]) -> list[tuple[Authenticator, AttestedCredentialData]]:
    keys = [one for one in found if one.type == Authenticator.Type.WEBAUTHN]
    return [(one, one.wrap().authenticator_data.credential_data) for one in keys]
