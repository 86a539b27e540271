"""The signing log at the end of the sealed document: who, as what, what was agreed to, when, how, and how to check."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import page as validator
import pytest

from measures.thai import thai_digits
from reports.content import Act, Content, Endorsement
from reports.document.pdf import page_count, render_pdf
from tests.pdf_tags import painted, root_of, spoken, tree
from tests.pdf_text import EXTRACTORS, missing, pages
from tests.reports.document.conftest import sentences, with_memorandum
from tests.reports.document.marked import FOOT, MARK, ORDER, acts_of, sealed_mark, words_of
from tests.reports.document.test_mark import drawn_codes

TITLE = "บันทึกการลงนามทางอิเล็กทรอนิกส์"
LONG = " กองยุทธศาสตร์และงบประมาณ ฝ่ายบริการและเผยแพร่วิชาการ" * 4
CM = 72 / 2.54


@pytest.fixture(scope="module")
def content(content: Content) -> Content:
    """The report with one of its groups."""
    return replace(content, table=replace(content.table, groups=content.table.groups[:1]))


@pytest.fixture(scope="module")
def endorsements(endorsements: tuple[Endorsement, ...]) -> tuple[Endorsement, ...]:
    return tuple(
        replace(one, acting_order=ORDER if len(one.position_lines) > 1 else "") for one in endorsements
    )


@pytest.fixture(scope="module")
def acts(content: Content, endorsements: tuple[Endorsement, ...]) -> tuple[Act, ...]:
    return acts_of(content, endorsements)


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    """Made by the first test that asks: the fonts are a matter of each test."""
    return {}


@pytest.fixture
def pdf(
    content: Content, endorsements: tuple[Endorsement, ...], acts: tuple[Act, ...], made: dict[str, bytes]
) -> bytes:
    if "pdf" not in made:
        made["pdf"] = sealed(content, endorsements, acts)
    return made["pdf"]


def sealed(content: Content, endorsements: tuple[Endorsement, ...], acts: tuple[Act, ...]) -> bytes:
    return render_pdf(
        content, stage="sealed", endorsements=endorsements, mark=sealed_mark(content), acts=acts
    )


def many(acts: tuple[Act, ...], count: int) -> tuple[Act, ...]:
    """As many acts, with titles as long as a town may have them."""
    return tuple(
        replace(
            acts[number % 6],
            order=thai_digits(number),
            position=f"ตำแหน่งที่{number}{LONG}",
            pressed=LONG * number,
        )
        for number in range(1, count + 1)
    )


@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_it_says_of_each_who_as_what_when_how_and_what_was_agreed_to(
    extractor: str, content: Content, acts: tuple[Act, ...], pdf: bytes
) -> None:
    assert missing(extractor, pdf, [words for act in acts for words in words_of(act)]) == []
    assert missing(extractor, pdf, sentences(content)) == []


def test_it_comes_last_and_says_which_document_it_is_about(
    content: Content, acts: tuple[Act, ...], pdf: bytes
) -> None:
    before = page_count(render_pdf(content, stage="sealed"))
    text = pages("mutool", pdf)
    assert [TITLE in page for page in text] == [False] * before + [True] * (len(text) - before)
    first = text[before]
    memo, mark = content.memorandum, sealed_mark(content)
    for label, value in (
        ("หน่วยงาน", content.agency.name),
        ("เรื่อง", memo.subject),
        ("ที่", memo.number),
        ("ลงวันที่", "๒๗ ธันวาคม ๒๕๖๗"),
        ("ฉบับที่", "๓"),
        ("การลงนาม", "๖ ลำดับ รวมผู้จัดทำ"),
        ("ค่าแฮชของเนื้อหา", content.sha256()),
        ("ค่าแฮชของไฟล์เสนอ", mark.presented_sha256),
    ):
        assert f"{label}{value}".replace(" ", "") in first
    assert "(ต่อ)" in text[before + 1]


def test_it_calls_the_signatures_what_they_are_and_no_more(pdf: bytes) -> None:
    text = "".join(pages("mutool", pdf))
    act = "พระราชบัญญัติว่าด้วยธุรกรรมทางอิเล็กทรอนิกส์พ.ศ.๒๕๔๔"
    assert f"เป็นลายมือชื่ออิเล็กทรอนิกส์ตามมาตรา๙แห่ง{act}" in text
    assert "มิได้กล่าวอ้างว่าเป็นลายมือชื่ออิเล็กทรอนิกส์ที่เชื่อถือได้ตามมาตรา๒๖" in text
    assert text.count("ที่เชื่อถือได้") == 1


def test_its_code_is_large_and_read_aloud_once(content: Content, pdf: bytes) -> None:
    first = page_count(render_pdf(content, stage="sealed"))
    assert [len(codes) for codes in drawn_codes(pdf)][first] == 2
    (figure,) = tree(pdf).children[-1].all("Figure")
    left, bottom, right, top = (float(edge) for edge in figure.attributes["BBox"])
    assert right - left == pytest.approx(top - bottom, abs=0.02)
    assert right - left > 3 * CM
    assert MARK.url in figure.alt
    heard = spoken(pdf)
    assert f"{FOOT[0]}ตรวจสอบเอกสารได้ที่{MARK.url}".replace(" ", "") in heard
    assert FOOT[1].replace(" ", "") not in heard


def test_it_is_one_part_with_a_heading_and_a_list_of_the_acts(acts: tuple[Act, ...], pdf: bytes) -> None:
    log = tree(pdf).children[-1]
    assert log.role == "Part"
    assert [len(log.all(role)) for role in ("H1", "H2")] == [1, 3]
    listed, checks = log.all("L")
    assert len(listed.children) == len(acts)
    assert [[part.role for part in item.children] for item in listed.children + checks.children] == [
        ["Lbl", "LBody"]
    ] * (len(acts) + len(checks.children))
    assert outline(pdf)[-4:] == [
        TITLE, "ลำดับการลงนาม", "ลายมือชื่ออิเล็กทรอนิกส์ในเอกสารนี้", "วิธีตรวจสอบเอกสาร",
    ]  # fmt: skip


@pytest.mark.parametrize("count", [1, 6, 15])
def test_it_holds_any_number_of_acts_with_long_titles(
    count: int, content: Content, endorsements: tuple[Endorsement, ...], acts: tuple[Act, ...]
) -> None:
    signed = many(acts, count)
    pdf = sealed(content, endorsements, signed)
    assert missing("pdftotext", pdf, [words for act in signed for words in words_of(act)]) == []
    assert [validator.is_pdf_compliant_bytes(pdf, profile=profile) for profile in ("3a", "ua1")] == [
        True,
        True,
    ]
    assert [page.unmarked for page in painted(pdf)] == [[]] * page_count(pdf)


def test_an_act_stays_whole_on_a_page_where_it_fits(
    content: Content, endorsements: tuple[Endorsement, ...], acts: tuple[Act, ...]
) -> None:
    text = pages("mutool", sealed(content, endorsements, many(acts, 9)))
    for act in many(acts, 5):
        position, pressed = (re.sub(r"\s", "", words) for words in (act.position, act.hash))
        assert [position in page for page in text] == [pressed in page and position in page for page in text]


def test_nothing_of_it_is_too_long_for_its_pages(
    content: Content, endorsements: tuple[Endorsement, ...], acts: tuple[Act, ...]
) -> None:
    endless = replace(acts[1], pressed="ก" * 9000, name="ข" * 400)
    long = with_memorandum(content, subject="ค" * 6000, number="ง" * 300)
    pdf = sealed(long, endorsements, (endless,))
    assert missing("mutool", pdf, ["ข" * 400]) == []
    assert "".join(pages("mutool", pdf)).count("ก") >= 9000
    assert validator.is_pdf_compliant_bytes(pdf, profile="ua1")


def test_an_opinion_stands_there_once(
    content: Content, endorsements: tuple[Endorsement, ...], acts: tuple[Act, ...]
) -> None:
    def last(words: str) -> str:
        act = replace(acts[-1], words=words, pressed="ลงนาม พร้อมความเห็น “ทราบและให้ถือปฏิบัติ”")
        return "".join(pages("mutool", sealed(content, endorsements, (act,)))[-2:])

    assert last("ทราบและให้ถือปฏิบัติ").count("ทราบและให้ถือปฏิบัติ") == 1
    assert "ความเห็น/ข้อสั่งการดำเนินการได้" in last("ดำเนินการได้")


def test_digits_are_the_agencys_but_for_codes_and_what_was_agreed_to(
    content: Content, endorsements: tuple[Endorsement, ...], acts: tuple[Act, ...], pdf: bytes
) -> None:
    assert "SHA-256" in "".join(pages("mutool", pdf))
    assert "SHA-๒๕๖" not in "".join(pages("mutool", pdf))
    arabic = "".join(pages("mutool", sealed(replace(content, thai_digits=False), endorsements, acts)))
    assert "ตามมาตรา9แห่ง" in arabic
    assert "6ลำดับ" in arabic


def test_without_acts_there_is_none(content: Content, endorsements: tuple[Endorsement, ...]) -> None:
    pdf = render_pdf(content, stage="sealed", endorsements=endorsements, mark=MARK)
    assert TITLE not in "".join(pages("mutool", pdf))


def outline(pdf: bytes) -> list[str]:
    """The title of every entry of the outline, in order."""

    def walk(entry: Any) -> Iterator[str]:
        while entry is not None:
            one = entry.get_object()
            yield str(one["/Title"])
            yield from walk(one.get("/First"))
            entry = one.get("/Next")

    return list(walk(root_of(pdf)["/Outlines"].get("/First")))
