"""The number of those that are lost: never certain of nothing, and as sure as it says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.insight.expected import expect

pytestmark = pytest.mark.row("B31")

SHARES = st.lists(st.floats(0, 1), min_size=1, max_size=60).map(np.array)


@given(SHARES, st.integers(0, 2000))
def test_the_number_lies_between_its_edges_and_none_is_beyond_all_there_are(
    shares: np.ndarray[tuple[int], np.dtype[np.float64]], cases: int
) -> None:
    found = expect(shares, cases)
    assert 0 <= found.low <= found.value + 1e-9
    assert found.value - 1e-9 <= found.high <= len(shares)


@given(SHARES, st.integers(1, 1000))
def test_more_cases_never_make_it_less_sure(
    shares: np.ndarray[tuple[int], np.dtype[np.float64]], cases: int
) -> None:
    few, many = expect(shares, cases), expect(shares, cases * 100)
    # Of a level at the very edge two cases more are the whole of what is unsure.
    assert many.high - many.low <= few.high - few.low + 1


@pytest.mark.parametrize(("share", "edge"), [(0.0, (0, 2)), (1.0, (28, 30))])
def test_nobody_lost_so_far_is_no_proof_that_nobody_will_be(
    share: float, edge: tuple[int, int]
) -> None:
    found = expect(np.full(30, share), 45)
    assert (found.low, found.high) == edge


def test_nineteen_times_in_twenty_the_number_that_comes_lies_between_its_edges() -> None:
    lot = np.random.default_rng(4)
    inside = 0
    for _ in range(600):
        level = lot.uniform(0.05, 0.4)
        told = lot.binomial(80, level) / 80
        found = expect(np.full(60, told), 80)
        inside += found.low <= lot.binomial(60, level) <= found.high
    assert inside / 600 > 0.94
