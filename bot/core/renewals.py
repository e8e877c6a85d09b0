"""What became of the contracts that came up for renewal. Refuses to mix currencies in a rate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.core.contract_results import RESULTS
from bot.core.money import Money, Rates, Total, total

CHURNED, *KEPT = RESULTS
RENEWED, PENDING = "renewed", "pending"


@dataclass(frozen=True)
class Renewed:
    """One contract that came up: `kind` one of `RESULTS`, or pending while no result is known."""

    account_id: int
    name: str
    ended_on: date
    kind: str
    amount: Money | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Tally:
    """Contracts of one fate; `unpriced` of them have no amount on file."""

    count: int
    money: Total
    unpriced: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether the sum in the base currency holds every one of them."""
        return not self.unpriced and not self.money.apart


@dataclass(frozen=True)
class Renewals:
    """The contracts of some days, by what became of them."""

    due: Tally
    kept: Tally
    lost: Tally
    pending: Tally
    left: Sequence[Renewed] = ()
    """Who left, the largest first."""

    @property
    def kept_share(self) -> float | None:
        """Money kept of what was decided; None where not all of it is known in one currency."""
        decided = self.kept.money.base_sum + self.lost.money.base_sum
        if not (self.kept.is_whole and self.lost.is_whole and decided):
            return None
        return float(self.kept.money.base_sum.amount / decided.amount)


def build_renewals(found: Sequence[Renewed], base: str, on: date, rates: Rates) -> Renewals:
    """Counted and summed at the rates of a day; the figures add up to what was due."""

    def tally(kinds: Sequence[str]) -> Tally:
        those = [each for each in found if each.kind in kinds]
        moneys = [each.amount for each in those if each.amount is not None]
        return Tally(len(those), total(moneys, base, on, rates), len(those) - len(moneys))

    left = [each for each in found if each.kind == CHURNED]
    return Renewals(
        due=tally([*RESULTS, PENDING]),
        kept=tally(KEPT),
        lost=tally([CHURNED]),
        pending=tally([PENDING]),
        left=sorted(
            left, key=lambda each: (-_size(each, base, on, rates), each.name, each.account_id)
        ),
    )


def _size(each: Renewed, base: str, on: date, rates: Rates) -> Decimal:
    moneys = [each.amount] if each.amount else []
    return total(moneys, base, on, rates).base_sum.amount
