"""The memorandum point by point as the official form has it, whatever is written in it."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import c_double
from dataclasses import replace
from itertools import combinations, pairwise

import pypdfium2
import pytest

from measures.bullets import Bullet
from reports.content import Content, Endorsement, Section, Signer
from reports.document.pdf import render_pdf
from tests.pdf_text import EXTRACTORS, missing
from tests.reports.document.conftest import with_memorandum
from tests.reports.document.placed import CM, Page, Placed, Placing, place, squeezed

LONG = "ดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสของหน่วยงาน"
LEFT, RIGHT, BOTTOM = 3.0, 19.0, 27.7
NEXT_TOP = 3.0
POINT = 1 / CM
PITCH = 18.1 * POINT
DIGIT = 16 * 0.42 * POINT  # how high one is


def near(centimetres: float, within: float = 0.02) -> object:
    return pytest.approx(centimetres, abs=within)


@pytest.fixture
def first(content: Content) -> Page:
    """The first page as it is sent."""
    return place(content).pages[0]


@pytest.fixture
def signed(content: Content, endorsements: tuple[Endorsement, ...]) -> Placing:
    """Everybody has signed; the fourth acted by an order."""
    acting = replace(endorsements[4], acting_order="คำสั่งเทศบาลตำบลตัวอย่าง ที่ ๔๑๒/๒๕๖๗ ลงวันที่ ๒๐ ธันวาคม ๒๕๖๗")
    return place(content, *endorsements[:4], acting, endorsements[5])


# The measures


def test_the_emblem_is_15_mm_high_in_the_upper_left_corner(first: Page) -> None:
    assert first.emblem is not None
    x, y, _, height = first.emblem
    assert (x, y, height) == (near(3.0), near(1.5), near(1.5))


def test_the_title_is_29_points_bold_and_centred_with_its_foot_at_the_emblems(first: Page) -> None:
    title = first.line("บันทึกข้อความ")
    assert (title.points, title.bold, title.middle, title.y) == (29, True, near(11.0), near(2.7, 0.05))


@pytest.mark.parametrize(
    ("label", "x", "y"), [("ส่วนราชการ", 3.0, 3.7), ("ที่", 3.0, 4.51), ("วันที่", 11.0, 4.51), ("เรื่อง", 3.0, 5.33)]
)
def test_a_label_is_20_points_bold_and_its_value_16_points_behind_it(
    label: str, x: float, y: float, first: Page
) -> None:
    name = first.line(label)
    value = first.lines[first.lines.index(name) + 1]
    assert (name.points, name.bold, name.x, name.y) == (20, True, near(x), near(y))
    assert (value.points, value.bold, value.x - name.right, value.y) == (
        16,
        False,
        near(5 * POINT),
        near(name.y),
    )


def test_dots_run_from_each_value_to_the_margin_and_those_of_the_number_to_6_points_before_the_date(
    first: Page,
) -> None:
    values = [
        first.line(text) for text in ("งานนิติการ", "ตย ๑๒๓๔๕/๓๕๘", "๒๗ ธันวาคม", "รายงานผล", "ประจำปีงบประมาณ")
    ]
    ends = [RIGHT, 11.0 - 6 * POINT, RIGHT, RIGHT, RIGHT]
    assert [(start, end) for start, end, _ in first.dots] == [
        (near(value.x), near(end)) for value, end in zip(values, ends, strict=True)
    ]
    assert [y - value.y for (_, _, y), value in zip(first.dots, values, strict=True)] == [
        near(4.5 * POINT)
    ] * 5


def test_a_subject_that_wraps_stands_below_its_value(first: Page) -> None:
    one, two = first.line("รายงานผล"), first.line("ประจำปีงบประมาณ")
    assert (two.x, two.y - one.y) == (near(one.x), near(PITCH))


def test_the_addressee_stands_two_spaces_behind_its_word_6_points_below(first: Page) -> None:
    word, name = first.line("เรียน"), first.line("นายกเทศมนตรี")
    assert (word.x, word.points, word.bold, name.y) == (near(3.0), 16, False, near(word.y))
    assert name.x - word.right == near(2 * 0.2 * 12.8 * POINT)  # Sarabun's space
    assert word.y - first.line("ประจำปีงบประมาณ").y == near((23 + 6 - 2.45) * POINT, 0.03)


def test_headings_paragraphs_items_and_the_closing_begin_where_the_form_has_them(first: Page) -> None:
    places = {"๑. เรื่องเดิม": 5.5, "ตามบันทึกข้อความ": 5.5, "ในการนี้": 5.5, "๒.": 6.25, "จึงเรียนมาเพื่อโปรด": 5.5}
    places["๒. ข้อเท็จจริง"] = 5.5
    lines = {line.words: line for line in reversed(first.body)}
    found = {start: next(lines[text] for text in lines if text.startswith(start)) for start in places}
    found["๒."] = next(line for line in first.body if line.words == "๒.")
    assert {start: line.x for start, line in found.items()} == {start: near(x) for start, x in places.items()}
    assert [found[start].bold for start in places] == [True, False, False, False, False, True]


def test_lines_are_18_point_1_apart_headings_6_more_and_the_closing_12(first: Page) -> None:
    lines = first.body[first.body.index(first.line("๑. เรื่องเดิม")) :]
    heights = sorted({line.y: line for line in lines if line.x < 10}.items())
    for (above, _), (below, line) in pairwise(heights):
        more = 6 if line.bold else 12 if line.words.startswith("จึงเรียนมาเพื่อโปรด") else 0
        assert below - above == near((18.1 + more) * POINT)


def test_an_item_goes_on_at_the_left_margin(content: Content) -> None:
    items = (Bullet("๑.", LONG * 4, (Bullet("-", LONG * 4, (Bullet("ก)", LONG * 4),)),)),)
    page = place(with_memorandum(content, sections=(Section("", "", "", items),))).pages[0]
    begins = [page.body.index(page.line(marker)) for marker in ("๑.", "- ", "ก)") if marker != "- "]
    assert [page.body[start].x for start in begins] == [near(6.25), near(7.75)]
    assert next(line for line in page.body if line.words == "-").x == near(7.0)
    assert page.body[begins[0] + 2].x == near(LEFT)


def test_full_lines_end_at_the_margin_and_last_lines_are_not_spread(first: Page) -> None:
    text = first.body[
        first.body.index(first.line("ตามบันทึกข้อความ")) : first.body.index(first.line("จึงเรียนมาเพื่อโปรด"))
    ]
    full = [line for line in text if line.spread and line.words != "๑."]
    assert len(full) >= 12
    assert all(line.right == near(RIGHT) for line in full)
    assert all(0 < line.spread < 1 for line in full)
    assert first.line("หน่วยงานมีความโปร่งใส").spread == 0


@pytest.mark.parametrize("where", ["heading", "item", "closing"])
def test_the_right_edge_is_even_in_bold_in_items_and_in_the_closing_too(where: str, content: Content) -> None:
    text = LONG * 5
    words = {"heading": "หัวข้อ", "item": "รายการ", "closing": "จึงเรียนมา"} | {where: text}
    section = Section("๑", words["heading"], "", (Bullet("๑๒.", words["item"]),))
    memo = with_memorandum(content, sections=(section,), closing=words["closing"])
    lines = [line for line in place(memo).pages[0].body if line.words[:5] in text and line.points == 16]
    assert len([line for line in lines if line.right == near(RIGHT) and line.spread]) >= 2


def test_a_line_that_would_need_a_point_or_more_stays_ragged(content: Content) -> None:
    text = f"สั้น {'x' * 50} สั้น {'x' * 50}"
    page = place(with_memorandum(content, sections=(Section("", "", text),))).pages[0]
    short = page.line("สั้น")
    assert (short.spread, short.right < RIGHT - 1) == (0, True)


def test_the_author_signs_2_centimetres_below_on_the_axis_of_the_right_half(first: Page) -> None:
    name, position = first.line("(นางสาวตัวอย่าง สอง)"), first.line("นิติกรปฏิบัติการ")
    assert (name.middle, position.middle, position.y - name.y) == (near(15.0), near(15.0), near(PITCH))
    assert name.y - first.line("จึงเรียนมาเพื่อโปรด").y == near(2.0 + PITCH)


def test_an_electronic_signature_stands_at_the_foot_of_the_room_in_13_points(signed: Placing) -> None:
    page = signed.pages[0]
    act, when, name = (page.line(text) for text in ("ลงนามทางอิเล็กทรอนิกส์", "๒ มกราคม ๒๕๖๘", "(นายตัวอย่าง ก)"))
    assert (act.points, when.points, act.middle, when.middle) == (13, 13, near(15.0), near(15.0))
    assert 0.9 * PITCH < name.y - when.y < PITCH
    assert name.y - page.line("จึงเรียนมาเพื่อโปรด").y == near(2.0 + PITCH)


def test_further_pages_begin_at_3_centimetres_below_their_number(signed: Placing) -> None:
    number, head, *_ = signed.pages[1].lines
    assert (number.words, number.middle, number.points) == ("- ๒ -", near(11.0), 16)
    assert 1.5 < number.y - DIGIT < number.y < 1.9
    assert (head.x, head.y) == (near(3.0), near(NEXT_TOP + 12.9 * POINT))


def test_endorsements_stand_in_two_columns_the_head_of_the_agency_last_at_the_right(signed: Placing) -> None:
    page = signed.pages[1]
    words = [line.x for line in page.lines if line.words.startswith(("เรียน", "-")) and line.element]
    assert words == [near(3.0), near(3.0), near(11.0), near(11.0)]
    names = [line for line in page.lines if line.words.startswith("(นายตัวอย่าง")]
    assert [line.middle for line in names] == [near(7.0), near(15.0), near(7.0), near(15.0), near(15.0)]
    assert page.lines[-1].words == "นายกเทศมนตรีตำบลตัวอย่าง"


def test_16_points_stand_between_two_rows(signed: Placing) -> None:
    page = signed.pages[1]
    above, below = page.line("ผู้อำนวยการกองยุทธศาสตร์และงบประมาณ"), page.line("(นายตัวอย่าง ง)")
    assert below.y - above.y == near(16 * POINT + 2.0 + PITCH)


def test_names_of_a_row_stay_level_whatever_stands_above_and_below(content: Content) -> None:
    signers = (
        content.signers[0],
        Signer(1, "หัวหน้าฝ่าย", "ผู้อำนวยการ", "\n".join(["ความเห็น"] * 5)),
        Signer(2, LONG * 3, "", ""),
    )
    page = place(replace(content, signers=signers)).pages[-1]
    left, right = (line for line in page.lines if line.words.startswith("(...."))
    assert (left.y, left.middle, right.middle) == (near(right.y), near(7.0), near(15.0))


def test_the_upper_margin_of_the_first_page_is_the_agencys(content: Content, first: Page) -> None:
    lower = place(replace(content, top_mm=25))
    assert lower.pages[0].emblem == (near(3.0), near(2.5), near(3.0), near(1.5))
    assert lower.pages[0].line("เรื่อง").y == near(first.line("เรื่อง").y + 1)
    assert lower.pages[1].lines[1].y == near(place(content).pages[1].lines[1].y)


def origins(pdf: bytes, number: int) -> set[tuple[float, float]]:
    """Where the letters of a page of a file stand on their baselines, in centimetres."""
    page = pypdfium2.PdfDocument(pdf)[number]
    letters = page.get_textpage()
    found = set()
    for letter in range(letters.count_chars()):
        x, y = c_double(), c_double()
        pypdfium2.raw.FPDFText_GetCharOrigin(letters, letter, x, y)
        found.add((x.value / CM, (page.get_height() - y.value) / CM))
    return found


def test_the_file_has_every_line_where_it_was_placed(
    content: Content, endorsements: tuple[Endorsement, ...]
) -> None:
    pdf = render_pdf(content, stage="sealed", endorsements=endorsements)
    for number, page in enumerate(place(content, *endorsements).pages):
        there = origins(pdf, number)
        for line in page.lines:
            assert any((x, y) == (near(line.x), near(line.y)) for x, y in there)


# What is signed, and by whom


def test_who_acts_is_named_first_the_office_below_and_then_the_order(signed: Placing) -> None:
    lines = signed.pages[1].lines
    start = next(number for number, line in enumerate(lines) if line.words == "(นายตัวอย่าง จ)")
    below = lines[start : start + 5]
    assert [line.words for line in below] == [
        "(นายตัวอย่าง จ)",
        "รองปลัดเทศบาล รักษาราชการแทน",
        "ปลัดเทศบาล",
        "ตามคำสั่งเทศบาลตำบลตัวอย่าง ที่ ๔๑๒/๒๕๖๗",
        "ลงวันที่ ๒๐ ธันวาคม ๒๕๖๗",
    ]
    assert [line.points for line in below] == [16, 16, 16, 13, 13]
    assert all(line.middle == near(15.0) for line in below)


def test_offices_acted_for_one_upon_the_other_have_a_line_each(
    content: Content, endorsements: tuple[Endorsement, ...]
) -> None:
    stacked = ("ผู้อำนวยการกองคลัง รักษาราชการแทนปลัดเทศบาล ปฏิบัติหน้าที่", "นายกเทศมนตรี")
    page = place(content, replace(endorsements[5], position_lines=stacked)).pages[1]
    assert [line.words for line in page.lines[-3:]] == [
        "ผู้อำนวยการกองคลัง รักษาราชการแทน",
        "ปลัดเทศบาล ปฏิบัติหน้าที่",
        "นายกเทศมนตรี",
    ]


def test_a_holders_position_is_never_parted(content: Content, endorsements: tuple[Endorsement, ...]) -> None:
    title = "ผู้ปฏิบัติหน้าที่เลขานุการ"
    page = place(content, replace(endorsements[5], position_lines=(title,))).pages[1]
    assert page.lines[-1].words == title


def test_a_pen_finds_blanks_for_name_and_date(content: Content) -> None:
    page = place(content).pages[1]
    assert sum(line.words.startswith("(.....") for line in page.lines) == 5
    assert sum(line.words == "........./........./........." for line in page.lines) == 5
    assert "ลงนามทางอิเล็กทรอนิกส์" not in page.text


def test_who_has_not_signed_gets_a_blank(content: Content, endorsements: tuple[Endorsement, ...]) -> None:
    pages = place(content, endorsements[0]).pages
    assert "(นายตัวอย่างก)" in pages[0].text
    assert pages[1].text.count("(....") == 5


def test_endorsements_that_fit_stand_below_the_author(content: Content) -> None:
    short = with_memorandum(content, sections=content.memorandum.sections[:1])
    placing = place(replace(short, signers=content.signers[:3]))
    (page,) = placing.pages
    assert "(ต่อ)" not in page.text
    assert page.lines[-1].words == "........./........./........."


@pytest.mark.parametrize("draft", [False, True])
def test_endorsements_that_do_not_fit_follow_all_together_under_a_line_that_says_whose(
    draft: bool, content: Content
) -> None:
    memo = with_memorandum(content, number="", date=None) if draft else content
    first, second = place(memo, draft=draft).pages
    whose = (
        "ที่........................ลงวันที่........................" if draft else "ที่ตย๑๒๓๔๕/๓๕๘ลงวันที่๒๗ธันวาคม๒๕๖๗"
    )
    assert f"บันทึกข้อความ{whose}(ต่อ)" in second.text
    assert "(....." not in first.text


def test_fifteen_endorsements_take_pages_that_all_say_whose_they_are(content: Content) -> None:
    chain = (
        content.signers[0],
        *(Signer(order, f"ตำแหน่งที่ {order}", "ปลัด", "ทราบ") for order in range(1, 16)),
    )
    placing = place(replace(content, signers=chain))
    assert ["(ต่อ)" in page.text for page in placing.pages] == [False, True, True]
    assert [page.text.count("(....") for page in placing.pages] == [0, 8, 7]
    assert placing.text.count("(ต่อ)") == 1  # read aloud once


def test_a_single_endorsement_stands_at_the_right(content: Content) -> None:
    page = place(replace(content, signers=(content.signers[0], content.signers[5]))).pages[-1]
    assert page.line("นายกเทศมนตรีตำบลตัวอย่าง").middle == near(15.0)


# From page to page


def next_words(page: Page) -> str:
    """The words at the foot that name the next page's, or nothing."""
    return next((line.words for line in page.lines if line.words.startswith("/") and not line.element), "")


def test_a_page_whose_text_goes_on_names_the_next_words_at_its_foot(content: Content) -> None:
    section = Section("๑", "เรื่องเดิม", "\n".join([LONG] * 25), tuple(Bullet("๑.", LONG) for _ in range(20)))
    one, two, *_ = place(with_memorandum(content, sections=(section,))).pages
    words = next_words(one)
    assert (words[0], words[-1]) == ("/", "…")
    assert squeezed("".join(line.words for line in two.body)).startswith(squeezed(words[1:-1]))
    foot = one.line(words)
    assert (foot.right, foot.bottom <= BOTTOM) == (near(RIGHT), True)
    assert foot.top > max(line.bottom for line in one.body)


def test_a_page_whose_text_ends_on_it_names_none(first: Page) -> None:
    assert next_words(first) == ""


@pytest.mark.parametrize("count", range(20, 40))
def test_the_closing_keeps_two_lines_of_text_and_the_signature(count: int, content: Content) -> None:
    section = Section("๑", "หัวข้อ", "\n".join(["บรรทัดหนึ่ง"] * count))
    pages = place(with_memorandum(content, sections=(section,))).pages
    (last,) = (page for page in pages if "(นางสาวตัวอย่างสอง)" in page.text)
    assert last.text.count("บรรทัดหนึ่ง") >= 2
    assert "จึงเรียนมาเพื่อโปรดทราบ" in last.text


@pytest.mark.parametrize("count", range(18, 32))
def test_a_heading_stands_with_two_lines_of_its_text(count: int, content: Content) -> None:
    sections = Section("๑", "ก่อน", "\n".join(["บรรทัดหนึ่ง"] * count)), Section("๒", "หัวข้อสุดท้าย", LONG * 9)
    for page in place(with_memorandum(content, sections=sections)).pages:
        words = [line.words for line in page.body]
        if "๒. หัวข้อสุดท้าย" in words:
            assert len(words) - words.index("๒. หัวข้อสุดท้าย") > 2


@pytest.mark.parametrize("count", range(20, 34))
def test_no_line_of_a_paragraph_stands_alone(count: int, content: Content) -> None:
    text = "\n".join(["บรรทัดหนึ่ง"] * count + [LONG * 8] * 2)
    placing = place(with_memorandum(content, sections=(Section("", "", text),)))
    for element in placing.structure.walk():
        counts = [sum(line.element is element for line in page.lines) for page in placing.pages]
        if sum(counts) > 2:
            assert 1 not in counts


# Whatever is written in it

WORD = "กขคงจฉชซฌญ" * 200
NAME = "นายชื่อยาวมากนามสกุลยาวกว่า " * 8


def chain(count: int, **changes: str) -> tuple[Signer, ...]:
    return tuple(
        Signer(order, f"ตำแหน่งที่ {order}", **({"name": "" if order else "ผู้จัดทำ"} | changes))
        for order in range(count)
    )


def extremes(content: Content) -> Iterator[tuple[str, Content]]:
    """Contents that no form was made for, each with what is odd about it."""
    for name in ("subject", "addressee", "closing", "number", "section"):
        yield f"{name} of one long word", with_memorandum(content, **{name: WORD})
        yield f"{name} empty", with_memorandum(content, **{name: ""})
    yield "subject of 500 letters", with_memorandum(content, subject=(LONG * 9)[:500])
    yield (
        "latin",
        with_memorandum(content, subject="x" * 2000, sections=(Section("๑", "x" * 2000, "x" * 2000),)),
    )
    yield "section of 20,000", with_memorandum(content, sections=(Section("๑", "ยาว", (LONG * 400)[:20000]),))
    many = tuple(Section(str(number), LONG, LONG * (number % 7)) for number in range(50))
    yield "50 sections", with_memorandum(content, sections=many)
    yield "50 empty sections", with_memorandum(content, sections=tuple(replace(one, body="") for one in many))
    yield "sections without anything", with_memorandum(content, sections=(Section("", "", ""),) * 3)
    yield "no sections", with_memorandum(content, sections=())
    yield (
        "nothing",
        with_memorandum(content, sections=(), closing="", subject="", number="", section="", date=None),
    )
    deep = (
        Bullet("๑.", LONG * 3, (Bullet("-", LONG * 3, (Bullet("ก.", LONG * 3, (Bullet("*", LONG),)),)),)),
    )
    odd = (
        Bullet("", LONG),
        Bullet("๑.", ""),
        Bullet("", ""),
        Bullet("ตัวนำที่ยาวมาก" * 20, LONG),
        Bullet("", "", deep),
    )
    yield (
        "items",
        with_memorandum(content, sections=(Section("๑", "", "", deep * 6), Section("๒", "", "", odd))),
    )
    yield "no signers", replace(content, signers=())
    yield "no author", replace(content, signers=content.signers[1:])
    yield "one signer", replace(content, signers=content.signers[:1])
    yield "long names", replace(content, signers=chain(6, name=NAME))
    yield "endless names", replace(content, signers=chain(4, name=WORD * 2))
    yield "endless words", replace(content, signers=chain(4, words=LONG * 60, addressed_to=LONG * 20))
    yield "fifteen", replace(content, signers=chain(16, words=LONG, addressed_to=LONG))
    yield "2.5 cm", replace(with_memorandum(content, subject=LONG * 40), top_mm=25)


EXTREMES = (
    "subject of one long word", "subject empty", "addressee of one long word", "addressee empty",
    "closing of one long word", "closing empty", "number of one long word", "number empty",
    "section of one long word", "section empty", "subject of 500 letters", "latin", "section of 20,000",
    "50 sections", "50 empty sections", "sections without anything", "no sections", "nothing", "items", "no signers",
    "no author", "one signer", "long names", "endless names", "endless words", "fifteen", "2.5 cm",
)  # fmt: skip


@pytest.fixture(scope="module")
def odd(content: Content) -> dict[str, Content]:
    return dict(extremes(content))


def test_every_extreme_is_tried(odd: dict[str, Content]) -> None:
    assert tuple(odd) == EXTREMES


@pytest.mark.parametrize("name", EXTREMES)
def test_nothing_runs_out_of_the_margins(name: str, odd: dict[str, Content]) -> None:
    content = odd[name]
    placing = place(content, draft=True)
    for number, page in enumerate(placing.pages):
        top = NEXT_TOP if number else content.top_mm / 10
        for line in page.body:
            assert LEFT - 0.02 < line.x <= line.right < RIGHT + 0.02
            assert top - 0.02 < line.top < line.bottom < BOTTOM + 0.02


@pytest.mark.parametrize("name", EXTREMES)
def test_nothing_overlaps(name: str, odd: dict[str, Content]) -> None:
    for page in place(odd[name], draft=True).pages:
        for one, other in combinations(page.lines, 2):
            assert not overlap(one, other), (one, other)


def overlap(one: Placed, other: Placed) -> bool:
    beside = one.right < other.x + 0.02 or other.right < one.x + 0.02
    return not beside and one.top < other.bottom - 0.04 and other.top < one.bottom - 0.04


@pytest.mark.parametrize("name", EXTREMES)
def test_nothing_is_lost_or_read_twice_or_out_of_order(name: str, odd: dict[str, Content]) -> None:
    content = odd[name]
    placing = place(content, draft=True)
    heard = placing.text
    for text in texts(content):
        place_of_it = heard.find(squeezed(text))
        assert place_of_it >= 0, text[:80]
        heard = heard[place_of_it + len(squeezed(text)) :]


def texts(content: Content) -> Iterator[str]:
    """What the memorandum says, in the order of reading, up to the endorsements."""
    memo = content.memorandum
    yield from ("บันทึกข้อความ", "ส่วนราชการ", memo.section, "ที่", memo.number, "วันที่", "เรื่อง", memo.subject)
    yield from ("เรียน", memo.addressee)
    for section in memo.sections:
        yield from (section.number, section.title, section.body)
        yield from item_texts(section.items)
    yield memo.closing
    for signer in content.signers:
        if signer.order:
            yield from (signer.addressed_to, signer.words)
        yield from (signer.name, signer.position)


def item_texts(items: tuple[Bullet, ...]) -> Iterator[str]:
    for item in items:
        yield from (item.marker, item.text)
        yield from item_texts(item.items)


@pytest.mark.parametrize("name", EXTREMES)
def test_an_element_holds_other_elements_or_lines(name: str, odd: dict[str, Content]) -> None:
    placing = place(odd[name], draft=True)
    named = [line.element for page in placing.pages for line in page.lines if line.element]
    known = {id(element) for element in placing.structure.walk()}
    assert all(id(element) in known and not element.children for element in named)
    holders = {id(element) for element in named}
    leaves = [element for element in placing.structure.walk() if not element.children]
    assert all(id(leaf) in holders or leaf.role in {"Figure", "Sect", "Part"} for leaf in leaves)


@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_odd_items_and_long_fields_are_copied_as_typed(extractor: str, odd: dict[str, Content]) -> None:
    memo = with_memorandum(
        odd["items"], subject=(LONG * 9)[:500], number="ตย ๑๒๓๔๕/๓๕๘ ว ๑๒ (สำเนาคู่ฉบับ) " * 2
    )
    pdf = render_pdf(memo, stage="presented")
    assert missing(extractor, pdf, [memo.memorandum.subject, f"๑. {LONG * 3}", f"- {LONG * 3}"]) == []


# The order of reading


def roles(placing: Placing) -> list[str]:
    return [element.role for element in placing.structure.children[0].children]


def test_headings_paragraphs_lists_and_signatures_are_told_apart(signed: Placing) -> None:
    assert roles(signed) == [
        "Figure", "H1", *["P"] * 5, "H2", "P", "H2", "P", "L", "H2", "P", "P", "Sect", "P", *["Sect"] * 5,
    ]  # fmt: skip


def test_a_list_has_its_markers_and_its_lists_in_its_items(content: Content) -> None:
    items = Bullet("๑.", "หนึ่ง", (Bullet("-", "ย่อย"),)), Bullet("๒.", "สอง")
    part = place(with_memorandum(content, sections=(Section("", "", "", items),))).structure.children[0]
    (listed,) = (element for element in part.children if element.role == "L")
    assert (listed.numbering, [element.role for element in listed.walk()]) == (
        "Decimal",
        ["L", "LI", "Lbl", "LBody", "P", "L", "LI", "Lbl", "LBody", "LI", "Lbl", "LBody"],
    )


def test_the_left_endorsement_is_read_whole_before_the_right_one(signed: Placing) -> None:
    assert "(นายตัวอย่างข)หัวหน้าฝ่ายบริการและเผยแพร่วิชาการเรียนปลัดเทศบาล-เพื่อโปรดทราบ" in signed.text
    assert signed.pages[1].text.index("(นายตัวอย่างข)") < signed.pages[1].text.index("เรียนปลัดเทศบาล")


@pytest.mark.parametrize(("sha256", "alt"), [("", "ที่สำหรับตราสัญลักษณ์"), ("ab", "ตราสัญลักษณ์ของเทศบาลตำบลตัวอย่าง")])
def test_the_emblem_is_described(sha256: str, alt: str, content: Content) -> None:
    agency = replace(content.agency, name="เทศบาลตำบลตัวอย่าง", emblem_sha256=sha256)
    element = place(replace(content, agency=agency)).pages[0].emblem_element
    assert element is not None
    assert (element.role, element.alt) == ("Figure", alt)


def test_page_numbers_marks_next_words_and_blanks_are_not_read_aloud(content: Content) -> None:
    section = Section("๑", "เรื่องเดิม", "\n".join([LONG] * 60))
    placing = place(with_memorandum(content, sections=(section,)), draft=True)
    assert not any(text in placing.text for text in ("-๒-", "ฉบับร่าง", "/ดำเนิน", "...", "…"))


# Digits


@pytest.mark.parametrize(
    ("thai", "number", "date"), [(True, "- ๒ -", "๒๗ ธันวาคม ๒๕๖๗"), (False, "- 2 -", "27 ธันวาคม 2567")]
)
def test_the_portals_digits_are_the_agencys(thai: bool, number: str, date: str, content: Content) -> None:
    first, second = place(replace(content, thai_digits=thai)).pages
    assert (second.lines[0].words, first.line(date).words) == (number, date)
    assert squeezed(f"ลงวันที่ {date} (ต่อ)") in second.text


def test_typed_digits_stay_as_typed(content: Content) -> None:
    typed = "O27 ปี 2567 และ ๒๕๖๘ ที่ https://tuayang.example/2567/a1b2"
    assert squeezed(typed) in place(with_memorandum(content, subject=typed)).text
