"""After the last signature the document is sealed once, by the right certificate; whatever fails loses nothing."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import pytest
from django.db import connections
from pytest_django.fixtures import Settings

from audit.models import Event
from measures import storage
from measures.errors import Refused
from reports.actions import sealing
from reports.actions.finishing import finish, finish_later, seal_what_waits, unsealed
from reports.actions.sealing import seal
from reports.choices import SealLevel
from reports.exports import TWINS
from reports.models import Report, Revision
from reports.seal.certificates import MADE_BY_PORTAL
from reports.seal.checking import State, check
from tests.published import content_of, revision_of
from tests.reports.seals import certificate, key_of, p12
from tests.reports.test_races import race

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 7, 5, tzinfo=UTC)
NAME = "เทศบาลตำบลตัวอย่าง"


def signed_by_all() -> Revision:
    """A small report that all have signed and that nobody sealed yet."""
    revision = revision_of(content_of(2))
    Revision.objects.update(sealed_sha256="")
    revision.refresh_from_db()
    return revision


@pytest.fixture
def waiting(db: None) -> Revision:
    return signed_by_all()


@pytest.fixture
def own(settings: Settings, tmp_path: Path) -> Path:
    """The town's own certificate, its passphrase beside it."""
    settings.SEAL_DIR = tmp_path / "own"
    settings.SEAL_DIR.mkdir(mode=0o700)
    key = key_of("rsa")
    (settings.SEAL_DIR / "tuayang.p12").write_bytes(p12(key, certificate("Tua Yang", key, issued=True)))
    (settings.SEAL_DIR / "tuayang.pass").write_text("สี่ห้าหก")
    return Path(settings.SEAL_DIR)


def events(revision: Revision) -> list[Event]:
    return list(Event.objects.about("revision", revision.pk).filter(act="revision.sealed"))


def test_it_is_kept_with_level_and_name_and_told_in_the_trail(waiting: Revision) -> None:
    seal(waiting, at=AT)
    told = check(storage.read(waiting.sealed_sha256))
    assert (told.state, told.level, told.name) == (State.WHOLE, SealLevel.B_B, f"{NAME} ({MADE_BY_PORTAL})")
    assert (waiting.seal_level, waiting.seal_name) == (told.level, told.name)
    (event,) = events(waiting)
    assert (event.actor_id, event.at) == (None, AT)
    assert json.loads(event.details_json) == {
        "number": 1, "sealed_sha256": waiting.sealed_sha256, "level": "B-B", "certificate": told.name,
        "certificate_sha256": told.certificate_sha256, "no_time_stamp": "",
    }  # fmt: skip


def test_the_agencys_own_certificate_is_used_once_it_is_there(waiting: Revision, own: Path) -> None:
    seal(waiting)
    assert waiting.seal_name == "Tua Yang"


def test_it_claims_the_moment_of_the_last_signature(waiting: Revision, own: Path) -> None:
    last = waiting.signoffs.order_by("decided_at").last()
    seal(waiting)
    assert last
    assert check(storage.read(waiting.sealed_sha256)).signed_at == last.decided_at


def test_a_certificate_younger_than_the_signature_claims_its_own_day(
    waiting: Revision, settings: Settings, tmp_path: Path
) -> None:
    settings.SEAL_DIR = tmp_path / "new"
    seal(waiting, at=AT)
    assert check(storage.read(waiting.sealed_sha256)).signed_at == AT


def test_a_rehearsal_never_bears_the_agencys_own_certificate(waiting: Revision, own: Path) -> None:
    Report.objects.update(is_rehearsal=True)
    seal(Revision.objects.get(pk=waiting.pk))
    waiting.refresh_from_db()
    assert MADE_BY_PORTAL in waiting.seal_name


def test_what_is_sealed_never_changes(waiting: Revision, own: Path) -> None:
    seal(waiting)
    first = waiting.sealed_sha256
    (own / "tuayang.p12").unlink()
    seal(waiting)
    finish.func(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.sealed_sha256, len(events(waiting))) == (first, 1)


def test_before_the_last_signature_there_is_no_seal(sent: Revision) -> None:
    with pytest.raises(Refused, match="ยังลงนามไม่ครบทุกตำแหน่ง"):
        seal(sent)


def test_a_wrong_passphrase_refuses_the_seal_and_leaves_the_signatures(waiting: Revision, own: Path) -> None:
    (own / "tuayang.pass").write_text("ผิด")
    with pytest.raises(Refused, match="รหัสผ่านของไฟล์ใบรับรองอิเล็กทรอนิกส์ของหน่วยงานไม่ถูกต้อง"):
        seal(waiting)
    waiting.refresh_from_db()
    assert (waiting.stage, waiting.sealed_sha256, events(waiting)) == ("signed", "", [])
    (own / "tuayang.pass").write_text("สี่ห้าหก")
    assert seal_what_waits(at=AT) == 1


def test_the_last_signature_has_it_finished(
    waiting: Revision, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        finish_later(waiting)
    waiting.refresh_from_db()
    assert waiting.sealed_sha256
    assert sorted(waiting.twins) == sorted(TWINS)


class Killed(BaseException):
    """The machine goes off."""


def test_who_is_killed_between_file_and_row_loses_nothing(waiting: Revision) -> None:
    def keep(chunks: list[bytes]) -> storage.Kept:
        storage.keep(chunks)
        raise Killed

    with patch.object(sealing, "keep", keep), pytest.raises(Killed):
        seal(waiting)
    waiting.refresh_from_db()
    assert (waiting.sealed_sha256, events(waiting)) == ("", [])
    assert list(unsealed()) == [waiting]

    assert seal_what_waits(at=AT) == 1

    waiting.refresh_from_db()
    assert check(storage.read(waiting.sealed_sha256)).state is State.WHOLE
    assert (list(unsealed()), len(events(waiting))) == ([], 1)


def test_one_that_cannot_be_sealed_keeps_no_other_from_it(waiting: Revision, own: Path) -> None:
    (own / "tuayang.pass").write_text("ผิด")
    other = revision_of(content_of(2, slug="uen", name="เทศบาลตำบลอื่น"))
    Revision.objects.update(sealed_sha256="")
    with pytest.raises(Refused, match="รหัสผ่านของไฟล์ใบรับรอง"):
        seal_what_waits(at=AT)
    other.refresh_from_db()
    assert other.sealed_sha256
    assert list(unsealed()) == [waiting]


@pytest.mark.django_db(transaction=True)
def test_of_those_who_seal_at_once_one_seals() -> None:
    waiting = signed_by_all()
    done = race(*(lambda: seal(Revision.objects.get(pk=waiting.pk), at=AT) for _ in range(4)))
    assert done == ["done"] * 4
    waiting.refresh_from_db()
    assert check(storage.read(waiting.sealed_sha256)).state is State.WHOLE
    assert len(events(waiting)) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("where", ["certificate_of", "printed", "keep", "hold", "record"])
def test_a_worker_killed_at_any_step_leaves_all_or_nothing(where: str) -> None:
    waiting = signed_by_all()
    died(lambda: seal(Revision.objects.get(pk=waiting.pk), at=AT), before=where)
    waiting.refresh_from_db()
    assert (waiting.sealed_sha256, waiting.seal_level, events(waiting)) == ("", "", [])

    assert seal_what_waits(at=AT) == 1

    waiting.refresh_from_db()
    assert check(storage.read(waiting.sealed_sha256)).state is State.WHOLE
    assert len(events(waiting)) == 1


def died(act: Callable[[], object], *, before: str) -> None:
    """Do ``act`` in a process of its own that is killed (-9) when it comes to a step of the sealing."""
    connections.close_all()  # of two processes on one connection neither would get its answers
    child = os.fork()
    if not child:
        with patch.object(sealing, before, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)):
            act()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
