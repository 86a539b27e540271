"""Fiscal years and quarters: every day in exactly one, decided by the calendar of Bangkok."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.fiscal import (
    Quarter,
    bangkok_date,
    fiscal_year_bounds,
    quarters_of,
)
from measures.thai import ThaiValueError

ONE_DAY = timedelta(days=1)
days = st.dates(min_value=date(1857, 1, 1), max_value=date(2155, 12, 31))


@given(days)
def test_a_day_lies_in_its_own_quarter_and_year(day: date) -> None:
    quarter = Quarter.of(day)
    first, last = fiscal_year_bounds(quarter.fiscal_year)
    assert quarter.contains(day)
    assert first <= day <= last


@given(days)
def test_quarters_follow_each_other_without_a_gap(day: date) -> None:
    quarter = Quarter.of(day)
    assert quarter.next().starts == quarter.ends + ONE_DAY
    assert quarter.next().previous() == quarter
    assert quarter < quarter.next()


def test_the_year_begins_in_october_of_the_year_before() -> None:
    assert fiscal_year_bounds(2568) == (date(2024, 10, 1), date(2025, 9, 30))


def test_a_quarter_is_named_by_number_and_months() -> None:
    assert [f"{q.label()} {q.months_label()}" for q in quarters_of(2570)] == [
        "ไตรมาส 1 ต.ค.–ธ.ค. 69",
        "ไตรมาส 2 ม.ค.–มี.ค. 70",
        "ไตรมาส 3 เม.ย.–มิ.ย. 70",
        "ไตรมาส 4 ก.ค.–ก.ย. 70",
    ]


@pytest.mark.parametrize(("year", "number"), [(2399, 1), (2700, 1), (2026, 1), (2569, 0), (2569, 5)])
def test_no_quarter_outside_the_calendar(year: int, number: int) -> None:
    with pytest.raises(ThaiValueError):
        Quarter(year, number)


@pytest.fixture(params=["UTC", "America/New_York", "Asia/Bangkok", "Pacific/Kiritimati"])
def _process_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("_process_zone")
def test_the_year_turns_at_midnight_in_bangkok() -> None:
    last = datetime(2026, 9, 30, 16, 59, 59, 999_000, tzinfo=UTC)
    turn = datetime(2026, 9, 30, 17, 0, tzinfo=UTC)
    assert [Quarter.of(bangkok_date(moment)) for moment in (last, turn)] == [
        Quarter(2569, 4),
        Quarter(2570, 1),
    ]


def test_a_moment_without_a_zone_has_no_day() -> None:
    with pytest.raises(ValueError, match="aware"):
        bangkok_date(datetime(2026, 9, 30, 17, 0))  # noqa: DTZ001 -- the mistake itself, 2026-11
