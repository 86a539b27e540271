"""The code at the foot of every page: where it stands, that a phone can read it, and that it moves nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import pypdf
import pytest
from pypdf.generic import ContentStream
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from reports.content import Content, Endorsement
from reports.document.engine import in_turn
from reports.document.pdf import render_pdf
from reports.document.qr import QUIET, code_of
from reports.document.sheet import PlacedCode, Sheet
from tests.pdf_tags import spoken, tree
from tests.pdf_text import EXTRACTORS, missing, pages
from tests.reports.document.conftest import sentences, with_memorandum
from tests.reports.document.marked import FOOT, MARK

CM = 72 / 2.54
PRINTABLE = 0.42 * CM  # office printers leave so much of a page white


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    """Made by the first test that asks: the fonts are a matter of each test."""
    return {}


@pytest.fixture
def pdf(content: Content, endorsements: tuple[Endorsement, ...], made: dict[str, bytes]) -> bytes:
    if "pdf" not in made:
        made["pdf"] = render_pdf(content, stage="sealed", endorsements=endorsements, mark=MARK)
    return made["pdf"]


def sheets(content: Content, *, marked: bool) -> list[Sheet]:
    with in_turn() as font_config:
        from reports.document import setting  # noqa: PLC0415 -- after the engine has its fonts

        return setting.set_document(content, font_config, mark=MARK if marked else None, draft=False).sheets


def corners(placed: PlacedCode) -> tuple[float, float, float, float]:
    return placed.x, placed.y, placed.x + placed.side, placed.y + placed.side


def test_each_page_of_both_parts_has_it(content: Content) -> None:
    made = sheets(content, marked=True)
    assert {sheet.width < sheet.height for sheet in made} == {True, False}
    assert {len(sheet.codes) for sheet in made} == {1}
    for sheet in made:
        assert [text.line.words for text in sheet.texts[-2:]] == list(FOOT)


def test_a_page_is_the_same_below_it(content: Content) -> None:
    for bare, marked in zip(sheets(content, marked=False), sheets(content, marked=True), strict=True):
        for one, other in zip(bare.texts, marked.texts[:-2], strict=True):
            assert (one.line.words, one.x, one.y, one.spread) == (
                other.line.words,
                other.x,
                other.y,
                other.spread,
            )
        assert (bare.rules, bare.dots, bare.emblem) == (marked.rules, marked.dots, marked.emblem)


def test_it_stands_in_the_margin_where_printers_print(content: Content) -> None:
    for sheet in sheets(content, marked=True):
        left, top, right, bottom = corners(sheet.codes[0])
        assert right < sheet.width - PRINTABLE
        assert bottom < sheet.height - PRINTABLE
        if sheet.width < sheet.height:
            assert top > sheet.height - 2 * CM
            assert left == pytest.approx(3 * CM)
        else:
            assert left > sheet.width - 2 * CM
        for text in sheet.texts[-2:]:
            assert text.y > sheet.height - (2 if sheet.width < sheet.height else 1.5) * CM


def test_a_phone_can_read_it(content: Content) -> None:
    for sheet in sheets(content, marked=True):
        (placed,) = sheet.codes
        assert placed.side >= 1.3 * CM
        module = placed.side / placed.code.side
        assert module > 0.035 * CM
        left, top, right, bottom = corners(placed)
        quiet = QUIET * module
        assert right + quiet <= sheet.width
        assert bottom + quiet <= sheet.height
        for text in sheet.texts:
            beside = text.x + text.line.width <= left - quiet or text.x >= right + quiet
            assert beside or text.y <= top - quiet
        for x, y, width, height in sheet.rules:
            assert x + width <= left - quiet or y + height <= top - quiet


def test_what_is_drawn_is_the_code_of_the_address(pdf: bytes) -> None:
    known = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    known.add_data(MARK.url)
    known.make(fit=True)
    drawn = {matrix for page in drawn_codes(pdf) for matrix in page}
    assert drawn == {tuple(map(tuple, known.get_matrix()))}


def test_it_is_drawn_once_in_the_file_and_shown_on_every_page(pdf: bytes) -> None:
    reader = pypdf.PdfReader(BytesIO(pdf))
    objects = {
        page["/Resources"]["/XObject"].raw_get(name).idnum  # type: ignore[index]
        for page in reader.pages
        for name in used(page, reader)
    }
    assert len(objects) == 1
    assert Counter(len(page) for page in drawn_codes(pdf)) == {1: len(reader.pages)}


def test_a_long_address_is_a_finer_code_and_wraps_beside_it(content: Content) -> None:
    long = replace(MARK, url=f"https://{'mueang.' * 20}go.th/v/{MARK.code}")
    assert code_of(long.url).side > code_of(MARK.url).side
    pdf = render_pdf(content, stage="presented", mark=long)
    assert missing("mutool", pdf, [f"ตรวจสอบที่ {'mueang.' * 20}go.th/v"]) == []


def test_it_is_read_aloud_once_at_the_end(pdf: bytes) -> None:
    heard = spoken(pdf)
    assert heard.endswith("".join(FOOT).replace(" ", ""))
    assert heard.count(MARK.code) == 1
    assert tree(pdf).children[-1].role == "P"


@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_the_text_of_the_pages_stays_exact(extractor: str, content: Content, pdf: bytes) -> None:
    assert missing(extractor, pdf, sentences(content)) == []
    foot = "".join(FOOT).replace(" ", "")
    assert all(foot in page for page in pages(extractor, pdf))


def test_the_next_pages_first_words_stay_beside_it(content: Content) -> None:
    long = with_memorandum(
        content, sections=(replace(content.memorandum.sections[0], body="ข้อความยาว " * 900),)
    )
    for sheet in sheets(long, marked=True)[:2]:
        (ahead,) = (text for text in sheet.texts if text.line.words.startswith("/"))
        assert ahead.x > sheet.texts[-1].x + sheet.texts[-1].line.width
        assert ahead.y < sheet.codes[0].y


def test_a_draft_has_none(content: Content) -> None:
    assert not any(drawn_codes(render_pdf(content, stage="draft")))


def used(page: pypdf.PageObject, reader: pypdf.PdfReader) -> Iterator[str]:
    """The names of the codes that a page shows, in order."""
    for words, operator in ContentStream(page["/Contents"], reader).operations:
        if operator == b"Do" and words[0].startswith("/qr"):
            yield words[0]


def drawn_codes(pdf: bytes) -> list[list[tuple[tuple[bool, ...], ...]]]:
    """The modules of each code on each page, as they are painted."""
    reader = pypdf.PdfReader(BytesIO(pdf))
    return [
        [_modules(page["/Resources"]["/XObject"][name], reader) for name in used(page, reader)]  # type: ignore[index]
        for page in reader.pages
    ]


def _modules(drawing: Any, reader: pypdf.PdfReader) -> tuple[tuple[bool, ...], ...]:
    side = int(drawing["/BBox"][2])
    dark = {
        (int(y), int(x) + step)
        for words, operator in ContentStream(drawing, reader).operations
        if operator == b"re"
        for x, y, width, height in [words]
        for step in range(int(width))
    }
    return tuple(tuple((y, x) in dark for x in range(side)) for y in range(side))
