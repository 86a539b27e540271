"""Copied and searched text is letter for letter what was typed, whichever program reads it and whatever it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Final

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as property_settings
from hypothesis import strategies as st

from measures.bullets import Bullet
from measures.thai import canonical
from reports.content import Content, Endorsement, Section
from reports.document.pdf import render_pdf
from tests.pdf_text import EXTRACTORS, missing
from tests.reports.document.conftest import sentences, with_measure, with_memorandum

pytestmark = pytest.mark.parametrize("extractor", EXTRACTORS)

Made = Callable[[str, Callable[[], bytes]], bytes]


@pytest.fixture(scope="module")
def made() -> Made:
    """A document of that name, made when it is first asked for."""
    known: dict[str, bytes] = {}

    def once(name: str, make: Callable[[], bytes]) -> bytes:
        if name not in known:
            known[name] = make()
        return known[name]

    return once


def lines_in(content: Content, lines: list[str], *, bold: bool = False) -> bytes:
    """The document with ``lines`` as the memorandum's text, or as its headings."""
    sections = (
        tuple(Section("๑", line, "") for line in lines) if bold else (Section("๑", "ข้อ", "\n".join(lines)),)
    )
    return render_pdf(with_memorandum(content, sections=sections), stage="presented")


def test_the_whole_report(
    extractor: str, content: Content, endorsements: tuple[Endorsement, ...], made: Made
) -> None:
    pdf = made("report", lambda: render_pdf(content, stage="sealed", endorsements=endorsements))
    assert missing(extractor, pdf, sentences(content)) == []


# --- Thai -------------------------------------------------------------------------------------------------------

CONSONANTS: Final = [chr(code) for code in range(0x0E01, 0x0E2F)]
ABOVE: Final = ["", *"\u0e31\u0e34\u0e35\u0e36\u0e37\u0e47"]
BELOW: Final = ["", *"\u0e38\u0e39\u0e3a"]
TONES: Final = ["", *"่้๊๋์\u0e4e"]


def clusters_of_every_day() -> list[str]:
    marks = ["".join(pair) for pair in product(ABOVE + BELOW[1:], TONES)]
    marks += [f"{tone}ำ" for tone in TONES[:5]]
    return ["".join(pair) for pair in product(CONSONANTS, marks)]


def clusters_of_no_day() -> list[str]:
    """Vowels above and below together, with nikhahit and tones, ำ after all of them: Pali, songs, mistyping."""
    marks = {
        canonical("ก" + "".join(parts))[1:]
        for parts in product(BELOW, ABOVE, ["", "\u0e4d"], TONES, ["", "ำ"])
    }
    return ["".join(pair) for pair in product("กปญฎฐฬ", sorted(marks))]


def in_lines(clusters: list[str]) -> list[str]:
    return ["ก".join(clusters[at : at + 20]) + "จบ" for at in range(0, len(clusters), 20)]


@pytest.mark.parametrize("bold", [False, True], ids=["regular", "bold"])
def test_every_consonant_with_every_vowel_and_tone(
    extractor: str, content: Content, made: Made, bold: bool
) -> None:
    lines = in_lines(clusters_of_every_day())
    pdf = made(f"every day {bold}", lambda: lines_in(content, lines, bold=bold))
    assert missing(extractor, pdf, lines) == []


def test_marks_in_combinations_that_nobody_foresaw(extractor: str, content: Content, made: Made) -> None:
    lines = in_lines(clusters_of_no_day())
    pdf = made("no day", lambda: lines_in(content, lines))
    assert missing(extractor, pdf, lines) == []


HARD_WORDS: Final = [
    "สิทธิ์ บริสุทธิ์ พันธุ์ ฤๅษี ฦๅ ฯลฯ ๏ ๚ ๛ ฅ ฃ ๐๑๒๓๔๕๖๗๘๙ เก้า ไม้ โต๊ะ ใต้ น้ำ ต่าง ๆ",
    "ฎีกา ปฏิบัติ ฐานุกรม ญี่ปุ่น กตัญญู กุฎี ฎุ ฏุ ฐุ ญุ ฎู ฏู ฐู ญู ฎฺ ฏฺ พุทฺโธ สํฆ ธมฺมํ ราชภฏฺ",
    "ที ่า ี ำ ุ คก์์ เเก กำ่ คะ่ ก่ี ปุ้ ฟ๊า",
    "e-service, COVID-19 (๑๒/๒๕๖๗) 1,250.50 บาท www.tuayang.go.th office fluffy affine — “ก” ‘ข’ … 25 °C",
]


def test_words_that_are_hard_to_copy(extractor: str, content: Content, made: Made) -> None:
    lines = [canonical(line) for line in HARD_WORDS]
    assert missing(extractor, made("hard", lambda: lines_in(content, lines)), lines) == []


def test_hard_words_in_every_place_of_the_document(
    extractor: str, content: Content, endorsements: tuple[Endorsement, ...], made: Made
) -> None:
    word = canonical("สิทธิ์ปั้นญู👍🏽✓ﬀé")

    def make() -> bytes:
        signed = tuple(replace(one, name=f"นาย{word} {one.order}", words=word) for one in endorsements)
        return render_pdf(everywhere(content, word), stage="sealed", endorsements=signed)

    expected = [*sentences(everywhere(content, word)), *(f"นาย{word} {one.order}" for one in endorsements)]
    assert missing(extractor, made("everywhere", make), expected) == []


def everywhere(content: Content, word: str) -> Content:
    memo = content.memorandum
    changed = with_measure(
        with_memorandum(
            content,
            section=memo.section + word,
            subject=memo.subject + word,
            addressee=memo.addressee + word,
            sections=(Section("๑", word, f"เรื่อง {word}", (Bullet("๑.", word),)),),
        ),
        title=word, due_text=word, units_printed=word, results=(Bullet("-", word, (Bullet("๑.", word),)),),
    )  # fmt: skip
    return replace(changed, signers=tuple(replace(one, words=word) for one in content.signers))


PIECES: Final = (
    *(chr(code) for code in (*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C))),
    *"abcfilé ÅŐñ0123456789-–“”().,/% ✓□●→😀★",
    *("👍🏽", "🇹🇭", "❤️", "1️⃣", "👨‍👩‍👧", "ffi", " ๆ", "พ.ศ.๒๕๖๗"),
)
TYPED: Final = st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map("".join)


@given(lines=st.lists(TYPED, min_size=30, max_size=60))
@property_settings(max_examples=4, suppress_health_check=list(HealthCheck))
def test_whatever_is_typed(extractor: str, content: Content, lines: list[str]) -> None:
    typed = [f"๑{text}๒" for line in lines if (text := canonical(line))]
    assert missing(extractor, lines_in(content, typed), typed) == []


# --- other letters ----------------------------------------------------------------------------------------------

OTHERS: Final = [
    "é ü ñ ç œ æ ß Ā ṭ ḍ ṇ ḷ ṃ ś ẵ x̂ g̃ n̄ a̐ t͡s",
    "° ฿ € % ‰ ½ ¼ ² ³ × ÷ ± ≥ ≤ ≠ → ← ✓ ✔ ✗ □ ■ ● ○ ◌ • ◦ ☐ ☑ ① ⑴ ℃ № ™ © § † µ Ω ∑ √ ∞ H₂O m³",
    "Ελληνικά Русский Հայերեն ქართული አማርኛ",
    "ພາສາລາວ ສະບາຍດີ ນ້ຳ",
    "ភាសាខ្មែរ ស្រី ក្រុម",
    "မြန်မာဘာသာ ကျွန်ုပ်",
    "हिन्दी क्षत्रिय संस्कृत தமிழ் ஸ்ரீ বাংলা తెలుగు සිංහල",
    "😀 👍🏽 ❤️ 👨‍👩‍👧 🇹🇭 1️⃣ #️⃣ ⏰ ⚠️ ✈️ 🏳️‍🌈 ☎ ★ 🇹 🏽 ทดสอบ👍🏽ครับ",
]


def test_letters_of_other_scripts_and_emoji(extractor: str, content: Content, made: Made) -> None:
    lines = [canonical(line) for line in OTHERS]
    assert missing(extractor, made("others", lambda: lines_in(content, lines)), lines) == []


JAWI: Final = [
    "بهاس ملايو",
    "ڠ ڤ ݢ ۏ ڽ چ",
    "السلام عليكم لا",
    "ภาษามลายูเรียกว่า بهاس แปลว่าภาษา",
    "ตาดีกา مدرسة จังหวัด ڤتاني ดำเนินการแล้ว",
]
PHRASES: Final = ["ศูนย์พัฒนา بهاس ملايو ดำเนินการแล้ว", "มูลนิธิ (فطاني دارالسلام) อำเภอเมือง"]


def test_malay_in_arabic_letters(extractor: str, content: Content, made: Made) -> None:
    pdf = made("jawi", lambda: lines_in(content, [*JAWI, *PHRASES]))
    assert missing(extractor, pdf, JAWI) == []


def test_an_arabic_phrase_in_a_thai_line(extractor: str, content: Content, made: Made) -> None:
    if extractor in ("pdftotext", "pdfium"):
        pytest.skip(
            "2026-11: by sight. pdfium gives words left to right, pdftotext puts first what closes a bracket"
        )
    pdf = made("jawi", lambda: lines_in(content, [*JAWI, *PHRASES]))
    assert missing(extractor, pdf, PHRASES) == []


# --- in columns and with an even edge -----------------------------------------------------------------------------


def test_numbers_hyphens_and_brackets_in_a_narrow_column(extractor: str, content: Content) -> None:
    text = "พัฒนา e-service และ COVID-19 ร้อยละ ๘๐ จำนวน ๑,๒๕๐ คน (พ.ศ.๒๕๖๖-๒๕๗๐) ต่าง ๆ ของเทศบาลฯ"
    pdf = render_pdf(with_measure(content, due_text=text, results=(Bullet("-", text),)), stage="draft")
    assert missing(extractor, pdf, [text, f"- {text}"]) == []


def test_a_long_paragraph_with_an_even_edge(extractor: str, content: Content) -> None:
    text = " ".join(f"ครั้งที่ {number} ดำเนินการ (พ.ศ.๒๕๖๗) e-service ดีขึ้นทุกช่องทาง 👍🏽" for number in range(80))
    pdf = lines_in(content, [text])
    assert missing(extractor, pdf, [text]) == []
