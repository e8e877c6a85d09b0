"""Whole days: a dead feed is not silence, and a shrinking customer base is believed in time."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.frame.days import count_accounts, find_whole, flag_days

WORKED = np.zeros(40, dtype=np.bool_)


def counts(*values: int) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    return np.array(values, dtype=np.float64)


@pytest.mark.row("B1")
def test_a_day_with_a_third_of_the_usual_accounts_has_not_come_whole() -> None:
    days = counts(*[100] * 10, 30, 100, 0, 49, 50)
    assert find_whole(days, WORKED[:15]).tolist() == [True] * 10 + [False, True, False, False, True]


def test_days_off_are_whole_with_any_account_and_do_not_make_the_usual() -> None:
    off = np.array([n % 7 >= 5 for n in range(28)])
    days = np.where(off, 3.0, 100.0)
    assert find_whole(days, off).all()


def test_a_customer_base_that_halves_overnight_is_believed_after_two_weeks() -> None:
    days = counts(*[100] * 20, *[40] * 20)
    whole = find_whole(days, WORKED)
    assert not whole[20:30].any()
    assert whole[31:].all()


def test_the_first_day_ever_is_whole() -> None:
    assert find_whole(counts(0, 0, 5, 6), WORKED[:4]).tolist() == [False, False, True, True]


def test_a_window_of_days_off_alone_asks_nothing_of_the_usual() -> None:
    assert find_whole(counts(1, 0), np.array([True, True])).tolist() == [True, False]


@given(st.lists(st.integers(0, 500), min_size=1, max_size=60))
def test_an_empty_day_is_never_whole_and_a_record_always(values: list[int]) -> None:
    days = counts(*values)
    whole = find_whole(days, np.zeros(len(values), dtype=np.bool_))
    assert not whole[days == 0].any()
    record = days == np.maximum.accumulate(days)
    assert whole[record & (days > 0)].all()


def test_flags_and_counts_fall_on_their_days_and_leave_out_others() -> None:
    first = date(2028, 2, 28)
    flagged = frozenset({date(2028, 2, 29), date(2028, 3, 9), date(2028, 2, 27)})
    assert flag_days(first, 3, flagged).tolist() == [False, True, False]
    counted = count_accounts(first, 3, {date(2028, 2, 29): 7, date(2027, 1, 1): 9})
    assert counted.tolist() == [0, 7, 0]
