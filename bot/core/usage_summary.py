"""What an account uses, how much against four weeks before, and what it never tried.

Refuses to call unused what nobody measured: a feature without any value is left out, unless its
source leaves out days on which nothing happened.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean

from bot.core.metrics import MetricKind

WINDOW_DAYS, TRIED_DAYS = 28, 90
ByDay = Mapping[date, float]


@dataclass(frozen=True)
class Traits:
    """How a metric's days are put together; `says_zero`: its source writes a zero when unused."""

    kind: MetricKind
    is_key: bool
    says_zero: bool


@dataclass(frozen=True)
class MetricUse:
    """Four weeks and the four before: sums of what adds up, else the mean of its days."""

    name: str
    is_key: bool
    now: float | None
    before: float | None


@dataclass(frozen=True)
class UsageSummary:
    """Up to `until_on`, the feed's last whole day. `never` are key features unused for 90 days."""

    until_on: date
    uses: tuple[MetricUse, ...]
    never: tuple[str, ...]


def build_summary(
    traits: Mapping[str, Traits], values: Mapping[str, ByDay], until_on: date
) -> UsageSummary:
    """Of each metric of the workspace what this account did; `values` by metric and day."""
    uses = [
        MetricUse(
            name=name,
            is_key=each.is_key,
            now=_sum_up(each, values.get(name, {}), until_on),
            before=_sum_up(each, values.get(name, {}), until_on - timedelta(days=WINDOW_DAYS)),
        )
        for name, each in sorted(traits.items())
    ]
    never = [
        name
        for name, each in sorted(traits.items())
        if each.is_key and _is_untried(each, values.get(name, {}), until_on)
    ]
    return UsageSummary(until_on, tuple(use for use in uses if use.now is not None), tuple(never))


def _sum_up(traits: Traits, by_day: ByDay, last_on: date) -> float | None:
    held = _within(by_day, last_on, WINDOW_DAYS)
    if not held:
        return None
    return sum(held) if traits.kind is MetricKind.ADDITIVE else fmean(held)


def _is_untried(traits: Traits, by_day: ByDay, until_on: date) -> bool:
    held = _within(by_day, until_on, TRIED_DAYS)
    return not any(held) if held else not traits.says_zero


def _within(by_day: ByDay, last_on: date, days: int) -> list[float]:
    first_on = last_on - timedelta(days=days - 1)
    return [value for on, value in by_day.items() if first_on <= on <= last_on]
