"""How accounts moved between bands from one morning to another, in number and money.

Refuses to guess an amount: accounts without one are counted beside the sum.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.core.money import Money
from bot.core.vocabulary import Band

WORST_TO_BEST = (Band.RED, Band.YELLOW, Band.GREEN)


@dataclass(frozen=True)
class Share:
    """Some accounts: how many, what they pay a year, and how many of them no amount is known of."""

    count: int
    arr: Money
    unpriced: int = 0


@dataclass(frozen=True)
class Move:
    """Accounts that stood in one band then and in another (or the same) now."""

    before: Band
    after: Band
    share: Share

    @property
    def is_worse(self) -> bool:
        """Whether they fell by a band or more; what was or is unknown neither fell nor rose."""
        return _can_compare(self) and _place(self.after) < _place(self.before)

    @property
    def is_better(self) -> bool:
        """Whether they rose by a band or more."""
        return _can_compare(self) and _place(self.after) > _place(self.before)


@dataclass(frozen=True)
class Flow:
    """Every account by where it stood on the morning `from_on` and on the morning `to_on`.

    The days are of the runs compared; `from_on` is None where nothing was scored then.
    """

    currency: str
    to_on: date | None = None
    from_on: date | None = None
    moves: Sequence[Move] = ()

    def standing(self, *, now: bool) -> dict[Band, Share]:
        """All accounts by band, then or now; bands without any are there with none."""
        return {
            band: self._sum(
                each for each in self.moves if (each.after if now else each.before) is band
            )
            for band in Band
        }

    @property
    def total(self) -> Share:
        """All accounts."""
        return self._sum(self.moves)

    @property
    def worse(self) -> Share:
        """Those that fell."""
        return self._sum(each for each in self.moves if each.is_worse)

    @property
    def better(self) -> Share:
        """Those that rose."""
        return self._sum(each for each in self.moves if each.is_better)

    @property
    def changed(self) -> list[Move]:
        """Moves from one band to another: falls first, then rises, the most money first."""
        moved = [each for each in self.moves if each.before is not each.after]
        return sorted(moved, key=_rank)

    def _sum(self, moves: Iterable[Move]) -> Share:
        shares = [each.share for each in moves]
        return Share(
            sum(each.count for each in shares),
            sum((each.arr for each in shares), Money.zero(self.currency)),
            sum(each.unpriced for each in shares),
        )


def _can_compare(move: Move) -> bool:
    return Band.UNKNOWN not in (move.before, move.after)


def _place(band: Band) -> int:
    return WORST_TO_BEST.index(band)


def _rank(move: Move) -> tuple[int, Decimal, int, str, str]:
    kind = 0 if move.is_worse else 1 if move.is_better else 2
    return kind, -move.share.arr.amount, -move.share.count, move.before, move.after
