"""The first hour as plain values: its steps, what they show, and who lands in which band."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bot.core.vocabulary import Band


class Step(StrEnum):
    """The steps in their order."""

    DATA = "data"
    OWNERS = "owners"
    CHANNELS = "channels"
    FEATURES = "features"
    BANDS = "bands"
    START = "start"

    @property
    def number(self) -> int:
        """1 to 6."""
        return list(Step).index(self) + 1

    def later(self, steps: int) -> "Step":
        """So many steps on, or back where it is negative; it ends at the first and the last."""
        order = list(Step)
        return order[min(max(order.index(self) + steps, 0), len(order) - 1)]


@dataclass(frozen=True)
class Progress:
    """How far the setup has come. `step` is where it goes on."""

    step: Step = Step.DATA
    done: frozenset[Step] = frozenset()
    started_on: date | None = None


@dataclass(frozen=True)
class Holding:
    """How much of one kind of facts is there (usage counts its metrics), and its newest day."""

    kind: str
    count: int
    newest_on: date | None = None


class Gap(StrEnum):
    """Why nobody answers for accounts.

    NAMED: a name in the files is no member's. UNLINKED: a member's address is nobody's in Slack.
    LEFT: the member is deactivated. DOUBLE: two members bear one name.
    """

    NAMED = "named"
    UNLINKED = "unlinked"
    LEFT = "left"
    DOUBLE = "double"


@dataclass(frozen=True)
class OwnerGap:
    """One gap: `key` finds it again, `names` are as the files write them."""

    kind: Gap
    key: str
    name: str
    account_count: int
    email: str = ""
    names: Sequence[str] = ()
    member_ids: Sequence[int] = ()

    @property
    def field(self) -> str:
        """The block of a form that asks for it."""
        return f"{self.kind}_{self.key}"


@dataclass(frozen=True)
class Place:
    """Where a person's messages go; None is the own direct message."""

    member_id: int
    name: str
    account_count: int
    channel: str | None

    @property
    def field(self) -> str:
        """The block of a form that asks for it."""
        return f"channel_{self.member_id}"


@dataclass(frozen=True)
class MetricUse:
    """A usage metric and how many of all accounts used it lately; None while nobody counted."""

    name: str
    is_key: bool
    used_by: int | None = None
    account_count: int = 0

    @property
    def share(self) -> float | None:
        """From 0 to 1; None while nobody counted."""
        if self.used_by is None or not self.account_count:
            return None
        return self.used_by / self.account_count


@dataclass(frozen=True)
class Landing:
    """How many accounts stand in a band and what they are worth a year, in the base currency."""

    count: int = 0
    arr: Decimal = Decimal(0)

    def plus(self, count: int, arr: Decimal) -> "Landing":
        """With these as well."""
        return Landing(self.count + count, self.arr + arr)


@dataclass(frozen=True)
class Spread:
    """Accounts by whole points of their score, and by band where no score decides.

    `fixed` holds those scored by hand and those without a score.
    """

    by_point: Mapping[int, Landing] = field(default_factory=dict)
    fixed: Mapping[Band, Landing] = field(default_factory=dict)

    @property
    def scored(self) -> int:
        """How many accounts a threshold moves."""
        return sum(each.count for each in self.by_point.values())

    def land(self, red_below: int, green_from: int) -> dict[Band, Landing]:
        """Who stands where with these thresholds, which are whole points."""
        found = {band: self.fixed.get(band, Landing()) for band in Band}
        for point, landing in self.by_point.items():
            band = Band.RED if point < red_below else Band.YELLOW
            band = Band.GREEN if point >= green_from else band
            found[band] = found[band].plus(landing.count, landing.arr)
        return found
