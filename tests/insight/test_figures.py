"""Folds, likeness, steadiness, strata and calibration, each on rows whose answer is known."""

import numpy as np
import pytest

from bot.insight.alike import likeness
from bot.insight.auc import build_auc
from bot.insight.calibration import build_curve, build_quality, calibration_error
from bot.insight.column import Column, Floats, Kind, Whole
from bot.insight.folds import draw_folds, order_levels, splits
from bot.insight.forecast import build_forecast
from bot.insight.held import build_strata, hold
from bot.insight.steady import build_steadiness, cut_periods

NOISE = np.random.default_rng(15).normal(0, 1, 900)


def number(values: Floats, name: str = "x") -> Column:
    return Column(name, Kind.NUMBER, np.asarray(values, dtype=float))


def category(codes: Floats | Whole, name: str = "x") -> Column:
    levels = tuple(f"level {at}" for at in range(int(np.nanmax(codes)) + 1))
    return Column(name, Kind.CATEGORY, np.asarray(codes, dtype=float), levels)


def test_folds_share_the_outcome_out_evenly_and_do_not_change() -> None:
    happened = np.arange(103) < 23
    fold = draw_folds(happened)
    assert sorted(np.bincount(fold, weights=happened)) == [4, 4, 5, 5, 5]
    assert (fold == draw_folds(happened)).all()
    assert (fold != draw_folds(happened, seed=1)).any()
    assert all((learn ^ judge).all() for learn, judge in splits(fold))


def test_rows_of_one_customer_stay_in_one_fold() -> None:
    held = np.repeat(np.arange(60), 3)
    fold = draw_folds(NOISE[:180] > 0.5, held)
    assert all(len(set(fold[held == each])) == 1 for each in range(60))


def test_a_worthless_category_is_not_made_to_look_good() -> None:
    happened = NOISE > 0.8
    codes = np.random.default_rng(16).integers(0, 30, 900).astype(float)
    by_itself = np.array([happened[codes == code].mean() for code in range(30)])
    assert build_auc(by_itself[codes.astype(int)], happened).auc > 0.55
    assert build_auc(order_levels(codes, happened, draw_folds(happened)), happened).auc < 0.55


def test_a_blank_level_has_no_place() -> None:
    codes = np.where(np.arange(900) % 10 == 0, np.nan, np.arange(900) % 3)
    scores = order_levels(codes, NOISE > 0, draw_folds(NOISE > 0))
    assert (np.isnan(scores) == np.isnan(codes)).all()


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        (number(NOISE), number(np.exp(-NOISE)), 0.999, 1),
        (number(NOISE), number(np.roll(NOISE, 1)), 0, 0.1),
        (number(NOISE), category(np.digitize(NOISE, [-1, 0, 1])), 0.9, 1),
        (category(np.arange(900) % 3), category((np.arange(900) + 1) % 3), 0.99, 1),
        (category(np.arange(900) % 3), category(np.arange(900) // 3 % 4), 0, 0.01),
        (number(NOISE), number(np.zeros(900)), 0, 0),
        (number(NOISE), number(np.where(np.arange(900) < 19, NOISE, np.nan)), 0, 0),
    ],
)
def test_likeness_is_between_any_kinds_and_the_same_both_ways(
    first: Column, second: Column, low: float, high: float
) -> None:
    assert low <= likeness(first, second) <= high
    assert likeness(first, second) == pytest.approx(likeness(second, first))


def test_a_measure_of_one_direction_is_steady_and_noise_is_not() -> None:
    happened = np.arange(900) % 4 == 0
    fold = draw_folds(happened)
    steady = build_steadiness(NOISE + happened, happened, fold, None, 0.2)
    assert (steady.turned, len(steady.folds)) == ("", 5)
    assert build_steadiness(NOISE - happened, happened, fold, None, 0.2).turned == "folds"


def test_periods_are_oldest_first_and_rows_of_one_moment_stay_together() -> None:
    time = np.repeat([3.0, 1.0, 2.0, np.nan], 50)
    period = cut_periods(time, np.arange(200) % 2 == 0)
    assert period is not None
    oldest = {float(each): set(period[time == each]) for each in (1.0, 2.0, 3.0)}
    assert all(len(each) == 1 for each in oldest.values())
    assert min(oldest[1.0]) <= min(oldest[2.0]) < min(oldest[3.0])
    assert set(period[150:]) == {0}
    assert cut_periods(np.ones(10), np.arange(10) > 4) is None


def test_strata_are_equal_classes_within_each_level() -> None:
    segment = category(np.arange(900) % 3, "segment")
    strata = build_strata([number(NOISE), segment], NOISE > 0, np.ones(900, dtype=bool))
    assert all(len(set(segment.values[strata == each])) == 1 for each in np.unique(strata))
    assert len(np.unique(strata)) == 3 * 20


def test_blanks_of_what_is_held_against_are_a_class_of_their_own() -> None:
    values = np.where(np.arange(900) % 10 == 0, np.nan, NOISE)
    strata = build_strata([number(values)], NOISE > 0, np.ones(900, dtype=bool))
    blank = set(strata[np.isnan(values)])
    assert len(blank) == 1
    assert not blank & set(strata[~np.isnan(values)])


def test_what_is_left_beside_the_real_driver_is_nothing_and_of_a_second_driver_most() -> None:
    rng = np.random.default_rng(17)
    driver, second = rng.normal(0, 1, (2, 4000))
    happened = rng.random(4000) < 1 / (1 + np.exp(-(driver + second - 1)))
    echo = driver + rng.normal(0, 0.7, 4000)
    held = hold(echo, happened, [number(driver)], build_auc(echo, happened).lean)
    own = hold(second, happened, [number(driver)], build_auc(second, happened).lean)
    assert held.left < 0.25
    assert held.goes_along(0.01)
    assert own.left > 0.8
    assert not own.goes_along(0.01)


def test_where_nothing_is_comparable_nothing_is_said_to_go_along() -> None:
    happened = np.arange(900) % 3 == 0
    held = hold(NOISE, happened, [category(happened.astype(float))], 0.1)
    assert np.isnan(held.area.auc)
    assert not held.goes_along(0.01)


def test_perfectly_calibrated_forecasts_have_a_small_error_and_shifted_ones_their_shift() -> None:
    told = np.linspace(0.05, 0.7, 5000)
    happened = np.random.default_rng(18).random(5000) < told
    assert calibration_error(told, happened.astype(float)) < 0.02
    assert calibration_error(told + 0.2, happened.astype(float)) == pytest.approx(0.2, abs=0.02)


def test_the_error_is_that_of_the_bins_by_hand() -> None:
    told = np.array([0.1, 0.2, 0.6, 0.8])
    happened = np.array([0.0, 1.0, 1.0, 1.0])
    assert calibration_error(told, happened, bins=2) == pytest.approx(0.5 * 0.35 + 0.5 * 0.3)
    assert [one.share.share for one in build_curve(told, happened > 0, bins=2)] == [0.5, 1]


def test_brier_and_gain_are_means_of_squares_with_their_intervals() -> None:
    happened = NOISE > 0.5
    told = np.clip(0.3 + 0.2 * NOISE, 0, 1)
    quality = build_quality(told, happened, np.full(900, happened.mean()))
    assert quality.brier.value == pytest.approx(((told - happened) ** 2).mean())
    assert quality.gain.value == pytest.approx(quality.base_brier - quality.brier.value)
    assert quality.is_better
    assert quality.ece.low <= quality.ece.value <= quality.ece.high
    flat = build_quality(np.full(900, 0.3), happened, np.full(900, happened.mean()))
    assert not flat.is_better


def test_rows_of_one_customer_widen_every_interval_of_a_forecast() -> None:
    happened, told = np.tile(NOISE[:300] > 0.5, 3), np.tile(np.linspace(0.1, 0.6, 300), 3)
    base = np.full(900, happened.mean())
    apart = build_quality(told, happened, base)
    together = build_quality(told, happened, base, np.tile(np.arange(300), 3))
    for one, other in ((apart.brier, together.brier), (apart.gain, together.gain)):
        assert other.high - other.low > 1.5 * (one.high - one.low)
    assert together.ece.high - together.ece.low > apart.ece.high - apart.ece.low


def test_fewer_than_thirty_of_either_kind_make_no_forecast() -> None:
    happened = np.arange(900) < 29
    assert build_forecast([number(NOISE)], happened) is None
    assert build_forecast([number(NOISE)], ~happened) is None
    assert build_forecast([], np.arange(900) % 2 == 0) is None
    half = np.arange(900) % 2 == 0
    assert build_forecast([number(NOISE)], half, np.arange(900) < 50) is None
    assert build_forecast([number(NOISE)], half, clusters=np.arange(900) // 40) is None


@pytest.mark.row("B31")
def test_a_forecast_from_noise_is_no_better_than_the_base_rate() -> None:
    happened = np.random.default_rng(19).random(900) < 0.2
    found = build_forecast([number(NOISE)], happened)
    assert found is not None
    assert not found.quality.is_better
    assert found.base_rate == pytest.approx(happened.mean(), abs=0.002)
