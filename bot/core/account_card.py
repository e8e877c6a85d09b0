"""What a card, a row of the book and a digest show of an account. Plain values, no sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.core.hand_score import HeldScore
from bot.core.money import Money
from bot.core.pulse import Pulse
from bot.core.standing import Standing
from bot.core.vocabulary import Band


@dataclass(frozen=True)
class Colleague:
    """One of our people; `slack_user` is None while only a file has named them."""

    name: str
    slack_user: str | None = None


@dataclass(frozen=True)
class Renewal:
    """The contract end that comes next, and the last day on which the customer can give notice."""

    renews_on: date | None = None
    notice_on: date | None = None
    auto_renews: bool | None = None


@dataclass(frozen=True)
class Remark:
    """The last thing the customer said; `permalink` leads to the message it was taken from."""

    said_on: date
    speaker: str | None
    speaker_role: str | None
    text: str
    read_as: str | None
    permalink: str | None = None


@dataclass(frozen=True)
class LastTouch:
    """The last contact, and the day agreed for the next one, then or before."""

    touched_on: date
    kind: str
    initiated_by: str
    note: str | None
    next_on: date | None


@dataclass(frozen=True)
class AccountCard:
    """All facts of one account, read with a fixed number of queries."""

    id: int
    ref: str
    name: str
    standing: Standing
    arr: Money | None
    tier: str | None
    touch: str
    stage: str
    difficulty: str
    owner_mode: str
    owner: Colleague | None
    second: Colleague | None
    seats: int | None
    goal: str | None
    success_criteria: str | None
    champions: Sequence[str]
    decision_makers: Sequence[str]
    renewal: Renewal
    remark: Remark | None
    last_touch: LastTouch | None
    history: Sequence[tuple[date, float]]
    """Scores of the last 90 days by day, oldest first; days without a score are missing."""
    by_hand: Sequence[Band | None] = ()
    """The band by hand that led on each day of `history`; empty where none did."""
    held: HeldScore | None = None
    """The score by hand in force, beside what was measured when it was given."""
    pulse: Pulse | None = None
    """What its CSM felt last; part of no score."""

    @property
    def touched_on(self) -> date | None:
        """The day of the last contact."""
        return self.last_touch.touched_on if self.last_touch else None


@dataclass(frozen=True)
class BookRow:
    """One account in a list."""

    id: int
    name: str
    standing: Standing
    arr: Money | None
    renewal: Renewal
    owner: Colleague | None
    stage: str = ""

    @property
    def at_risk(self) -> Decimal:
        """The yearly amount times the share at risk; 0 where no amount is known."""
        return self.arr.amount * self.standing.risk if self.arr else Decimal(0)


@dataclass(frozen=True)
class Book:
    """A page of accounts, worst first by value at risk, and how many there are by band."""

    counts: Mapping[Band, int]
    band: Band | None
    page: int
    page_size: int
    rows: Sequence[BookRow]

    @property
    def total(self) -> int:
        """All accounts of the book, whatever the filter."""
        return sum(self.counts.values())

    @property
    def shown_total(self) -> int:
        """Accounts the filter lets through."""
        return self.total if self.band is None else self.counts.get(self.band, 0)

    @property
    def last_page(self) -> int:
        """Number of the last page; the first is 0."""
        return max(0, (self.shown_total - 1) // self.page_size)
