"""Which certificate seals: the agency's own where it can, never another in its place; else the portal's."""

from __future__ import annotations

import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from reports.checks import seals_can_be_made
from reports.seal.certificates import MADE_BY_PORTAL, Unfit, certificate_of
from tests.reports.seals import DAY, certificate, key_of, p12

AT = datetime(2026, 11, 24, 7, 5, tzinfo=UTC)
NAME = "เทศบาลตำบลตัวอย่าง"


@pytest.fixture
def directory(settings: Settings, tmp_path: Path) -> Path:
    settings.SEAL_DIR = tmp_path / "seals"
    settings.SEAL_DIR.mkdir(mode=0o700)
    return tmp_path / "seals"


def bring(directory: Path, data: bytes, passphrase: str = "สี่ห้าหก", *, slug: str = "tua-yang") -> None:
    """Put a certificate where the town's own belongs."""
    for name, content in ((f"{slug}.p12", data), (f"{slug}.pass", passphrase.encode())):
        (directory / name).write_bytes(content)
        (directory / name).chmod(0o600)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_until_it_has_one_the_portal_makes_one_and_says_so(settings: Settings, tmp_path: Path) -> None:
    settings.SEAL_DIR = tmp_path / "seals"
    found = certificate_of("tua-yang", NAME, at=AT)
    assert (found.own, found.name, found.issuer) == (False, f"{NAME} ({MADE_BY_PORTAL})", found.name)
    assert found.starts == datetime(2026, 11, 24, tzinfo=UTC)
    assert (mode(tmp_path / "seals"), mode(tmp_path / "seals" / "tua-yang.portal.pem")) == (0o700, 0o600)
    assert certificate_of("tua-yang", NAME, at=AT + DAY).sha256 == found.sha256


def test_a_long_name_is_cut_and_still_says_so(directory: Path) -> None:
    found = certificate_of("tua-yang", "องค์การบริหารส่วนตำบล" * 9, at=AT)
    assert len(found.name) == 64
    assert found.name.endswith(f"… ({MADE_BY_PORTAL})")


def test_of_those_who_make_one_at_once_all_have_the_same(directory: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: certificate_of("tua-yang", NAME, at=AT).sha256, range(4)))
    assert len(set(found)) == 1
    assert [path.name for path in directory.iterdir()] == ["tua-yang.portal.pem"]


def test_the_passphrase_may_stand_in_the_environment(directory: Path, settings: Settings) -> None:
    key = key_of("rsa")
    (directory / "tua-yang.p12").write_bytes(p12(key, certificate("Town", key, issued=True)))
    settings.SEAL_PASSPHRASES = {"TUA_YANG": "สี่ห้าหก"}
    assert certificate_of("tua-yang", NAME, at=AT).name == "Town"


def test_a_new_certificate_counts_at_once(directory: Path) -> None:
    key = key_of("ec")
    assert not certificate_of("tua-yang", NAME, at=AT).own
    bring(directory, p12(key, certificate("First", key, issued=True)))
    assert certificate_of("tua-yang", NAME, at=AT).name == "First"
    bring(directory, p12(key, certificate("Second", key, issued=True)))
    assert certificate_of("tua-yang", NAME, at=AT).name == "Second"


def locked_otherwise() -> bytes:
    key = key_of("rsa")
    return p12(key, certificate("Town", key), "another")


def expired() -> bytes:
    key = key_of("rsa")
    return p12(key, certificate("Town", key, starts=AT - 9 * DAY, ends=AT - DAY))


def early() -> bytes:
    key = key_of("rsa")
    return p12(key, certificate("Town", key, starts=AT + DAY, ends=AT + 9 * DAY))


def for_something_else() -> bytes:
    key = key_of("rsa")
    return p12(key, certificate("Town", key, uses={"key_encipherment"}))


def weak() -> bytes:
    key = key_of("weak")
    return p12(key, certificate("Town", key))


UNFIT = [
    (locked_otherwise, "รหัสผ่านของไฟล์ใบรับรองอิเล็กทรอนิกส์ของหน่วยงานไม่ถูกต้อง", "ITA_SEAL_PASSPHRASE_TUA_YANG"),
    (lambda: b"nonsense", "หรือไฟล์เสียหาย", "is no PKCS#12"),
    (expired, "หมดอายุเมื่อวันที่ 23 พฤศจิกายน 2569", "expired at 2026-11-23"),
    (early, "เริ่มใช้ได้วันที่ 25 พฤศจิกายน 2569", "not valid before 2026-11-25"),
    (for_something_else, "ไม่ได้ออกให้ใช้ลงนาม", "key usage"),
    (weak, "กุญแจของใบรับรองอิเล็กทรอนิกส์ของหน่วยงานอ่อน", "RSA of 2048 bits"),
]


@pytest.mark.parametrize(("made", "sentence", "english"), UNFIT)
def test_one_of_its_own_that_cannot_seal_is_refused_with_what_to_do(
    directory: Path, made: Callable[[], bytes], sentence: str, english: str
) -> None:
    bring(directory, made())
    with pytest.raises(Unfit, match="การลงนามที่ทำไว้ยังอยู่ครบ") as refused:
        certificate_of("tua-yang", NAME, at=AT)
    assert sentence in str(refused.value)
    assert english in refused.value.operator
    assert str(directory / "tua-yang.p12") in refused.value.operator


@pytest.mark.parametrize(("made", "sentence", "english"), UNFIT[:2])
def test_the_operator_is_told_before_it_is_needed(
    directory: Path, made: Callable[[], bytes], sentence: str, english: str
) -> None:
    bring(directory, made())
    (warning,) = seals_can_be_made()
    assert (warning.id, english in warning.msg) == ("reports.W001", True)


def test_the_operator_is_told_that_others_may_read_a_key(directory: Path) -> None:
    certificate_of("tua-yang", NAME, at=AT)
    assert seals_can_be_made() == []
    (directory / "tua-yang.portal.pem").chmod(0o644)
    (warning,) = seals_can_be_made()
    assert warning.id == "reports.W002"


def test_to_look_makes_nothing(directory: Path) -> None:
    assert seals_can_be_made() == []
    assert list(directory.iterdir()) == []


def test_a_slug_leads_nowhere_else(directory: Path) -> None:
    with pytest.raises(ValueError, match="not the slug"):
        certificate_of("../x", NAME, at=AT)
