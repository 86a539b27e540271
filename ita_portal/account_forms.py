"""The forms of signing in, passwords and second factors, in Thai and each as short as it can be."""

from __future__ import annotations

import json
from typing import Any

from allauth.account import forms
from allauth.account.adapter import get_adapter
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.conf import settings
from django.forms import CharField, Form
from django.http import HttpRequest
from django.utils import timezone
from fido2.utils import websafe_decode

from ita_portal.accounts import person_of
from measures.actions.people import ask_for_reset
from measures.actions.trying import forget_tries, may_try
from measures.forms.fields import ThaiCharField
from measures.thai import arabic_digits
from measures.views.people import password_path


class LoginForm(forms.LoginForm):  # type: ignore[misc]  # allauth has no types, 2026-11
    """Sign in by user name or e-mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, login="ชื่อผู้ใช้หรืออีเมล", password="รหัสผ่าน")  # noqa: S106 -- a label, 2026-11
        # The name under which a browser offers passkeys and passwords alike.
        self.fields["login"].widget.attrs["autocomplete"] = "username webauthn"


class ChangePasswordForm(forms.ChangePasswordForm):  # type: ignore[misc]  # allauth has no types, 2026-11
    """A new password for someone who knows the present one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, oldpassword="รหัสผ่านปัจจุบัน", password1="รหัสผ่านใหม่", password2="รหัสผ่านใหม่ อีกครั้ง")

    def clean_oldpassword(self) -> str:
        """Who finds a computer left open guesses a few times, then waits like at the sign-in."""
        if not may_try(self.user, "password", at=timezone.now()):
            raise get_adapter().validation_error("too_many_login_attempts")
        old: str = super().clean_oldpassword()
        forget_tries(self.user, "password")
        return old


class ResetPasswordKeyForm(forms.ResetPasswordKeyForm):  # type: ignore[misc]  # allauth has no types, 2026-11
    """A password by the link of an invitation or of a reset."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, password1="รหัสผ่านใหม่", password2="รหัสผ่านใหม่ อีกครั้ง")


class ResetPasswordForm(forms.ResetPasswordForm):  # type: ignore[misc]  # allauth has no types, 2026-11
    """Ask for a link by e-mail; the answer is the same, and takes as long, whether the address is known or not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, email="อีเมล")

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        return email

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Put a letter with the link into the outbox, if somebody signs in by this address."""
        email: str = self.cleaned_data["email"]
        found = person_of(email)
        person = found if found and found.is_active and found.email.lower() == email else None
        ask_for_reset(person=person, address=email, path_of=password_path, at=timezone.now())
        return email


class ReauthenticateForm(forms.ReauthenticateForm):  # type: ignore[misc]  # allauth has no types, 2026-11
    """The password once more, before something of the account is changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self, password="รหัสผ่าน")  # noqa: S106 -- a label, 2026-11


class _Code(Form):
    """A field for a code, from an app or of the list kept for bad days; Thai digits are digits too."""

    digits = 6
    label = "รหัสจากแอปยืนยันตัวตน หรือรหัสกู้คืน"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        assert isinstance(field, CharField)
        field.max_length = 40
        _label(self, code=self.label)
        field.widget.attrs.update(
            autocomplete="one-time-code", inputmode="numeric", autofocus=True, maxlength=40
        )

    def clean_code(self) -> str:
        self.cleaned_data["code"] = arabic_digits(self.cleaned_data["code"]).replace("-", "").replace(" ", "")
        cleaned: str = super().clean_code()  # type: ignore[misc]  # of the form this is mixed into, 2026-11
        return cleaned


class AuthenticateForm(_Code, mfa.AuthenticateForm):  # type: ignore[misc]  # allauth has no types, 2026-11
    """The second factor at the sign-in."""


class ReauthenticateByCodeForm(_Code, mfa.ReauthenticateForm):  # type: ignore[misc]  # as above, 2026-11
    """A code once more, before something of the account is changed."""


class ActivateTOTPForm(_Code, totp.ActivateTOTPForm):  # type: ignore[misc]  # allauth has no types, 2026-11
    """The first code of an app, to show that it has the key."""

    label = "รหัส 6 หลักที่แอปแสดง"


class _FromHere(Form):
    """Takes a passkey's answer only where it was given to a page of ``PUBLIC_URL``."""

    def clean(self) -> dict[str, Any]:
        credential = self.data.get("credential", "")
        if credential and _origin_of(str(credential)) != settings.PUBLIC_URL:
            raise get_mfa_adapter().validation_error("incorrect_code")
        return super().clean() or self.cleaned_data


class AddPasskeyForm(_FromHere, webauthn.AddWebAuthnForm):  # type: ignore[misc]  # allauth has no types, 2026-11
    """A new passkey. It asks for a finger, a face or a PIN itself, and so is both factors and a sign-in of its own."""

    name = ThaiCharField(label="ชื่อที่ท่านเรียกอุปกรณ์นี้", required=False, max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)

    def clean(self) -> dict[str, Any]:
        # allauth then asks whether the device knew the person, not only that somebody touched it.
        self.cleaned_data["passwordless"] = True
        return super().clean()


class EditPasskeyForm(webauthn.EditWebAuthnForm):  # type: ignore[misc]  # allauth has no types, 2026-11
    """Another name for a passkey."""

    name = ThaiCharField(label="ชื่อที่ท่านเรียกอุปกรณ์นี้", max_length=100)


class AuthenticateByPasskeyForm(_FromHere, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]  # as above, 2026-11
    """A passkey as the second factor at the sign-in."""


class LoginByPasskeyForm(_FromHere, webauthn.LoginWebAuthnForm):  # type: ignore[misc]  # as above, 2026-11
    """A passkey alone."""


class ReauthenticateByPasskeyForm(_FromHere, webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]  # as above, 2026-11
    """A passkey once more, before something of the account is changed."""


def _origin_of(credential: str) -> str:
    """The page that a passkey's answer was given to, "" where it is not an answer."""
    try:
        said = json.loads(credential)["response"]["clientDataJSON"]
        return str(json.loads(websafe_decode(said))["origin"])
    except (ValueError, TypeError, KeyError):
        return ""


def _label(form: Form, **labels: str) -> None:
    for name, label in labels.items():
        field = form.fields[name]
        field.label = label
        field.widget.attrs.pop("placeholder", None)
        if name != "password1":  # the rules of a new password stand below it
            field.help_text = ""
        field.error_messages["required"] = f"ยังไม่ได้กรอก{label}"
