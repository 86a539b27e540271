"""The stretch of a year that a report is about: which there are, and when one of them can be written."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.fiscal import FIRST_YEAR, LAST_YEAR, fiscal_year_bounds, quarters_of
from reports.choices import Kind
from reports.span import Span, span_named, spans_of

years = st.integers(FIRST_YEAR, LAST_YEAR)
QUARTERS = [(quarter.starts, quarter.ends) for quarter in quarters_of(2569)]
HALVES = [(date(2025, 10, 1), date(2026, 3, 31)), (date(2026, 4, 1), date(2026, 9, 30))]


@given(years)
def test_halves_and_quarters_follow_each_other_without_a_gap(year: int) -> None:
    for kind in (Kind.HALF, Kind.QUARTER):
        spans = [span for span in spans_of(year) if span.kind is kind]
        assert (spans[0].starts, spans[-1].ends) == fiscal_year_bounds(year)
        for before, after in pairwise(spans):
            assert after.starts - before.ends == timedelta(days=1)


@given(years)
def test_a_name_leads_back_to_its_span(year: int) -> None:
    assert [span_named(year, span.name) for span in spans_of(year)] == list(spans_of(year))


@pytest.mark.parametrize("name", ["", "half", "half3", "quarter0", "quarter5", "annual1", "year"])
def test_what_is_no_part_has_no_span(name: str) -> None:
    assert span_named(2569, name) is None


@pytest.mark.parametrize(
    ("span", "label"),
    [
        (Span(2569, Kind.ANNUAL), "รอบ 12 เดือน"),
        (Span(2569, Kind.HALF, 1), "รอบ 6 เดือนแรก"),
        (Span(2569, Kind.HALF, 2), "รอบ 6 เดือนหลัง"),
        (Span(2569, Kind.QUARTER, 3), "ไตรมาส 3"),
    ],
)
def test_a_span_is_called_in_words(span: Span, label: str) -> None:
    assert span.label == label


def test_a_report_can_be_written_from_the_first_day_on() -> None:
    second = Span(2569, Kind.QUARTER, 2)
    assert second.why_not(QUARTERS, date(2026, 1, 1)) == ""
    assert second.why_not(QUARTERS, date(2025, 12, 31)) == "ไตรมาส 2 เริ่มวันที่ 1 มกราคม 2569 จึงยังจัดทำรายงานไม่ได้"


def test_a_town_that_reports_by_half_years_has_no_report_of_a_quarter() -> None:
    day = date(2026, 10, 1)
    assert Span(2569, Kind.HALF, 2).why_not(HALVES, day) == ""
    assert "ไม่มีงวดรายงานในไตรมาส 2" in Span(2569, Kind.QUARTER, 2).why_not(HALVES, day)


def test_the_years_report_asks_for_no_period() -> None:
    assert Span(2569, Kind.ANNUAL).why_not([], date(2026, 10, 1)) == ""
