"""The form: what stands on which page, what repeats, what is left blank, what may never get in."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pypdf
import pypdfium2
import pytest

from measures.bullets import Bullet
from reports.content import Content, Endorsement, Section, Step
from reports.document.fonts import UnprintableText
from reports.document.pdf import page_count, render_pdf
from tests.pdf_text import pages
from tests.reports.document.conftest import with_measure, with_memorandum

LONG = "ดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสของหน่วยงาน"
NEARLY_TWO_CENTIMETRES = 54
HEADINGS = "มาตรการขั้นตอน/วิธีการปฏิบัติผู้รับผิดชอบ"


@pytest.fixture(scope="module")
def content(content: Content) -> Content:
    """The report with two of its groups, which is printed in half the time."""
    return replace(content, table=replace(content.table, groups=content.table.groups[:2]))


def read(pdf: bytes) -> list[str]:
    return pages("mutool", pdf)


def test_same_content_gives_the_same_bytes(content: Content) -> None:
    assert render_pdf(content, stage="presented") == render_pdf(content, stage="presented")


def test_pages_are_counted(content: Content) -> None:
    pdf = render_pdf(content, stage="presented")
    assert page_count(pdf) == len(pypdf.PdfReader(BytesIO(pdf)).pages)


def test_title_author_and_language_are_told(content: Content) -> None:
    reader = pypdf.PdfReader(BytesIO(render_pdf(content, stage="presented")))
    assert reader.metadata is not None
    assert reader.metadata.title == content.memorandum.subject
    assert reader.metadata.author == content.agency.name
    assert str(reader.root_object["/Lang"]) == "th"


def test_memorandum_and_table_each_count_their_pages_from_the_second(content: Content) -> None:
    text = read(render_pdf(content, stage="presented"))
    assert ["-๒-" in page for page in text[:4]] == [False, True, False, True]


def test_page_numbers_are_in_the_agencys_digits(content: Content) -> None:
    text = read(render_pdf(replace(content, thai_digits=False), stage="presented"))
    assert ["-2-" in page for page in text[:4]] == [False, True, False, True]


def test_a_draft_says_so_on_every_page_and_leaves_number_and_date_blank(content: Content) -> None:
    text = read(render_pdf(with_memorandum(content, number="", date=None), stage="draft"))
    assert all("ฉบับร่าง" in page for page in text)
    assert "ลงวันที่........................(ต่อ)" in text[1]


def test_only_a_draft_is_marked(content: Content) -> None:
    assert not any("ฉบับร่าง" in page for page in read(render_pdf(content, stage="presented")))


def test_a_signature_is_printed_as_of_that_day(
    content: Content, endorsements: tuple[Endorsement, ...]
) -> None:
    signed = read(render_pdf(content, stage="sealed", endorsements=endorsements))[1]
    assert "ลงนามทางอิเล็กทรอนิกส์๒มกราคม๒๕๖๘เวลา๐๙.๑๕น.(นายตัวอย่างฉ)นายกเทศมนตรีตำบลตัวอย่าง" in signed
    assert "รองปลัดเทศบาลรักษาราชการแทน" in signed


def test_headings_and_the_group_are_printed_again_after_a_page_break(content: Content) -> None:
    tall = tuple(Bullet("-", LONG) for _ in range(8))
    text = read(render_pdf(with_measure(content, results=tall), stage="presented"))[3]
    first = content.table.groups[0]
    assert f"{HEADINGS}สรุปผลการดำเนินการกำหนดแล้วเสร็จผลลัพธ์/ผลการดำเนินการ{first.number}.{first.title}" in text


def test_a_row_longer_than_a_page_goes_on_under_its_name(content: Content) -> None:
    tall = with_measure(content, steps=tuple(Step("๙", LONG) for _ in range(40)), title="มาตรการที่ยาวมาก")
    text = read(render_pdf(tall, stage="presented"))[3:6]
    assert [page.count("มาตรการที่ยาวมาก(ต่อ)") for page in text] == [0, 1, 1]
    assert all(HEADINGS in page for page in text)


@pytest.mark.parametrize("text", [LONG * 1700, "x" * 100_000], ids=["thai", "latin"])
def test_a_hundred_thousand_letters_are_printed_whole(text: str, content: Content) -> None:
    pdf = render_pdf(with_memorandum(content, sections=(Section("๑", "ยาว", text),)), stage="presented")
    assert "".join(read(pdf)).count(text[0]) >= text.count(text[0])


def test_a_groups_heading_longer_than_a_page_is_printed_once(content: Content) -> None:
    first, *others = content.table.groups
    groups = (replace(first, title="หัวข้อยาว" * 900), *others)
    pdf = render_pdf(replace(content, table=replace(content.table, groups=groups)), stage="presented")
    assert "".join(read(pdf)).count("หัวข้อยาว") in range(890, 901)


def test_a_group_without_a_title_has_no_heading_and_one_without_measures_is_printed(content: Content) -> None:
    bare, empty, *others = content.table.groups
    groups = (replace(bare, title=""), replace(empty, measures=()), *others)
    text = "".join(
        read(render_pdf(replace(content, table=replace(content.table, groups=groups)), stage="draft"))
    )
    assert bare.title.replace(" ", "") not in text
    assert empty.title.replace(" ", "") in text


HOSTILE = (
    '<link rel=attachment href="file:///etc/passwd"><img src="http://127.0.0.1:9/x.png">'
    "<style>@import url(http://127.0.0.1:9/x.css);</style><object data='file:///etc/passwd'></object>{{ 7 }}{% x %}"
)


def test_markup_in_a_text_is_printed_as_typed_and_fetches_nothing(content: Content) -> None:
    hostile = with_memorandum(
        with_measure(content, title=HOSTILE, due_text=HOSTILE, units_printed=HOSTILE, results=(Bullet("-", HOSTILE),)),
        subject=HOSTILE, section=HOSTILE, number=HOSTILE, addressee=HOSTILE, closing=HOSTILE,
    )  # fmt: skip
    pdf = render_pdf(replace(hostile, agency=replace(hostile.agency, name=HOSTILE)), stage="draft")
    assert HOSTILE.replace(" ", "")[:40] in "".join(read(pdf))
    assert pypdf.PdfReader(BytesIO(pdf)).attachments == {}
    assert b"EmbeddedFile" not in pdf


def test_an_emblem_reaches_for_nothing_either(content: Content) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="http://127.0.0.1:9/x.png"/></svg>'
    assert page_count(render_pdf(content, stage="draft", emblem=svg)) == page_count(
        render_pdf(content, stage="draft")
    )


def test_letters_that_no_font_has_are_named_and_never_boxes(content: Content) -> None:
    with pytest.raises(UnprintableText) as raised:
        render_pdf(with_memorandum(content, subject="ธง ᚠ 𒀀 🇹🇭"), stage="draft")
    assert raised.value.characters == ("ᚠ", "𒀀")
    assert "กรุณาลบหรือเปลี่ยนอักขระดังกล่าว" in str(raised.value)


def test_a_text_turned_around_is_printed_in_order(content: Content) -> None:
    pdf = render_pdf(with_memorandum(content, subject="รายงาน\u202egnp.exe\u202c\u200b\x07จบ"), stage="draft")
    assert "รายงานgnp.exeจบ" in read(pdf)[0]


@pytest.mark.parametrize(
    "text",
    ["x" * 300, "ก" * 300, "๑" * 300, ("ก่" * 30 + "-") * 9],
    ids=["latin", "thai", "digits", "hyphens"],
)
def test_a_word_without_end_stays_in_its_column(text: str, content: Content) -> None:
    wide = with_measure(with_memorandum(content, subject=text), title=text, due_text=text, units_printed=text)
    for page in pypdfium2.PdfDocument(render_pdf(wide, stage="draft")):
        letters = page.get_textpage()
        right = max(letters.get_charbox(place)[2] for place in range(letters.count_chars()))
        assert right < page.get_width() - NEARLY_TWO_CENTIMETRES
