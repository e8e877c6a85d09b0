"""The measures that signals ask for: levels, rhythms, lines, and how long something is ago."""

import numpy as np
import pytest

from tests.frame.blocks import TODAY, block, rows, usage, values
from tests.frame.test_measures import NAN, steady


@pytest.mark.row("B12", "C13")
def test_logins_a_day_now_and_before() -> None:
    fallen = steady(10.0, 55) + steady(2.0, 5)
    asked = block(1, usage({"logins": [fallen]}))
    assert values("logins_5bd", asked).tolist() == [2.0]
    assert values("logins_20bd_before", asked).tolist() == [10.0]


def test_days_off_and_days_that_did_not_come_are_no_logins_a_day() -> None:
    used = steady(10.0, 50) + [0.0] * 10
    off = [[False] * 50 + [True] * 10]
    assert values("logins_5bd", block(1, usage({"logins": [used]}, off))).tolist() == [10.0]


def test_rhythm_is_told_up_to_the_last_login_whatever_came_after() -> None:
    weekly = [1.0, 0, 0, 0, 0] * 8 + [0.0] * 20
    daily = steady(3.0, 40) + steady(0.0, 20)
    asked = block(3, usage({"logins": [weekly, daily, steady(0.0)]}))
    told = values("login_rhythm", asked).tolist()
    assert told == pytest.approx([8 / 36, 1.0, NAN], nan_ok=True)


def test_rhythm_begins_with_the_first_known_day() -> None:
    late = [NAN] * 40 + [1.0, 0.0] * 10
    told = values("login_rhythm", block(1, usage({"logins": [late]})))
    assert told.tolist() == pytest.approx([10 / 19])


def test_whoever_writes_or_calls_is_not_silent() -> None:
    stopped = steady(5.0, 45) + steady(0.0, 15)
    used = usage({"logins": [stopped] * 3})
    signs = rows(3, [1, 2], seen_on=[TODAY - 3.0, TODAY - 40.0])
    assert values("silent_bd", block(3, used)).tolist() == [15.0] * 3
    assert values("silent_bd", block(3, used, signs=signs)).tolist() == [15.0, 2.0, 15.0]


def test_without_logins_nobody_is_called_silent() -> None:
    signs = rows(1, [0], seen_on=[TODAY - 300.0])
    assert np.isnan(values("silent_bd", block(1, signs=signs))).all()


def falling(first: float, last: float, days: int = 30) -> list[float]:
    return [first + (last - first) * day / (days - 1) for day in range(days)]


@pytest.mark.row("B25")
def test_the_line_through_six_weeks_tells_the_change_along_it() -> None:
    used = [steady(10.0, 30) + falling(10.0, 8.0), steady(8.0, 30) + falling(8.0, 10.0)]
    told = values("usage_slope_6w", block(2, usage({"logins": used})))
    assert told.tolist() == pytest.approx([-0.2, 0.25])


def test_what_scatter_explains_is_no_slope() -> None:
    noisy = [12.0, 4.0] * 15 + [13.0, 3.0] * 14 + [4.0, 4.0]
    assert values("usage_slope_6w", block(1, usage({"logins": [noisy]}))).tolist() == [0.0]


def test_a_line_needs_days_and_a_start_to_speak_of() -> None:
    young = [NAN] * 50 + steady(10.0, 10)
    used = usage({"logins": [young, steady(0.2), steady(10.0)]})
    told = values("usage_slope_6w", block(3, used)).tolist()
    assert told == pytest.approx([NAN, NAN, 0.0], nan_ok=True)


def test_the_line_follows_key_features_where_there_are_any() -> None:
    used = usage({"key_actions": [falling(20.0, 10.0, 60)], "logins": [steady(10.0)]})
    assert values("usage_slope_6w", block(1, used))[0] < -0.3


@pytest.mark.row("B25")
def test_history_counts_business_days_from_the_first_known_one() -> None:
    young = [NAN] * 30 + steady(0.0, 30)
    off = [[place % 7 > 4 for place in range(60)]]
    asked = block(3, usage({"logins": [steady(1.0), young, [NAN] * 60]}, off))
    told = values("usage_history_bd", asked).tolist()
    assert told == pytest.approx([44.0, 22.0, NAN], nan_ok=True)


@pytest.mark.row("D32", "D33")
def test_the_deadline_is_the_days_to_it_and_unknown_without_one() -> None:
    known = rows(2, [0], deadline_on=[TODAY + 90.0])
    told = values("days_to_deadline", block(2, deadlines=known)).tolist()
    assert told == pytest.approx([90.0, NAN], nan_ok=True)


def test_days_since_start_come_from_the_account_list() -> None:
    assert values("days_since_start", block(1)).tolist() == [365.0]


def test_a_champion_is_absent_in_business_days_up_to_twenty() -> None:
    seen = rows(3, [0, 1, 2], active_on=[TODAY - 1.0, TODAY - 6.0, TODAY - 300.0])
    assert values("champion_absent_bd", block(3, champions=seen)).tolist() == [0.0, 5.0, 20.0]


def test_a_feed_of_persons_that_died_makes_no_champion_absent() -> None:
    seen = rows(2, [0, 1], active_on=[TODAY - 18.0, TODAY - 19.0])
    asked = block(2, champions=seen, persons_until=TODAY - 18.0)
    assert values("champion_absent_bd", asked).tolist() == [0.0, 1.0]


def test_only_a_negative_remark_counts_and_the_latest_of_them() -> None:
    said = rows(
        2,
        [0, 0, 0, 1],
        said_on=[TODAY - 30.0, TODAY - 9.0, TODAY - 1.0, TODAY - 1.0],
        sentiment=["negative", "negative", "positive", "neutral"],
    )
    told = values("voc_negative_days", block(2, voc=said)).tolist()
    assert told == pytest.approx([9.0, NAN], nan_ok=True)


def test_a_detractor_who_thought_better_of_it_is_none() -> None:
    answers = rows(
        3,
        [0, 0, 1, 2],
        respondent=["p", "p", "p", "q"],
        role=["user"] * 4,
        responded_on=[TODAY - 20.0, TODAY - 5.0, TODAY - 5.0, TODAY - 4.0],
        score=[2.0, 9.0, 6.0, 7.0],
    )
    told = values("detractor_days", block(3, nps=answers)).tolist()
    assert told == pytest.approx([NAN, 5.0, NAN], nan_ok=True)


@pytest.mark.row("C12")
def test_inquiries_of_four_weeks_are_counted() -> None:
    tickets = rows(2, [0], opened_28d=[6.0])
    assert values("tickets_28d", block(2, tickets=tickets)).tolist() == [6.0, 0.0]
