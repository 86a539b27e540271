"""Prove who a person is for one signature: by password, by a code of their app, or by a passkey bound to the signature.

What a passkey signs is the SHA-256 of what is being signed (:class:`Purpose`), so that its answer is worth nothing for
any other signature, and can be checked again in a year from the row alone (:func:`verify_proof`).
"""

from __future__ import annotations

import hashlib
import json
import struct
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from cryptography.exceptions import InvalidSignature
from django.conf import settings
from fido2 import cbor
from fido2.cose import CoseKey
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorData,
    CollectedClientData,
)

from measures.models import Person
from measures.thai import arabic_digits
from reports.actions.deciding import Proof
from reports.chain import link_hash
from reports.choices import ProofKind
from reports.models import SignOff

_DOMAIN: Final = "ita-portal signature 1"
_UNREADABLE: Final = (ValueError, TypeError, KeyError, AttributeError, struct.error, InvalidSignature)
"""What fido2 raises on answers that no device gave."""


class NotProven(Exception):
    """The person was not proven. ``field`` is where they tried; ``str()`` is a Thai sentence for that place."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Purpose:
    """What exactly a proof is for: hash of what was shown, place in the chain, decision, its words, the sentence.

    ``seen`` is a revision's ``seen_sha256``; at the sending, where no revision is yet, the content's hash.
    """

    seen: str
    order: int
    decision: str
    words: str
    agreed: str

    def challenge(self, nonce: str) -> bytes:
        """What a passkey signs."""
        bound = [
            _DOMAIN,
            self.seen,
            self.order,
            self.decision,
            _sha256(self.words),
            _sha256(self.agreed),
            nonce,
        ]
        return hashlib.sha256(json.dumps(bound, separators=(",", ":")).encode()).digest()


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
            "rpId": _host(),
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
            "rp_id": _host(),
            "origin": _origin(),
            "nonce": nonce,
        }
        _check(assertion, purpose.challenge(nonce))
    except (*_UNREADABLE, StopIteration) as error:
        raise NotProven("credential", "ยืนยันด้วยพาสคีย์ไม่สำเร็จ จึงยังไม่ได้ลงนาม กรุณาลองอีกครั้ง หรือใช้วิธีอื่น") from error
    used.record_usage()
    return Proof(ProofKind.PASSKEY, json.dumps(assertion, sort_keys=True, separators=(",", ":")))


def verify_proof(signoff: SignOff) -> bool:
    """Whether a decision still is what was proven, told from its row and its revision alone.

    That the hash is of ``bound`` and ``bound`` of this decision; of a passkey also that the device signed this very
    decision. (That a password or a code was right can be told at that moment only.)
    """
    if not signoff.bound or link_hash(signoff.bound) != signoff.hash:
        return False
    bound = json.loads(signoff.bound)
    told = {
        "content": signoff.revision.content_sha256,
        "presented": signoff.revision.presented_sha256,
        "order": signoff.order,
        "decision": signoff.decision,
        "words": signoff.words,
        "agreed": signoff.agreed,
        "proof": signoff.proof,
        "proof_sha256": _sha256(signoff.proof_json),
    }
    if any(bound.get(name) != value for name, value in told.items()):
        return False
    return signoff.proof != ProofKind.PASSKEY or _signed_by_device(signoff)


def _signed_by_device(signoff: SignOff) -> bool:
    revision = signoff.revision
    seen = revision.seen_sha256 if signoff.order else revision.content_sha256
    purpose = Purpose(seen, signoff.order, signoff.decision, signoff.words, signoff.agreed)
    try:
        assertion = json.loads(signoff.proof_json)
        _check(assertion, purpose.challenge(assertion["nonce"]))
    except _UNREADABLE:
        return False
    return True


def _check(assertion: dict[str, str], challenge: bytes) -> None:
    """Raise one of ``_UNREADABLE`` unless a device that verified the person signed ``challenge`` for this portal."""
    client = CollectedClientData(websafe_decode(assertion["client_data"]))
    device = AuthenticatorData(websafe_decode(assertion["authenticator_data"]))
    facts = (
        client.type == CollectedClientData.TYPE.GET,
        client.challenge == challenge,
        client.origin == assertion["origin"],
        not client.cross_origin,
        device.rp_id_hash == hashlib.sha256(assertion["rp_id"].encode()).digest(),
        device.is_user_present() and device.is_user_verified(),
    )
    if not all(facts):
        raise ValueError("not this signature")
    key = CoseKey.parse(cbor.decode(websafe_decode(assertion["public_key"])))  # type: ignore[arg-type]
    key.verify(device + client.hash, websafe_decode(assertion["signature"]))


def _credentials(found: list[Authenticator]) -> list[tuple[Authenticator, AttestedCredentialData]]:
    keys = [one for one in found if one.type == Authenticator.Type.WEBAUTHN]
    return [(one, one.wrap().authenticator_data.credential_data) for one in keys]


def _origin() -> str:
    address = urlsplit(settings.PUBLIC_URL)
    return f"{address.scheme}://{address.netloc}"


def _host() -> str:
    return urlsplit(settings.PUBLIC_URL).hostname or "localhost"


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
