"""The stamp of time: B-T where an authority vouches for it; whatever else it answers, B-B, and that is said."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from threading import Event as Signal
from typing import Any

import pytest
from asn1crypto import tsp
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pytest_django.fixtures import Settings

from audit.models import Event
from measures import storage
from reports.actions.sealing import seal
from reports.choices import SealLevel
from reports.document.pdf import render_pdf
from reports.models import Revision
from reports.seal.certificates import certificate_of
from reports.seal.checking import State, check
from reports.seal.signing import Sealed, seal_pdf
from reports.seal.timestamps import Authority
from tests.published import content_of, revision_of
from tests.reports.seals import answering, certificate, key_of, p12, stamp, stamper
from tests.reports.test_seal import pdfsig

AT = datetime(2026, 11, 24, 7, 5, tzinfo=UTC)
Answer = Callable[[bytes, Any], None]


@pytest.fixture(scope="module")
def plain() -> bytes:
    return render_pdf(content_of(2), stage="sealed")


def good(question: bytes, out: Any) -> None:
    by = stamper()
    by.fixed_dt = AT + timedelta(seconds=3)
    out.write(stamp(question, by))


def sealed(plain: bytes, url: str, *, patience: float = 5) -> Sealed:
    """Under the portal's seal, the time asked at ``url``."""
    found = certificate_of("tuayang", "เทศบาลตำบลตัวอย่าง", at=AT)
    authority = Authority(url, patience)
    return seal_pdf(plain, certificate=found, at=AT, words="ต", reason="ต", authority=authority)


def test_an_authority_vouches_for_the_moment(plain: bytes, tmp_path: Path) -> None:
    with answering(good) as url:
        done = sealed(plain, url)
    assert (done.level, done.trouble) == (SealLevel.B_T, "")
    told = check(done.pdf)
    assert (told.state, told.level) == (State.WHOLE, SealLevel.B_T)
    assert (told.stamped_at, told.stamped_by) == (AT + timedelta(seconds=3), "Test TSA")
    assert "Signature is Valid." in pdfsig(done.pdf, tmp_path)


def test_pyhanko_finds_both_good(plain: bytes) -> None:
    with answering(good) as url:
        pdf = sealed(plain, url).pdf
    (found,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
    roots = [found.signer_cert, stamper().tsa_cert]
    status = validate_pdf_signature(found, ValidationContext(trust_roots=roots, allow_fetching=False))
    assert status.bottom_line
    assert status.timestamp_validity
    assert status.timestamp_validity.trusted


def garbage(question: bytes, out: Any) -> None:
    out.write(b"<html>Welcome</html>")


def nothing(question: bytes, out: Any) -> None:
    """An answer without a byte."""


def endless(question: bytes, out: Any) -> None:
    while True:
        out.write(bytes(4096))


def refused(question: bytes, out: Any) -> None:
    out.write(tsp.TimeStampResp({"status": {"status": "rejection"}}).dump())


def of_something_else(question: bytes, out: Any) -> None:
    read = tsp.TimeStampReq.load(question)
    read["message_imprint"]["hashed_message"] = b"x" * 32
    good(read.dump(), out)


def with_a_changed_signature(question: bytes, out: Any) -> None:
    answer = stamp(question, stamper())
    out.write(answer[:-1] + bytes([answer[-1] ^ 1]))


def of_last_year(question: bytes, out: Any) -> None:
    by = stamper()
    by.fixed_dt = AT - timedelta(days=365)
    out.write(stamp(question, by))


def by_a_certificate_for_something_else(question: bytes, out: Any) -> None:
    by = stamper(meant_for_stamps=False)
    by.fixed_dt = AT
    out.write(stamp(question, by))


WRONG = (
    garbage, nothing, endless, refused, of_something_else, with_a_changed_signature, of_last_year,
    by_a_certificate_for_something_else,
)  # fmt: skip


@pytest.mark.parametrize("answer", WRONG)
def test_what_cannot_be_believed_makes_a_seal_without_a_stamp(plain: bytes, answer: Answer) -> None:
    with answering(answer) as url:
        done = sealed(plain, url)
    assert done.level is SealLevel.B_B
    assert done.trouble
    told = check(done.pdf)
    assert (told.state, told.level, told.stamped_at) == (State.WHOLE, SealLevel.B_B, None)


def test_nobody_waits_long_for_one_who_does_not_answer(plain: bytes) -> None:
    over = Signal()

    def silent(question: bytes, out: Any) -> None:
        over.wait(30)

    with answering(silent) as url:
        done = sealed(plain, url, patience=0.2)
        over.set()
    assert (done.level, "timed out" in done.trouble) == (SealLevel.B_B, True)


def test_nor_for_one_who_answers_drop_by_drop(plain: bytes) -> None:
    over = Signal()

    def dripping(question: bytes, out: Any) -> None:
        while not over.wait(0.05):
            out.write(b"0")
            out.flush()

    with answering(dripping) as url:
        done = sealed(plain, url, patience=0.3)
        over.set()
    assert done.trouble == "no answer within 0.3 seconds"


def test_an_authority_that_is_not_there_delays_nothing(plain: bytes) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and never listens
        done = sealed(plain, f"http://127.0.0.1:{taken.getsockname()[1]}/")
    assert (done.level, "refused" in done.trouble) == (SealLevel.B_B, True)


@pytest.fixture
def waiting(db: None, settings: Settings, tmp_path: Path) -> Revision:
    """Signed by all, in a town with its own certificate."""
    revision = revision_of(content_of(2))
    Revision.objects.update(sealed_sha256="")
    settings.SEAL_DIR = tmp_path
    key = key_of("rsa")
    (tmp_path / "tuayang.p12").write_bytes(p12(key, certificate("Tua Yang", key, issued=True)))
    settings.SEAL_PASSPHRASES = {"TUAYANG": "สี่ห้าหก"}
    return revision


@pytest.mark.parametrize(("answer", "level"), [(good, SealLevel.B_T), (garbage, SealLevel.B_B)])
def test_the_row_and_the_trail_claim_what_the_file_has(
    waiting: Revision, settings: Settings, answer: Answer, level: SealLevel
) -> None:
    with answering(answer) as url:
        settings.TSA_URL = url
        seal(waiting, at=AT)
    details = json.loads(Event.objects.get(act="revision.sealed").details_json)
    assert waiting.seal_level == details["level"] == check(storage.read(waiting.sealed_sha256)).level == level
    assert bool(details["no_time_stamp"]) == (level is SealLevel.B_B)
