"""What counts as a move of band: one that holds, or a leap; a score at the edge is no news."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.steady import HELD_DAYS, LEAP, Reading, find_steady_band
from bot.core.vocabulary import Band
from bot.health.model import Bands

MONDAY = date(2026, 11, 30)


def readings(*scores: float) -> list[Reading]:
    return [
        Reading(MONDAY + timedelta(days=place), Bands().band_of(score), score)
        for place, score in enumerate(scores)
    ]


def steady(*scores: float) -> Band | None:
    return find_steady_band(readings(*scores))


def test_nothing_known_is_no_band_and_the_first_reading_is_believed() -> None:
    assert steady() is None
    assert steady(69.9) is Band.YELLOW


@pytest.mark.parametrize("hovering", [(70.2, 69.4), (69.9, 70.0), (71.0, 68.2, 68.4)])
def test_a_score_that_plays_around_the_edge_stays_where_it_was(hovering: tuple[float]) -> None:
    assert steady(72.0, *hovering * 5) is Band.GREEN
    assert steady(67.0, *hovering * 5) is Band.YELLOW


def test_a_band_that_holds_three_mornings_is_believed_on_the_third() -> None:
    assert steady(71.0, 69.5, 69.8) is Band.GREEN
    assert steady(71.0, 69.5, 69.8, 69.9) is Band.YELLOW


def test_a_leap_is_believed_the_same_morning_and_so_is_the_leap_back() -> None:
    """A payment of 45 days caps the score at 49; it is paid the next day."""
    assert steady(64.0, 49.0) is Band.RED
    assert steady(64.0, 49.0, 79.2) is Band.GREEN


def test_a_slide_is_believed_once_it_is_far_from_where_it_left() -> None:
    """Four points a day: 51.3 was the last yellow one."""
    assert steady(59.1, 54.8, 51.3, 47.2) is Band.YELLOW
    assert steady(59.1, 54.8, 51.3, 47.2, 44.7) is Band.RED


def test_a_leap_is_measured_from_the_last_score_in_the_old_band() -> None:
    assert steady(80.0, 71.0, 70.0 - LEAP + 0.1) is Band.YELLOW
    assert steady(80.0, 70.0, 70.0 - LEAP + 0.1) is Band.GREEN
    assert steady(80.0, 70.0, 70.0 - LEAP) is Band.YELLOW


@given(st.lists(st.floats(0, 100), max_size=12), st.floats(0, 100))
def test_whatever_came_before_a_score_that_stays_is_where_it_ends(
    before: list[float], score: float
) -> None:
    assert steady(*before, *[score] * HELD_DAYS) is Bands().band_of(score)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=12))
def test_the_steady_band_is_one_that_was_measured(scores: list[float]) -> None:
    assert steady(*scores) in {reading.band for reading in readings(*scores)}
