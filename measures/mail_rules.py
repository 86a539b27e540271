"""You come here for when an unsent letter is tried again, and what an answer of a mail server means. Pure."""

from __future__ import annotations

import smtplib
import socket
import ssl
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

_DAY: Final = timedelta(days=1)
WAITS: Final = (
    timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1), timedelta(hours=6),
    _DAY, _DAY, _DAY, _DAY, _DAY,
)  # fmt: skip
"""How long to wait after the first, second, … attempt; after the last a letter has failed."""

GIVEN_BACK_AFTER: Final = timedelta(minutes=10)
"""When a letter is taken from a worker that took it and was not heard of again; no attempt lasts half as long."""

ASKED_AGAIN_AFTER: Final = timedelta(seconds=50)
"""How long a mail server that did not work is left alone: the sweep of each minute asks it once, with one letter."""

PROBED_AFTER: Final = timedelta(minutes=5)
"""How long until it is asked though no letter is due, so that those with a long wait go as soon as it works."""


@dataclass(frozen=True)
class Trouble:
    """Why a letter was not sent, in words; ``is_final`` where trying again is no use.

    ``is_server`` where the same would befall any other letter: the server is away, or its settings are wrong.
    """

    sentence: str
    is_final: bool = False
    is_server: bool = False


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts; None where there were enough."""
    return WAITS[attempts - 1] if attempts <= len(WAITS) else None


def trouble_of(error: Exception) -> Trouble:
    """What an error while sending means."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _of_recipient(error)
    if isinstance(error, smtplib.SMTPSenderRefused):
        return _server(f"เครื่องแม่ข่ายอีเมลไม่รับจดหมายจากที่อยู่ผู้ส่งของระบบ{_code(error.smtp_code)}")
    if isinstance(error, smtplib.SMTPDataError):
        return _of_data(error)
    # smtplib says of a server that fell silent only that the line is closed; why stands behind it.
    if isinstance(error, smtplib.SMTPServerDisconnected) and isinstance(error.__context__, TimeoutError):
        return trouble_of(error.__context__)
    for kind, sentence in _SERVER:
        if isinstance(error, kind):
            return _server(sentence)
    if isinstance(error, smtplib.SMTPException | OSError):
        return _server("เครื่องแม่ข่ายอีเมลตอบอย่างที่ระบบไม่เข้าใจ")
    # Nothing that waiting mends: an address or a name that no header can carry.
    return Trouble("ที่อยู่หรือข้อความของจดหมายนี้ส่งทางอีเมลไม่ได้ กรุณาตรวจสอบที่อยู่อีเมลแล้วส่งใหม่", is_final=True)


_SERVER: Final[tuple[tuple[type[Exception], str], ...]] = (
    (smtplib.SMTPAuthenticationError, "เครื่องแม่ข่ายอีเมลไม่ยอมรับชื่อผู้ใช้หรือรหัสผ่านที่ตั้งค่าไว้"),
    (smtplib.SMTPNotSupportedError, "เครื่องแม่ข่ายอีเมลไม่รองรับการเข้ารหัสหรือการยืนยันตัวตนตามที่ตั้งค่าไว้"),
    (smtplib.SMTPConnectError, "เครื่องแม่ข่ายอีเมลยังไม่รับการติดต่อ"),
    (smtplib.SMTPServerDisconnected, "เครื่องแม่ข่ายอีเมลตัดการเชื่อมต่อก่อนยืนยันว่ารับจดหมายแล้ว"),
    (ssl.SSLError, "เชื่อมต่อเครื่องแม่ข่ายอีเมลแบบเข้ารหัสไม่สำเร็จ"),
    (TimeoutError, "เครื่องแม่ข่ายอีเมลไม่ตอบภายในเวลาที่กำหนด"),
    (socket.gaierror, "ไม่พบเครื่องแม่ข่ายอีเมลตามชื่อที่ตั้งค่าไว้"),
    (ConnectionError, "ติดต่อเครื่องแม่ข่ายอีเมลไม่ได้"),
)

_PERMANENT: Final = 500
_CLOSING: Final = 421
_POLICY: Final = (b"5.7.", b"relay", b"authenticat")


def _of_recipient(error: smtplib.SMTPRecipientsRefused) -> Trouble:
    code, answer = next(iter(error.recipients.values()))
    if code == _CLOSING:
        return _server(f"เครื่องแม่ข่ายอีเมลยังไม่รับการติดต่อ{_code(code)}")
    if code < _PERMANENT:
        return Trouble(f"ปลายทางยังรับจดหมายไม่ได้ในขณะนี้{_code(code)}")
    # "Relay access denied" is said of a recipient and means the sender: no address would do.
    if any(word in bytes(answer).lower() for word in _POLICY):
        return _server(f"เครื่องแม่ข่ายอีเมลไม่ยอมส่งต่อจดหมายของระบบ{_code(code)}")
    return Trouble(f"ปลายทางแจ้งว่าไม่มีที่อยู่อีเมลนี้หรือไม่รับจดหมาย{_code(code)} กรุณาแก้ไขที่อยู่แล้วส่งใหม่", is_final=True)


def _of_data(error: smtplib.SMTPDataError) -> Trouble:
    if error.smtp_code < _PERMANENT:
        return Trouble(f"เครื่องแม่ข่ายอีเมลยังไม่รับจดหมายในขณะนี้{_code(error.smtp_code)}")
    return Trouble(f"เครื่องแม่ข่ายอีเมลไม่รับข้อความของจดหมายนี้{_code(error.smtp_code)}", is_final=True)


def _server(sentence: str) -> Trouble:
    return Trouble(sentence, is_server=True)


def _code(code: int) -> str:
    """The number an administrator of mail asks for."""
    return f" (รหัส {code})"
