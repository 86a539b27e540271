"""Copied and searched text is letter for letter what was typed, whichever program reads it."""

from __future__ import annotations

from itertools import product

import pytest

from measures.bullets import Bullet
from reports.content import Content, Endorsement, Section
from reports.document.pdf import render_pdf
from tests.pdf_text import EXTRACTORS, missing
from tests.reports.document.conftest import sentences, with_measure, with_memorandum


@pytest.fixture(scope="module")
def sealed(content: Content, endorsements: tuple[Endorsement, ...]) -> dict[str, bytes]:
    return {}


@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_the_whole_report(
    extractor: str, content: Content, endorsements: tuple[Endorsement, ...], sealed: dict[str, bytes]
) -> None:
    if not sealed:
        sealed["pdf"] = render_pdf(content, stage="sealed", endorsements=endorsements)
    assert missing(extractor, sealed["pdf"], sentences(content)) == []


@pytest.fixture(scope="module")
def combinations() -> list[str]:
    """Every consonant with every vowel sign, tone and ำ, twelve to a line."""
    consonants = [chr(code) for code in range(0x0E01, 0x0E2F) if code not in (0x0E24, 0x0E26)]
    marks = [
        "".join(pair) for pair in product(["", *"\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39"], ["", *"่้๊๋์"])
    ]
    marks += [f"{tone}ำ" for tone in ["", *"่้๊๋"]] + ["็"]
    clusters = ["".join(pair) for pair in product(consonants, marks)]
    return ["ก".join(clusters[at : at + 12]) + "จบ" for at in range(0, len(clusters), 12)]


@pytest.fixture(scope="module")
def every_cluster() -> dict[str, bytes]:
    return {}


@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_every_consonant_with_every_vowel_and_tone(
    extractor: str, content: Content, combinations: list[str], every_cluster: dict[str, bytes]
) -> None:
    if not every_cluster:
        section = Section("๑", "ทุกพยัญชนะ", "\n".join(combinations))
        every_cluster["pdf"] = render_pdf(with_memorandum(content, sections=(section,)), stage="presented")
    assert missing(extractor, every_cluster["pdf"], combinations) == []


@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_numbers_hyphens_and_brackets_in_a_narrow_column(extractor: str, content: Content) -> None:
    text = "พัฒนา e-service และ COVID-19 ร้อยละ ๘๐ จำนวน ๑,๒๕๐ คน (พ.ศ.๒๕๖๖-๒๕๗๐) ต่าง ๆ ของเทศบาลฯ"
    pdf = render_pdf(with_measure(content, due_text=text, results=(Bullet("-", text),)), stage="draft")
    assert missing(extractor, pdf, [text, f"- {text}"]) == []


@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_a_long_paragraph_with_an_even_edge(extractor: str, content: Content) -> None:
    text = " ".join(f"ครั้งที่ {number} ดำเนินการ (พ.ศ.๒๕๖๗) e-service ดีขึ้นทุกช่องทาง" for number in range(80))
    section = Section("๑", "ยาว", text)
    pdf = render_pdf(with_memorandum(content, sections=(section,)), stage="presented")
    assert missing(extractor, pdf, [text]) == []
