"""The table: any columns at widths that fit, rows that break between results, and every cell tied to its headings."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from measures.bullets import Bullet
from reports.columns import LABELS, MOST
from reports.content import Column, Content, Measure, Quarter
from reports.document.engine import in_turn
from reports.document.pdf import render_pdf
from reports.document.sheet import CM, Sheet, Text
from reports.document.structure import Element
from tests.pdf_text import EXTRACTORS, missing, pages
from tests.reports.document.conftest import with_measure

LONG = "ดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสของหน่วยงาน"
LEFT, HEAD, FOOT = 2 * CM, 2.2 * CM, 19.5 * CM
EVERY = tuple(source for source in LABELS if source != "remark")
LAYOUTS = {
    "usual": ("measure", "steps", "units", "due", "results"),
    "quarters": ("measure", "steps", "units", "period1", "period2", "period3", "period4"),
    "percent": ("measure", "steps", "units", "due", "progress", "percent", "results"),
    "indicator": ("measure", "indicator", "target", "budget", "units", "results"),
    "obstacles": ("measure", "steps", "units", "results", "obstacles", "suggestions"),
    "most": EVERY,
    "nameless": ("units", "results", "percent"),
    "one": ("measure",),
}
assert len(EVERY) == MOST


@pytest.fixture(scope="module")
def content(content: Content) -> Content:
    """The report with everything that a column can hold."""
    groups = tuple(
        replace(group, measures=tuple(map(_filled, group.measures))) for group in content.table.groups
    )
    return replace(content, table=replace(content.table, groups=groups))


def _filled(measure: Measure) -> Measure:
    done = Bullet("-", "จัดทำแผนปฏิบัติการป้องกันการทุจริตและเผยแพร่บนเว็บไซต์ของเทศบาล")
    quarters = tuple(
        Quarter(
            number,
            f"ไตรมาส {number}",
            date(2023, 10, 1),
            date(2023, 12, 31),
            True,
            results=(done,) * (number % 3),
        )
        for number in range(1, 5)
    )
    return replace(
        measure, quarters=quarters, indicator="ร้อยละของบุคลากรที่ผ่านการอบรม", target="ไม่น้อยกว่าร้อยละ ๘๐",
        budget="1250000.50", progress="done", percent=75, obstacles=(Bullet("-", "บุคลากรมีจำนวนจำกัด"),),
        suggestions=(Bullet("", "ควรจัดสรรงบประมาณสำหรับการพัฒนาระบบสารสนเทศอย่างต่อเนื่อง"),),
    )  # fmt: skip


def laid_out(content: Content, name: str) -> Content:
    """``content`` with the columns of a layout."""
    columns = tuple(Column(source, LABELS.get(source, f"ไตรมาส {source[-1]}")) for source in LAYOUTS[name])
    return replace(content, table=replace(content.table, columns=columns))


def headed(content: Content, heading: str) -> Content:
    columns = tuple(replace(column, heading=heading) for column in content.table.columns)
    return replace(content, table=replace(content.table, columns=columns))


def alone(content: Content, **changes: object) -> Content:
    """``content`` with one measure, changed."""
    group = content.table.groups[0]
    group = replace(group, measures=(replace(group.measures[0], **changes),))  # type: ignore[arg-type]
    return replace(content, table=replace(content.table, groups=(group,)))


def drawn(content: Content) -> tuple[list[Sheet], Element]:
    """The table's sheets and what is read aloud of it."""
    with in_turn() as font_config:
        from reports.document import setting  # noqa: PLC0415 -- after the engine has its fonts

        written = setting.set_document(content, font_config, draft=False, parts=("table",))
        return written.sheets, written.structure


def edges(sheet: Sheet) -> list[float]:
    """The left edges of the columns and the right one of the last, in cm from the table's left edge."""
    upright = {round((x - LEFT) / CM, 2) for x, _, width, height in sheet.rules if width < height}
    return sorted(upright)


def widths(content: Content) -> dict[str, float]:
    """The width of each column in cm."""
    found = edges(drawn(content)[0][0])
    sources = [column.source for column in content.table.columns]
    return {source: round(found[n + 1] - found[n], 1) for n, source in enumerate(sources)}


def column_of(text: Text, sheet: Sheet) -> int:
    return sum(edge * CM + LEFT <= text.x for edge in edges(sheet)) - 1


def inside(sheet: Sheet) -> list[Text]:
    """What stands in the table but its headings."""
    return [text for text in sheet.texts if not text.face.bold and text.y > HEAD]


def words(sheet: Sheet, column: int) -> list[str]:
    """The lines of a column below its headings."""
    return [
        text.line.words for text in sheet.texts if column_of(text, sheet) == column and not text.face.bold
    ]


# Columns


def test_the_usual_columns_are_those_of_the_form(content: Content) -> None:
    assert list(widths(content).values()) == [4.6, 6.9, 3.4, 3.6, 7.2]


@pytest.mark.parametrize("name", LAYOUTS)
def test_columns_fill_the_page_and_no_line_leaves_its_own(name: str, content: Content) -> None:
    sheets, _ = drawn(laid_out(content, name))
    for sheet in sheets:
        assert edges(sheet)[-1] == pytest.approx(25.7, abs=0.03)
        assert len(edges(sheet)) == len(LAYOUTS[name]) + 1
        for text in inside(sheet):
            right = edges(sheet)[column_of(text, sheet) + 1] * CM + LEFT
            assert text.x + text.line.width < right


def test_a_number_is_narrow_and_results_are_wide(content: Content) -> None:
    found = widths(laid_out(content, "percent"))
    assert found["percent"] < 2.6 < 2 * found["units"] < found["results"]


def test_periods_are_of_one_width(content: Content) -> None:
    found = edges(drawn(laid_out(content, "quarters"))[0][0])
    periods = [right - left for left, right in pairwise(found)][3:]
    assert max(periods) - min(periods) < 0.03


@pytest.mark.parametrize(("name", "points"), [("obstacles", 14), ("percent", 13), ("most", 11)])
def test_many_columns_are_set_smaller(name: str, points: int, content: Content) -> None:
    sheets, _ = drawn(laid_out(content, name))
    letters = Counter(text.face.points for sheet in sheets for text in sheet.texts if text.element)
    assert letters.most_common(1)[0][0] == points


def test_no_number_is_parted_in_a_table_of_any_length(content: Content) -> None:
    first, *others = content.table.groups[0].measures * 150
    rich = replace(others[0], key="rich", budget="987654321012.50")
    group = replace(content.table.groups[0], measures=(first, rich, *others))
    long = laid_out(replace(content, table=replace(content.table, groups=(group,))), "most")
    found = {line for sheet in drawn(long)[0] for line in words(sheet, EVERY.index("budget"))}
    assert found == {"๑,๒๕๐,๐๐๐.๕๐", "๙๘๗,๖๕๔,๓๒๑,๐๑๒.๕๐"}


def test_numbers_stand_in_the_middle_of_their_column(content: Content) -> None:
    sheet = drawn(laid_out(content, "percent"))[0][0]
    place = LAYOUTS["percent"].index("percent")
    number = next(text for text in inside(sheet) if text.line.words == "๗๕")
    middle = (edges(sheet)[place] + edges(sheet)[place + 1]) / 2 * CM + LEFT
    assert number.x + number.line.width / 2 == pytest.approx(middle, abs=2)


@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_many_columns_are_copied_exactly(extractor: str, content: Content) -> None:
    pdf = render_pdf(laid_out(content, "most"), stage="presented")
    measure = content.table.groups[0].measures[0]
    texts = [f"{step.number}. {step.text}" for step in measure.steps]
    texts += [measure.indicator, measure.target, measure.suggestions[0].text, "๑,๒๕๐,๐๐๐.๕๐"]
    assert missing(extractor, pdf, texts) == []


# Rows that break


def test_a_row_that_fits_a_page_stays_whole(content: Content) -> None:
    sheets, _ = drawn(with_measure(content, title="แถวเดียว", results=(Bullet("-", LONG),) * 9))
    assert sum("๑.๒ แถวเดียว" in words(sheet, 0) for sheet in sheets) == 1
    assert not any("(ต่อ)" in line for sheet in sheets for line in words(sheet, 0))


def test_a_measure_longer_than_a_page_says_that_it_goes_on(content: Content) -> None:
    sheets, _ = drawn(alone(content, title=LONG * 60))
    assert len(sheets) > 2
    assert [words(sheet, 0)[0] for sheet in sheets[1:]] == ["๑.๑ (ต่อ)"] * (len(sheets) - 1)


def test_a_result_longer_than_a_page_goes_on_under_the_measures_name(content: Content) -> None:
    sheets, _ = drawn(alone(content, title="ชื่อ", results=(Bullet("-", LONG * 60),)))
    assert [words(sheet, 0) for sheet in sheets[1:]] == [["๑.๑ ชื่อ (ต่อ)"]] * (len(sheets) - 1)


def test_without_a_column_of_measures_the_first_says_that_a_row_goes_on(content: Content) -> None:
    tall = alone(laid_out(content, "nameless"), results=tuple(Bullet("-", f"{n}") for n in range(70)))
    sheets, _ = drawn(tall)
    assert [words(sheet, 0) for sheet in sheets[1:]] == [["(ต่อ)"]] * (len(sheets) - 1)


def test_a_row_breaks_between_results_and_ends_with_a_line(content: Content) -> None:
    sheets, _ = drawn(alone(content, results=tuple(Bullet("-", LONG * 2) for _ in range(20))))
    for sheet in sheets:
        lines = words(sheet, 4)
        assert lines[0] == "-"
        assert "".join(lines).endswith("หน่วยงาน")
        closing = max(y + height for _, y, width, height in sheet.rules if width > height)
        assert max(text.y for text in sheet.texts) < closing <= FOOT


def test_an_entry_does_not_part_from_all_of_its_items(content: Content) -> None:
    for lines in range(14, 24):
        items = tuple(Bullet(f"{number}.", LONG) for number in range(1, 4))
        results = (*(Bullet("-", "บรรทัด") for _ in range(lines)), Bullet("-", "ดังนี้", items), *items * 5)
        sheet = drawn(alone(content, results=results))[0][0]
        assert words(sheet, 4)[-1] != "ดังนี้"


def test_no_line_of_a_parted_result_stands_alone(content: Content) -> None:
    for count in range(30, 60):
        long = Bullet("", " ".join(["กขค" * 17] * count))
        sheets, _ = drawn(alone(content, results=(*(Bullet("", "ก่อน"),) * (count // 3), long)))
        assert len(sheets) > 1
        for sheet in sheets:
            assert len([line for line in words(sheet, 4) if line != "ก่อน"]) != 1


@pytest.mark.parametrize("name", ["usual", "most"])
@pytest.mark.parametrize("text", [LONG * 680, "x" * 5_000], ids=["cell", "word"])
def test_what_has_no_end_is_printed_whole(text: str, name: str, content: Content) -> None:
    sheets, _ = drawn(alone(laid_out(content, name), results=(Bullet("-", text),)))
    printed = "".join(line for sheet in sheets for line in words(sheet, LAYOUTS[name].index("results")))
    assert printed == f"-{text}"
    assert all(text.y < FOOT for sheet in sheets for text in sheet.texts)


@pytest.mark.parametrize(
    "heading", ["ก" * 100, LONG * 2, LONG * 50, ""], ids=["word", "long", "page", "empty"]
)
def test_headings_of_any_length_leave_room_for_the_rows(heading: str, content: Content) -> None:
    sheets, _ = drawn(headed(laid_out(content, "most"), heading))
    assert all(text.y < FOOT for sheet in sheets for text in sheet.texts)
    assert "๑.๑" in words(sheets[-1], 0)[0]


def test_a_title_of_any_length_stands_above_the_table(content: Content) -> None:
    long = replace(content, table=replace(content.table, title=LONG * 9))
    assert "".join(pages("mutool", render_pdf(long, stage="presented"))).count(LONG) >= 8


def test_a_table_without_measures_has_its_headings(content: Content) -> None:
    sheets, structure = drawn(replace(content, table=replace(content.table, groups=())))
    assert len(sheets) == 1
    assert [element.role for element in structure.walk() if element.role in {"TR", "TH", "TD"}] == ["TR"] + [
        "TH"
    ] * 5


# Reading aloud


def rows(structure: Element) -> list[list[Element]]:
    (table,) = (element for element in structure.walk() if element.role == "Table")
    assert {row.role for row in table.children} == {"TR"}
    return [row.children for row in table.children]


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_row_has_as_many_cells_as_there_are_columns(name: str, content: Content) -> None:
    _, structure = drawn(laid_out(content, name))
    assert {sum(cell.columns for cell in row) for row in rows(structure)} == {len(LAYOUTS[name])}


def test_every_cell_is_tied_to_the_headings_of_its_column_group_and_row(content: Content) -> None:
    _, structure = drawn(laid_out(content, "quarters"))
    headings, group, first, *_ = rows(structure)
    assert [cell.scope for cell in headings] == ["Column"] * 7
    assert (group[0].role, group[0].scope, group[0].columns) == ("TH", "Row", 7)
    assert [cell.role for cell in first] == ["TH"] + ["TD"] * 6
    assert first[0].scope == "Row"
    assert [cell.headers for cell in first] == [
        (headings[0], group[0]),
        *((heading, group[0], first[0]) for heading in headings[1:]),
    ]


def test_a_list_is_told_as_a_list_with_its_items_inside(content: Content) -> None:
    results = (
        Bullet("-", "ดังนี้", (Bullet("๑.", "หนึ่ง"), Bullet("๒.", "สอง"))),
        Bullet("-", "จบ"),
        Bullet("", "ลอย"),
    )
    _, structure = drawn(alone(content, results=results))
    assert shape(rows(structure)[2][4]) == (
        "TD(L(LI(Lbl LBody(P L(LI(Lbl LBody) LI(Lbl LBody)))) LI(Lbl LBody)) P)"
    )
    lists = [element.numbering for element in rows(structure)[2][4].walk() if element.role == "L"]
    assert lists == ["Disc", "Decimal"]


def shape(element: Element) -> str:
    inside = " ".join(map(shape, element.children))
    return f"{element.role}({inside})" if inside else element.role


@pytest.mark.parametrize("name", LAYOUTS)
def test_each_line_belongs_to_a_leaf_and_each_leaf_but_a_cell_has_a_line(name: str, content: Content) -> None:
    sheets, structure = drawn(laid_out(content, name))
    named = {text.element for sheet in sheets for text in sheet.texts if text.element}
    leaves = {element for element in structure.walk() if not element.children}
    assert named <= leaves
    assert {element.role for element in leaves - named} <= {"TD", "TH"}


def test_what_is_repeated_is_read_aloud_once(content: Content) -> None:
    sheets, _ = drawn(alone(content, results=tuple(Bullet("-", LONG) for _ in range(60))))
    group = f"{content.table.groups[0].number}. {content.table.groups[0].title}"
    shown = Counter(text.line.words for sheet in sheets for text in sheet.texts)
    aloud = Counter(text.line.words for sheet in sheets for text in sheet.texts if text.element)
    assert shown[group] == shown["ผู้รับผิดชอบ"] == len(sheets) > 1
    assert aloud[group] == aloud["ผู้รับผิดชอบ"] == 1
    assert not any("(ต่อ)" in line or line.startswith("- ๒") for line in aloud)


def test_a_text_that_goes_on_stays_one_element(content: Content) -> None:
    sheets, structure = drawn(alone(content, results=(Bullet("", LONG * 60),)))
    (paragraph,) = rows(structure)[2][4].children
    assert all(any(text.element is paragraph for text in sheet.texts) for sheet in sheets)
