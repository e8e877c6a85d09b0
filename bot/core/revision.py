"""Whether thresholds sort the accounts in a way people can act on. Pure; proposes, never decides.

Too many in red and nobody is helped; none in red, and nobody is seen in time. Green for less than
a third says as little. The limits are ours, to be moved by whoever knows the customers better.
"""

from dataclasses import dataclass

from bot.core.setup import Spread

# Share of the scored accounts.
RED_AT_LEAST, RED_AT_MOST = 0.05, 0.20
GREEN_AT_LEAST = 0.35
# A red above 60 or a green below 60 would no longer mean what the words say.
_RED_BETWEEN = range(20, 61, 5)
_GREEN_BETWEEN = range(60, 86, 5)


@dataclass(frozen=True)
class Thresholds:
    """Below `red_below` is red, from `green_from` on green; whole points."""

    red_below: int
    green_from: int


def sorts_well(spread: Spread, at: Thresholds) -> bool:
    """Whether as many are red and green as people can act on."""
    return _is_red_enough(spread, at.red_below) and _is_green_enough(spread, at.green_from)


def propose(spread: Spread, now: Thresholds) -> Thresholds:
    """The nearest thresholds, in steps of five, that sort within the limits.

    As they are where none do: then it is the measures that should be looked at.
    """
    if not spread.scored or sorts_well(spread, now):
        return now
    pairs = [
        Thresholds(red, green)
        for red in {now.red_below, *_RED_BETWEEN}
        for green in {now.green_from, *_GREEN_BETWEEN}
        if red < green and sorts_well(spread, Thresholds(red, green))
    ]
    return min(pairs, key=lambda each: (_distance(each, now), each.red_below), default=now)


def _distance(one: Thresholds, other: Thresholds) -> int:
    return abs(one.red_below - other.red_below) + abs(one.green_from - other.green_from)


def _is_red_enough(spread: Spread, red_below: int) -> bool:
    return RED_AT_LEAST <= _share(spread, 0, red_below) <= RED_AT_MOST


def _is_green_enough(spread: Spread, green_from: int) -> bool:
    return _share(spread, green_from, 101) >= GREEN_AT_LEAST


def _share(spread: Spread, first: int, after: int) -> float:
    """Of the scored accounts, those from `first` up to but not including `after` points."""
    inside = [each.count for point, each in spread.by_point.items() if first <= point < after]
    return sum(inside) / spread.scored if spread.scored else 0.0
