"""Daily use in the sample: the year's shape, and numbers that agree with each other."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np
import pytest

from sandbox.company.account import Account
from sandbox.company.plan import Plan
from sandbox.company.usage import FEATURES, METRICS, NO_ROW
from sandbox.company.workdays import is_working
from sandbox.company.world import World

ACTIVE = METRICS.index("active_users")


def mean_active(world: World, accounts: Iterable[Account], days: list[date]) -> float:
    """Mean of people active a day over accounts and days that have a row."""
    positions = [world.plan.position(day) for day in days]
    held = np.concatenate([world.usage[each.ref][positions, ACTIVE] for each in accounts])
    return float(held[held != NO_ROW].mean())


def list_steady(world: World, habit: str, country: str = "JP") -> list[Account]:
    return [
        account
        for account in world.accounts
        if account.mood == "steady" and not account.story and account.has_feed
        if (account.habit, account.country) == (habit, country)
        if account.started_on < date(2025, 8, 1)
    ]


def working_days(first: date, count: int, country: str = "JP") -> list[date]:
    """So many working days from the first on."""
    found: list[date] = []
    day = first
    while len(found) < count:
        if is_working(day, country):
            found.append(day)
        day += timedelta(days=1)
    return found


def span(first: date, last: date) -> list[date]:
    return [first + timedelta(days=each) for each in range((last - first).days + 1)]


@pytest.mark.parametrize(
    ("closure", "before", "after"),
    [
        (span(date(2025, 12, 29), date(2026, 1, 3)), date(2025, 12, 8), date(2026, 1, 5)),
        (span(date(2026, 12, 29), date(2027, 1, 3)), date(2026, 12, 7), date(2027, 1, 4)),
        (span(date(2026, 5, 2), date(2026, 5, 6)), date(2026, 4, 6), date(2026, 5, 7)),
    ],
)
def test_holidays_are_a_pause_and_no_decline(
    world: World, closure: list[date], before: date, after: date
) -> None:
    offices = list_steady(world, "office")
    assert mean_active(world, offices, closure) == 0.0
    usual = mean_active(world, offices, working_days(before, 10))
    later = mean_active(world, offices, working_days(after, 10))
    assert later == pytest.approx(usual, rel=0.08)


def test_obon_thins_out_offices_and_stops_factories(world: World) -> None:
    obon, plain = [date(2026, 8, 13), date(2026, 8, 14)], working_days(date(2026, 8, 18), 5)
    offices, factories = list_steady(world, "office"), list_steady(world, "factory")
    assert 0.2 < mean_active(world, offices, obon) / mean_active(world, offices, plain) < 0.6
    assert mean_active(world, factories, obon) == 0.0


def test_shops_go_on_over_the_holidays(world: World) -> None:
    shops = list_steady(world, "shop")
    usual = mean_active(world, shops, working_days(date(2026, 1, 13), 10))
    assert 0.1 < mean_active(world, shops, span(date(2025, 12, 30), date(2026, 1, 2))) / usual < 0.5
    assert 0.3 < mean_active(world, shops, [date(2026, 1, 17), date(2026, 1, 18)]) / usual < 0.7


def test_americans_keep_thanksgiving_and_not_golden_week(world: World) -> None:
    offices = list_steady(world, "office", "US")
    usual = mean_active(world, offices, working_days(date(2026, 4, 6), 10, "US"))
    assert mean_active(world, offices, [date(2025, 11, 27)]) == 0.0
    assert mean_active(world, offices, [date(2026, 5, 4), date(2026, 5, 5)]) > 0.9 * usual


def test_a_day_without_people_is_zero_throughout(world: World) -> None:
    for table in world.usage.values():
        nobody = table[table[:, ACTIVE] == 0]
        assert not nobody.any()


def test_numbers_of_a_day_agree(world: World) -> None:
    for account in world.accounts:
        table = world.usage[account.ref]
        used = table[table[:, ACTIVE] > 0]
        assert (used[:, ACTIVE] <= account.seats).all()
        assert (used[:, METRICS.index("logins")] >= used[:, ACTIVE]).all()
        assert (used[:, METRICS.index("features_used")] <= FEATURES).all()


def test_named_people_are_never_more_than_the_active_ones(world: World) -> None:
    people: dict[tuple[str, date], int] = defaultdict(int)
    logins: dict[tuple[str, date], int] = defaultdict(int)
    for fact in world.facts["contact_activity"]:
        people[fact["account_ref"], fact["on"]] += 1
        logins[fact["account_ref"], fact["on"]] += fact["logins"]
    tables = {account.tenant: world.usage[account.ref] for account in world.accounts}
    for (tenant, on), count in people.items():
        row = tables[tenant][world.plan.position(on)]
        assert count <= row[ACTIVE]
        assert logins[tenant, on] <= row[METRICS.index("logins")]


def test_champions_log_in_on_most_working_days_and_decision_makers_seldom(world: World) -> None:
    roles = {contact["contact_ref"]: contact["role"] for contact in world.facts["contacts"]}
    seen: dict[str, int] = defaultdict(int)
    for fact in world.facts["contact_activity"]:
        seen[roles[fact["contact_ref"]]] += 1
    assert seen["champion"] > 4 * seen["decision_maker"] > 0


def test_an_account_has_no_rows_before_it_starts_or_after_it_left(world: World) -> None:
    plan = world.plan
    for account in world.accounts:
        rows = world.usage[account.ref][:, 0] != NO_ROW
        days = [day for day, held in zip(plan.days, rows, strict=True) if held]
        assert all(account.started_on <= day for day in days)
        if account.churned_on:
            assert days
            assert max(days) < account.churned_on


def test_those_who_left_had_faded_before(world: World) -> None:
    for account in world.accounts:
        if not account.churned_on or account.seats < 6:
            continue
        last = world.plan.position(account.churned_on)
        table = world.usage[account.ref]
        # A later leaver shows both ends; one who left in the first months shows the fading alone.
        if last > 170:
            assert (
                table[last - 20 : last, ACTIVE].sum()
                < 0.5 * table[:, ACTIVE][last - 150 : last - 130].sum()
            )


def test_a_feed_covers_nearly_everybody(world: World) -> None:
    with_feed = [account for account in world.accounts if account.has_feed]
    without = [account for account in world.accounts if not account.has_feed]
    assert len(without) >= 3
    assert len(with_feed) >= 0.9 * len(world.accounts)
    assert all((world.usage[each.ref] == NO_ROW).all() for each in without)


def test_eighteen_months_are_there_for_old_customers(world: World, plan: Plan) -> None:
    complete = [ref for ref, table in world.usage.items() if (table[:, 0] != NO_ROW).all()]
    assert len(complete) >= 70
    assert len(plan.days) == 548 + 60
