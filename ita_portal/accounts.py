"""How allauth fits the portal: nobody signs themselves up, words are Thai, and every sign-in is in the trail."""

from __future__ import annotations

from typing import Any

from allauth.account import forms
from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from audit.actions import record
from measures.models import Person


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types, 2026-11
    """People come by invitation of their agency's administrator."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "บัญชีนี้ปิดใช้งานแล้ว กรุณาติดต่อผู้ดูแลระบบของหน่วยงาน",
        "email_password_mismatch": "อีเมลหรือรหัสผ่านไม่ถูกต้อง กรุณากรอกอีกครั้ง",
        "username_password_mismatch": "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง กรุณากรอกอีกครั้ง",
        "enter_current_password": "รหัสผ่านปัจจุบันไม่ถูกต้อง กรุณากรอกอีกครั้ง",
        "incorrect_password": "รหัสผ่านไม่ถูกต้อง กรุณากรอกอีกครั้ง",
        "too_many_login_attempts": "กรอกรหัสผ่านผิดหลายครั้ง กรุณารอ 5 นาทีแล้วลองอีกครั้ง",
        "rate_limited": "มีคำขอเข้ามาถี่เกินไป กรุณารอสักครู่แล้วลองอีกครั้ง",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Links in mails begin with ``PUBLIC_URL``, never with the host that a request claims."""
        path: str = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        uid, _, token = key.partition("-")
        return settings.PUBLIC_URL + path.replace("UID", uid).replace("KEY", token)


class LoginForm(forms.LoginForm):  # type: ignore[misc]  # allauth has no types, 2026-11
    """Sign in by user name or e-mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "ชื่อผู้ใช้หรืออีเมล"
        self.fields["password"].label = "รหัสผ่าน"
        self.fields["password"].help_text = ""
        for name in ("login", "password"):
            self.fields[name].widget.attrs.pop("placeholder", None)
            self.fields[name].error_messages["required"] = f"ยังไม่ได้กรอก{self.fields[name].label}"


class ChangePasswordForm(forms.ChangePasswordForm):  # type: ignore[misc]  # allauth has no types, 2026-11
    """A new password for someone who knows the present one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_passwords(self)


class ResetPasswordKeyForm(forms.ResetPasswordKeyForm):  # type: ignore[misc]  # allauth has no types, 2026-11
    """A password by the link of an invitation or of a reset."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_passwords(self)


class ResetPasswordForm(forms.ResetPasswordForm):  # type: ignore[misc]  # allauth has no types, 2026-11
    """Ask for a link by e-mail; the answer is the same whether the address is known or not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "อีเมล"
        self.fields["email"].widget.attrs.pop("placeholder", None)


def _name_passwords(form: Any) -> None:
    labels = {
        "oldpassword": "รหัสผ่านปัจจุบัน",
        "password1": "รหัสผ่านใหม่",
        "password2": "รหัสผ่านใหม่ อีกครั้ง",
    }
    for name, label in labels.items():
        if name in form.fields:
            form.fields[name].label = label
            form.fields[name].widget.attrs.pop("placeholder", None)
            if name == "oldpassword":
                form.fields[name].help_text = ""
            form.fields[name].error_messages["required"] = f"ยังไม่ได้กรอก{label}"


@receiver(user_logged_in)
def _signed_in(sender: object, user: Person, **_: object) -> None:
    record("person.signed_in", agency_id=user.agency_id, by=user, at=timezone.now(), about=user)


@receiver(user_logged_out)
def _signed_out(sender: object, user: Person | None, **_: object) -> None:
    if user:
        record("person.signed_out", agency_id=user.agency_id, by=user, at=timezone.now(), about=user)


@receiver(user_login_failed)
def _refused(sender: object, credentials: dict[str, Any], **_: object) -> None:
    name = str(credentials.get("username") or credentials.get("email") or "")[:150].replace("\x00", "")
    record("person.sign_in_failed", agency_id=None, by=None, at=timezone.now(), name=name)
