"""Areas and intervals against brute force, worked figures and the bootstrap."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu

from bot.insight.auc import build_auc
from bot.insight.column import Flags, Floats


def pair(events: list[float], others: list[float]) -> tuple[Floats, Flags]:
    scores = np.array([*events, *others], dtype=float)
    return scores, np.repeat([True, False], [len(events), len(others)])


def by_pairs(events: list[float], others: list[float]) -> float:
    wins = [(one > other) + 0.5 * (one == other) for one in events for other in others]
    return sum(wins) / len(wins)


numbers = st.lists(st.integers(-5, 5).map(float), min_size=1, max_size=12)


@given(numbers, numbers)
@settings(max_examples=30, deadline=None)
def test_the_area_is_the_share_of_pairs_in_the_right_order(
    events: list[float], others: list[float]
) -> None:
    found = build_auc(*pair(events, others))
    assert found.auc == pytest.approx(by_pairs(events, others))
    assert 0 <= found.low <= found.auc <= found.high <= 1
    assert 0 <= found.p <= 1


def test_the_variance_is_delongs_of_placements_by_hand() -> None:
    # Placements of the events 0.5, 1, 1 and of the others 1, 1, 2/3, 2/3 with their variances.
    found = build_auc(*pair([2, 5, 6], [1, 1, 3, 3]))
    assert found.auc == pytest.approx(10 / 12)
    by_hand = np.var([0.5, 1, 1], ddof=1) / 3 + np.var([1, 1, 2 / 3, 2 / 3], ddof=1) / 4
    assert found.se**2 == pytest.approx(by_hand)


def test_the_standard_error_is_what_drawing_again_shows() -> None:
    rng = np.random.default_rng(5)
    scores, happened = pair(list(rng.normal(0.8, 1, 120)), list(rng.normal(0, 1, 200)))
    drawn = []
    for _ in range(400):
        rows = np.concatenate([rng.integers(0, 120, 120), rng.integers(120, 320, 200)])
        drawn.append(build_auc(scores[rows], happened[rows]).auc)
    assert build_auc(scores, happened).se == pytest.approx(np.std(drawn), rel=0.12)


def test_the_test_without_difference_is_about_that_of_mann_and_whitney() -> None:
    rng = np.random.default_rng(6)
    events, others = list(rng.normal(0.25, 1, 80)), list(rng.normal(0, 1, 90))
    other = mannwhitneyu(events, others, use_continuity=False, method="asymptotic").pvalue
    assert build_auc(*pair(events, others)).p == pytest.approx(other, rel=0.15)


def test_without_one_of_the_groups_nothing_is_told() -> None:
    assert np.isnan(build_auc(*pair([1, 2, 3], [])).auc)
    assert np.isnan(build_auc(*pair([], [1, 2])).p)


def test_a_perfect_order_is_not_perfectly_sure() -> None:
    few, many = (
        build_auc(*pair([float(at + 100) for at in range(n)], [float(at) for at in range(n)]))
        for n in (5, 50)
    )
    assert few.auc == few.high == many.high == 1
    assert few.low < many.low < 1


def test_a_score_that_never_differs_separates_nothing() -> None:
    found = build_auc(*pair([1.0] * 30, [1.0] * 40))
    assert (found.auc, found.p) == (0.5, 1.0)


def test_rows_without_a_score_have_no_part() -> None:
    scores, happened = pair([1, 2, 3, np.nan], [0, 1, np.nan])
    found = build_auc(scores, happened)
    assert (found.events, found.others) == (3, 2)
    assert found.auc == build_auc(*pair([1, 2, 3], [0, 1])).auc


def test_higher_scores_for_the_others_turn_everything_round() -> None:
    rng = np.random.default_rng(8)
    scores, happened = pair(list(rng.normal(1, 1, 40)), list(rng.normal(0, 1, 60)))
    one, other = build_auc(scores, happened), build_auc(-scores, happened)
    assert other.auc == pytest.approx(1 - one.auc)
    assert (other.low, other.high) == pytest.approx((1 - one.high, 1 - one.low))


def test_within_strata_a_score_that_only_tells_the_stratum_separates_nothing() -> None:
    rng = np.random.default_rng(9)
    strata = rng.integers(0, 2, 2000)
    happened = rng.random(2000) < np.where(strata == 1, 0.6, 0.1)
    scores = strata * 10 + rng.normal(0, 1, 2000)
    assert build_auc(scores, happened).auc > 0.75
    assert build_auc(scores, happened, strata).auc == pytest.approx(0.5, abs=0.05)


def test_strata_of_one_kind_only_have_no_part() -> None:
    scores, happened = pair([1, 3], [0, 2])
    alone = build_auc(np.append(scores, 99), np.append(happened, True), np.array([0, 0, 0, 0, 1]))
    assert alone.auc == build_auc(scores, happened).auc


@pytest.mark.parametrize("copies", [2, 5])
def test_rows_of_one_cluster_are_not_so_many_rows(copies: int) -> None:
    rng = np.random.default_rng(10)
    scores, happened = pair(list(rng.normal(1, 1, 50)), list(rng.normal(0, 1, 70)))
    held = np.tile(np.arange(120), copies)
    once = build_auc(scores, happened)
    again = build_auc(np.tile(scores, copies), np.tile(happened, copies), clusters=held)
    assert again.se == pytest.approx(once.se, rel=0.02)
