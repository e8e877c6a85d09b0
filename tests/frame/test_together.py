"""The common part of everybody's use: a step of all is one, a big customer or a holiday none."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.calendar import WorkCalendar
from bot.frame.days import flag_days
from bot.frame.together import Days, find_step, is_as_before, read_factors

FIRST_ON, LENGTH = date(2026, 3, 2), 90
JAPAN, AMERICA = WorkCalendar("JP"), WorkCalendar("US")


def make_days(seed: int, accounts: int = 60, *, american: int = 0, noise: float = 0.15) -> Days:
    """Accounts of all sizes with a pattern of the week; the first `american` work in the US."""
    random = np.random.default_rng(seed)
    size = random.lognormal(3.0, 0.8, accounts)[:, None]
    week = random.uniform(0.6, 1.4, (accounts, 7))[:, np.arange(LENGTH) % 7]
    values = np.round(size * week * random.lognormal(0.0, noise, (accounts, LENGTH)))
    last_on = FIRST_ON + timedelta(days=LENGTH)
    off = np.array(
        [
            flag_days(FIRST_ON, LENGTH, calendar.days_off(FIRST_ON, last_on))
            for calendar in (JAPAN, AMERICA)
        ]
    )
    countries = (np.arange(accounts) < american).astype(np.int64)
    values = np.where(off[countries], 0.0, values)
    return Days(values, (~off[countries]).astype(np.float64), countries)


def worked(days: Days) -> list[int]:
    return [int(each) for each in np.flatnonzero(days.counts.any(axis=0))]


@pytest.mark.row("B1")
@settings(max_examples=25)
@given(
    seed=st.integers(0, 10_000), by=st.sampled_from([0.0, 0.5, 0.7, 1.5]), back=st.integers(1, 5)
)
def test_a_step_of_everybody_is_found_on_its_day_with_its_size(
    seed: int, by: float, back: int
) -> None:
    days = make_days(seed)
    at = worked(days)[-back]
    days.values[:, at:] = np.round(days.values[:, at:] * by)
    found = find_step(days)
    assert found is not None
    assert found.at == at
    assert found.factor == pytest.approx(by, abs=0.1)
    assert found.moved >= 0.6 * found.compared


@pytest.mark.row("B1", "C13")
@settings(max_examples=25)
@given(
    seed=st.integers(0, 10_000),
    big=st.floats(0, 50),
    share=st.floats(0, 0.35),
    fall=st.floats(0, 1),
)
def test_neither_one_big_customer_nor_some_in_trouble_are_a_break(
    seed: int, big: float, share: float, fall: float
) -> None:
    days = make_days(seed)
    days.values[0] *= 10_000
    days.values[0, -3:] *= big
    in_trouble = slice(1, 1 + int(share * 60))
    days.values[in_trouble, -3:] *= fall
    assert find_step(days) is None


@settings(max_examples=10)
@given(seed=st.integers(0, 10_000))
def test_a_day_off_that_no_calendar_knows_is_no_break_where_another_country_works(
    seed: int,
) -> None:
    days = make_days(seed, american=15)
    days.values[15:, worked(days)[-1]] = 0.0
    assert find_step(days) is None


@pytest.mark.parametrize("end", range(50, LENGTH + 1, 3))
def test_golden_week_is_no_break(end: int) -> None:
    """The days from 20 April to the end of May; those off say nothing, those after it are usual."""
    days = make_days(7, american=12)
    assert find_step(Days(days.values[:, :end], days.counts[:, :end], days.countries)) is None


def test_a_slow_slide_of_five_days_is_found_where_no_day_is_far_off() -> None:
    days = make_days(3, 200, noise=0.05)
    first = worked(days)[-5]
    days.values[:, first:] *= 0.87
    found = find_step(days)
    assert found is not None
    assert found.at == first
    assert found.factor == pytest.approx(0.87, abs=0.04)


def test_few_accounts_little_use_and_a_short_past_say_nothing() -> None:
    days = make_days(1, 19)
    days.values[:, -3:] *= 0.2
    assert find_step(days) is None
    little = make_days(1)
    little.values[:] = np.minimum(little.values, 2.0)
    little.values[:, -3:] = 0.0
    assert find_step(little) is None
    short = make_days(1)
    short.counts[:, :60] = 0.0
    short.values[:, -3:] *= 0.2
    assert find_step(short) is None


def test_the_factors_of_later_days_are_held_against_the_time_before() -> None:
    days = make_days(5, 200)
    began, back = worked(days)[-15], worked(days)[-4]
    days.values[:, began:back] *= 0.7
    factors = read_factors(days, began, began)
    assert [at for at in factors if at < back] == [at for at in worked(days) if began <= at < back]
    assert all(factors[at] == pytest.approx(0.7, abs=0.07) for at in factors if at < back)
    assert [is_as_before(factors[at], 0.7) for at in worked(days)[-4:]] == [True] * 4
    assert not is_as_before(0.82, 0.7)
    assert is_as_before(1.4, 0.7)
    assert not is_as_before(1.4, 1.5)
