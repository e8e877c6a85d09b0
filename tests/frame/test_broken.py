"""Taking a break out of a metric's days: before it is decided, and once counting has changed."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from bot.core.breaks import BreakState, MetricBreak
from bot.frame.broken import build_mending, build_search_mending

FIRST_ON = date(2028, 2, 25)
BEGAN_ON = date(2028, 2, 29)
NEXT_ON = date(2028, 3, 1)
DROP = MetricBreak(
    id=1,
    metric="logins",
    began_on=BEGAN_ON,
    found_on=NEXT_ON,
    noted_on=NEXT_ON,
    ended_on=None,
    factors={BEGAN_ON: 0.8, NEXT_ON: 0.5, NEXT_ON + timedelta(days=1): 0.5},
    compared=60,
    moved=50,
    state=BreakState.OPEN,
)
UNTOUCHED = [1.0] * 4


def test_an_open_break_puts_each_day_back_by_its_own_part() -> None:
    mending = build_mending([DROP], FIRST_ON, 8)
    assert mending.scale.tolist() == [*UNTOUCHED, 1.25, 2.0, 2.0, 2.0]
    assert mending.is_needed
    assert not mending.left_out.any()


def test_a_changed_way_of_counting_brings_the_past_to_the_new_level() -> None:
    mending = build_mending([replace(DROP, state=BreakState.CHANGED)], FIRST_ON, 8)
    assert mending.scale.tolist() == [0.5] * 4 + UNTOUCHED
    long_ago = build_mending([replace(DROP, state=BreakState.CHANGED)], NEXT_ON, 8)
    assert not long_ago.is_needed


def test_a_real_change_counts_and_is_still_no_second_break() -> None:
    real = replace(DROP, state=BreakState.REAL)
    assert not build_mending([real], FIRST_ON, 8).is_needed
    assert build_search_mending([real], FIRST_ON, 8).scale[0] == 0.5


@pytest.mark.parametrize("state", [BreakState.OPEN, BreakState.CHANGED])
def test_a_break_that_is_over_is_mended_on_its_own_days_alone(state: BreakState) -> None:
    over = replace(DROP, ended_on=date(2028, 3, 2), state=state)
    assert build_mending([over], FIRST_ON, 8).scale.tolist() == [*UNTOUCHED, 1.25, 2.0, 1.0, 1.0]


def test_what_is_nearly_nothing_is_left_out_rather_than_blown_up() -> None:
    gone = replace(DROP, factors={BEGAN_ON: 0.0})
    mending = build_mending([gone], FIRST_ON, 8)
    assert not mending.is_needed
    assert mending.left_out.tolist() == [False] * 4 + [True] * 4
    anew = build_mending([replace(gone, state=BreakState.CHANGED)], FIRST_ON, 8)
    assert anew.left_out.tolist() == [True] * 4 + [False] * 4


def test_two_breaks_of_one_metric_are_both_taken_out() -> None:
    first = replace(DROP, state=BreakState.CHANGED)
    second = replace(DROP, began_on=NEXT_ON, factors={NEXT_ON: 2.0})
    mending = build_mending([first, second], FIRST_ON, 8)
    np.testing.assert_allclose(mending.scale, [0.5] * 4 + [1.0] + [0.5] * 3)
