"""Daily use of the product: one whole number per account, day and metric."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sandbox.company.account import Account, read_line
from sandbox.company.plan import Plan
from sandbox.company.streams import open_stream
from sandbox.company.workdays import measure_days

METRICS = ("logins", "active_users", "key_actions", "features_used", "exports")
FEATURES = 12
NO_ROW = -1
ONBOARDING_DAYS = 56
LEAVING_DAYS = 110

Table = NDArray[np.int64]
Shares = NDArray[np.floating[Any]]


def build_usage(plan: Plan, account: Account) -> Table:
    """A table of days by METRICS; NO_ROW where the product has no row for the account.

    Active users are drawn from the seats; the other metrics follow from them, so a day without
    people is zero throughout.
    """
    offsets = np.array([plan.offset(day) for day in plan.days], dtype=np.int64)
    working = measure_days(plan.days, account.country, account.habit)
    level = _measure_level(plan, account, offsets)
    active = _draw_people(plan, account, working * level)
    repeated = _draw(plan, account, "logins", active * 0.55)
    table = np.stack(
        [
            np.add(active, repeated),
            active,
            _draw(plan, account, "key_actions", active * _measure_keys(plan, account, offsets)),
            _count_features(plan, account, active, level),
            _draw(plan, account, "exports", active * 0.4),
        ],
        axis=1,
    )
    table[~_has_row(plan, account)] = NO_ROW
    return table


def _has_row(plan: Plan, account: Account) -> NDArray[np.bool_]:
    last = account.churned_on
    return np.array(
        [
            account.has_feed and account.started_on <= day and (last is None or day < last)
            for day in plan.days
        ]
    )


def _measure_level(plan: Plan, account: Account, offsets: Table) -> Shares:
    age = offsets - plan.offset(account.started_on)
    grown = np.clip(0.35 + 0.65 * age / ONBOARDING_DAYS, 0.0, 1.0)
    if account.story and account.story.level:
        return grown * read_line(account.story.level, offsets, 1.0)
    return grown * _drift(plan, account, offsets)


def _drift(plan: Plan, account: Account, offsets: Table) -> Shares:
    if account.mood == "growing":
        return read_line([(-540, 0.72), (0, 1.0), (60, 1.03)], offsets, 1.0)
    if account.churned_on:
        end = plan.offset(account.churned_on)
        return read_line([(end - LEAVING_DAYS, 1.0), (end, 0.1)], offsets, 1.0)
    phase = open_stream(plan.seed, "phase", account.ref).uniform(0, 2 * np.pi)
    wave: Shares = 1.0 + 0.03 * np.sin(phase + offsets / 60.0)
    return wave


def _draw_people(plan: Plan, account: Account, share: Shares) -> Table:
    stream = open_stream(plan.seed, "people", account.ref)
    jitter = np.clip(stream.normal(1.0, 0.04, len(share)), 0.85, 1.15)
    return (
        np.round(account.seats * account.adopt * share * jitter)
        .astype(np.int64)
        .clip(0, account.seats)
    )


def _draw(plan: Plan, account: Account, metric: str, mean: Shares) -> Table:
    return open_stream(plan.seed, metric, account.ref).poisson(mean).astype(np.int64)


def _measure_keys(plan: Plan, account: Account, offsets: Table) -> Shares:
    each = open_stream(plan.seed, "keys each", account.ref).uniform(3.5, 6.5)
    story = account.story
    if story and story.key_level:
        beyond = read_line(story.key_level, offsets, 1.0) / read_line(story.level, offsets, 1.0)
        return np.asarray(each * beyond)
    return np.full(len(offsets), each)


def _count_features(plan: Plan, account: Account, active: Table, level: Shares) -> Table:
    stream = open_stream(plan.seed, "features", account.ref)
    breadth = stream.uniform(0.68, 0.95) * (0.75 if account.mood == "weak" else 1.0)
    # A handful of people already shows most of what an account uses; one person shows a third.
    seen = 1.0 - np.exp(-active / max(1.5, account.seats * 0.12))
    count = FEATURES * breadth * seen * (0.7 + 0.3 * np.clip(level, 0.0, 1.0))
    noisy = np.round(count + stream.normal(0.0, 0.4, len(active)))
    return np.where(active > 0, noisy, 0).astype(np.int64).clip(0, FEATURES)
