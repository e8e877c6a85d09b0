"""What a draft of the health model would change: bands, money, coverage, alerts. Plain values.

Kept with the draft as JSON, by ids and figures alone; refuses names, which change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bot.core.back_test import BackTest
from bot.core.band_flow import Flow, Move, Share
from bot.core.money import Money
from bot.core.vocabulary import Band


@dataclass(frozen=True)
class Shifted:
    """An account that changes band; amount a year in the base currency, None where unknown."""

    account_id: int
    arr: Decimal | None
    score_before: float | None
    score_after: float | None
    before: Band
    after: Band


@dataclass(frozen=True)
class OwnerLoad:
    """Alerts a week of whoever answers, None for nobody; oldest week first, as the weeks are."""

    member_id: int | None
    before: Sequence[int]
    after: Sequence[int]


@dataclass(frozen=True)
class AlertLoad:
    """Alerts that four weeks as they were would have opened, by either version.

    `weeks` are the first days of seven each; `accounts` are how many were lived through, all of
    them or a part of a large workspace.
    """

    weeks: Sequence[date]
    owners: Sequence[OwnerLoad]
    accounts: int = 0

    def total(self, *, after: bool) -> int:
        """All of them, by the one version or the other."""
        return sum(sum(each.after if after else each.before) for each in self.owners)


@dataclass(frozen=True)
class Simulation:
    """Of `accounts`, by the version `against` and by the draft's `revision`, on `run_on`.

    Pairs are by the version in use and by the draft: accounts without a score, and the mean share
    of the weight that had data. `by_hand` of those that change band are shown by a score by hand
    meanwhile. `first` are at most ten of those, by what they pay. `past` is the draft held against
    how contracts ended.
    """

    run_on: date
    against: int
    revision: int
    accounts: int
    flow: Flow
    first: Sequence[Shifted]
    unscored: tuple[int, int]
    coverage: tuple[float, float]
    by_hand: int
    alerts: AlertLoad
    past: BackTest

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "run_on": self.run_on.isoformat(),
            "against": self.against,
            "revision": self.revision,
            "accounts": self.accounts,
            "currency": self.flow.currency,
            "moves": [_write_move(each) for each in self.flow.moves],
            "first": [_write_shifted(each) for each in self.first],
            "unscored": list(self.unscored),
            "coverage": list(self.coverage),
            "by_hand": self.by_hand,
            "weeks": [each.isoformat() for each in self.alerts.weeks],
            "rehearsed": self.alerts.accounts,
            "owners": [
                [each.member_id, list(each.before), list(each.after)] for each in self.alerts.owners
            ],
            "past": self.past.to_json(),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Simulation":
        """As it was kept."""
        run_on = date.fromisoformat(kept["run_on"])
        moves = [_read_move(each, kept["currency"]) for each in kept["moves"]]
        owners = [OwnerLoad(*each) for each in kept["owners"]]
        weeks = [date.fromisoformat(each) for each in kept["weeks"]]
        return cls(
            run_on=run_on,
            against=kept["against"],
            revision=kept["revision"],
            accounts=kept["accounts"],
            flow=Flow(kept["currency"], run_on, run_on, moves),
            first=[_read_shifted(each) for each in kept["first"]],
            unscored=(kept["unscored"][0], kept["unscored"][1]),
            coverage=(kept["coverage"][0], kept["coverage"][1]),
            by_hand=kept["by_hand"],
            alerts=AlertLoad(weeks, owners, kept["rehearsed"]),
            past=BackTest.from_json(kept["past"]),
        )


def _write_move(move: Move) -> list[Any]:
    share = move.share
    return [move.before.value, move.after.value, share.count, str(share.arr.amount), share.unpriced]


def _read_move(kept: Sequence[Any], currency: str) -> Move:
    before, after, count, amount, unpriced = kept
    share = Share(count, Money(Decimal(amount), currency), unpriced)
    return Move(Band(before), Band(after), share)


def _write_shifted(each: Shifted) -> list[Any]:
    arr = None if each.arr is None else str(each.arr)
    scores = (each.score_before, each.score_after)
    return [each.account_id, arr, *scores, each.before.value, each.after.value]


def _read_shifted(kept: Sequence[Any]) -> Shifted:
    account_id, arr, was, now, before, after = kept
    amount = None if arr is None else Decimal(arr)
    return Shifted(account_id, amount, was, now, Band(before), Band(after))
