"""What a person gives to prove who they are: a password, a code of their app, or a passkey's answer."""

from __future__ import annotations

from django import forms

LONGEST_ANSWER = 10_000


class ProofForm(forms.Form):
    """One of three is needed; which were given, :class:`reports.views.proving.Proving` asks.

    ``agreed_sha256`` tells which sentence stood above the button. No field is named "password": the words typed beside
    it are shown again where the session had ended, what is secret here never is.
    """

    agreed_sha256 = forms.CharField(max_length=64, required=False)
    secret = forms.CharField(max_length=4096, required=False, strip=False)
    totp = forms.CharField(max_length=20, required=False)
    credential = forms.CharField(max_length=LONGEST_ANSWER, required=False)
    nonce = forms.CharField(max_length=64, required=False)
