"""Money that keeps its currency, and dated exchange rates.

Refuses to add two currencies, and to convert without a rate.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

# ISO 4217: two decimals unless listed here.
_MINOR_UNITS = {
    **dict.fromkeys(("CLP", "ISK", "JPY", "KRW", "PYG", "UGX", "VND", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}


def minor_units(currency: str) -> int:
    """Decimals the currency is counted in: 0 for JPY, 2 for USD, 3 for KWD."""
    return _MINOR_UNITS.get(currency, 2)


class MixedCurrencies(ValueError):
    """Two amounts of different currencies met where only one makes sense."""


@dataclass(frozen=True)
class Money:
    """An amount in major units (yen, dollars) of an ISO 4217 currency."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        code = self.currency
        if not (len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()):
            raise ValueError(f"{code!r} is not a currency code; write three letters such as JPY")
        if not self.amount.is_finite():
            raise ValueError(f"{self.amount} {code} is not an amount")

    @classmethod
    def zero(cls, currency: str) -> "Money":
        """Nothing, in `currency`."""
        return cls(Decimal(0), currency)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.amount - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.amount, self.currency)

    def __mul__(self, factor: Decimal | int) -> "Money":
        return Money(self.amount * factor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.amount <= self._same(other)

    def __bool__(self) -> bool:
        return bool(self.amount)

    def rounded(self) -> "Money":
        """To the currency's smallest unit, halves away from zero as invoices do."""
        unit = Decimal(1).scaleb(-minor_units(self.currency))
        return Money(self.amount.quantize(unit, ROUND_HALF_UP), self.currency)

    def _same(self, other: "Money") -> Decimal:
        if other.currency != self.currency:
            raise MixedCurrencies(f"{self.currency} and {other.currency} cannot be combined")
        return other.amount


@dataclass(frozen=True)
class Rate:
    """From `on` until the next one, a unit of `currency` is worth `rate` units of `base`."""

    currency: str
    base: str
    on: date
    rate: Decimal

    def __post_init__(self) -> None:
        if not (self.rate.is_finite() and self.rate > 0):
            raise ValueError(f"{self.currency} to {self.base} on {self.on}: a rate is above 0")


class Rates:
    """A table of dated rates.  Of two for one pair and day the later given holds."""

    def __init__(self, rates: Iterable[Rate] = ()) -> None:
        by_pair: dict[tuple[str, str], dict[date, Decimal]] = {}
        for each in rates:
            by_pair.setdefault((each.currency, each.base), {})[each.on] = each.rate
        self._by_pair = {pair: sorted(dated.items()) for pair, dated in by_pair.items()}

    def rate(self, currency: str, base: str, on: date) -> Decimal | None:
        """The latest rate of that direction on or before `on`; None where there is none."""
        if currency == base:
            return Decimal(1)
        dated = self._by_pair.get((currency, base), [])
        at = bisect_right(dated, on, key=lambda entry: entry[0])
        return dated[at - 1][1] if at else None


@dataclass(frozen=True)
class Total:
    """A sum in the base currency, and the amounts that no rate could bring there."""

    base_sum: Money
    apart: tuple[Money, ...] = ()


def total(moneys: Iterable[Money], base: str, on: date, rates: Rates) -> Total:
    """Sum at the rates of `on`; what has none is summed apart, one per currency in code order."""
    by_currency: dict[str, Money] = {}
    for money in moneys:
        held = by_currency.get(money.currency, Money.zero(money.currency))
        by_currency[money.currency] = held + money
    base_sum, apart = Money.zero(base), []
    for currency, money in sorted(by_currency.items()):
        rate = rates.rate(currency, base, on)
        if rate is None:
            apart.append(money)
        else:
            base_sum += Money(money.amount * rate, base)
    return Total(base_sum, tuple(apart))
