"""The interval of a mean: what the book says, none for few, whatever the order."""

from math import exp, lgamma, pi, sqrt
from statistics import fmean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.interval import FEWEST, build_interval, find_t

FIGURES = st.floats(-100, 100)


def _density(t: float, freedom: int) -> float:
    head = exp(lgamma((freedom + 1) / 2) - lgamma(freedom / 2)) / sqrt(freedom * pi)
    return float(head * (1 + t * t / freedom) ** (-(freedom + 1) / 2))


def _below(t: float, freedom: int) -> float:
    """The distribution function by Simpson's rule."""
    steps = 400
    width = t / steps
    inner = sum((4 if at % 2 else 2) * _density(at * width, freedom) for at in range(1, steps))
    return 0.5 + width / 3 * (_density(0, freedom) + inner + _density(t, freedom))


@pytest.mark.parametrize("freedom", [*range(9, 31), 40, 60, 120])
def test_the_table_holds_the_quantiles_of_student(freedom: int) -> None:
    assert _below(find_t(freedom), freedom) == pytest.approx(0.95, abs=0.0001)


@pytest.mark.parametrize(
    ("freedom", "row"), [(31, 30), (39, 30), (45, 40), (119, 60), (10**6, 120)]
)
def test_between_two_rows_the_wider_one_holds(freedom: int, row: int) -> None:
    assert find_t(freedom) == find_t(row)
    assert _below(find_t(freedom), freedom) >= 0.95


def test_ten_figures_by_hand() -> None:
    figures = [3.0, 12, 8, 9, 4, 11, 6, 10, 7, 10]
    found = build_interval(figures)
    assert found is not None
    assert found.count == 10
    assert found.mean == pytest.approx(8.0)
    assert found.high - found.mean == pytest.approx(1.833 * stdev(figures) / sqrt(10))
    assert found.mean - found.low == pytest.approx(found.high - found.mean)


@pytest.mark.row("B32")
@given(st.lists(FIGURES, max_size=FEWEST - 1))
def test_fewer_than_ten_have_neither_mean_nor_interval(figures: list[float]) -> None:
    assert build_interval(figures) is None


@given(st.lists(FIGURES, min_size=FEWEST, max_size=60), st.randoms())
def test_the_order_does_not_matter_and_the_mean_lies_inside(figures: list[float], chance) -> None:  # type: ignore[no-untyped-def]
    found = build_interval(figures)
    chance.shuffle(figures)
    assert build_interval(figures) == found
    assert found is not None
    assert found.mean == pytest.approx(fmean(figures), abs=1e-9)
    assert found.low <= found.mean <= found.high


@given(st.lists(FIGURES, min_size=FEWEST, max_size=40), st.floats(-50, 50))
def test_all_shifted_alike_shift_the_interval(figures: list[float], by: float) -> None:
    found, moved = build_interval(figures), build_interval([each + by for each in figures])
    assert found is not None
    assert moved is not None
    assert moved.low == pytest.approx(found.low + by, abs=1e-6)
    assert moved.high == pytest.approx(found.high + by, abs=1e-6)


def test_figures_that_are_all_alike_have_an_interval_of_no_width() -> None:
    found = build_interval([4.0] * 10)
    assert found is not None
    assert (found.low, found.mean, found.high) == (4.0, 4.0, 4.0)
