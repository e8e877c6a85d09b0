"""Windows of business days over daily usage."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.metrics import MetricKind
from tests.frame.blocks import usage

NAN = float("nan")


def test_days_off_are_no_part_of_a_window() -> None:
    off = [[False, False, True, True, False, False]]
    used = usage({"logins": [[1, 2, 100, 100, 3, 4]]}, off)
    assert used.mean("logins", 2).tolist() == [3.5]
    assert used.mean("logins", 2, skip=2).tolist() == [1.5]
    assert used.mean("logins", 4).tolist() == [2.5]


def test_each_country_has_its_own_days() -> None:
    off = [[False, True, False], [True, False, False]]
    used = usage({"logins": [[1, 9, 3], [9, 2, 4], [5, 9, 7]]}, off, [0, 1, 0])
    assert used.mean("logins", 2).tolist() == [2.0, 3.0, 6.0]


@pytest.mark.row("B1")
def test_missing_is_not_zero_and_half_a_window_says_too_little() -> None:
    used = usage({"logins": [[4, NAN, NAN, 6], [4, NAN, NAN, NAN], [0, 0, 0, 6]]})
    assert used.mean("logins", 4).tolist() == pytest.approx([5.0, NAN, 1.5], nan_ok=True)


def test_a_source_that_leaves_out_zeros_means_them_from_an_accounts_first_day_on() -> None:
    silent = {"logins": [[NAN, NAN, 8.0, NAN, NAN, NAN], [NAN] * 6]}
    used = usage(silent, says_zero=False)
    assert used.mean("logins", 4).tolist() == pytest.approx([2.0, NAN], nan_ok=True)
    assert used.mean("logins", 6).tolist() == pytest.approx([2.0, NAN], nan_ok=True)
    level = usage(silent, says_zero=False, kind=MetricKind.LEVEL)
    assert np.isnan(level.mean("logins", 4)).all()


def test_a_day_that_did_not_come_whole_is_no_zero_for_anybody() -> None:
    whole = np.array([True, True, False, True])
    used = usage({"logins": [[4, 4, NAN, 4]]}, whole=whole, says_zero=False)
    assert used.mean("logins", 3).tolist() == [4.0]
    assert used.days_unused("logins").tolist() == [0.0]


def test_a_share_counts_days_with_any_use() -> None:
    used = usage({"logins": [[0, 3, 0, 9]]})
    assert used.share_used("logins", 4).tolist() == [0.5]


def test_days_unused_count_worked_days_up_to_the_last_known_one() -> None:
    off = [[False, False, True, False, False]]
    used = usage({"logins": [[5, 0, 0, 0, 0], [5, 0, 0, NAN, NAN], [0] * 5, [NAN] * 5]}, off)
    assert used.days_unused("logins").tolist() == pytest.approx([3, 1, 4, NAN], nan_ok=True)


def test_a_total_takes_days_off_too_and_ends_where_the_source_ends() -> None:
    whole = np.array([True, True, True, False])
    used = usage({"logins": [[1, 2, 3, 50]]}, [[False, True, False, False]], whole=whole)
    assert used.total("logins", 2).tolist() == [5.0]
    nothing = usage({"logins": [[NAN, NAN]]})
    assert np.isnan(nothing.total("logins", 2)).all()


def test_a_window_older_than_the_data_is_unknown() -> None:
    used = usage({"logins": [[1, 2]]})
    assert np.isnan(used.mean("logins", 5, skip=5)).all()
    assert not used.has("exports")
    assert used.is_late("logins", 0) is False


@given(
    st.lists(st.lists(st.floats(0, 1e6), min_size=12, max_size=12), min_size=1, max_size=5),
    st.integers(1, 12),
    st.integers(0, 11),
)
def test_a_mean_is_the_mean_whatever_other_accounts_there_are(
    table: list[list[float]], days: int, skip: int
) -> None:
    together = usage({"logins": table}).mean("logins", days, skip=skip)
    for row, found in zip(table, together, strict=True):
        part = row[max(0, 12 - skip - days) : 12 - skip]
        told = np.mean(part) if len(part) >= days / 2 else NAN
        assert found == pytest.approx(told, nan_ok=True, abs=1e-6)
