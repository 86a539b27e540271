"""The pages on a screen: every line where the PDF has it, and what a typist is told of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ctypes import c_double
from dataclasses import replace
from html import unescape

import pypdfium2
from pypdfium2 import raw

from reports.content import Content, Endorsement, Group, Measure
from reports.document.pdf import page_count, render_pdf
from reports.document.qr import code_of
from reports.document.screen import pages_of, show
from tests.reports.document.conftest import with_memorandum
from tests.reports.document.marked import MARK

NEARLY = 0.1  # points, a hair


def test_every_line_begins_where_the_pdf_has_it(content: Content) -> None:
    shown = [page for part in show(content, parts=("memorandum", "table")) for page in part.pages]
    document = pypdfium2.PdfDocument(render_pdf(content, stage="draft"))
    assert len(shown) == len(document)
    for page, printed in zip(shown, document, strict=True):
        places = printed_letters(printed)
        for words, x, y in lines(page.svg):
            letter, x_printed, y_printed = next(places)
            assert (letter, abs(x - x_printed) < NEARLY, abs(y - y_printed) < NEARLY) == (
                words[0],
                True,
                True,
            )
            for _ in re.sub(r"\s", "", words)[1:]:
                next(places)


def lines(svg: str) -> list[tuple[str, float, float]]:
    """Each line of a page with its place."""
    found = re.findall('<text x="(.*?)" y="(.*?)"[^>]*>(.*?)</text>', svg)
    return [(unescape(words), float(x), float(y)) for x, y, words in found]


def printed_letters(page: pypdfium2.PdfPage) -> Iterator[tuple[str, float, float]]:
    """Each letter of a printed page with its place from the upper left corner; no white space."""
    text, x, y = page.get_textpage(), c_double(), c_double()
    for place in range(text.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(text, place))
        if not letter.isspace():
            raw.FPDFText_GetCharOrigin(text, place, x, y)
            yield letter, x.value, page.get_height() - y.value


def test_a_page_without_changes_keeps_its_mark(content: Content) -> None:
    (before,) = show(content, parts=("table",))
    title = replace(content.table, title="ชื่อใหม่")
    (after,) = show(replace(content, table=title), parts=("table",))
    same = [a.mark == b.mark for a, b in zip(before.pages, after.pages, strict=True)]
    assert same == [False, *[True] * (len(same) - 1)]


def test_a_page_for_the_sake_of_one_signature_is_remarked_upon(content: Content) -> None:
    (usual,) = show(content, parts=("memorandum",))
    (lonely,) = show(replace(content, signers=content.signers[:2]), parts=("memorandum",))
    assert (usual.remarks, lonely.remarks) == ((), ("หน้าที่ 2 มีผู้ลงนามเพียงตำแหน่งเดียว",))


def with_rows(content: Content, count: int) -> Content:
    """Its table of so many rows that say hardly anything."""
    row = Measure(key="m", number="๑.๑", title="มาตรการ")
    groups = (Group("g", "๑.", "หมวด", (row,) * count),)
    return replace(content, table=replace(content.table, groups=groups))


def test_a_last_page_of_the_table_with_hardly_a_line_is_remarked_upon(content: Content) -> None:
    shown = [show(with_rows(content, count), parts=("table",))[0] for count in range(1, 60)]
    pages = [len(part.pages) for part in shown]
    begun = pages.index(2)
    assert [part.remarks for part in shown[begun - 1 : begun + 3]] == [
        (),
        ("หน้าสุดท้ายของตารางแนบ (หน้าที่ 2) มีข้อความเพียง 1 บรรทัด",),
        ("หน้าสุดท้ายของตารางแนบ (หน้าที่ 2) มีข้อความเพียง 2 บรรทัด",),
        (),
    ]


def test_a_table_that_few_will_read_to_its_end_is_remarked_upon(content: Content) -> None:
    (shown,) = show(with_rows(content, 500), parts=("table",))
    assert f"ตารางแนบยาว {len(shown.pages)} หน้า กรุณาตรวจว่าย่อข้อความได้หรือไม่" in shown.remarks


def test_a_name_of_several_lines_is_known_as_a_signature(content: Content) -> None:
    author, *others = content.signers
    long = replace(author, name="ว่าที่ร้อยตรีหญิง กรรณิการ์ " + "ณ อยุธยา " * 8)
    short = with_memorandum(content, sections=content.memorandum.sections[:1])
    (shown,) = show(replace(short, signers=(long, *others)), parts=("memorandum",))
    assert shown.remarks == ()


def test_pages_are_named_and_their_letters_thai(content: Content) -> None:
    (part,) = show(content, parts=("table",))
    assert 'role="group" lang="th" aria-label="ตารางแนบ หน้า ๒"' in part.pages[1].svg


def test_the_emblem_is_asked_from_its_address(content: Content) -> None:
    (part,) = show(content, parts=("memorandum",), emblem_url="/emblem?a=1&b=2")
    assert 'href="/emblem?a=1&amp;b=2"' in part.pages[0].svg


def test_a_frozen_revision_is_shown_as_it_was_presented_with_its_code(content: Content) -> None:
    memorandum, table = pages_of(content, mark=MARK)
    assert [(shown.title, shown.remarks) for shown in (memorandum, table)] == [
        ("บันทึกข้อความ", ()),
        ("ตารางแนบ", ()),
    ]
    pages = [*memorandum.pages, *table.pages]
    assert len(pages) == page_count(render_pdf(content, stage="presented", mark=MARK))
    drawn = "".join(f"M{x} {y}h{count}v1h-{count}z" for x, y, count in code_of(MARK.url).bars)
    for page in pages:
        assert page.svg.count(drawn) == 1
        assert MARK.code in page.svg
        assert "ฉบับร่าง" not in page.svg


def test_who_has_signed_stands_on_the_pages(content: Content, endorsements: tuple[Endorsement, ...]) -> None:
    def text(*signed: Endorsement) -> str:
        return "".join(page.svg for shown in pages_of(content, endorsements=signed) for page in shown.pages)

    assert f"({endorsements[5].name})" in text(*endorsements)
    assert f"({endorsements[5].name})" not in text()
