"""The sealed file says by itself who signed it: what stands in the rows stands on its last pages."""

from __future__ import annotations

import hashlib

import pytest

from measures import storage
from measures.dates import moment_label
from measures.thai import thai_digits
from reports.actions.sealing import acts, printed, seal
from reports.chain import seen_hash
from reports.codes import shown
from reports.models import Revision
from tests.pdf_text import missing, pages
from tests.published import content_of, revision_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def revision(db: None) -> Revision:
    return revision_of(content_of(2))


def test_every_signature_stands_there_with_all_that_is_known_of_it(revision: Revision) -> None:
    pdf = printed(revision)
    signed = list(revision.signoffs.all())
    assert signed
    for signoff in signed:
        assert signoff.decided_at is not None
        texts = (
            signoff.person_name,
            signoff.position_title,
            signoff.agreed or signoff.get_decision_display(),
            thai_digits(moment_label(signoff.decided_at)),
            signoff.get_proof_display(),
            signoff.hash,
        )
        assert missing("pdftotext", pdf, texts) == []
    assert "".join(pages("pdftotext", pdf)).count(revision.seen_sha256) == len(signed)


def test_it_names_the_revision_the_code_and_the_hashes_to_compute_again(revision: Revision) -> None:
    text = "".join(pages("mutool", printed(revision)))
    assert f"ฉบับที่{thai_digits(revision.number)}" in text
    assert f"รหัสยืนยันเอกสาร{shown(revision.code)}ตรวจสอบเอกสารได้ที่" in text
    content = hashlib.sha256(revision.content.encode()).hexdigest()
    assert f"ค่าแฮชของเนื้อหา{content}" in text
    assert f"ค่าแฮชของไฟล์เสนอ{revision.presented_sha256}" in text
    seen = seen_hash(content_sha256=content, presented_sha256=revision.presented_sha256)
    assert f"ค่าแฮชของสิ่งที่เห็น{seen}" in text


def test_what_was_agreed_to_is_printed_letter_for_letter(revision: Revision) -> None:
    words = f"ลงนามในเอกสาร รหัส {shown(revision.code)} ฉบับที่ 1"
    revision.signoffs.update(agreed=words)
    assert {act.pressed for act in acts(revision, thai=True)} == {words}


def test_who_acted_is_printed_with_the_order(revision: Revision) -> None:
    revision.signoffs.filter(order=1).update(
        acting_title="รองปลัดเทศบาล รักษาราชการแทน", acting_order="คำสั่งเทศบาล ที่ 412/2567"
    )
    title = revision.signoffs.get(order=1).position_title
    expected = [f"รองปลัดเทศบาล รักษาราชการแทน {title}", "ตามคำสั่งเทศบาล ที่ ๔๑๒/๒๕๖๗"]
    assert missing("pdftotext", printed(revision), expected) == []


def test_what_is_said_of_its_pages_counts_the_log(signed: Revision) -> None:
    presented = signed.pages
    seal(signed)
    kept = storage.read(signed.sealed_sha256)
    assert signed.pages == len(pages("pdftotext", kept)) > presented
