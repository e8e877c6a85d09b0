"""Each measure, asked directly: what it says, what it does not know, what has grown old."""

import numpy as np
import pytest

from bot.frame.build import build_frame
from bot.frame.catalogue import load_catalogue
from bot.frame.measure import Unit
from tests.frame.blocks import TODAY, ask, block, rows, too_old, usage, values

NAN = float("nan")


def steady(level: float, days: int = 60) -> list[float]:
    return [level] * days


@pytest.mark.parametrize("name", list(load_catalogue()))
def test_a_measure_without_any_data_is_unknown_and_never_zero(name: str) -> None:
    if "accounts" in load_catalogue()[name].needs and name != "active_user_rate":
        assert len(ask(name, block(2)).values) == 2
    else:
        assert np.isnan(values(name, block(2))).all()


def test_a_frame_has_a_row_per_account_and_a_column_per_measure() -> None:
    frame = build_frame(block(3))
    assert list(frame.table.columns) == list(load_catalogue())
    assert frame.table.index.name == "account_id"
    assert frame.table.index.tolist() == [1, 2, 3]
    words = [name for name, each in load_catalogue().items() if each.unit is Unit.WORD]
    assert words == ["difficulty", "stage", "tier", "touch"]


@pytest.mark.row("B12", "C13", "E25")
def test_logins_are_held_against_the_accounts_own_past() -> None:
    fallen = steady(10.0, 55) + steady(2.0, 5)
    hardly = steady(0.1)
    asked = block(3, usage({"logins": [steady(10.0), fallen, hardly]}))
    assert values("logins_vs_past", asked).tolist() == pytest.approx([1.0, 0.2, NAN], nan_ok=True)


def test_what_a_late_source_says_is_too_old_after_five_business_days() -> None:
    for late, is_old in ((5, False), (6, True)):
        asked = block(1, usage({"logins": [steady(10.0)]}, late_days=late))
        assert too_old("logins_vs_past", asked) == [is_old]
        frame = build_frame(asked, ["logins_vs_past"])
        assert np.isnan(frame.table["logins_vs_past"].iloc[0]) == is_old
        assert ("logins_vs_past" in frame.too_old) == is_old


@pytest.mark.row("B24", "C10")
def test_key_feature_rate_is_the_share_of_days_with_any_use() -> None:
    every_other = [0.0, 7.0] * 30
    asked = block(2, usage({"key_actions": [every_other, steady(0.0)], "logins": [steady(1)] * 2}))
    assert values("key_feature_rate_20bd", asked).tolist() == [0.5, 0.0]


def test_the_trend_follows_key_features_and_else_logins() -> None:
    halved = steady(8.0, 40) + steady(4.0, 20)
    with_keys = usage({"logins": [steady(9.0)], "key_actions": [halved]})
    assert values("usage_trend", block(1, with_keys)).tolist() == [-0.5]
    without = usage({"logins": [halved]})
    assert values("usage_trend", block(1, without)).tolist() == [-0.5]


def test_seats_in_use_prefer_the_contracts_seats_and_never_sum_people_over_days() -> None:
    used = usage({"active_users": [steady(6.0), steady(6.0)]})
    licences = rows(2, [0, 0], seats=[8, 4])
    asked = block(2, used, licences=licences)
    assert values("active_user_rate", asked).tolist() == [0.5, 0.3]
    assert values("seats", asked).tolist() == [12.0, 20.0]


def test_people_are_counted_from_their_own_activity_where_no_metric_does() -> None:
    activity = rows(2, [0, 0, 0], active_on=[TODAY - 1, TODAY - 2, TODAY - 40], people=[30, 10, 99])
    assert values("active_user_rate", block(2, activity=activity)).tolist() == pytest.approx(
        [40 / 20 / 20, NAN], nan_ok=True
    )


@pytest.mark.row("B9", "B18")
def test_nps_weighs_the_decision_maker_and_hears_everybody_once() -> None:
    answers = rows(
        1,
        [0, 0, 0],
        respondent=["a", "a", "b"],
        role=["user", "user", "decision_maker"],
        responded_on=[TODAY - 90, TODAY - 9, TODAY - 30],
        score=[0, 10, 6],
    )
    assert values("nps", block(1, nps=answers)).tolist() == [(10 + 3 * 6) / 4]


def test_an_old_answer_alone_is_shown_as_too_old_and_beside_a_new_one_ignored() -> None:
    answers = rows(
        2,
        [0, 1, 1],
        respondent=["a", "b", "c"],
        role=["user"] * 3,
        responded_on=[TODAY - 181, TODAY - 181, TODAY - 180],
        score=[9, 0, 8],
    )
    asked = block(2, nps=answers)
    assert values("nps", asked).tolist() == [9.0, 8.0]
    assert too_old("nps", asked) == [True, False]


@pytest.mark.row("B7")
def test_what_was_said_lately_and_with_weight_sets_the_tone() -> None:
    said = rows(
        1,
        [0, 0],
        said_on=[TODAY, TODAY - 45],
        speaker_role=["user", "user"],
        sentiment=["negative", "positive"],
        confidence=["normal", "normal"],
    )
    assert values("voc", block(1, voc=said)).tolist() == pytest.approx([(-1 + 0.5) / 1.5])
    assert too_old("voc", block(1, voc=said)) == [False]


def test_what_was_said_more_than_120_days_ago_counts_only_as_too_old() -> None:
    said = rows(
        2,
        [0, 0, 1],
        said_on=[TODAY - 120, TODAY - 121, TODAY - 121],
        speaker_role=["user"] * 3,
        sentiment=["negative", "positive", "positive"],
        confidence=["normal"] * 3,
    )
    asked = block(2, voc=said)
    assert values("voc", asked).tolist() == [-1.0, 1.0]
    assert too_old("voc", asked) == [False, True]


@pytest.mark.row("C12")
def test_tickets_grow_against_the_accounts_own_past_and_none_is_a_fact() -> None:
    found = rows(2, [0], opened_28d=[5], opened_84d_before=[3], open_now=[2], urgent_now=[1])
    asked = block(2, tickets=found)
    assert values("ticket_growth", asked).tolist() == [3.0, 1.0]
    assert values("open_tickets", asked).tolist() == [2.0, 0.0]
    assert values("urgent_tickets", asked).tolist() == [1.0, 0.0]


@pytest.mark.row("C14")
def test_an_invoice_is_late_after_its_due_day_and_nobody_billed_is_unknown() -> None:
    due = rows(4, [0, 1, 2], oldest_due_on=[TODAY - 12, TODAY, NAN])
    asked = block(4, invoices=due)
    found = values("late_payment_days", asked)
    assert found.tolist() == pytest.approx([12.0, 0.0, 0.0, NAN], nan_ok=True)


@pytest.mark.row("C11")
def test_an_incident_fades_over_ninety_days_and_weighs_most_while_it_lasts() -> None:
    hit = rows(
        4,
        [0, 1, 2, 2],
        severity=["critical", "major", "minor", "critical"],
        ended_on=[NAN, TODAY - 45, TODAY, TODAY - 89],
    )
    found = values("incident_lag", block(4, incidents=hit))
    assert found.tolist() == pytest.approx([1.0, 0.35, 0.3, 0.0])


def test_ages_and_deadlines_count_from_the_run() -> None:
    asked = block(
        2,
        touches=rows(2, [1], touched_on=[TODAY - 30]),
        contracts=rows(2, [0], renews_on=[TODAY + 60], notice_on=[TODAY]),
        champions=rows(2, [0], active_on=[TODAY - 24]),
    )
    for name, told in {
        "touch_age_days": [NAN, 30.0],
        "days_to_renewal": [60.0, NAN],
        "days_to_notice": [0.0, NAN],
        "champion_absent_days": [24.0, NAN],
    }.items():
        assert values(name, asked).tolist() == pytest.approx(told, nan_ok=True)


def test_how_often_and_how_much_they_log_in() -> None:
    asked = block(1, usage({"logins": [[*steady(0.0, 57), 3.0, 0.0, 0.0]]}))
    assert values("login_days_20bd", asked).tolist() == [0.05]
    assert values("logins_28d", asked).tolist() == [3.0]
    assert values("last_login_days", asked).tolist() == [2.0]


def test_features_in_use_are_a_mean_level() -> None:
    asked = block(1, usage({"features_used": [steady(4.0, 50) + steady(6.0, 10)]}))
    assert values("breadth", asked).tolist() == [5.0]
