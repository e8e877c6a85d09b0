"""What a measure says of itself. Refuses nothing; the catalogue does. Free of numpy."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


# Calendar days of daily usage that a measure may look back on, and those that few need.
USAGE_DAYS, LONG_DAYS = 90, 200


class Unit(StrEnum):
    """How a value is read; people are shown `SHARE` and `CHANGE` as percentages.

    `TONE` goes from -1 to 1, `IMPACT` from 0 to 1; both are shown with a word. `LEVEL` is a rung of
    a ladder from 1; a `DIFFERENCE` of two values is shown with its sign.
    """

    SHARE = "share"
    CHANGE = "change"
    RATIO = "ratio"
    COUNT = "count"
    DAYS = "days"
    BUSINESS_DAYS = "business_days"
    POINTS = "points"
    TONE = "tone"
    IMPACT = "impact"
    MONEY = "money"
    LEVEL = "level"
    DIFFERENCE = "difference"
    MINUTES = "minutes"
    WORD = "word"
    YES_NO = "yes_no"


class Kind(StrEnum):
    """How the value comes about: additive days summed, a level averaged, the age of something …"""

    ADDITIVE = "additive"
    LEVEL = "level"
    DISTINCT = "distinct"
    RATIO = "ratio"
    AGE = "age"
    FACT = "fact"


@dataclass(frozen=True)
class Words:
    """The same in both languages."""

    ja: str
    en: str

    def get(self, locale: str) -> str:
        """The words of a locale; Japanese unless English is asked for."""
        return self.en if locale == "en" else self.ja


@dataclass(frozen=True)
class Measure:
    """A column of the frame.

    `needs` names what it reads: `accounts` for the fact of the accounts that bears its own name,
    `accounts:NAME` for another one, a kind of facts, `usage:NAME` for a metric, `usage:key` for
    all that count uses of key features, or `usage:limit` for those that contracts limit. `window`
    is in words of the code (20bd, 28d, latest). `validity_days` is the age beyond which a value is
    left out: business days for usage, calendar days for the rest, None for what does not age.
    `usage_days` are the calendar days of usage it looks back on. `compute` takes a block of
    accounts and gives one value per account, NaN where none is known.
    """

    name: str
    label: Words
    meaning: Words
    unit: Unit
    kind: Kind
    window: str
    needs: tuple[str, ...]
    compute: Callable[["Block"], "Column"]
    validity_days: int | None = None
    usage_days: int = USAGE_DAYS
