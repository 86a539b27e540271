"""Where a line of Thai may end: between words, never inside what belongs together, and never not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.document.engine import in_turn
from reports.document.sheet import CM
from reports.document.words import Borders, borders

COLUMNS = st.sampled_from([3.4, 4.6, 6.9, 7.2, 16.0])
WORDS = [
    "หน่วยงาน", "จัดซื้อจัดจ้าง", "ดำเนินงาน", "คณะผู้บริหาร", "ประจำปีงบประมาณ", "ของ", "และ", "ที่", "เทศบาลตำบล",
    "ใบเสร็จรับเงิน", "โปร่งใส", "ผู้มีส่วนได้ส่วนเสีย", "นั้น", "สื่อสาร", "ให้",
]  # fmt: skip
# Each with the places in it at which no line may end while it fits.
TOGETHER = [
    "๙๕ คะแนน", "๓ ครั้ง", "ไตรมาสที่ ๓", "ครั้งที่ ๒", "๑,๒๕๐,๐๐๐.๕๐ บาท", "ร้อยละ ๘๐", "มาตรา ๒๘", "ข้อ ๓.๑",
    "พ.ศ. ๒๕๖๗", "พ.ศ.๒๕๖๗", "ตย ๑๒๓๔๕/๓๕๘", "๒๗ ธันวาคม ๒๕๖๗", "๓๐ ก.ย. ๒๕๖๗", "e-service", "ป.ป.ช.",
    "๒๕๖๖ – ๒๕๗๐", "๐๙.๓๐ น.", "ต่าง ๆ", "กรุงเทพฯ", "อื่น ฯลฯ",
]  # fmt: skip
TEXT = st.lists(
    st.sampled_from([*WORDS, *TOGETHER, " ", "(", ")", "/", "“", "” ", "ITA"]), min_size=1, max_size=60
).map("".join)
CLOSING = set("ๆฯ)]}”’»…%")


def lines(text: str, centimetres: float) -> list[str]:
    """The words of each line of ``text`` in a column."""
    return set_texts([text], centimetres)[0]


def everywhere(words: str) -> list[list[str]]:
    """The lines of texts that have ``words`` at every place of a line of 6.9 cm."""
    return set_texts([f"{'ก ' * before}{words} และของ" for before in range(45)], 6.9)


def set_texts(texts: list[str], centimetres: float) -> list[list[str]]:
    with in_turn() as font_config:
        from reports.document.paragraphs import Face, Setter  # noqa: PLC0415 -- after the engine has its fonts

        setter = Setter(font_config)
        return [[line.words for line in setter.lines(text, Face(14, 16), centimetres * CM)] for text in texts]


def typed(text: str) -> str:
    return text.replace(" ", "")


@given(TEXT, COLUMNS)
def test_nothing_is_lost_or_added(text: str, column: float) -> None:
    assert typed("".join(lines(text, column))) == typed(text)


@given(st.text(st.sampled_from("กขงณเแโาิีึืุูำ่้๊๋์ๆฯ๑๒ ()-/.aA"), max_size=300), COLUMNS)
def test_nothing_is_lost_of_any_letters(text: str, column: float) -> None:
    assert typed("".join(lines(text, column))) == typed(text)


@given(st.lists(st.sampled_from([*WORDS, *TOGETHER]), min_size=3, max_size=40).map(" ".join), COLUMNS)
def test_no_line_begins_with_what_closes_or_repeats(text: str, column: float) -> None:
    assert [line for line in lines(text, column) if line[0] in CLOSING] == []


@pytest.mark.parametrize("held", [*TOGETHER, *(word for word in WORDS if len(word) > 4)])
def test_words_and_what_belongs_together_are_not_parted(held: str) -> None:
    assert [found for found in everywhere(held) if not any(held in line for line in found)] == []


def test_no_line_begins_with_a_dash_that_would_look_like_an_items() -> None:
    found = everywhere("ตุลาคม – ธันวาคม")
    assert [line for one in found for line in one if line.startswith("–")] == []


@pytest.mark.parametrize("letter", ["ก", "x", "๑", "ๆ", "ก่", "/"])
def test_a_word_of_5000_letters_fills_its_lines(letter: str) -> None:
    found = lines(letter * 5000, 7.2)
    assert "".join(found) == letter * 5000
    assert min(map(len, found[:-1])) > 20


def test_brackets_hold_what_they_enclose() -> None:
    found = [line for text in everywhere("(สขร) และ (ITA)") for line in text]
    assert [line for line in found if line.startswith(")") or line.endswith("(")] == []


def test_a_name_wider_than_its_column_is_parted_between_its_words() -> None:
    assert lines("ศูนย์ปฏิบัติการต่อต้านการทุจริต", 3.0) == ["ศูนย์ปฏิบัติการต่อต้าน", "การทุจริต"]


def test_a_word_is_parted_rather_than_that_a_line_is_left_nearly_empty() -> None:
    assert lines("ในการบริหารงานบุคคล", 3.0)[0] != "ใน"


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("หน่วยงานของรัฐ", ["หน่วยงาน", "ของ", "รัฐ"]),
        ("ผลการจัดซื้อจัดจ้าง", ["ผล", "การจัดซื้อจัดจ้าง"]),
        ("แผนดำเนินงาน", ["แผน", "ดำเนินงาน"]),
        ("เผยแพร่ช่องทางการร้องเรียน", ["เผยแพร่", "ช่องทาง", "การร้องเรียน"]),
        ("กองคลังและกองช่าง", ["กองคลัง", "และ", "กองช่าง"]),
        ("ต่อคณะผู้บริหาร", ["ต่อ", "คณะผู้บริหาร"]),
        ("ของปลัดเทศบาล", ["ของ", "ปลัดเทศบาล"]),
    ],
)
def test_words_are_those_of_the_dictionary_and_names_are_whole(phrase: str, words: list[str]) -> None:
    ends = [*sorted(borders(phrase).sure), len(phrase)]
    assert [phrase[start:end] for start, end in zip([0, *ends], ends, strict=False)] == words


def test_a_border_that_not_every_reading_has_is_only_fair() -> None:
    assert borders("ประจำปีงบประมาณ") == Borders(sure=frozenset(), fair=frozenset({5, 7}))


def test_no_word_begins_in_the_middle_of_what_is_unknown() -> None:
    assert borders("ซฌฆฎฏษฬ").sure == set()


@given(st.text(st.characters(min_codepoint=0x0E01, max_codepoint=0x0E4E), min_size=1, max_size=200))
def test_borders_lie_inside_and_part_no_cluster(phrase: str) -> None:
    sure, fair = borders(phrase)
    assert sure.isdisjoint(fair)
    for at in sure | fair:
        assert 0 < at < len(phrase)
        assert phrase[at] not in "ะัาำิีึืฺุูๅ็่้๊๋์ํ๎ฯๆ"
        assert phrase[at - 1] not in "เแโใไ"
