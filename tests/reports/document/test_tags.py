"""How the document is read aloud: everything in a tree or an artifact, headings, tables, lists, the emblem."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import page as validator
import pypdf
import pytest
from PIL import Image

from measures.bullets import Bullet
from reports.content import Content, Endorsement, Section
from reports.document.pdf import render_pdf
from reports.exports import attached
from tests.pdf_tags import by_mark, painted, root_of, spoken, tree
from tests.reports.document.conftest import sentences, with_measure, with_memorandum

LONG = "ดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสของหน่วยงาน"
KINDS = ("draft", "presented", "sealed")


@pytest.fixture(scope="module")
def pdfs() -> dict[str, bytes]:
    """Made by the first test that asks: the fonts are a matter of each test."""
    return {}


@pytest.fixture(params=KINDS)
def pdf(
    request: pytest.FixtureRequest,
    content: Content,
    endorsements: tuple[Endorsement, ...],
    pdfs: dict[str, bytes],
) -> bytes:
    """The whole report as a draft without an emblem, as presented with one, and as sealed."""
    kind = request.param
    if kind not in pdfs:
        pdfs["draft"] = render_pdf(content, stage="draft")
        pdfs["presented"] = render_pdf(
            content, stage="presented", emblem=emblem(), attached=attached(content)
        )
        pdfs["sealed"] = render_pdf(
            content, stage="sealed", endorsements=endorsements, emblem=emblem(), attached=attached(content)
        )
    return pdfs[kind]


def emblem() -> bytes:
    file = BytesIO()
    Image.new("RGBA", (40, 60), (120, 30, 40, 128)).save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_an_independent_checker_finds_nothing(pdf: bytes, profile: str) -> None:
    report = validator.validate_pdf_bytes(pdf, profile=profile)
    assert [(found.rule_id, found.message) for found in report.failures] == []
    assert report.is_compliant


def test_all_that_is_painted_is_in_the_tree_once_or_an_artifact(pdf: bytes) -> None:
    pages = painted(pdf)
    assert [page.unmarked for page in pages] == [[]] * len(pages)
    on_pages = [(number, mark) for number, page in enumerate(pages) for mark in page.marks]
    in_tree = [mark for tag in tree(pdf).walk() for mark in tag.marks]
    assert Counter(in_tree) == Counter(on_pages)
    assert max(Counter(in_tree).values()) == 1


def test_from_each_mark_the_tree_is_found_back(pdf: bytes) -> None:
    roles = {mark: tag.role for tag in tree(pdf).walk() for mark in tag.marks}
    told = by_mark(pdf)
    assert {
        (page, mark): role for page, roles_ in enumerate(told) for mark, role in enumerate(roles_)
    } == roles


def test_headings_begin_with_the_first_level_and_skip_none(pdf: bytes) -> None:
    levels = [
        int(tag.role[1]) for tag in tree(pdf).walk() if tag.role in {"H1", "H2", "H3", "H4", "H5", "H6"}
    ]
    assert levels[0] == 1
    assert all(following <= level + 1 for level, following in pairwise(levels))


def test_every_row_of_the_table_is_as_wide_as_its_headings(pdf: bytes, content: Content) -> None:
    (table,) = tree(pdf).all("Table")
    widths = {sum(cell.attributes.get("ColSpan", 1) for cell in row.children) for row in table.all("TR")}
    assert widths == {len(content.table.columns)}


def test_every_cell_names_its_headings(pdf: bytes) -> None:
    (table,) = tree(pdf).all("Table")
    names = {tag.name for tag in table.all("TH")}
    cells = table.all("TD")
    assert cells
    assert all(cell.attributes["Headers"] and set(cell.attributes["Headers"]) <= names for cell in cells)
    assert all(tag.attributes["Scope"] in {"/Column", "/Row"} for tag in table.all("TH"))


def test_headings_of_cells_can_be_looked_up_by_name(pdf: bytes) -> None:
    names = root_of(pdf)["/StructTreeRoot"]["/IDTree"]["/Names"]
    told = {
        str(name): str(tag.get_object()["/ID"]) for name, tag in zip(names[::2], names[1::2], strict=True)
    }
    assert list(told) == sorted(told)
    assert set(told) == {tag.name for tag in tree(pdf).walk() if tag.name}
    assert all(name == tag for name, tag in told.items())


def test_lists_hold_items_of_a_label_and_a_body(pdf: bytes) -> None:
    lists = tree(pdf).all("L")
    assert lists
    for one in lists:
        assert {item.role for item in one.children} == {"LI"}
        for item in one.children:
            assert [part.role for part in item.children] in (["Lbl", "LBody"], ["LBody"])


def test_the_emblem_says_what_it_is_and_where(pdf: bytes) -> None:
    (figure,) = tree(pdf).all("Figure")
    left, bottom, right, top = (float(edge) for edge in figure.attributes["BBox"])
    assert figure.alt
    assert 0 < left < right < 595
    assert 700 < bottom < top < 842


def test_the_file_says_that_it_is_tagged_and_in_which_language(pdf: bytes) -> None:
    root = root_of(pdf)
    assert root["/MarkInfo"] == {"/Marked": True}
    assert root["/Lang"] == "th"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert {str(page["/Tabs"]) for page in pypdf.PdfReader(BytesIO(pdf)).pages} == {"/S"}


def test_the_outline_leads_to_every_heading(content: Content, pdf: bytes) -> None:
    reader = pypdf.PdfReader(BytesIO(pdf))
    (memorandum, sections, table) = reader.outline
    assert isinstance(memorandum, pypdf.generic.Destination)
    assert memorandum.title == "บันทึกข้อความ"
    assert isinstance(sections, list)
    assert [one.title for one in sections] == [  # type: ignore[union-attr]
        f"{section.number}. {section.title}" for section in content.memorandum.sections
    ]
    assert isinstance(table, pypdf.generic.Destination)
    assert reader.get_destination_page_number(table) == next(
        number for number, page in enumerate(reader.pages) if page.mediabox.width > page.mediabox.height
    )


def test_every_sentence_is_read_aloud_in_order_and_no_page_number(
    content: Content, pdfs: dict[str, bytes]
) -> None:
    pdf = pdfs.setdefault("draft", render_pdf(content, stage="draft"))
    heard = spoken(pdf)
    assert [sentence for sentence in sentences(content) if "".join(sentence.split()) not in heard] == []
    assert "ฉบับร่าง" not in heard
    assert "-๒-" not in heard
    assert heard.index("เรื่องเดิม") < heard.index("ข้อเท็จจริง") < heard.index("จึงเรียนมาเพื่อโปรดทราบ")
    assert heard.count("ผู้รับผิดชอบ") == "".join(sentences(content)).count("ผู้รับผิดชอบ")


def test_what_goes_on_over_pages_is_one_element(content: Content) -> None:
    long = with_memorandum(content, sections=(Section("๑", "ยาว", LONG * 90),))
    long = with_measure(long, results=(Bullet("-", LONG * 40),))
    document = tree(render_pdf(long, stage="presented"))
    parted = [tag for tag in document.walk() if len({page for page, _ in tag.marks}) > 1]
    assert {tag.role for tag in parted} == {"P", "LBody"}
    assert len(parted) == 2


def test_an_empty_report_is_a_valid_document_too(content: Content) -> None:
    empty = with_memorandum(
        replace(content, table=replace(content.table, groups=()), signers=()),
        subject="", number="", date=None, section="", addressee="", sections=(), closing="",
    )  # fmt: skip
    pdf = render_pdf(empty, stage="draft")
    assert [validator.is_pdf_compliant_bytes(pdf, profile=profile) for profile in ("3a", "ua1")] == [
        True,
        True,
    ]


def test_letters_of_other_scripts_are_valid_too(content: Content) -> None:
    scripts = with_memorandum(content, subject="كتاب بهاس ملايو 😀 ✓□ 漢字 ก็ํ้ x̂", sections=())
    pdf = render_pdf(replace(scripts, table=replace(scripts.table, groups=())), stage="presented")
    assert [validator.is_pdf_compliant_bytes(pdf, profile=profile) for profile in ("3a", "ua1")] == [
        True,
        True,
    ]
