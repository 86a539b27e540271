"""Have a person prove who they are for one signature, on the page where they give it.

A view that signs makes a :class:`Proving` for what is signed, and hands it to its page, where the form includes
``desk/signing/proof.html`` (and the page ``js/passkeys.js`` and ``js/sign.js``). On POST:

    proving = Proving(request, Purpose(seen, order, decision, words, agreed), about=revision)
    try:
        return proving.once(lambda proof: act(..., proof=proof, agreed=agreed))
    except NotProven:
        return page(request, ..., proving=proving, status=400)   # says in words what failed, where it was typed

``once`` is measures' own: a repeated request waits for the first one and gets its answer, and never hears that its code
was used, since a code is looked at within the act. Slow checks (the password) are made before it.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from collections.abc import Callable
from functools import cached_property
from typing import Final

from django.http import HttpResponse
from django.utils import timezone

from audit.actions import Thing, record
from measures.actions.trying import forget_tries, may_try
from measures.errors import Changed
from measures.views.guard import DeskRequest
from measures.views.once import once
from reports.actions.agreeing import ANOTHER_SENTENCE
from reports.actions.deciding import Proof
from reports.actions.proving import (
    Means,
    NotProven,
    Purpose,
    means_of,
    passkey_options,
    prove_by_passkey,
    prove_by_password,
    prove_by_totp,
)
from reports.forms.proof import ProofForm

_NONCES: Final = "signature_nonces"
_NONCE_LIVES: Final = 10 * 60
_MOST_NONCES: Final = 8  # as many pages may be open before the oldest is to be opened again
_TRIES: Final = "signature"

NO_MEANS = "บัญชีของท่านยังไม่มีรหัสผ่าน แอปยืนยันตัวตน หรือพาสคีย์ จึงยังลงนามไม่ได้"
NOTHING_GIVEN = "กรุณายืนยันตัวตนด้วยรหัสผ่าน รหัสจากแอป หรือพาสคีย์ จึงจะลงนามได้"
TOO_MANY = "ยืนยันตัวตนไม่สำเร็จหลายครั้ง จึงยังไม่ได้ลงนาม กรุณารอ 5 นาทีแล้วลองอีกครั้ง"


class Proving:
    """The proof of one signature: what its page shows, and what was given."""

    def __init__(self, request: DeskRequest, purpose: Purpose, *, about: Thing | None = None) -> None:
        self.request, self.purpose, self.about = request, purpose, about
        self.form = ProofForm(request.POST if request.method == "POST" else None)
        self.errors: dict[str, str] = {}
        self._tries, self._is_proven = 0, False

    @property
    def is_given(self) -> bool:
        """Whether the request tries to prove anything, right or wrong."""
        return any(self.request.POST.get(name) for name in ("secret", "totp", "credential"))

    @cached_property
    def means(self) -> Means:
        return means_of(self.request.user)

    @property
    def agreed(self) -> str:
        """The sentence above the button."""
        return self.purpose.agreed

    @property
    def agreed_sha256(self) -> str:
        return hashlib.sha256(self.agreed.encode()).hexdigest()

    @cached_property
    def nonce(self) -> str:
        """A new one for this page, "" for who has no passkey; the session knows it for a few minutes."""
        if not self.means.passkeys:
            return ""
        nonce = secrets.token_urlsafe(32)
        kept = sorted([*self._nonces.items(), (nonce, int(time.time()) + _NONCE_LIVES)], key=lambda n: n[1])
        self.request.session[_NONCES] = dict(kept[-_MOST_NONCES:])
        return nonce

    @property
    def options(self) -> str:
        """What ``sign.js`` asks the device with, as JSON; "" for who has no passkey."""
        if not self.nonce:
            return ""
        return json.dumps(passkey_options(self.means, self.purpose, self.nonce))

    def once(self, act: Callable[[Proof], tuple[str, str]]) -> HttpResponse:
        """Prove and act, once however often the request comes; ``act`` as for ``measures.views.once``.

        Raises ``NotProven`` where the proof fails, having written it to the trail; nothing else was changed then.
        ``Changed`` where another sentence than today's stood above the button.
        """
        try:
            prove = self._begin()
            return once(self.request, lambda: act(self._noted(prove)))
        except NotProven as failure:
            self._remember(failure)
            raise
        finally:
            # After the transaction: who proved themselves for an act that was refused has not failed to prove it.
            if self._is_proven:
                forget_tries(self.request.user, _TRIES)

    def _begin(self) -> Callable[[], Proof]:
        """Check what is slow now, and give back what has to be checked together with the act."""
        form, person = self.form, self.request.user
        if not form.is_valid() or not self.is_given:
            raise NotProven("", NOTHING_GIVEN if self.means else NO_MEANS)
        given = form.cleaned_data
        if given["agreed_sha256"] != self.agreed_sha256:
            raise Changed(ANOTHER_SENTENCE)
        # Counted before it is tried, so that many tries at once are no way around the limit.
        self._tries = may_try(person, _TRIES, at=timezone.now())
        if not self._tries:
            raise NotProven("", TOO_MANY)
        if given["credential"]:
            return lambda: self._by_passkey(given["credential"], given["nonce"])
        if given["totp"]:
            return lambda: prove_by_totp(person, given["totp"])
        proof = prove_by_password(person, given["secret"])
        self._is_proven = True
        return lambda: proof

    def _by_passkey(self, answer: str, nonce: str) -> Proof:
        if nonce not in self._nonces:
            raise NotProven("credential", "หน้านี้เปิดไว้นานเกินไป จึงยังไม่ได้ลงนาม กรุณากดยืนยันด้วยพาสคีย์อีกครั้ง")
        self.request.session[_NONCES] = {n: until for n, until in self._nonces.items() if n != nonce}
        return prove_by_passkey(self.request.user, answer, purpose=self.purpose, nonce=nonce)

    @property
    def _nonces(self) -> dict[str, int]:
        now = time.time()
        known: dict[str, int] = self.request.session.get(_NONCES, {})
        return {nonce: until for nonce, until in known.items() if until > now}

    def _noted(self, prove: Callable[[], Proof]) -> Proof:
        proof = prove()
        self._is_proven = True
        return proof

    def _remember(self, failure: NotProven) -> None:
        """Say it on the page and in the trail; the transaction in which it failed is over."""
        sentence = str(failure)
        if failure.field:
            left = self._tries - 1
            sentence = f"{sentence} (เหลือ {left} ครั้ง)" if left else TOO_MANY
            record(
                "signature.proof_failed",
                agency_id=self.request.user.agency_id,
                by=self.request.user,
                at=timezone.now(),
                about=self.about,
                by_means=failure.field,
                decision=self.purpose.decision,
            )
        self.errors = {failure.field: sentence}
