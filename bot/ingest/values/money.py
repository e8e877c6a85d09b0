"""Amounts with their currency: ¥1,200, 1.2億, USD 1,200.50, 4億8,000万円.

Refuses an amount whose own mark contradicts its column, and wrong grouping such as 1,20.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from bot.core.money import minor_units
from bot.ingest.fault import Unreadable
from bot.ingest.fold import show
from bot.ingest.values.letters import digits_meant
from bot.ingest.values.setting import Setting

_CURRENCY_MARKS = {
    **{"¥": "JPY", "円": "JPY", "jpy": "JPY", "yen": "JPY", "$": "USD", "us$": "USD"},
    **{"usd": "USD", "ドル": "USD", "米ドル": "USD", "€": "EUR", "eur": "EUR", "ユーロ": "EUR"},
    **{"£": "GBP", "gbp": "GBP", "aud": "AUD", "sgd": "SGD", "cny": "CNY", "元": "CNY"},
    **{"krw": "KRW", "₩": "KRW", "twd": "TWD", "hkd": "HKD", "cad": "CAD", "chf": "CHF"},
}
_MARK = "|".join(sorted(map(re.escape, _CURRENCY_MARKS), key=len, reverse=True))
_SCALES = {
    **{"千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "億": 10**8, "兆": 10**12},
    **{"k": 10**3, "m": 10**6, "mm": 10**6, "mn": 10**6, "b": 10**9, "bn": 10**9},
    **{"thousand": 10**3, "million": 10**6, "billion": 10**9},
}
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_AMOUNT = re.compile(
    rf"({_MARK})?\s*([\d,.\s]*\d(?:[\d,.]*\s*(?:{_SCALE})?)*)\s*(?:-)?\s*({_MARK})?"
)
_PART = re.compile(rf"([\d,.]+)\s*({_SCALE})?\s*")
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+")
_CONTINENTAL = re.compile(r"\d{1,3}(?:\.\d{3})+,\d{1,2}")
_SIGNS = str.maketrans({"−": "-", "–": "-", "▲": "-", "△": "-", "¥": "¥", "￥": "¥"})
_BIGGEST = Decimal(10) ** 15


@dataclass(frozen=True, slots=True)
class Amount:
    """Major units and ISO currency; None where neither the cell nor its column says."""

    amount: Decimal
    currency: str | None


def parse_money(cell: object, setting: Setting) -> Amount:
    """The amount per year (where the field is yearly), without tax where that was asked for."""
    rule = setting.money
    written, currency, scaled = _written(cell)
    if currency and rule.currency and currency != rule.currency:
        raise Unreadable(
            "currency_conflict", value=show(cell), found=currency, expected=rule.currency
        )
    amount = written if scaled else written * rule.factor
    amount = amount * rule.per_year / rule.divisor
    least = setting.field.least
    if least is not None and amount < Decimal(str(least)):
        raise Unreadable("too_small", value=show(cell), least=f"{least:g}")
    if abs(amount) > _BIGGEST:
        raise Unreadable("number_too_big", value=show(cell))
    return Amount(_rounded(amount, currency or rule.currency), currency or rule.currency)


def money_says(text: str) -> tuple[str | None, bool]:
    """Currency a cell names itself, and whether it says its own scale (万, K)."""
    try:
        _, currency, scaled = _written(text)
    except Unreadable:
        return None, False
    return currency, scaled


def currency_of(text: str) -> str | None:
    """ISO code for a currency's mark, name or code; None where it is none we know."""
    plain = unicodedata.normalize("NFKC", text).translate(_SIGNS).casefold().strip()
    return _CURRENCY_MARKS.get(plain)


def _written(cell: object) -> tuple[Decimal, str | None, bool]:
    if isinstance(cell, bool):
        raise Unreadable("money", value=show(cell))
    if isinstance(cell, int | float):
        return _finite(Decimal(str(cell)), cell), None, False
    plain, negative = _signed(str(cell))
    found = _AMOUNT.fullmatch(plain)
    if not found or (found[1] and found[3] and _mark(found[1]) != _mark(found[3])):
        raise Unreadable("money", _mend(str(cell)), value=show(cell))
    amount, scaled = _summed(found[2].strip(), cell)
    mark = found[1] or found[3]
    return (-amount if negative else amount), _mark(mark) if mark else None, scaled


def _signed(text: str) -> tuple[str, bool]:
    plain = unicodedata.normalize("NFKC", text).translate(_SIGNS).casefold().strip()
    if plain.startswith("(") and plain.endswith(")"):
        return plain[1:-1].strip(), True
    unsigned = plain.replace("-", "", 1) if re.match(rf"(?:{_MARK})?\s*-", plain) else plain
    return unsigned.removeprefix("+").strip(), unsigned != plain


def _mark(text: str) -> str:
    return _CURRENCY_MARKS[text]


def _summed(text: str, cell: object) -> tuple[Decimal, bool]:
    """4億8,000万 is the sum of its parts, each smaller than the one before."""
    total, last, at = Decimal(0), None, 0
    while at < len(text):
        found = _PART.match(text, at)
        scale = _SCALES[found[2]] if found and found[2] else 1
        if not found or (last is not None and scale >= last):
            raise Unreadable("money", value=show(cell))
        total += _digits(found[1], cell) * scale
        last, at = scale, found.end()
    return total, any(mark in text for mark in _SCALES)


def _digits(text: str, cell: object) -> Decimal:
    if _CONTINENTAL.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    if not _ENGLISH.fullmatch(text):
        raise Unreadable("number_grouping", value=show(cell))
    return Decimal(text.replace(",", ""))


def _finite(amount: Decimal, cell: object) -> Decimal:
    if not amount.is_finite():
        raise Unreadable("money", value=show(cell))
    return amount


def _rounded(amount: Decimal, currency: str | None) -> Decimal:
    unit = Decimal(1).scaleb(-(minor_units(currency) if currency else 2))
    try:
        return amount.quantize(unit, ROUND_HALF_UP)
    except InvalidOperation:
        return amount


def _mend(text: str) -> str | None:
    meant = digits_meant(unicodedata.normalize("NFKC", text))
    if meant == unicodedata.normalize("NFKC", text):
        return None
    plain, _ = _signed(meant)
    return meant.strip() if _AMOUNT.fullmatch(plain) else None
