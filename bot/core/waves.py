"""Alerts that one night would open all at once by facts that came late, and what becomes of them.

Refuses to lose any: what nobody decides about opens a few a night.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

USAGE = "usage_daily"
# A fact known so many days after its own day came late.
LATE_AFTER_DAYS = 7
# Daily usage may miss a day or two; more came back together.
LATE_USAGE_BUSINESS_DAYS = 3
# Undecided for so many business days, a wave opens by and by.
WAITS_BUSINESS_DAYS = 5
OPENED_A_NIGHT = 10
_FEW, _SHARE = 10, 0.05


class WaveState(StrEnum):
    """Undecided; to open in the next night; not to open for this sign; nothing is left of it."""

    OPEN = "open"
    RELEASED = "released"
    LEFT_OUT = "left_out"
    OVER = "over"


@dataclass(frozen=True)
class LateCause:
    """`rows` facts of a kind that came late, of the days from `first_on` to `last_on`.

    Of daily usage `rows` is 0: it is told by its days.
    """

    kind: str
    rows: int
    first_on: date
    last_on: date

    def join(self, other: "LateCause") -> "LateCause":
        """Both together."""
        first_on, last_on = min(self.first_on, other.first_on), max(self.last_on, other.last_on)
        return LateCause(self.kind, self.rows + other.rows, first_on, last_on)


@dataclass(frozen=True)
class Wave:
    """Of `watched` accounts those that a playbook's alerts are held back for, most money first.

    `title` is the playbook's name by language. From the night of `ends_on` on some open each night
    while nobody has decided; `opened` have. `decided_by` is a name, where people are told.
    """

    id: int
    playbook: str
    title: Mapping[str, str]
    found_on: date
    ends_on: date
    held: Sequence[int]
    watched: int
    causes: Sequence[LateCause]
    state: WaveState
    opened: int = 0
    opened_on: date | None = None
    decided_by: str = ""

    @property
    def asks(self) -> bool:
        """Whether people are still to say what becomes of it."""
        return self.state is WaveState.OPEN


def most_at_once(watched: int) -> int:
    """How many late alerts of one playbook a night may open: 5 % of the accounts, 10 at least."""
    return max(_FEW, int(_SHARE * watched))
