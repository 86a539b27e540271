"""A mail server of the test's own, and letters to send by it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from measures.actions.letters import Words, post
from measures.choices import LetterKind
from measures.models import Agency, Letter, Person
from tests.mail.smtp import MailServer, mail_server
from tests.reports.conftest import NOW, plan, report, sent, signed  # noqa: F401 -- fixtures for the tests here, 2026-11


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    """The server that the portal is told to use."""
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_TIMEOUT = 0.3
        yield server


def write(agency: Agency, to: Person, number: int = 1, *, is_secret: bool = False) -> Letter:
    """A letter in the outbox, as an act leaves it."""
    words = Words(
        f"ขอให้ลงนาม: รายงานผล {number}", "มีเรื่องรอท่านลงนาม 1 เรื่อง", ("มีเรื่องรอลงนาม", "รายงานผล"), "/desk/inbox/",
        ask="กรุณาเปิดอ่านที่", greeting="ปลัดเทศบาล",
    )  # fmt: skip
    letter = post(
        kind=LetterKind.TURN,
        key=f"test:{number}",
        to=to,
        words=words,
        agency=agency,
        at=NOW,
        is_secret=is_secret,
    )
    assert letter is not None
    return letter


@pytest.fixture
def reader(officer: Person) -> Person:
    """Somebody with an address."""
    officer.email = "officer@example.test"
    officer.save()
    return officer


@pytest.fixture
def letter(town: Agency, reader: Person) -> Letter:
    return write(town, reader)
