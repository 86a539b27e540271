"""What the desk says of a seal: being made, at which level, by whose certificate; and why a document has none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import reverse
from pytest_django.fixtures import Settings

from measures.models import Person
from reports.actions.sealing import seal
from reports.models import Revision
from reports.seal.certificates import MADE_BY_PORTAL
from tests.conftest import browser
from tests.reports.test_seal_certificates import bring, locked_otherwise

pytestmark = pytest.mark.django_db
BEING_MADE = "กำลังจัดทำเอกสารฉบับลงนาม"


def page(by: Person, name: str, revision: Revision) -> str:
    """The words of a page, without its tags."""
    html = browser(by).get(reverse(name, args=[revision.pk])).content.decode()
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


@pytest.mark.parametrize("name", ["revision", "revision_publish"])
def test_until_it_is_sealed_its_pages_say_that_it_is_being_made(
    signed: Revision, officer: Person, name: str
) -> None:
    assert BEING_MADE in page(officer, name, signed)


@pytest.mark.parametrize("name", ["revision", "revision_publish"])
def test_then_they_say_which_seal_it_bears(signed: Revision, officer: Person, name: str) -> None:
    seal(signed)
    said = page(officer, name, signed)
    assert (
        f"ตราประทับอิเล็กทรอนิกส์ PAdES B-B ไม่มีตราประทับเวลา โดยใบรับรอง เทศบาลตำบลตัวอย่าง ({MADE_BY_PORTAL})" in said
    )
    assert BEING_MADE not in said


def test_before_the_last_signature_nothing_is_said_of_a_seal(sent: Revision, officer: Person) -> None:
    said = page(officer, "revision", sent)
    assert BEING_MADE not in said
    assert "ตราประทับอิเล็กทรอนิกส์" not in said


def test_who_publishes_is_told_why_there_is_no_seal(
    signed: Revision, officer: Person, settings: Settings, tmp_path: Path
) -> None:
    settings.SEAL_DIR = tmp_path
    bring(tmp_path, locked_otherwise(), slug="tuayang")
    answer = browser(officer).post(reverse("revision_publish", args=[signed.pk]), {"request_key": "k" * 32})
    said = answer.content.decode()
    assert answer.status_code == 409
    assert "รหัสผ่านของไฟล์ใบรับรองอิเล็กทรอนิกส์ของหน่วยงานไม่ถูกต้อง" in said
    assert "การลงนามที่ทำไว้ยังอยู่ครบ" in said
