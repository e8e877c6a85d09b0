"""Days of a plan: month ends, leap days, what is refused."""

from datetime import date

import pytest

from sandbox.company.plan import Plan, add_months


def test_history_is_eighteen_months_and_ends_yesterday() -> None:
    plan = Plan()
    assert plan.start_on == date(2025, 5, 21)
    assert plan.history_ends_on == date(2026, 11, 19)
    assert plan.days[0] == plan.start_on
    assert plan.days[plan.position(plan.until)] == date(2026, 11, 20)


def test_the_days_ahead_begin_with_today_and_hold_new_year() -> None:
    plan = Plan()
    ahead = plan.days[plan.position(plan.until) :]
    assert len(ahead) == 60
    assert ahead[0] == date(2026, 11, 20)
    assert ahead[-1] == date(2027, 1, 18)
    assert {date(2026, 12, 29), date(2027, 1, 3)} <= set(ahead)


def test_a_plan_without_a_future_ends_with_history() -> None:
    plan = Plan(future_days=0)
    assert plan.days[-1] == plan.history_ends_on


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 20), -18, date(2025, 5, 20)),
        (date(2026, 8, 31), -18, date(2025, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 5, 31), 1, date(2026, 6, 30)),
        (date(2026, 12, 1), 0, date(2026, 12, 1)),
    ],
)
def test_months_keep_inside_the_month(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


def test_too_few_accounts_are_refused_with_the_number_that_will_do() -> None:
    with pytest.raises(ValueError, match="at least 60"):
        Plan(account_count=20)


def test_a_negative_future_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be negative"):
        Plan(future_days=-1)


def test_what_happens_may_be_counted_from_a_later_day_than_history_ends() -> None:
    plan = Plan(until=date(2026, 11, 14), future_days=66, told_on=date(2026, 11, 20))
    assert plan.history_ends_on == date(2026, 11, 13)
    assert (plan.day(0), plan.offset(date(2026, 11, 14))) == (date(2026, 11, 20), -6)
    assert Plan(until=date(2026, 11, 14)).day(0) == date(2026, 11, 14)
