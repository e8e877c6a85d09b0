"""Curves against worked examples and against another implementation of the same formulas."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy.stats import CensoredData, logrank

from bot.core.refusal import BadInput
from bot.insight.column import Flags, Floats
from bot.insight.stay import Stay, examine_stay, read_times, round_times
from bot.insight.survival import build_curve, build_groups, compare_curves
from bot.insight.where import read_condition

# Remission times in weeks, 6-MP and placebo; + is censored (Freireich and others, Blood 1963).
DRUG = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"


def read(text: str) -> tuple[Floats, Flags]:
    words = text.split()
    times = np.array([float(word.rstrip("+")) for word in words])
    return times, np.array([not word.endswith("+") for word in words])


def table(**columns: object) -> pd.DataFrame:
    times, happened = (np.concatenate(pair) for pair in zip(read(DRUG), read(PLACEBO), strict=True))
    made = {"weeks": times, "relapse": np.where(happened, "yes", "no")}
    return pd.DataFrame(made | {"arm": ["drug"] * 21 + ["placebo"] * 21} | columns, dtype=object)


def stay(cells: pd.DataFrame, **more: object) -> Stay:
    numbers = np.arange(2, len(cells) + 2)
    return examine_stay(cells, numbers, "weeks", "relapse", **more)  # type: ignore[arg-type]


def test_a_worked_example_of_the_literature() -> None:
    curve = build_curve("drug", *read(DRUG))
    told = {time: round(curve.at(time).share, 4) for time in (5, 6, 7, 10, 13, 16, 22, 23)}
    assert told == {5: 1, 6: 0.8571, 7: 0.8067, 10: 0.7529, 13: 0.6902, 16: 0.6275} | {
        22: 0.5378,
        23: 0.4482,
    }
    assert (curve.median, curve.events, curve.count) == (23, 9, 21)
    assert curve.median_high == math.inf


def test_those_at_risk_are_all_seen_until_the_time_itself() -> None:
    curve = build_curve("drug", *read(DRUG))
    assert [curve.at(time).at_risk for time in (0, 6, 6.5, 10, 35)] == [21, 21, 17, 15, 1]


def test_beyond_the_longest_time_nothing_is_told() -> None:
    point = build_curve("drug", *read(DRUG)).at(36)
    assert math.isnan(point.share)
    assert point.at_risk == 0


def test_an_interval_holds_its_share_and_stays_between_0_and_1() -> None:
    for text in (DRUG, PLACEBO):
        curve = build_curve("", *read(text))
        assert (curve.lows <= curve.shares + 1e-9).all()
        assert (curve.shares <= curve.highs + 1e-9).all()
        assert curve.lows.min() >= 0
        assert curve.highs.max() <= 1


def test_the_logrank_test_agrees_with_another_of_two_groups() -> None:
    (t1, e1), (t2, e2) = read(DRUG), read(PLACEBO)
    ours = compare_curves(
        np.concatenate([t1, t2]), np.concatenate([e1, e2]), np.repeat([0, 1], [21, 21])
    )
    other = logrank(CensoredData.right_censored(t1, ~e1), CensoredData.right_censored(t2, ~e2))
    assert ours.statistic == pytest.approx(float(other.statistic) ** 2)
    assert ours.p == pytest.approx(float(other.pvalue))
    assert ours.seen == (9, 21)
    assert sum(ours.meant) == pytest.approx(30)


def test_three_groups_are_compared_at_once_and_their_order_does_not_matter() -> None:
    rng = np.random.default_rng(1)
    times, group = rng.exponential([[5], [5], [9]], (3, 60)).ravel(), np.repeat([0, 1, 2], 60)
    happened = rng.random(180) < 0.7
    first = compare_curves(times, happened, group)
    assert first.freedom == 2
    assert compare_curves(times, happened, 2 - group).statistic == pytest.approx(first.statistic)


def test_a_group_of_few_has_no_part_in_the_test() -> None:
    times, happened = read(PLACEBO)
    group = np.repeat([0, 1, 2], [10, 8, 3])
    curves, test = build_groups(times, happened, group, ["a", "b", "c"])
    assert [curve.is_told for curve in curves] == [True, False, False]
    assert test is None


def test_nobody_left_yet_is_a_curve_at_1() -> None:
    curve = build_curve("", np.arange(1.0, 31), np.zeros(30, dtype=bool))
    assert (curve.at(10).share, curve.median) == (1, math.inf)
    assert not curve.is_told


@pytest.mark.row("B31")
def test_groups_of_a_table_are_told_apart() -> None:
    found = stay(table(), by="arm", at="10, 6")
    assert list(found.times) == [6, 10]
    assert [curve.name for curve in found.groups] == ["drug", "placebo"]
    assert found.test is not None
    assert found.test.p < 0.0001
    assert found.curve.count == 42


def test_conditions_choose_rows_and_blanks_of_the_group_are_counted() -> None:
    arm = [None] * 2 + ["drug"] * 19 + ["placebo"] * 21
    assert stay(table(arm=arm), by="arm").ungrouped == 2
    chosen = stay(table(), conditions=[read_condition("arm != placebo")])
    assert (chosen.curve.count, chosen.rows) == (21, 42)


def broken(column: str, value: object) -> pd.DataFrame:
    cells = table()
    at_fault = pd.Series(range(len(cells))).isin([3, 7])
    cells[column] = cells[column].where(~at_fault, value)
    return cells


@pytest.mark.parametrize(
    ("cells", "code", "rows"),
    [
        (broken("weeks", -1), "insight_time_negative", "5, 9"),
        (broken("weeks", None), "insight_time_blank", "5, 9"),
        (broken("weeks", "?"), "insight_time_blank", "5, 9"),
        (broken("relapse", " "), "insight_event_blank", "5, 9"),
        (broken("relapse", "perhaps"), "insight_outcome_many", None),
        (table(weeks="long"), "insight_time_no_number", None),
        (table(relapse="no"), "insight_outcome_one_value", None),
        (table().head(9), "insight_survival_few", None),
    ],
)
def test_what_cannot_be_drawn_is_refused_by_its_rows(
    cells: pd.DataFrame, code: str, rows: str | None
) -> None:
    if code == "insight_time_blank" and "?" in set(cells["weeks"]):
        cells = pd.concat([cells] * 3, ignore_index=True).drop([45, 49, 87, 91])
        cells = cells.reset_index(drop=True)
    with pytest.raises(BadInput) as refused:
        stay(cells)
    assert refused.value.code == code
    assert refused.value.params.get("rows") == rows


def test_too_many_groups_and_blank_ones_are_refused() -> None:
    with pytest.raises(BadInput, match="insight_many_groups"):
        stay(table(arm=[f"arm {at}" for at in range(42)]), by="arm")
    with pytest.raises(BadInput, match="insight_by_empty"):
        stay(table(arm=None), by="arm")


@pytest.mark.parametrize("text", ["six", "6;12", "-1", "inf", "nan"])
def test_times_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(BadInput, match="insight_at_unclear"):
        read_times(text)


def test_times_of_our_own_are_round_and_few() -> None:
    assert round_times(72) == (12, 24, 36, 48, 60, 72)
    assert round_times(35) == (6, 12, 18, 24, 30)
    assert len(round_times(1000)) <= 7
