"""The Word document: the same headings, tables and texts as the PDF, in real styles, on pages of the official form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from hypothesis import given, settings

from measures.bullets import Bullet, Bullets
from measures.numbering import dotted
from reports import columns
from reports.content import Column, Content, Endorsement
from reports.document import layout
from reports.exports import TWINS, Printed
from tests.published import content_of
from tests.reports.exports.contents import LAYOUTS, contents

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
)
ENDORSED = (
    Endorsement(0, "นางสาวตัวอย่าง สอง", ("นิติกรปฏิบัติการ",), "", "", "๒๗ ธันวาคม ๒๕๖๗ เวลา ๑๔.๐๕ น."),
    Endorsement(
        1, "นายตัวอย่าง ข", ("รองปลัดเทศบาล รักษาราชการแทน", "ปลัดเทศบาล"), "เห็นชอบ\nตามเสนอ", "นายกเทศมนตรี",
        "๒ มกราคม ๒๕๖๘ เวลา ๐๙.๑๑ น.", "คำสั่งที่ ๑/๒๕๖๗ ลงวันที่ ๑ ตุลาคม ๒๕๖๗",
    ),
)  # fmt: skip


def word_of(content: Content, **named: Any) -> Any:
    return Document(BytesIO(TWINS[".docx"].make(Printed(content, **named))))


def lines(document: Any) -> list[tuple[str, list[str]]]:
    """The style and the words of every paragraph outside of tables that says something."""
    return [(p.style.style_id, p.text.split()) for p in document.paragraphs if p.text.split()]


def grid(document: Any) -> list[list[list[str]]]:
    """The words of each cell of the table of measures; a cell over all columns once."""
    rows = document.tables[-1]._tbl.tr_lst
    return [["".join(p.text + " " for p in cell.p_lst).split() for cell in row.tc_lst] for row in rows]


def expected_lines(content: Content) -> Iterator[tuple[str, str]]:
    memo = content.memorandum
    yield "Title", "บันทึกข้อความ"
    yield "MemoField", f"ส่วนราชการ {memo.section}"
    yield "MemoRegister", f"ที่ {memo.number} วันที่ {layout.date_printed(content)}"
    yield "MemoSubject", f"เรื่อง {memo.subject}"
    yield "MemoAddressee", f"เรียน {memo.addressee}"
    for section in memo.sections:
        yield "Heading1", f"{dotted(section.number)} {section.title}"
        yield from (("BodyText", line) for line in section.body.splitlines())
        yield from _items(section.items, ("List", "List2", "List3"))
    yield "Closing", memo.closing
    if author := next((signer for signer in content.signers if signer.order == 0), None):
        yield "Signature", f"({author.name or layout.NAME_BLANK})"
        yield "Signature", author.position
    yield "TableTitle", content.table.title
    yield "TableTitle", content.table.subtitle


def _items(items: Bullets, styles: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for item in items:
        yield styles[0], f"{item.marker} {item.text}"
        yield from _items(item.items, styles[1:] or styles)


def expected_grid(content: Content) -> Iterator[list[str]]:
    table = content.table
    yield [column.heading for column in table.columns]
    for group in table.groups:
        if group.title:
            yield [f"{dotted(group.number)} {group.title}"]
        for measure in group.measures:
            cells = (columns.cell(measure, c.source, thai=content.thai_digits) for c in table.columns)
            yield [" ".join(text for _, text in _items(cell, ("",))) for cell in cells]


@given(contents())
@settings(max_examples=25)
def test_every_text_stands_in_its_place_and_style(content: Content) -> None:
    document = word_of(content)
    told = [line for line in lines(document) if line[0] != "MemoContinued"]
    assert told == [(style, text.split()) for style, text in expected_lines(content) if text.split()]
    assert grid(document) == [[cell.split() for cell in row] for row in expected_grid(content)]


@pytest.mark.parametrize("chosen", LAYOUTS)
def test_every_choice_of_columns_is_drawn(chosen: tuple[Column, ...]) -> None:
    content = content_of()
    content = replace(content, table=replace(content.table, columns=chosen))
    assert grid(word_of(content)) == [[cell.split() for cell in row] for row in expected_grid(content)]


def test_who_signed_stands_where_a_pen_would_sign_with_whom_they_act_for() -> None:
    document = word_of(content_of(), stage="sealed", endorsements=ENDORSED)

    (row, act, *_) = document.tables[0]._tbl.tr_lst
    assert [p.text for p in row.tc_lst[0].p_lst] == ["เรียน นายกเทศมนตรี", "- เห็นชอบ", "ตามเสนอ"]
    assert [p.text for p in act.tc_lst[0].p_lst] == [
        "ลงนามทางอิเล็กทรอนิกส์", "๒ มกราคม ๒๕๖๘ เวลา ๐๙.๑๑ น.", "(นายตัวอย่าง ข)", "รองปลัดเทศบาล รักษาราชการแทน",
        "ปลัดเทศบาล", "ตามคำสั่งที่ ๑/๒๕๖๗", "ลงวันที่ ๑ ตุลาคม ๒๕๖๗",
    ]  # fmt: skip


def test_what_is_said_to_the_next_stays_with_who_says_it_and_each_signature_may_begin_a_page() -> None:
    document = word_of(content_of(), stage="sealed", endorsements=ENDORSED)

    said, act, *_ = document.tables[0].rows
    kept = [
        [
            p.style.paragraph_format.keep_with_next or p.paragraph_format.keep_with_next
            for p in row.cells[0].paragraphs
        ]
        for row in (said, act)
    ]
    assert all(kept[0])
    assert not any(kept[1])
    assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in (said, act))


def test_memorandum_upright_and_table_on_its_side_have_the_margins_of_the_form() -> None:
    memo, table = word_of(replace(content_of(), top_mm=25)).sections
    assert [round(side.cm, 1) for side in (memo.left_margin, memo.right_margin, memo.bottom_margin)] == [
        3,
        2,
        2,
    ]
    assert round(memo.top_margin.cm, 1) == 2.5
    assert (memo.orientation, table.orientation) == (WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE)
    assert [round(side.cm, 1) for side in (table.left_margin, table.top_margin, table.bottom_margin)] == [
        2,
        2.2,
        1.5,
    ]


@pytest.mark.parametrize(("thai", "form"), [(True, "thaiNumbers"), (False, "decimal")])
def test_pages_are_numbered_from_the_second_of_each_part(thai: bool, form: str) -> None:
    for section in word_of(replace(content_of(), thai_digits=thai)).sections:
        number = section._sectPr.find(qn("w:pgNumType"))
        assert (number.get(qn("w:fmt")), number.get(qn("w:start"))) == (form, "1")
        assert "".join(p.text for p in section.first_page_header.paragraphs) == ""
        assert section.header.paragraphs[0].text == "- 2 -"


def test_letters_are_those_of_the_form_for_thai_too() -> None:
    styles = word_of(content_of()).styles.element
    fonts, language = styles.find(f".//{qn('w:rFonts')}"), styles.find(f".//{qn('w:lang')}")
    assert (fonts.get(qn("w:ascii")), fonts.get(qn("w:cs"))) == ("TH SarabunPSK", "TH SarabunPSK")
    assert language.get(qn("w:bidi")) == "th-TH"
    text = next(s for s in styles if s.get(qn("w:styleId")) == "BodyText")
    assert text.find(f".//{qn('w:szCs')}").get(qn("w:val")) == "32"
    assert text.find(f".//{qn('w:spacing')}").get(qn("w:line")) == "362"
    assert text.find(f".//{qn('w:jc')}").get(qn("w:val")) == "thaiDistribute"


def test_headings_repeat_and_rows_stay_whole_unless_longer_than_a_page() -> None:
    content = content_of(2)
    group = content.table.groups[0]
    long = replace(group.measures[0], results=tuple(Bullet("-", f"ข้อที่ {n}") for n in range(60)))
    content = replace(
        content, table=replace(content.table, groups=(replace(group, measures=(*group.measures, long)),))
    )

    heading, _, short, tall = word_of(content).tables[-1]._tbl.tr_lst

    assert heading.find(f".//{qn('w:tblHeader')}") is not None
    assert short.find(f".//{qn('w:cantSplit')}") is not None
    assert tall.find(f".//{qn('w:cantSplit')}") is None


def test_the_agencys_emblem_or_a_placeholder_is_as_high_as_the_form_says() -> None:
    for emblem in (PICTURE, None):
        (extent,) = word_of(content_of(), emblem=emblem).element.body.iter(qn("wp:extent"))
        assert int(extent.get("cy")) == 540_000  # 1.5 cm


def test_a_subject_longer_than_a_files_title_may_be_stands_whole_in_the_document() -> None:
    content = content_of()
    subject = "เรื่องยาว" * 60
    long = replace(content, memorandum=replace(content.memorandum, subject=subject))
    document = Document(BytesIO(TWINS[".docx"].make(Printed(long))))
    assert document.core_properties.title == subject[:255]
    assert any(subject in paragraph.text for paragraph in document.paragraphs)


def test_a_draft_is_marked_on_every_page() -> None:
    sections = word_of(content_of(), stage="draft").sections
    headers = [header for s in sections for header in (s.first_page_header, s.header)]
    assert ["ฉบับร่าง" in [p.text for p in header.paragraphs] for header in headers] == [True] * 4


def test_the_same_document_gives_the_same_bytes_and_says_nothing_of_today() -> None:
    data = TWINS[".docx"].make(Printed(content_of()))
    assert data == TWINS[".docx"].make(Printed(content_of()))
    properties = Document(BytesIO(data)).core_properties
    assert str(properties.modified.date()) == "2024-12-27"
    assert properties.title == content_of().memorandum.subject
