"""What a passkey signs for one decision, and whether it did: told from what the row keeps, no account. Pure."""

from __future__ import annotations

import hashlib
import json
import struct
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from fido2 import cbor
from fido2.cose import CoseKey
from fido2.utils import websafe_decode
from fido2.webauthn import AuthenticatorData, CollectedClientData

_DOMAIN: Final = "ita-portal signature 1"
UNREADABLE: Final = (ValueError, TypeError, KeyError, AttributeError, struct.error, InvalidSignature)
"""What fido2 raises on answers that no device gave."""


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


def answers(proof_json: str, purpose: Purpose) -> bool:
    """Whether a device that verified the person signed for this very ``purpose``, by the answer that was kept."""
    try:
        assertion = json.loads(proof_json)
        check(assertion, purpose.challenge(assertion["nonce"]))
    except UNREADABLE:
        return False
    return True


def check(assertion: dict[str, str], challenge: bytes) -> None:
    """Raise one of ``UNREADABLE`` unless a device that verified the person signed ``challenge`` for this portal."""
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


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
