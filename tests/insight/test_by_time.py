"""With a cut, what comes after it has no part in anything that is learnt."""

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from bot.insight.column import Column, Floats, Kind
from bot.insight.examine import Asked, Examined, examine, read_cut
from bot.insight.forecast import Forecast, build_forecast
from bot.insight.model import fit_model
from bot.insight.verdict import Verdict
from tests.insight.tables import company, happened_in

ASKED = Asked("churned", by_time="month", cut="2025-08", segment=("segment",), volume="seats")


def history() -> pd.DataFrame:
    """The company over twelve months, 50 rows each."""
    table = company(600).astype(object)
    months = [f"2025-{at // 50 + 1:02d}" for at in range(600)]
    table["storage"] = table["storage"].where(np.arange(600) % 9 != 0, None)
    return table.assign(month=months)


def spoilt() -> pd.DataFrame:
    """The same up to the cut; after it every cell is another, of another kind, or blank."""
    table = history()
    late = (table["month"] > "2025-08").to_numpy()
    lot = np.random.default_rng(12)
    table.loc[late, "logins"] = "text"
    table.loc[late, "exports"] = 1e9
    table.loc[late, "storage"] = None
    table.loc[late, "colour"] = lot.choice(["new", "newer", "newest"], late.sum())
    table.loc[late, "weather"] = np.where(table.loc[late, "churned"] == "yes", 900.0, -900.0)
    table.loc[late, "churned"] = lot.choice(["yes", "no"], late.sum())
    return table


@pytest.fixture(scope="module")
def found() -> Examined:
    return examine(history(), ASKED)


@pytest.fixture(scope="module")
def other() -> Examined:
    return examine(spoilt(), ASKED)


@pytest.mark.row("B45", "E29")
def test_rows_after_the_cut_change_nothing_in_the_model(found: Examined, other: Examined) -> None:
    one, another = found.validity.forecast, other.validity.forecast
    assert one is not None
    assert another is not None
    assert one.model == another.model
    assert one.quality != another.quality


@pytest.mark.row("B45")
def test_they_change_no_figure_either_by_which_a_measure_is_chosen(
    found: Examined, other: Examined
) -> None:
    assert found.validity.refused == other.validity.refused
    for one, another in zip(found.validity.judged, other.validity.judged, strict=True):
        assert one.figures.area == another.figures.area
        assert one.corrected == pytest.approx(another.corrected, nan_ok=True)


def test_judged_are_the_later_rows_only(found: Examined) -> None:
    forecast = found.validity.forecast
    assert forecast is not None
    assert (forecast.learnt, forecast.judged) == (400, 200)
    assert np.isnan(forecast.told[:400]).all()
    assert found.later is not None
    assert (found.base.count, found.later.count) == (400, 200)


def test_what_held_before_and_turned_afterwards_is_unstable(found: Examined) -> None:
    table = history()
    late = table["month"] > "2025-08"
    table["logins"] = table["logins"].where(~late, -table["logins"])
    turned = examine(table.drop(columns=["active_days", "exports"]), ASKED)
    logins = next(one for one in turned.validity.judged if one.figures.name == "logins")
    assert (logins.verdict, logins.why) == (Verdict.UNSTABLE, "unstable_later")
    assert turned.validity.later["logins"].low > 0.5
    assert "logins" in found.validity.valid


def test_rows_without_a_time_are_left_out_and_counted() -> None:
    table = history()
    table.loc[[3, 400], "month"] = None
    assert examine(table, ASKED).left_out == {"blank_time": 2}


def test_a_cut_of_a_month_is_its_last_day_even_in_a_leap_year() -> None:
    assert read_cut("2024-02", True, "x") == read_cut("2024-02-29", True, "x")
    assert read_cut("2023/2", True, "x") == read_cut("2023-02-28", True, "x")
    assert read_cut("12.5", False, "x") == 12.5


def column(values: Floats) -> Column:
    return Column("x", Kind.NUMBER, values)


def test_the_newest_quarter_calibrates_where_the_base_rate_has_moved() -> None:
    rng = np.random.default_rng(13)
    time = np.arange(2000.0)
    happened = rng.random(2000) < np.where(time < 1500, 0.1, 0.4)
    columns = [column(rng.normal(0, 1, 2000))]
    rows = np.ones(2000, dtype=bool)
    timed = fit_model(columns, happened, rows, time).forecast(columns, rows).mean()
    whole = fit_model(columns, happened, rows).forecast(columns, rows).mean()
    assert timed == pytest.approx(0.4, abs=0.04)
    assert whole == pytest.approx(happened.mean(), abs=0.02)


@pytest.mark.parametrize(("every", "newest"), [(3, False), (2, True)])
def test_it_says_whether_the_newest_quarter_calibrates_or_all(every: int, newest: bool) -> None:
    """Of 240 rows the newest sixty hold twenty, or thirty, in which it happened."""
    rng, time = np.random.default_rng(14), np.arange(240.0)
    happened = np.arange(240) % every == 0
    columns, rows = [column(rng.normal(0, 1, 240))], np.ones(240, dtype=bool)
    model = fit_model(columns, happened, rows, time)
    assert (model.calibrated_on, model.is_of_newest) == (60 if newest else 240, newest)
    without = fit_model(columns, happened, rows)
    assert (without.calibrated_on, without.is_of_newest) == (240, False)


def faded(seed: int, until: int) -> Forecast:
    """Of 600 rows those before `until` follow what is measured, and later ones nothing."""
    rng, at = np.random.default_rng(seed), np.arange(600.0)
    values = rng.normal(0, 1, 600)
    happened = rng.random(600) < np.where(at < until, expit(1.5 * values - 1), 0.3)
    found = build_forecast([column(values)], happened, time=at)
    assert found is not None
    return found


def test_what_told_for_years_and_tells_no_more_makes_no_forecast() -> None:
    found = faded(1, 450)
    assert found.quality.is_better
    assert found.newest is not None
    assert found.newest.area.events + found.newest.area.others == 150
    assert found.newest.area.low < 0.5
    assert not found.is_better


def test_what_still_tells_is_told_by_how_well_it_does_of_late() -> None:
    found = faded(1, 600)
    assert found.newest is not None
    assert found.is_better
    assert found.newest.area.auc == pytest.approx(found.quality.area.auc, abs=0.1)


def test_of_late_it_is_held_against_the_base_rate_of_late() -> None:
    """One that beats the rate of long ago by nothing but a change of level is no better."""
    rng, at = np.random.default_rng(3), np.arange(800.0)
    happened = rng.random(800) < np.where(at < 600, 0.15, 0.5)
    found = build_forecast([column(rng.normal(0, 1, 800))], happened, time=at)
    assert found is not None
    assert found.newest is not None
    assert found.newest.base_brier == pytest.approx(0.25, abs=0.01)
    assert not found.is_better


def test_too_few_new_rows_are_not_judged_alone() -> None:
    rng = np.random.default_rng(2)
    happened = np.arange(200) % 5 == 0
    found = build_forecast([column(rng.normal(0, 1, 200))], happened, time=np.arange(200.0))
    assert found is not None
    assert found.newest is None


def test_a_model_tells_rows_it_has_not_seen_by_the_fill_and_scale_it_learnt() -> None:
    table = company(400)
    values = table["logins"].to_numpy(dtype=float).copy()
    learn = np.arange(400) < 300
    model = fit_model([column(values)], happened_in(table), learn)
    before = model.forecast([column(values)], ~learn)
    values[350:] = np.nan
    after = model.forecast([column(values)], ~learn)
    assert (before[:50] == after[:50]).all()
    assert len(set(after[50:])) == 1
