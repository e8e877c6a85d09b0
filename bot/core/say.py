"""The port through which views and jobs get sentences.  Refuses to hold any: see `templates/`."""

import datetime as dt
from decimal import Decimal
from typing import Protocol

from bot.core.money import Money
from bot.core.vocabulary import Locale


class Say(Protocol):
    """Speaks one language to one reader: sentences from templates, figures as that reader writes.

    Calling it renders `block` of `templates/<template>.<locale>.j2`; every string in the
    context is escaped for Slack once, here and nowhere else.
    """

    locale: Locale

    def __call__(self, template: str, block: str, /, **context: object) -> str:
        """The block's text, stripped.  Raises when template, block or a name in it is missing."""
        ...

    def number(self, value: float | Decimal, digits: int = 0) -> str:
        """`value` grouped, with exactly `digits` decimals."""
        ...

    def money(self, money: Money, exact: bool = False) -> str:
        """Short (480万円, ¥4.8M), or with every digit of the currency when `exact`."""
        ...

    def date(self, on: dt.date, with_weekday: bool = True, near: dt.date | None = None) -> str:
        """11/20(金) or Fri 20 Nov; the year is said for a day 300 days and more from `near`."""
        ...

    def month(self, on: dt.date) -> str:
        """12月 or December."""
        ...

    def percent(self, share: float) -> str:
        """`share` is a fraction: 0.21 is said as 21%."""
        ...

    def points(self, delta: float) -> str:
        """Change of a score with its sign: −23点, +5 points."""
        ...

    def instant(self, at: dt.datetime, zone: str, today: dt.date | None = None) -> str:
        """Day and minute of an aware instant on the wall clock of `zone`; on `today` the minute."""
        ...
