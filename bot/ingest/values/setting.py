"""What a column's cells are read against.  Refuses to be guessed: the reader sets every part."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.ingest.fields import Field


@dataclass(frozen=True, slots=True)
class MoneyRule:
    """How bare amounts of a column are meant.

    `currency` None: the file does not say.  `factor` major units per written unit (千円 1000),
    `per_year` how many written periods make a year (MRR 12), `divisor` what takes the tax out.
    """

    currency: str | None = None
    factor: Decimal = Decimal(1)
    per_year: int = 1
    divisor: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Setting:
    """The field of a column and how its cells are meant.

    `day_order` is `dmy` or `mdy` where known; moments with an offset are told in `zone`, or as
    written where it is None.
    """

    field: Field
    today: date
    day_order: str | None = None
    zone: ZoneInfo | None = None
    money: MoneyRule = MoneyRule()
