"""Numbers, whole numbers, percentages and money as people write them."""

from datetime import date
from decimal import Decimal

import pytest

from bot.ingest.fault import Unreadable
from bot.ingest.fields import Field, Type
from bot.ingest.values.money import parse_money
from bot.ingest.values.numbers import parse_count, parse_number
from bot.ingest.values.setting import MoneyRule, Setting

TODAY = date(2026, 11, 20)
NUMBER = Setting(Field("value", Type.NUMBER, ()), TODAY)
COUNT = Setting(Field("seats", Type.COUNT, (), least=0, most=10_000), TODAY)


def money(rule: MoneyRule | None = None, **changes: object) -> Setting:
    field = Field("arr_amount", Type.MONEY, (), **changes)  # type: ignore[arg-type]
    return Setting(field, TODAY, money=rule or MoneyRule())


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        *(("1,234", 1234), ("１２３４", 1234), ("1234.5", 1234.5), (" 12 ", 12), (12, 12)),
        *(("12人", 12), ("3件", 3), ("45%", 0.45), ("４５％", 0.45), ("1.2万", 12_000)),
        *(("1.5k", 1500), ("-3", -3), ("▲3", -3), ("△1,000", -1000), ("(12)", -12)),
        *(("1e3", 1000), (".5", 0.5), (True, 1), ("−7", -7)),
    ],
)
def test_numbers_in_every_common_form(cell: object, number: float) -> None:
    assert parse_number(cell, NUMBER) == pytest.approx(number)


@pytest.mark.parametrize(
    ("cell", "code", "mend"),
    [
        *(("12O", "number", "120"), ("l2", "number", "12"), ("abc", "number", None)),
        *(("1,23", "number", None), ("12-3", "number", None), ("O", "number", None)),
        *(("1e300", "number_too_big", None), (float("inf"), "number_too_big", None)),
        *(("3.5", "not_whole", None), ("-1", "too_small", None), ("99999", "too_large", None)),
    ],
)
def test_bad_counts_are_refused_and_mended_only_where_it_is_plain(
    cell: object, code: str, mend: str | None
) -> None:
    with pytest.raises(Unreadable) as refused:
        parse_count(cell, COUNT)
    assert (refused.value.fault.code, refused.value.fault.mend) == (code, mend)


@pytest.mark.parametrize(
    ("cell", "amount", "currency"),
    [
        *(("¥1,200", "1200", "JPY"), ("￥480,000,000", "480000000", "JPY")),
        *(("1.2万", "12000", None), ("1.2万円", "12000", "JPY"), ("1.5億", "150000000", None)),
        *(("4億8,000万円", "480000000", "JPY"), ("1億2000万", "120000000", None)),
        *(
            ("480万", "4800000", None),
            ("12,000円", "12000", "JPY"),
            ("１２，０００円", "12000", "JPY"),
        ),
        *(
            ("USD 1,200.50", "1200.50", "USD"),
            ("$1.2K", "1200", "USD"),
            ("1.2K USD", "1200", "USD"),
        ),
        *(("$1.5M", "1500000", "USD"), ("€1.200,50", "1200.50", "EUR"), ("1200", "1200", None)),
        *(("-¥1,200", "-1200", "JPY"), ("▲1,200円", "-1200", "JPY"), ("(1,200)", "-1200", None)),
        *((1200, "1200", None), (1200.5, "1200.5", None), ("500千円", "500000", "JPY")),
    ],
)
def test_money_in_every_common_form(cell: object, amount: str, currency: str | None) -> None:
    read = parse_money(cell, money())
    assert (read.amount, read.currency) == (Decimal(amount), currency)


def test_the_columns_unit_period_and_tax_are_applied_to_bare_amounts() -> None:
    thousands = MoneyRule("JPY", Decimal(1000))
    monthly = MoneyRule("JPY", per_year=12)
    taxed = MoneyRule("JPY", divisor=Decimal("1.1"))
    assert parse_money("4,800", money(thousands)).amount == 4_800_000
    assert parse_money("400,000", money(monthly)).amount == 4_800_000
    assert parse_money("1,100", money(taxed)).amount == 1000
    assert parse_money("100", money(taxed)).amount == 91


def test_an_amount_with_its_own_scale_is_not_multiplied_again() -> None:
    thousands = MoneyRule("JPY", Decimal(1000))
    assert parse_money("1.2億", money(thousands)).amount == 120_000_000


@pytest.mark.parametrize(
    ("cell", "code", "mend"),
    [
        *(("1,20", "number_grouping", None), ("1.200.50", "number_grouping", None)),
        *(("約100万", "money", None), ("無料", "money", None), (True, "money", None)),
        *(("12O万", "money", "120万"), ("1.2万3億", "money", None), ("¥1,200 USD", "money", None)),
        *(("9" * 20, "number_too_big", None),),
    ],
)
def test_bad_amounts_are_refused(cell: object, code: str, mend: str | None) -> None:
    with pytest.raises(Unreadable) as refused:
        parse_money(cell, money())
    assert (refused.value.fault.code, refused.value.fault.mend) == (code, mend)


def test_a_currency_that_contradicts_its_column_is_refused() -> None:
    with pytest.raises(Unreadable, match="currency_conflict"):
        parse_money("$1,200", money(MoneyRule("JPY")))


def test_a_negative_contract_is_refused() -> None:
    with pytest.raises(Unreadable, match="too_small"):
        parse_money("-100", money(least=0))
