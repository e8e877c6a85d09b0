"""Each signal, asked directly: where it is, where it is not, and where nobody can tell."""

from typing import Any

import pytest

from bot.signals.catalogue import load_signals
from bot.signals.signal import Signal
from tests.signals.sight import NAN, ask, holds, known, numbers, see

WORDS = ("touch", "stage", "tier")


@pytest.mark.row("C15")
@pytest.mark.parametrize("signal", load_signals().values(), ids=lambda each: each.key)
def test_without_data_no_signal_holds_and_only_a_deadline_is_known_not_to_be_near(
    signal: Signal,
) -> None:
    columns: dict[str, Any] = {
        name: ["high" if name == "touch" else "onboarding"] if name in WORDS else numbers(NAN)
        for name in signal.columns
    }
    seen = see(score=numbers(NAN), **columns)
    assert holds(signal.key, seen) == [False]
    assert known(signal.key, seen) == [signal.key == "renewal"]
    assert set(ask(signal.key, seen).values) == set(signal.values)


@pytest.mark.row("C16", "D41")
def test_the_threshold_is_the_models_own_edge_and_belongs_to_the_better_band() -> None:
    seen = see(score=numbers(49.99, 50.0, 12.0, NAN))
    assert holds("threshold", seen) == [True, False, True, False]
    assert known("threshold", seen) == [True, True, True, False]


@pytest.mark.row("D40", "D41")
def test_fifteen_points_within_five_business_days_are_a_sharp_drop() -> None:
    seen = see(score=numbers(55, 55.1, 90, NAN), before=numbers(70, 70, NAN, 80))
    assert holds("sharp_drop", seen) == [True, False, False, False]
    assert known("sharp_drop", seen) == [True, True, False, False]
    assert holds("sharp_drop", seen, points=14) == [True, True, False, False]


def test_a_drop_is_made_good_when_half_of_it_has_come_back() -> None:
    hit = ask("sharp_drop", see(score=numbers(50), before=numbers(80)))
    assert hit.level is not None
    assert hit.level.tolist() == [65.0]


@pytest.mark.row("B12", "C13")
def test_half_the_logins_are_a_drop_unless_chance_explains_it() -> None:
    seen = see(
        logins_5bd=numbers(5, 5.1, 0.2, 0, NAN, 0),
        logins_20bd_before=numbers(10, 10, 1, 2, 9, 0),
    )
    assert holds("login_drop", seen) == [True, False, False, True, False, False]
    assert known("login_drop", seen) == [True, True, True, True, False, True]


@pytest.mark.row("A24")
def test_silence_takes_longer_for_low_touch_and_needs_a_habit_to_break() -> None:
    seen = see(
        touch=["high", "high", "low", "low", "high"],
        silent_bd=numbers(10, 9, 14, 15, 60),
        login_rhythm=numbers(0.8, 0.8, 0.8, 0.8, 0.2),
    )
    assert holds("silence", seen) == [True, False, False, True, False]


@pytest.mark.row("B24")
def test_key_features_below_two_days_in_five() -> None:
    seen = see(key_feature_rate_20bd=numbers(0.35, 0.4, 0.45, NAN))
    assert holds("key_feature", seen) == [True, False, False, False]
    assert holds("key_feature", seen, below=0.45) == [True, True, False, False]
    assert known("key_feature", seen) == [True, True, True, False]


@pytest.mark.row("B25")
def test_a_slow_decline_needs_a_fifth_a_falling_line_eight_weeks_and_standing_thresholds() -> None:
    seen = see(
        score=numbers(72, 72, 72, 72, 49, 72),
        usage_slope_6w=numbers(-0.2, -0.19, -0.3, -0.3, -0.3, -0.3),
        usage_trend=numbers(-0.1, -0.3, -0.09, -0.3, -0.3, -0.3),
        usage_history_bd=numbers(40, 60, 60, 39, 60, 60),
        key_feature_rate_20bd=numbers(NAN, 0.9, 0.9, 0.9, 0.9, 0.39),
    )
    assert holds("slow_decline", seen) == [True, False, False, False, False, False]
    # Below a threshold it is neither over nor new: whoever is on watch stays so.
    assert known("slow_decline", seen) == [True, True, True, False, False, False]


@pytest.mark.row("C14")
def test_fourteen_days_past_due_are_late() -> None:
    seen = see(late_payment_days=numbers(13, 14, 0, NAN))
    assert holds("late_payment", seen) == [False, True, False, False]


@pytest.mark.row("D32", "D33")
@pytest.mark.parametrize(
    ("left", "step"),
    [(180, 0), (91, 0), (90, 90), (61, 90), (60, 60), (31, 60), (30, 30), (0, 30)],
)
def test_a_renewal_is_at_the_nearest_step_reached(left: float, step: int) -> None:
    hit = ask("renewal", see(days_to_deadline=numbers(left), days_to_notice=numbers(left)))
    assert hit.step is not None
    assert hit.step.tolist() == [step]
    assert hit.holds.tolist() == [step > 0]


def test_a_renewal_tells_the_notice_deadline_from_the_renewal_itself() -> None:
    seen = see(days_to_deadline=numbers(30, 30), days_to_notice=numbers(30, NAN))
    assert ask("renewal", seen).values["is_notice"].tolist() == [1.0, 0.0]


@pytest.mark.row("E28")
def test_onboarding_is_stalled_after_six_weeks_with_few_seats_or_else_few_days() -> None:
    seen = see(
        stage=["onboarding"] * 5 + ["adoption"],
        days_since_start=numbers(42, 41, 60, 60, NAN, 60),
        active_user_rate=numbers(0.2, 0.2, NAN, 0.25, 0.1, 0.1),
        login_days_20bd=numbers(1, 1, 0.45, 0.1, 0.1, 0.1),
    )
    assert holds("onboarding_stalled", seen) == [True, False, True, False, False, False]
    assert known("onboarding_stalled", seen) == [True, True, True, True, False, True]


def test_a_champion_is_gone_after_three_weeks_of_business_days() -> None:
    seen = see(champion_absent_bd=numbers(14, 15, NAN), champion_absent_days=numbers(25, 21, NAN))
    assert holds("champion_absent", seen) == [False, True, False]


@pytest.mark.row("C11")
def test_an_outage_for_everybody_concerns_those_whom_it_drove_away() -> None:
    seen = see(
        incident_lag=numbers(0.7, 0.7, 0.7, 0.0),
        usage_trend=numbers(-0.05, -0.25, -0.25, -0.4),
        usage_slope_6w=numbers(-0.05, -0.3, 0.0, -0.4),
    )
    assert holds("incident", seen) == [False, True, False, False]


@pytest.mark.parametrize(
    ("key", "column"),
    [("negative_voc", "voc_negative_days"), ("detractor", "detractor_days")],
)
def test_a_bad_word_is_fresh_for_two_weeks(key: str, column: str) -> None:
    seen = see(**{column: numbers(0, 14, 15, NAN)})
    assert holds(key, seen) == [True, True, False, False]


@pytest.mark.row("C12")
def test_five_inquiries_and_far_more_than_usual_are_a_surge() -> None:
    seen = see(ticket_growth=numbers(2.5, 2.4, 5.0), tickets_28d=numbers(5, 9, 4))
    hit = ask("inquiries", seen)
    assert hit.holds.tolist() == [True, False, False]
    assert hit.values["usual"].tolist() == pytest.approx([1.4, 3.17, 0.0], abs=0.01)
