"""Levels and changes of use, the week's pattern, breaks, proficiency, limits, the team."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.metrics import MetricKind
from bot.frame.block import Block
from bot.frame.usage import Usage
from tests.frame.blocks import ask, block, rows, too_old, usage, values
from tests.frame.test_measures import NAN, steady

DAYS = 200


def weeks(pattern: list[float], days: int = DAYS, scale: float = 1.0) -> list[float]:
    """Days by weekday, Monday first, that end on a Thursday."""
    first = (3 - (days - 1)) % 7
    return [pattern[(first + day) % 7] * scale for day in range(days)]


def off_days(days: int = DAYS) -> list[bool]:
    first = (3 - (days - 1)) % 7
    return [(first + day) % 7 >= 5 for day in range(days)]


def used(*accounts: list[float], off: list[bool] | None = None) -> Usage:
    """Logins of accounts over days that end on a Thursday; weekends are off."""
    days = len(accounts[0])
    given = [off or off_days(days)]
    return usage({"logins": list(accounts)}, given, weekday=(3 - (days - 1)) % 7)


MONDAYS = [9.0, 0, 0, 0, 0, 0, 0]
EVERY_DAY = [6.0, 5, 5, 5, 4, 0, 0]


@pytest.mark.row("B5", "B12", "C13", "D42")
def test_use_has_a_level_over_one_four_and_twelve_weeks() -> None:
    grown = steady(2.0, DAYS - 5) + steady(4.0, 5)
    asked = block(1, usage({"logins": [grown]}))
    assert values("use_level_1w", asked).tolist() == [4.0]
    assert values("use_level_4w", asked).tolist() == [2.5]
    assert values("use_level_12w", asked).tolist() == pytest.approx([2 + 10 / 60])


@pytest.mark.row("B12", "B21", "C13")
@pytest.mark.parametrize("name", ["use_change_1w", "use_change_4w", "use_change_12w"])
def test_whoever_works_on_mondays_alone_has_not_moved(name: str) -> None:
    asked = block(2, used(weeks(MONDAYS), weeks(EVERY_DAY)))
    assert values(name, asked).tolist() == pytest.approx([0.0, 0.0])


def test_a_holiday_that_takes_a_monday_out_of_the_window_is_no_fall() -> None:
    off = off_days()
    off[-4] = True  # the last Monday
    asked = block(2, used(weeks(MONDAYS), weeks(EVERY_DAY), off=off))
    # The five business days reach back to the Thursday a week before, and hold no Monday at all.
    told = values("use_change_1w", asked).tolist()
    assert told == pytest.approx([NAN, 0.0], nan_ok=True)
    assert values("use_change_4w", asked).tolist() == pytest.approx([0.0, 0.0])


def test_a_fall_is_told_as_it_is_over_each_window() -> None:
    fallen = [*weeks(EVERY_DAY)[:-7], *[each / 2 for each in weeks(EVERY_DAY)[-7:]]]
    asked = block(1, used(fallen))
    assert values("use_change_1w", asked).tolist() == pytest.approx([-0.5])
    assert -0.15 < values("use_change_4w", asked)[0] < -0.1
    assert -0.05 < values("use_change_12w", asked)[0] < -0.03


def test_twelve_weeks_against_twelve_need_half_a_year_on_file() -> None:
    asked = block(1, used(weeks(EVERY_DAY, 90)))
    assert np.isnan(values("use_change_12w", asked)).all()


def test_what_is_hardly_used_has_no_change() -> None:
    asked = block(2, used(weeks([0.4] * 7), weeks([0.6] * 7)))
    told = values("use_change_4w", asked).tolist()
    assert told == pytest.approx([NAN, 0.0], nan_ok=True)


@given(
    st.lists(st.floats(1, 50), min_size=5, max_size=5),
    st.integers(0, 6),
    st.sampled_from(["use_change_1w", "use_change_4w"]),
)
def test_no_pattern_of_the_week_moves_the_change_whatever_day_the_window_ends_on(
    pattern: list[float], weekday: int, name: str
) -> None:
    days = [([*pattern, 0.0, 0.0])[(weekday + day) % 7] for day in range(90)]
    off = [[(weekday + day) % 7 >= 5 for day in range(90)]]
    asked = block(1, usage({"logins": [days]}, off, weekday=weekday))
    assert values(name, asked).tolist() == pytest.approx([0.0], abs=1e-9)


@pytest.mark.row("B21")
def test_a_break_is_told_with_its_size_and_its_day() -> None:
    scatter = [0.0, 1.0, -1.0, 2.0, -2.0]
    noisy = [12.0 + scatter[day % 5] for day in range(60)]
    broken = [*noisy[:48], *[each - 9.0 for each in noisy[48:]]]
    grown = [*noisy[:45], *[each + 20.0 for each in noisy[45:]]]
    asked = block(3, usage({"logins": [noisy, broken, grown]}))
    size, ago = values("usage_shift", asked), values("usage_shift_bd", asked)
    assert abs(size[0]) < 1
    assert size[1] < -2 < 2 < size[2]
    assert ago.tolist() == pytest.approx([NAN, 12.0, 15.0], nan_ok=True)


def test_a_slow_decline_is_no_break_and_neither_is_the_week() -> None:
    drift = [20.0 - 0.1 * day for day in range(90)]
    asked = block(2, used(drift, weeks([30.0, 0, 0, 0, 0, 0, 0], 90)))
    assert np.isnan(values("usage_shift_bd", asked)).all()
    assert abs(values("usage_shift", asked)[1]) < 0.5


def test_a_break_needs_days_on_both_sides() -> None:
    young = [NAN] * 45 + steady(9.0, 15)
    assert np.isnan(values("usage_shift", block(1, usage({"logins": [young]})))).tolist() == [False]
    younger = [NAN] * 52 + steady(9.0, 8)
    assert np.isnan(values("usage_shift", block(1, usage({"logins": [younger]})))).all()


@pytest.mark.row("E25")
def test_time_in_use_is_told_by_person_and_day_where_it_comes() -> None:
    asked = block(
        2,
        usage({"usage_minutes": [steady(60.0)] * 2, "active_users": [steady(4.0), steady(0.0)]}),
    )
    assert values("use_minutes", asked).tolist() == pytest.approx([15.0, NAN], nan_ok=True)
    assert np.isnan(values("use_minutes", block(1, usage({"usage_minutes": [steady(1.0)]})))).all()


@pytest.mark.row("D43")
def test_the_gap_counts_key_features_never_tried() -> None:
    asked = block(
        3,
        usage(
            {
                "reports": [steady(2.0), steady(0.0), [NAN] * 60],
                "alerts": [steady(0.0), steady(0.0), [NAN] * 60],
            },
            is_key=True,
        ),
    )
    assert values("adoption_gap", asked).tolist() == pytest.approx([1.0, 2.0, NAN], nan_ok=True)


def levels(logins: list[float], keys: list[float], features: list[float]) -> Block:
    held = {"logins": [logins], "key_actions": [keys], "features_used": [features]}
    return block(1, usage(held))


@pytest.mark.row("B11", "B17")
@pytest.mark.parametrize(
    ("login", "key", "features", "level"),
    [
        (20, 20, 8.0, 5.0),
        (20, 20, 4.0, 4.0),
        (20, 13, 8.0, 4.0),
        (16, 20, 8.0, 4.0),
        (20, 8, 8.0, 3.0),
        (20, 1, 8.0, 2.0),
        (20, 0, 8.0, 1.0),
        (3, 20, 8.0, 1.0),
    ],
)
def test_the_level_is_the_lowest_rung(login: int, key: int, features: float, level: float) -> None:
    def on_days(count: int) -> list[float]:
        return steady(0.0, 40) + [1.0] * count + [0.0] * (20 - count)

    asked = levels(on_days(login), on_days(key), steady(features))
    assert values("proficiency", asked).tolist() == [level]


@pytest.mark.row("B17")
def test_climbing_and_slipping_is_told_against_four_weeks_ago() -> None:
    alive, dead = steady(5.0, 60), steady(5.0, 40) + steady(0.0, 20)
    young = [NAN] * 45 + steady(5.0, 15)
    held = {"logins": [alive, dead, dead[::-1], young]}
    told = values("proficiency_change", block(4, usage(held))).tolist()
    assert told == pytest.approx([0.0, -4.0, 0.0, NAN], nan_ok=True)


def test_a_level_asks_only_what_the_source_delivers_at_all() -> None:
    assert values("proficiency", block(1, usage({"logins": [steady(1.0)]}))).tolist() == [5.0]
    half = {"logins": [steady(1.0)] * 2, "features_used": [steady(9.0), [NAN] * 60]}
    told = values("proficiency", block(2, usage(half))).tolist()
    assert told == pytest.approx([5.0, NAN], nan_ok=True)


@pytest.mark.row("D44")
def test_engagement_is_often_deep_and_many() -> None:
    held = {
        "logins": [steady(9.0), steady(9.0)],
        "key_actions": [steady(9.0), steady(0.0)],
        "active_users": [steady(40.0), steady(10.0)],
    }
    assert values("engagement", block(2, usage(held))).tolist() == [1.0, 0.5]


@pytest.mark.row("D30", "D44")
def test_a_limit_is_a_months_for_what_adds_up_and_a_level_for_the_rest() -> None:
    held = {"exports": [steady(3.0)] * 3}
    limits = rows(
        3,
        [0, 0, 1],
        limit_metric=["exports", "exports", "unheard_of"],
        plan_limit=[100.0, 180.0, 10.0],
    )
    told = values("limit_share", block(3, usage(held), limits=limits)).tolist()
    assert told == pytest.approx([0.9, NAN, NAN], nan_ok=True)
    level = usage({"exports": [steady(3.0)]}, kind=MetricKind.LEVEL, late_days=6)
    asked = block(1, level, limits=rows(1, [0], limit_metric=["exports"], plan_limit=[4.0]))
    assert values("limit_share", asked).tolist() == [0.75]
    assert too_old("limit_share", asked) == [True]


@pytest.mark.row("D29", "D44")
def test_a_team_grows_against_a_quarter_ago() -> None:
    grown = steady(4.0, 40) + steady(6.0, 20)
    asked = block(2, usage({"active_users": [grown, steady(1.0)]}))
    assert values("team_growth", asked).tolist() == pytest.approx([0.5, NAN], nan_ok=True)


def test_measures_of_use_age_with_their_source() -> None:
    held = {"logins": [steady(5.0)], "key_actions": [steady(5.0)], "active_users": [steady(5.0)]}
    asked = block(1, usage(held, late_days=6))
    for name in ("use_level_4w", "use_change_4w", "usage_shift", "proficiency", "engagement"):
        assert too_old(name, asked) == [True], name
    assert ask("adoption_gap", asked).too_old is not None
