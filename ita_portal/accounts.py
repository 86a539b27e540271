"""How allauth fits the portal: nobody signs themselves up, words are Thai, tries are counted, letters are posted."""

from __future__ import annotations

import base64
import hashlib
import secrets
import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes

from audit.actions import record
from ita_portal.devices import device_name
from measures.actions.letters import Words, post
from measures.actions.trying import Limit, count, take_back
from measures.choices import LetterKind
from measures.models import Person

PORTAL_NAME = "พอร์ทัล ITA"
DEVICE_COOKIE = "device"
DEVICE_DAYS = 365
DEVICE_PEOPLE = 12
"""Who is remembered of a computer that a whole office shares."""

FIVE_MINUTES, HOUR = 5 * 60, 60 * 60

_NOTICES = {
    "account/email/password_changed": "มีการเปลี่ยนรหัสผ่านของบัญชีท่าน",
    "account/email/password_reset": "มีการตั้งรหัสผ่านของบัญชีท่านใหม่",
    "mfa/email/totp_activated": "มีการเปิดใช้แอปยืนยันตัวตนกับบัญชีท่าน",
    "mfa/email/totp_deactivated": "มีการเลิกใช้แอปยืนยันตัวตนกับบัญชีท่าน",
    "mfa/email/webauthn_added": "มีการเพิ่มพาสคีย์ในบัญชีท่าน",
    "mfa/email/webauthn_removed": "มีการลบพาสคีย์จากบัญชีท่าน",
    "mfa/email/recovery_codes_generated": "มีการสร้างรหัสกู้คืนชุดใหม่ของบัญชีท่าน",
}


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types, 2026-11
    """People come by invitation of their agency's administrator."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "บัญชีนี้ปิดใช้งานแล้ว กรุณาติดต่อผู้ดูแลระบบของหน่วยงาน",
        "email_password_mismatch": "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง กรุณากรอกอีกครั้ง",
        "username_password_mismatch": "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง กรุณากรอกอีกครั้ง",
        "enter_current_password": "รหัสผ่านปัจจุบันไม่ถูกต้อง กรุณากรอกอีกครั้ง",
        "incorrect_password": "รหัสผ่านไม่ถูกต้อง กรุณากรอกอีกครั้ง",
        "incorrect_code": "รหัสไม่ถูกต้องหรือใช้ไปแล้ว กรุณารอรหัสถัดไปแล้วกรอกอีกครั้ง",
        "too_many_login_attempts": (
            "กรอกผิดหลายครั้ง ระบบจึงพักการเข้าสู่ระบบไว้ก่อน กรุณารอ 5 นาทีแล้วลองอีกครั้ง หากยังเข้าไม่ได้ให้รอ 1 ชั่วโมง "
            "หรือตั้งรหัสผ่านใหม่จาก “ลืมรหัสผ่าน”"
        ),
        "rate_limited": "มีคำขอเข้ามาถี่เกินไป กรุณารอสักครู่แล้วลองอีกครั้ง",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    # Counting tries.

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Person | None:
        """The person of a name and a password, unless too many wrong ones came before.

        Each try is counted before the password is looked at, so that no two at once share a place, and taken back
        when it was right. Refused ones are answered alike, whether there is such an account or not.
        """
        now = timezone.now()
        counters = _counters(request, self.get_client_ip(request), credentials)
        if not count(counters, at=now):
            raise self.validation_error("too_many_login_attempts")
        person: Person | None = super().authenticate(request, **credentials)
        if person:
            take_back(counters, at=now)
        return person

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Nothing: :meth:`authenticate` counts."""

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        """Remember the device: who tries others' passwords elsewhere cannot keep this person from signing in here."""
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        answer.set_cookie(
            DEVICE_COOKIE,
            _device_with(request, user),
            max_age=DEVICE_DAYS * 24 * HOUR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
            path=reverse("account"),
        )
        return answer

    # Letters.

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """None of allauth's own letters: the portal's stand in the outbox (``measures.actions.people``)."""

    def send_notification_mail(
        self, template_prefix: str, user: Person, context: object = None, email: str | None = None
    ) -> None:
        """Tell a person that something about their account changed, so that they notice what was not them."""
        if not user.email or template_prefix not in _NOTICES:
            return
        what = _NOTICES[template_prefix]
        post(
            kind=LetterKind.ACCOUNT,
            key=f"account:{uuid.uuid4()}",
            to=user,
            words=Words(
                what,
                f"{what} จาก{device_name(self.get_http_user_agent(self.request))}\n"
                "หากท่านเป็นผู้ดำเนินการเอง ไม่ต้องดำเนินการใด ๆ หากไม่ใช่ กรุณาแจ้งผู้ดูแลระบบของหน่วยงานทันที",
                (what, ""),
            ),
            agency=user.agency,
            at=timezone.now(),
            is_secret=True,
        )

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Links in mails begin with ``PUBLIC_URL``, never with the host that a request claims."""
        path: str = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        uid, _, token = key.partition("-")
        return settings.PUBLIC_URL + path.replace("UID", uid).replace("KEY", token)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The ways to show once more that it is you, in Thai."""
        words = {
            "reauthenticate": "ใช้รหัสผ่าน",
            "mfa_reauthenticate": "ใช้รหัสจากแอปหรือรหัสกู้คืน",
            "mfa_reauthenticate:webauthn": "ใช้พาสคีย์",
        }
        ways = super().get_reauthentication_methods(user)
        return [{**way, "description": words[way["id"]]} for way in ways]


def _counters(request: HttpRequest, address: str, credentials: dict[str, Any]) -> list[tuple[str, Limit]]:
    """What a try is counted on.

    A device on which the person signed in before has counts of its own. All others share those of the name and of
    the address, as the trusted proxy or the socket tells it; an IPv6 network of /64 is one address.
    """
    name = str(credentials.get("username") or credentials.get("email") or "").lower()
    device = _known_device(request, name)
    # A database compares by capitals: to PostgreSQL a dotless ı and a long ſ are an i and an s, and no other name.
    name = name.upper().lower()
    if device:
        return [(f"device {device} {name}", Limit(10, FIVE_MINUTES)), (f"device {device}", Limit(60, HOUR))]
    return [
        (f"name {name} at {address}", Limit(5, FIVE_MINUTES)),
        (f"name {name}", Limit(20, HOUR)),
        (f"address {address}", Limit(20, HOUR)),
    ]


def _device(request: HttpRequest) -> tuple[str, list[int]]:
    """The device's number and the people who signed in on it; a new one where its cookie is missing or not ours."""
    try:
        number, people = signing.loads(
            request.COOKIES.get(DEVICE_COOKIE, ""), salt=DEVICE_COOKIE, max_age=DEVICE_DAYS * 24 * HOUR
        )
    except (signing.BadSignature, ValueError, TypeError):
        return secrets.token_urlsafe(12), []
    return number, people


def _device_with(request: HttpRequest, person: Person) -> str:
    number, people = _device(request)
    others = [pk for pk in people if pk != person.pk]
    return signing.dumps([number, [person.pk, *others][:DEVICE_PEOPLE]], salt=DEVICE_COOKIE)


def _known_device(request: HttpRequest, name: str) -> str:
    """The number of the device where the person of this name or e-mail signed in on it before, else ""."""
    person = person_of(name)  # asked in any case: an unknown name takes as long as a known one
    number, people = _device(request)
    return number if person and person.pk in people else ""


def person_of(login: str) -> Person | None:
    """Who signs in by this name or e-mail, in capitals or not; two statements, found or not."""
    if not login or "\x00" in login:
        return None
    people = Person.objects.get_queryset().select_related("agency")
    by_name = people.filter(username__iexact=login).first()
    by_email = people.filter(email__iexact=login).first()
    return by_name or by_email


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types, 2026-11
    """Looks a password over once, whether the name is known or not.

    allauth's own does it twice for the e-mail of an account and once for any other, which tells them apart.
    """

    def get_user(self, user_id: int) -> Person | None:
        """Who a session belongs to, with their agency: every page asks for both."""
        person = Person.objects.get_queryset().select_related("agency").filter(pk=user_id).first()
        return person if person and self.user_can_authenticate(person) else None

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> Person | None:
        login = str(credentials.get("username") or credentials.get("email") or "")
        person: Person | None = self._check_password(person_of(login), credentials.get("password") or "")
        return person


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types, 2026-11
    """Second factors: their secrets are kept encrypted, and they belong to ``PUBLIC_URL`` whatever a request says."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": Adapter.error_messages["incorrect_code"],
        "cannot_delete_authenticator": "บทบาทของท่านต้องยืนยันตัวตนสองชั้น กรุณาเพิ่มวิธีอื่นก่อน แล้วจึงเลิกใช้วิธีนี้",
        "cannot_generate_recovery_codes": "สร้างรหัสกู้คืนได้เมื่อเปิดใช้การยืนยันตัวตนสองชั้นแล้ว",
    }

    def get_totp_label(self, user: Person) -> str:
        return user.username

    def encrypt(self, text: str) -> str:
        """Who reads the database alone (a backup) gets no code out of it."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Undo :meth:`encrypt`; with another ``SECRET_KEY`` no code is right any more, and nothing breaks."""
        try:
            return _fernet().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def generate_authenticator_name(self, user: Person, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return f"พาสคีย์ที่ {number}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": settings.PUBLIC_HOST, "name": PORTAL_NAME}

    def get_public_key_credential_user_entity(self, user: Person) -> dict[str, Any]:
        entity = super().get_public_key_credential_user_entity(user)
        return {**entity, "display_name": str(user), "name": user.username}


def _fernet() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [
            Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"second factors " + force_bytes(key)).digest()))
            for key in keys
        ]
    )


def record_of(act: str, person: Person, **details: str | int | bool | None | list[str]) -> None:
    """Write an act of a person about their own account to their agency's trail."""
    record(act, agency_id=person.agency_id, by=person, at=timezone.now(), about=person, **details)
