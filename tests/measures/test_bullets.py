"""Nested lists: what was typed is what is stored, shown, imported and exported."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.bullets import Bullet, Bullets, bullet, format_lines, from_plain, parse, to_plain
from measures.thai import ThaiValueError, canonical

markers = st.sampled_from(["", "-", "๑.", "2)", "(๓)", "•", "ก.", "๑.๑", "- 1."])
texts = st.one_of(st.text(alphabet="กขา่ 15๑.-–•()\n\t", max_size=9), st.text(max_size=9)).filter(canonical)
items = st.builds(bullet, markers, texts)
entries = st.builds(bullet, markers, texts, st.lists(items, max_size=3))
lists = st.lists(entries, max_size=6).map(tuple)
typed_lines = st.lists(
    st.builds(
        "{}{}{}".format, st.sampled_from(["", " ", "\t"]), markers, st.sampled_from(["", "ก", " ก", " 5"])
    )
).map("\n".join)


@given(lists)
def test_lines_read_back_as_the_list_they_show(bullets: Bullets) -> None:
    assert parse(format_lines(bullets)) == bullets


@given(st.one_of(typed_lines, st.text()))
def test_whatever_is_typed_comes_back_the_same(text: str) -> None:
    bullets = parse(text)
    assert parse(format_lines(bullets)) == bullets


@given(st.one_of(typed_lines, st.text()))
def test_no_line_is_lost(text: str) -> None:
    lines = [line for line in canonical(text, multiline=True).split("\n") if line]
    assert sum(1 + len(entry.items) for entry in parse(text)) == len(lines)


@given(lists)
def test_json_reads_back_as_the_list_it_came_from(bullets: Bullets) -> None:
    assert from_plain(to_plain(bullets)) == bullets


@given(entries)
def test_making_an_entry_again_changes_nothing(entry: Bullet) -> None:
    assert bullet(entry.marker, entry.text, entry.items) == entry


def test_a_numbered_line_right_below_a_dash_belongs_to_it() -> None:
    assert parse("- ดังนี้\n๑. หนึ่ง\n๒.สอง\n\n๓. สาม") == (
        Bullet("-", "ดังนี้", (Bullet("๑.", "หนึ่ง"), Bullet("๒.", "สอง"))),
        Bullet("๓.", "สาม"),
    )


def test_an_indented_line_belongs_to_the_entry_above() -> None:
    assert parse("1) หลัก\n  - ย่อย\n  ต่อ\nใหม่") == (
        Bullet("1)", "หลัก", (Bullet("-", "ย่อย"), Bullet("", "ต่อ"))),
        Bullet("", "ใหม่"),
    )


def test_paragraphs_with_a_first_line_indent_stay_paragraphs() -> None:
    assert parse("  หนึ่ง\n  สอง\n- ก\n\n  สาม") == (
        Bullet("", "หนึ่ง"),
        Bullet("", "สอง"),
        Bullet("-", "ก"),
        Bullet("", "สาม"),
    )


@pytest.mark.parametrize(
    "line", ["๑.๑ ข้อความ", "1.5 ล้านบาท", "2567 เป็นปีแรก", "2567. ปี", "-5 องศา", "---", "-", "14.05 น."]
)
def test_a_number_or_a_rule_is_no_marker(line: str) -> None:
    assert parse(line) == (Bullet("", line),)


@pytest.mark.parametrize("line", ["- ก", "-ก", "– ก", "• ก", "•ก", "-  ก"])
def test_any_dash_or_dot_is_a_dash(line: str) -> None:
    assert parse(line) == (Bullet("-", "ก"),)


@pytest.mark.parametrize(
    "plain",
    [
        [{"marker": "-", "text": "ก", "items": ["ข", "ค", {"marker": "-", "text": "ง"}, "จ"]}],
        [{"marker": "๑.", "text": "ก"}, {"marker": "๒.", "text": "ข"}],
        [{"marker": "", "text": "ก"}],
    ],
)
def test_imported_data_is_exported_as_it_came(plain: list[object]) -> None:
    assert to_plain(from_plain(plain)) == plain


def test_items_given_as_strings_are_numbered_in_order() -> None:
    [entry] = from_plain([{"marker": "-", "text": "ก", "items": ["ข", "ค"]}])
    assert [item.marker for item in entry.items] == ["๑.", "๒."]


@pytest.mark.parametrize(
    "entry", [5, None, [], {}, {"text": 5}, {"text": "ก", "items": "ข"}, {"text": " \u200b"}]
)
def test_data_of_another_form_is_refused_in_words(entry: object) -> None:
    with pytest.raises(ThaiValueError, match="รายการย่อย"):
        from_plain([entry])
