"""What letters say: every kind greets, says what, since when and what to do, and has three lines for LINE."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.choices import LetterKind
from measures.letter_text import LONGEST_SUBJECT, shortened
from measures.models import Agency, Letter, Person
from reports.models import Revision
from tests.reports.conftest import give_back, sign


@given(st.text(alphabet=st.sampled_from("กขคงนมเแโใไะาำิีึืุู่้๊๋์ๆฯ abc"), max_size=200))
def test_a_subject_is_one_line_that_fits_and_ends_on_a_whole_letter(text: str) -> None:
    short = shortened(text)
    assert len(short) <= LONGEST_SUBJECT
    if short.endswith("…"):
        rest = " ".join(text.split()).removeprefix(short[:-1])
        assert not rest or unicodedata.category(rest[0]) != "Mn" or len(short) == 1
        assert short[-2:-1] not in tuple("เแโใไ")


def test_a_long_subject_is_cut_at_a_space() -> None:
    long = "ขอให้ลงนาม: รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน ประจำปีงบประมาณ พ.ศ. 2567"
    assert len(long) > LONGEST_SUBJECT
    assert shortened(long).endswith("…")


def letters(kind: LetterKind) -> list[Letter]:
    return list(Letter.objects.filter(kind=kind).order_by("pk"))


@pytest.mark.django_db
def test_the_letter_of_a_turn(sent: Revision, town: Agency, chain: list[Person]) -> None:
    [letter] = letters(LetterKind.TURN)
    subject = sent.report.subject
    link = f"http://localhost:8000/desk/revisions/{sent.pk}/"
    assert letter.person == chain[1]
    assert letter.body == (
        "เรียน หัวหน้าฝ่ายบริการและเผยแพร่วิชาการ\n\n"
        f"มีเรื่องรอท่านลงนาม 1 เรื่อง\nเรื่อง: {subject} (ฉบับที่ 1, {sent.pages} หน้า)\n"
        "เสนอเมื่อวันที่ 27 ธันวาคม 2567 เวลา 14.05 น.\n\n"
        f"กรุณาเปิดอ่านแล้วลงนาม หรือส่งกลับแก้ไขพร้อมเหตุผล ที่\n{link}\n\n"
        "เทศบาลตำบลตัวอย่าง\nระบบส่งจดหมายนี้โดยอัตโนมัติ"
    )
    assert letter.line_text == f"มีเรื่องรอหัวหน้าฝ่ายบริการและเผยแพร่วิชาการลงนาม\n{subject}\n{link}"


@pytest.mark.django_db
def test_the_letter_of_a_return_tells_author_and_signers_why_and_where(
    sent: Revision, chain: list[Person]
) -> None:
    sign(sent, chain[1])
    give_back(sent, chain[2], "ตัวเลขไม่ตรงกับเอกสารแนบ")
    to_author, to_signer = letters(LetterKind.RETURNED)
    assert (to_author.person, to_signer.person) == (chain[0], chain[1])
    for letter in (to_author, to_signer):
        assert "เหตุผล: ตัวเลขไม่ตรงกับเอกสารแนบ\nส่วนที่ต้องแก้ไข: " in letter.body
        assert "ผู้ที่ลงนามแล้ว 1 ตำแหน่งจะต้องลงนามใหม่ในฉบับแก้ไข" in letter.body
    assert "กรุณาแก้ไขแล้วเสนอใหม่ที่" in to_author.body
    assert "ลงนามอีกครั้งเมื่อผู้จัดทำเสนอฉบับแก้ไข" in to_signer.body


@pytest.mark.django_db
def test_everyone_who_signed_hears_that_all_have(signed: Revision, chain: list[Person]) -> None:
    told = letters(LetterKind.SIGNED)
    assert [letter.person for letter in told] == chain
    assert "ลงนามครบ 5 ตำแหน่งแล้ว" in told[0].body
    assert "เผยแพร่ต่อได้ที่" in told[0].body
    assert "เผยแพร่ต่อได้ที่" not in told[1].body


@pytest.mark.django_db
def test_every_letter_has_three_lines_and_a_subject_that_fits(signed: Revision) -> None:
    for letter in Letter.objects.all():
        assert letter.line_text.count("\n") == 2
        assert letter.line_text.endswith(f"http://localhost:8000{letter.path}")
        assert len(letter.subject) <= LONGEST_SUBJECT
        assert letter.body.startswith("เรียน ")
