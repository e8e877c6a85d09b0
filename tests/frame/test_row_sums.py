"""Sums over days: right, and the same to the last bit whoever else is in the block."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.frame.row_sums import sum_rows


@pytest.mark.row("B34")
@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    rows=st.sampled_from([1, 2, 191, 192, 193, 400]),
    columns=st.sampled_from([1, 2, 7, 8, 9, 28]),
)
def test_a_row_is_summed_as_if_it_stood_alone(seed: int, rows: int, columns: int) -> None:
    stream = np.random.default_rng(seed)
    values = stream.lognormal(0, 3, (rows, 90))[:, 20:]
    weights = (stream.random((70, columns)) < 0.7).astype(np.float64)
    sums = sum_rows(values, weights)
    np.testing.assert_allclose(sums, values @ weights, rtol=1e-12)
    chosen = stream.permutation(rows)[: int(stream.integers(1, rows + 1))]
    np.testing.assert_array_equal(sum_rows(values[chosen], weights), sums[chosen])
    np.testing.assert_array_equal(sum_rows(values, weights[:, :1]), sums[:, :1])


def test_nobody_and_no_days_sum_to_nothing() -> None:
    assert sum_rows(np.zeros((0, 5)), np.ones((5, 2))).shape == (0, 2)
    assert sum_rows(np.zeros((3, 0)), np.ones((0, 2))).tolist() == [[0.0, 0.0]] * 3
