"""The seal on the file: two validators find it good, nothing of the document is lost, and no change goes unseen."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import page as validator
import pypdf
import pytest
from pyhanko.pdf_utils.generic import NameObject, NumberObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pytest_django.fixtures import Settings

from reports.choices import SealLevel
from reports.content import Mark
from reports.document.pdf import render_pdf
from reports.exports import attached
from reports.seal.certificates import MADE_BY_PORTAL, certificate_of
from reports.seal.checking import State, check
from reports.seal.signing import Sealed, seal_pdf
from tests.pdf_tags import spoken
from tests.pdf_text import EXTRACTORS
from tests.published import content_of
from tests.reports import seals
from tests.reports.seals import certificate, key_of, p12

AT = datetime(2026, 11, 24, 7, 5, tzinfo=UTC)
NAME = "เทศบาลตำบลตัวอย่าง"
KINDS = ("portal", "rsa", "ec")


@pytest.fixture(scope="module")
def plain() -> bytes:
    """A small report as it is printed before its seal."""
    content = content_of(2)
    mark = Mark("7K3M-9QTX-2HW4", "https://ita.example.go.th/v/7K3M-9QTX-2HW4")
    return render_pdf(content, stage="sealed", attached=attached(content), mark=mark)


def sealed_by(kind: str, plain: bytes, directory: Path, *, name: str = "Tua Yang Municipality") -> Sealed:
    """The report under the seal of a certificate of this kind."""
    if kind != "portal":
        key = key_of(kind)
        (directory / "tuayang.p12").write_bytes(p12(key, certificate(name, key, issued=True)))
        (directory / "tuayang.pass").write_text("สี่ห้าหก\n")
    found = certificate_of("tuayang", NAME, at=AT)
    assert found.own == (kind != "portal")
    return seal_pdf(
        plain, certificate=found, at=AT, words="ตราประทับ", reason="รับรองเอกสาร", location="ตัวอย่าง"
    )


@pytest.fixture(params=KINDS)
def sealed(request: pytest.FixtureRequest, plain: bytes, tmp_path: Path, settings: Settings) -> bytes:
    if request.param != "portal":
        settings.SEAL_DIR = tmp_path
    return sealed_by(request.param, plain, tmp_path).pdf


@pytest.fixture
def ours(plain: bytes, tmp_path: Path) -> bytes:
    """Under the seal that the portal made."""
    return sealed_by("portal", plain, tmp_path).pdf


def pdfsig(pdf: bytes, directory: Path) -> str:
    """What poppler says, with a store of certificates of its own that trusts nobody."""
    file = directory / "asked.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(
        ("pdfsig", "-nocert", file.name), capture_output=True, text=True, timeout=60, cwd=directory
    )
    return done.stdout


def pyhanko_says(pdf: bytes) -> bool:
    """What pyHanko says to who trusts the signer, or the authority that the tests have."""
    (found,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
    root = found.other_embedded_certs[0] if found.other_embedded_certs else found.signer_cert
    context = ValidationContext(trust_roots=[root], allow_fetching=False)
    return validate_pdf_signature(found, context).bottom_line


def test_both_validators_find_it_good(sealed: bytes, tmp_path: Path) -> None:
    said = pdfsig(sealed, tmp_path)
    assert "Signature is Valid." in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    assert pyhanko_says(sealed)
    assert check(sealed).state is State.WHOLE


def test_an_independent_checker_finds_nothing(sealed: bytes) -> None:
    for profile in ("3a", "ua1"):
        report = validator.validate_pdf_bytes(sealed, profile=profile)
        assert [(found.rule_id, found.message) for found in report.failures] == []


def test_of_the_document_no_byte_changes(sealed: bytes, plain: bytes) -> None:
    assert sealed.startswith(plain)


@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_its_text_is_the_same(ours: bytes, plain: bytes, extractor: str) -> None:
    assert EXTRACTORS[extractor](ours) == EXTRACTORS[extractor](plain) != []


def test_its_attachments_and_tags_are_the_same(ours: bytes, plain: bytes) -> None:
    was, now = (pypdf.PdfReader(BytesIO(pdf)) for pdf in (plain, ours))
    assert now.attachments == was.attachments != {}
    assert now.metadata == was.metadata
    assert spoken(ours) == spoken(plain)


def test_the_field_is_read_aloud(ours: bytes) -> None:
    root = pypdf.PdfReader(BytesIO(ours)).root_object
    *_, last = root["/StructTreeRoot"]["/K"]["/K"]  # type: ignore[index]
    field = root["/AcroForm"]["/Fields"][0]  # type: ignore[index]
    assert (last.get_object()["/S"], last.get_object()["/Alt"]) == ("/Form", "ตราประทับ")
    assert last.get_object()["/K"][0].raw_get("/Obj") == field


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_gives_the_same_bytes(kind: str, plain: bytes, tmp_path: Path, settings: Settings) -> None:
    if kind == "portal":
        assert sealed_by(kind, plain, tmp_path) == sealed_by(kind, plain, tmp_path)
        return
    settings.SEAL_DIR = tmp_path
    sealed_by(kind, plain, tmp_path)
    found = certificate_of("tuayang", NAME, at=AT)
    first, second = (seal_pdf(plain, certificate=found, at=AT, words="ต", reason="ต") for _ in range(2))
    assert first == second


def test_it_tells_whose_it_is_since_when_and_at_which_level(ours: bytes) -> None:
    told = check(ours)
    assert told.name == told.issuer == f"{NAME} ({MADE_BY_PORTAL})"
    assert (told.self_issued, told.signed_at, told.stamped_at, told.level) == (True, AT, None, SealLevel.B_B)
    assert told.certificate_sha256 == certificate_of("tuayang", NAME, at=AT).sha256


def test_a_flipped_bit_in_any_kilobyte_is_found(ours: bytes) -> None:
    for start in range(0, len(ours), 512):
        place = start + start // 512 * 37 % min(512, len(ours) - start)
        assert check(flipped(ours, place)).state in (State.CHANGED, State.UNREADABLE), place


def test_pdfsig_finds_it_too_but_behind_the_signature(ours: bytes, tmp_path: Path) -> None:
    """Neither it nor pyHanko looks at the zeros behind the signature's own end, or at capitals; the portal does."""
    start, end = gap(ours)
    own_end = start + 1 + 2 * len(re.sub(rb"(00)+$", b"", ours[start + 1 : end - 1])) // 2
    for place in range(700, len(ours), 8 * 1024):
        if not own_end - 2 <= place < end:
            assert "Signature is Valid." not in pdfsig(flipped(ours, place), tmp_path), place
    letter = re.compile(b"[A-F]").search(ours, start)
    assert letter
    small = ours[: letter.start()] + letter[0].lower() + ours[letter.end() :]
    for unseen in (flipped(ours, end - 10), small):
        assert "Signature is Valid." in pdfsig(unseen, tmp_path)
        assert pyhanko_says(unseen)
        assert check(unseen).state is State.CHANGED


def test_what_is_appended_is_found(ours: bytes, tmp_path: Path) -> None:
    writer = IncrementalPdfFileWriter(BytesIO(ours))
    page = writer.root["/Pages"]["/Kids"][0]
    page[NameObject("/Rotate")] = NumberObject(90)
    writer.update_container(page)
    out = BytesIO()
    writer.write(out)
    assert check(out.getvalue()).state is State.ADDED
    assert "Not total document signed" in pdfsig(out.getvalue(), tmp_path)
    assert check(ours + b"\n").state is State.ADDED


def test_a_stripped_seal_is_found(ours: bytes, plain: bytes) -> None:
    writer = pypdf.PdfWriter(BytesIO(ours))
    del writer.root_object["/AcroForm"]
    out = BytesIO()
    writer.write(out)
    assert check(out.getvalue()).state is State.UNSEALED
    assert check(plain).state is State.UNSEALED


def test_an_appended_update_that_takes_the_field_away_is_found(ours: bytes) -> None:
    writer = IncrementalPdfFileWriter(BytesIO(ours))
    del writer.root["/AcroForm"]
    writer.update_root()
    out = BytesIO()
    writer.write(out)
    assert check(out.getvalue()).state is State.UNSEALED


def test_a_seal_by_somebody_else_bears_their_name(
    plain: bytes, ours: bytes, tmp_path: Path, settings: Settings
) -> None:
    settings.SEAL_DIR = tmp_path
    theirs = check(sealed_by("rsa", plain, tmp_path, name=f"{NAME[:5]} X").pdf)
    assert theirs.certificate_sha256 != check(ours).certificate_sha256
    assert theirs.name == f"{NAME[:5]} X"


@pytest.mark.parametrize(
    ("harm", "state"),
    [
        (lambda pdf: pdf[:-200], State.CHANGED),
        (lambda pdf: pdf[: len(pdf) // 2], State.UNREADABLE),
        (lambda pdf: b"", State.UNREADABLE),
        (lambda pdf: b"PK\3\4" + pdf[4:], State.UNREADABLE),
        (lambda pdf: b"%PDF-1.7\n" + bytes(9999), State.UNREADABLE),
    ],
)
def test_half_a_file_or_none_is_no_sealed_one(
    ours: bytes, harm: Callable[[bytes], bytes], state: State
) -> None:
    assert check(harm(ours)).state is state


def flipped(pdf: bytes, place: int) -> bytes:
    changed = bytearray(pdf)
    changed[place] ^= 1
    return bytes(changed)


def gap(pdf: bytes) -> tuple[int, int]:
    """Where the signature stands."""
    found = re.search(rb"/ByteRange \[0 (\d+) (\d+) \d+\]", pdf)
    assert found
    return int(found[1]), int(found[2])


def test_the_cast_is_real(tmp_path: Path) -> None:
    """The tests' own authority signs what it issues."""
    own = certificate("Town", key_of("ec"), issued=True)
    own.verify_directly_issued_by(seals.authority()[0])
