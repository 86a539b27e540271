"""A rehearsal says what it is on every page and in every file, and its text stays exact all the same."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from io import BytesIO, StringIO

import openpyxl
import page as validator
import pypdf
import pytest
from docx import Document
from pypdf.generic import ContentStream

from reports.content import REHEARSAL, Content, Endorsement
from reports.document.layout import Stage
from reports.document.pdf import page_count, render_pdf
from reports.document.screen import pages_of, show
from reports.exports import TWINS, Printed, attached, file_stem
from tests.pdf_tags import painted, spoken
from tests.pdf_text import EXTRACTORS, missing, pages
from tests.reports.document.conftest import sentences
from tests.reports.document.marked import MARK, acts_of

WORDS = REHEARSAL.replace(" ", "")


@pytest.fixture(scope="module")
def content(content: Content) -> Content:
    """A rehearsal of the report with one of its groups."""
    return replace(content, table=replace(content.table, groups=content.table.groups[:1]), is_rehearsal=True)


@pytest.fixture(scope="module")
def made() -> dict[Stage, bytes]:
    """Made by the first test that asks: the fonts are a matter of each test."""
    return {}


@pytest.fixture(params=["draft", "presented", "sealed"])
def pdf(
    request: pytest.FixtureRequest,
    content: Content,
    endorsements: tuple[Endorsement, ...],
    made: dict[Stage, bytes],
) -> bytes:
    stage: Stage = request.param
    if stage not in made:
        signed = endorsements if stage == "sealed" else ()
        made[stage] = render_pdf(
            content,
            stage=stage,
            endorsements=signed,
            mark=None if stage == "draft" else MARK,
            acts=acts_of(content, signed),
        )
    return made[stage]


def test_every_page_says_so_at_its_head(pdf: bytes) -> None:
    assert all(WORDS in page for page in pages("mutool", pdf))


def test_the_word_lies_across_every_page_below_its_text(pdf: bytes) -> None:
    reader = pypdf.PdfReader(BytesIO(pdf))
    for page in reader.pages:
        painting = [
            words[0] if operator == b"Do" else "text"
            for words, operator in ContentStream(page["/Contents"], reader).operations
            if operator in (b"Do", b"TJ", b"Tj")
        ]
        assert painting.count("/word") == 1
        assert painting.index("/word") < painting.index("text")


@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_the_text_stays_exact_and_has_no_more_than_the_line_at_the_head(
    extractor: str, content: Content
) -> None:
    rehearsed, real = (
        render_pdf(replace(content, is_rehearsal=rehearsal), stage="presented", mark=MARK)
        for rehearsal in (True, False)
    )
    assert missing(extractor, rehearsed, sentences(content)) == []
    assert [page.replace(WORDS, "", 1) for page in pages(extractor, rehearsed)] == pages(extractor, real)


def test_it_is_read_aloud_once_before_all_else(pdf: bytes) -> None:
    heard = spoken(pdf)
    assert heard.startswith(WORDS)
    assert heard.count(WORDS) == 1


def test_it_is_for_the_archive_and_the_ear_as_any_other(pdf: bytes) -> None:
    assert [validator.is_pdf_compliant_bytes(pdf, profile=profile) for profile in ("3a", "ua1")] == [
        True,
        True,
    ]
    assert [page.unmarked for page in painted(pdf)] == [[]] * page_count(pdf)


def test_its_title_says_so(content: Content, pdf: bytes) -> None:
    told = pypdf.PdfReader(BytesIO(pdf)).metadata
    assert told is not None
    assert told.title == f"{REHEARSAL}: {content.memorandum.subject}"


def test_the_pages_on_a_screen_say_so_too(content: Content) -> None:
    for shown in [*show(content, parts=("memorandum", "table")), *pages_of(content, mark=MARK)]:
        for page in shown.pages:
            assert f">{REHEARSAL}</text>" in page.svg
            assert page.svg.index('fill="#e6e6e6"') < page.svg.index("<text")


def test_a_real_document_says_nothing_of_it(content: Content) -> None:
    real = replace(content, is_rehearsal=False)
    assert not any(WORDS in page for page in pages("mutool", render_pdf(real, stage="draft")))
    assert [one.name for one in attached(real)] == ["tuayang-2567-annual.json", "tuayang-2567-annual.csv"]
    assert "rehearsal" not in TWINS[".csv"].make(Printed(real)).decode()


def test_word_says_so_at_the_head_of_every_page_and_in_its_title(content: Content) -> None:
    file = Document(BytesIO(TWINS[".docx"].make(Printed(content, "draft"))))
    for section in file.sections:
        for header in (section.first_page_header, section.header):
            assert header.paragraphs[0].text == f"{REHEARSAL} · ฉบับร่าง"
    assert file.core_properties.title.startswith(REHEARSAL)


def test_excel_says_so_above_its_table_and_at_the_head_of_every_page(content: Content) -> None:
    book = openpyxl.load_workbook(BytesIO(TWINS[".xlsx"].make(Printed(content))))
    sheet = book.worksheets[0]
    assert sheet["A1"].value == REHEARSAL
    assert sheet.oddHeader.left.text == sheet.firstHeader.left.text == REHEARSAL
    assert book.properties.title.startswith(REHEARSAL)
    for data in book.worksheets[1:]:
        assert data["D1"].value == "rehearsal"


@pytest.mark.parametrize("ending", [".csv", "-results.csv", "-steps.csv", "-evidence.csv"])
def test_every_row_of_a_csv_file_says_so(content: Content, ending: str) -> None:
    rows = csv.DictReader(StringIO(TWINS[ending].make(Printed(content)).decode("utf-8-sig")))
    assert "rehearsal" in (rows.fieldnames or ())
    assert {row["rehearsal"] for row in rows} <= {REHEARSAL}


def test_the_json_and_the_names_of_the_files_say_so(content: Content) -> None:
    assert json.loads(TWINS[".json"].make(Printed(content)))["is_rehearsal"] is True
    assert file_stem(content) == "tuayang-2567-annual-rehearsal"
