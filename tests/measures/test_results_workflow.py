"""The table of what may be done with a result, and what a result needs before it is sent."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.choices import Progress, Workflow
from measures.errors import Refused
from measures.workflow import NEXT, allowed, missing, next_state, percent_problem

ACTS = sorted({act for _, act in NEXT})
EVERY_ACT = list(product(Workflow, ACTS))


@pytest.mark.parametrize(("state", "act"), EVERY_ACT)
def test_every_act_leads_somewhere_or_says_why_not(state: Workflow, act: str) -> None:
    if allowed(state, act):
        assert next_state(state, act) == NEXT[state, act]
    else:
        with pytest.raises(Refused, match=r"[ก-๙]{10}"):
            next_state(state, act)


@given(st.lists(st.sampled_from(ACTS)))
def test_no_way_leads_back_to_not_started(acts: list[str]) -> None:
    state = Workflow.NOT_STARTED
    for act in acts:
        if allowed(state, act):
            state = next_state(state, act)
            assert state != Workflow.NOT_STARTED


def test_only_the_officer_touches_what_was_accepted() -> None:
    assert {act for state, act in NEXT if state == Workflow.ACCEPTED} == {"correct", "return"}


def test_only_what_was_submitted_is_accepted() -> None:
    assert [state for state, act in NEXT if act == "accept"] == [Workflow.SUBMITTED]


@given(st.sampled_from(["", *Progress]), st.integers(-5, 105))
def test_a_percentage_fits_as_the_database_demands(progress: str, percent: int) -> None:
    fits = {Progress.DONE: percent == 100, Progress.NOT_STARTED: percent == 0}.get(
        progress,  # type: ignore[call-overload]
        0 <= percent <= 100,
    )
    assert (percent_problem(progress, percent) == "") == fits


def test_no_percentage_is_not_zero_per_cent() -> None:
    assert percent_problem(Progress.DONE, None) == ""


def test_nothing_done_needs_its_reason_and_nothing_else() -> None:
    assert list(missing(progress="", body="", nothing_done=True, nil_reason="")) == ["nil_reason"]
    assert missing(progress="", body="", nothing_done=True, nil_reason="รอคำสั่ง") == {}


def test_what_was_done_needs_progress_and_text() -> None:
    assert list(missing(progress="", body="", nothing_done=False, nil_reason="")) == ["progress", "body"]
