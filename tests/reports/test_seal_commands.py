"""``verify_document`` and ``seal_certificate``: who holds a file, or a certificate, is told what it is."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from measures import storage
from measures.models import Agency
from reports.actions.sealing import seal
from reports.models import Revision
from reports.seal.certificates import MADE_BY_PORTAL, certificate_of
from tests.published import content_of, publish, revision_of, withdraw
from tests.reports.test_seal_certificates import AT, NAME, UNFIT, bring

pytestmark = pytest.mark.django_db


def said(*command: str) -> tuple[str, str]:
    """What was printed, and the complaint at the end."""
    out = StringIO()
    try:
        call_command(*command, stdout=out)
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), ""


@pytest.fixture
def sealed(db: None) -> Revision:
    """Signed by all and sealed, not published."""
    revision = revision_of(content_of(2))
    Revision.objects.update(sealed_sha256="")
    seal(revision)
    return revision


@pytest.fixture
def file(sealed: Revision, tmp_path: Path) -> Path:
    path = tmp_path / "received.pdf"
    path.write_bytes(storage.read(sealed.sealed_sha256))
    return path


def test_of_a_sealed_file_it_says_who_when_and_how(sealed: Revision, file: Path) -> None:
    out, complaint = said("verify_document", str(file))
    lines = out.splitlines()
    assert lines[0] == "ตราประทับ: ตราประทับถูกต้อง ไฟล์ไม่มีการแก้ไขหลังจากประทับ"
    assert lines[1] == f"ชื่อในใบรับรอง: {NAME} ({MADE_BY_PORTAL})"
    assert lines[2] == "ผู้ออกใบรับรอง: ออกให้ตนเอง ไม่มีผู้ให้บริการออกใบรับรองยืนยันชื่อนี้"
    assert "ระดับ: PAdES B-B" in lines
    assert f"SHA-256: {sealed.sealed_sha256}" in lines
    assert f"เอกสาร: {sealed}" in lines
    assert complaint == ""


def test_it_says_what_became_of_the_document(sealed: Revision, file: Path) -> None:
    assert "สถานะ: ลงนามครบแล้ว แต่ยังไม่ได้เผยแพร่" in said("verify_document", str(file))[0]
    withdraw(publish(sealed))
    assert "สถานะ: เอกสารนี้ถอนการเผยแพร่แล้ว" in said("verify_document", str(file))[0]


def test_it_complains_where_the_signatures_contradict_themselves(sealed: Revision, file: Path) -> None:
    sealed.signoffs.filter(order=1).update(words="อนุมัติ")
    assert said("verify_document", str(file))[1].startswith("ไฟล์ตรงกับต้นฉบับ แต่บันทึกการลงนามในระบบขัดแย้งกัน")


def test_a_changed_file_is_none_of_ours(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[5000] ^= 1
    file.write_bytes(data)
    out, complaint = said("verify_document", str(file))
    assert out.startswith("ตราประทับ: ไฟล์มีการแก้ไขหลังจากประทับ")
    assert complaint.startswith("ไฟล์นี้ไม่ตรงกับต้นฉบับใดในระบบ")


def test_what_is_appended_is_told(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"\n")
    out, complaint = said("verify_document", str(file))
    assert "มีการเพิ่มข้อมูลต่อท้ายไฟล์" in out
    assert complaint


def test_a_whole_seal_that_the_portal_does_not_know_is_not_believed(
    sealed: Revision, file: Path, settings: Settings, tmp_path: Path
) -> None:
    settings.SEAL_DIR = tmp_path / "forger"
    Revision.objects.filter(pk=sealed.pk).update(sealed_sha256="")
    seal(sealed)
    forged = storage.read(sealed.sealed_sha256)
    Revision.objects.filter(pk=sealed.pk).update(sealed_sha256="0" * 64)
    file.write_bytes(forged)
    out, complaint = said("verify_document", str(file))
    assert "ตราประทับถูกต้อง" in out
    assert "ยืนยันไม่ได้ว่าเป็นเอกสารของหน่วยงาน" in complaint


def test_a_file_that_is_not_there_is_no_traceback(tmp_path: Path) -> None:
    assert "เปิดไฟล์" in said("verify_document", str(tmp_path / "none.pdf"))[1]


def test_a_certificate_is_looked_at(town: Agency, settings: Settings, tmp_path: Path) -> None:
    settings.SEAL_DIR = tmp_path
    out, _ = said("seal_certificate", "tuayang")
    assert out.startswith(f"ชื่อในใบรับรอง: {NAME} ({MADE_BY_PORTAL})")
    assert "ITA_SEAL_PASSPHRASE_TUAYANG" in out
    assert certificate_of("tuayang", NAME, at=AT).sha256 in out


def test_one_that_cannot_seal_is_named_with_its_file(
    town: Agency, settings: Settings, tmp_path: Path
) -> None:
    settings.SEAL_DIR = tmp_path
    bring(tmp_path, UNFIT[0][0](), slug="tuayang")
    assert str(tmp_path / "tuayang.p12") in said("seal_certificate", "tuayang")[1]


def test_an_agency_that_is_not_there_has_none(db: None) -> None:
    assert said("seal_certificate", "nobody")[1] == 'ไม่มีหน่วยงาน "nobody"'
