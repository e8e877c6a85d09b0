"""What moved a score: the figures that are shown add up to the difference that is shown."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.score_change import Comparison, Part, tenths

points = st.none() | st.integers(-500, 500)
scores = st.floats(0, 100)
parts = st.lists(st.builds(Part, st.just("ログイン"), points, points), max_size=12)

pytestmark = pytest.mark.row("E14", "B34")


def _compare(before: float | None, now: float, told: list[Part], then: int = 1) -> Comparison:
    return Comparison(["week"], date(2026, 2, 28), before, now, (then, 1), (1.0, 1.0), told)


@given(before=scores, now=scores, told=parts, most=st.none() | st.integers(0, 5))
def test_differences_add_up_to_the_difference_of_the_scores(
    before: float, now: float, told: list[Part], most: int | None
) -> None:
    made = _compare(before, now, told)
    shown = sum((each.now or 0) - (each.before or 0) for each in made.largest(most))
    assert shown + made.rest(most) == made.difference == tenths(now) - tenths(before)


@given(told=parts)
def test_the_largest_come_first_and_small_ones_are_told_together(told: list[Part]) -> None:
    sizes = [abs(each.difference) for each in _compare(70.0, 60.0, told).largest()]
    assert sizes == sorted(sizes, reverse=True)
    assert all(size >= 5 for size in sizes)


@pytest.mark.parametrize(("score", "shown"), [(64.1, 641), (69.99, 699), (100.0, 1000), (0.0, 0)])
def test_a_score_is_rounded_down_and_a_stored_tenth_is_itself(score: float, shown: int) -> None:
    assert tenths(score) == shown


@pytest.mark.parametrize(("before", "then"), [(None, 1), (70.0, 2)])
def test_no_score_and_another_model_are_not_compared(before: float | None, then: int) -> None:
    made = _compare(before, 48.0, [], then)
    assert (made.is_alike, made.difference) == (False, 0)
