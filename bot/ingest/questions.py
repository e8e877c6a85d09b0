"""What a file must say about its amounts and days, and what is asked where it does not.

Refuses to assume yen or thousands of yen, months or years, with or without tax.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.ingest.fields import Field
from bot.ingest.fold import fold, is_missing
from bot.ingest.reading import Question
from bot.ingest.values.dates import order_in
from bot.ingest.values.money import currency_of, money_says
from bot.ingest.values.setting import MoneyRule

UNITS = ("JPY", "JPY_1000", "JPY_10000", "JPY_1000000", "USD", "EUR")
PERIODS = ("annual", "monthly")
TAXES = ("excluded", "included")
DAY_ORDERS = ("dmy", "mdy")

# Consumption tax of Japan since October 2019; yearly amounts before it are history.
_TAX_DIVISOR = Decimal("1.1")
_FACTORS = (("百万円", 10**6), ("千円", 10**3), ("万円", 10**4), ("億円", 10**8), ("円", 1))
_CURRENCIES = (
    ("JPY", re.compile(r"jpy|円|¥|yen")),
    ("USD", re.compile(r"usd|\$|米ドル|ドル")),
    ("EUR", re.compile(r"eur(?!ope)|€|ユーロ")),
    ("GBP", re.compile(r"gbp|£|ポンド")),
)
_THOUSANDS = re.compile(r"(?:k|thousands?)\s*(?:usd|eur|jpy|\$|€)|(?:usd|eur|\$|€)\s*k|thousands")
_MONTHLY = re.compile(r"mrr|月額|月次|月間|monthly|per month|/月|/month")
_YEARLY = re.compile(r"arr(?![a-z])|acv|年額|年間|annual|yearly|per year|/年|/year")
_TAXED = re.compile(r"税込|incl[a-z.]*\.?\s*(?:of\s*)?(?:tax|vat)|tax[ -]?incl|gross")
_UNTAXED = re.compile(r"税抜|税別|excl[a-z.]*\.?\s*(?:of\s*)?(?:tax|vat)|tax[ -]?excl|net(?![a-z])")
_TITLE_UNIT = re.compile(
    r"単位\s*[:：]?\s*((?:百万|千|万|億)?円)|(?:unit|in)\s*:?\s*([a-z$ ]{3,20})"
)


@dataclass(frozen=True, slots=True)
class Said:
    """What the words around a money column say; None where they do not."""

    currency: str | None
    factor: int | None
    per_year: int | None
    taxed: bool | None


def what_is_said(column: str, title: str) -> Said:
    """Currency, unit, period and tax from a column's header, then from the title above it."""
    text, above = fold(column), fold(title)
    unit = _TITLE_UNIT.search(above)
    said_above = " ".join(filter(None, unit.groups())) if unit else ""
    factor = _factor(text) or _factor(said_above)
    return Said(
        _currency(text) or _currency(said_above),
        factor,
        12 if _MONTHLY.search(text) else 1 if _YEARLY.search(text) else None,
        _taxed(text) if _taxed(text) is not None else _taxed(above),
    )


def settle_money(
    field: Field,
    said: Said,
    cells: Sequence[object],
    currencies: Sequence[object] | None,
    answers: Mapping[str, str],
) -> tuple[MoneyRule, list[Question]]:
    """The rule for a money column, and what has to be asked before it can be trusted, or was.

    `currencies` are the cells of the currency column beside it, None where there is none.
    """
    questions: list[Question] = []
    currency, factor = said.currency, said.factor or 1
    if currency is None and currencies is None and _bare(cells):
        currency, factor = _unit(_ask(f"unit:{field.name}", "unit", UNITS, answers, questions))
    per_year = said.per_year or 1
    if field.yearly and said.per_year is None:
        period = _ask(f"period:{field.name}", "period", PERIODS, answers, questions)
        per_year = 12 if period == "monthly" else 1
    taxed = said.taxed
    if field.taxed and taxed is None and _may_be_yen(currency, cells, currencies):
        taxed = _ask(f"tax:{field.name}", "tax", TAXES, answers, questions) == "included"
    divisor = _TAX_DIVISOR if field.taxed and taxed else Decimal(1)
    return MoneyRule(currency, Decimal(factor), per_year, divisor), questions


def settle_day_order(
    cells: Iterable[object], answers: Mapping[str, str]
) -> tuple[str | None, list[Question]]:
    """Whether 05/01/2026 is May or January here: shown by other days of the file, or asked."""
    seen = {order_in(cell) for cell in cells if isinstance(cell, str)}
    shown = seen & set(DAY_ORDERS)
    if "open" not in seen or len(shown) > 1:
        return None, []
    if shown:
        return next(iter(shown)), []
    questions: list[Question] = []
    _ask("day_order", "day_order", DAY_ORDERS, answers, questions)
    return questions[0].answer or None, questions


def _ask(
    key: str,
    code: str,
    options: tuple[str, ...],
    answers: Mapping[str, str],
    questions: list[Question],
) -> str:
    """The answer given, or the first option for the preview while the question stands."""
    answer = answers.get(key, "")
    known = answer if answer in options else ""
    questions.append(Question(key, code, options, {"field": key.partition(":")[2]}, known))
    return known or options[0]


def _unit(answer: str) -> tuple[str, int]:
    currency, _, factor = answer.partition("_")
    return currency, int(factor or 1)


def _factor(text: str) -> int | None:
    for word, factor in _FACTORS:
        if word in text:
            return factor
    return 1000 if _THOUSANDS.search(text) else None


def _currency(text: str) -> str | None:
    for currency, pattern in _CURRENCIES:
        if pattern.search(text):
            return currency
    return None


def _taxed(text: str) -> bool | None:
    if _UNTAXED.search(text):
        return False
    return True if _TAXED.search(text) else None


def _bare(cells: Sequence[object]) -> bool:
    """Whether any amount comes without a currency of its own."""
    for cell in set(map(str, cells)):
        if is_missing(cell):
            continue
        currency, _ = money_says(cell)
        if currency is None and any(letter.isdigit() for letter in cell):
            return True
    return False


def _may_be_yen(
    currency: str | None, cells: Sequence[object], currencies: Sequence[object] | None
) -> bool:
    if currency is not None:
        return currency == "JPY"
    if currencies is not None:
        return "JPY" in {currency_of(str(cell)) for cell in set(map(str, currencies))}
    own = {money_says(cell)[0] for cell in map(str, cells) if not is_missing(cell)}
    return not own or "JPY" in own or None in own
