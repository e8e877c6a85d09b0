"""Money keeps its currency; what has no rate stands apart."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.money import MixedCurrencies, Money, Rate, Rates, Total, minor_units, total

YEN = Money(Decimal(4_800_000), "JPY")
DOLLARS = Money(Decimal("1200.50"), "USD")
FRIDAY = date(2026, 11, 20)

amounts = st.decimals(min_value=-(10**12), max_value=10**12, places=2)
moneys = st.builds(Money, amounts, st.sampled_from(["JPY", "USD", "EUR", "KWD"]))


def test_one_currency_adds_subtracts_multiplies_and_compares() -> None:
    assert YEN + YEN == YEN * 2
    assert not YEN - YEN
    assert -YEN < Money.zero("JPY") <= YEN
    assert not Money.zero("USD")


def test_two_currencies_never_meet() -> None:
    with pytest.raises(MixedCurrencies, match="JPY and USD cannot be combined"):
        YEN + DOLLARS
    with pytest.raises(MixedCurrencies):
        YEN - DOLLARS
    with pytest.raises(MixedCurrencies):
        assert YEN < DOLLARS


@pytest.mark.parametrize("code", ["jpy", "YENS", "", "円円円", "US$"])
def test_what_is_no_currency_code_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="three letters"):
        Money(Decimal(1), code)


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_amount_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        Money(Decimal(amount), "JPY")


@pytest.mark.parametrize(
    ("amount", "currency", "rounded"),
    [
        ("0.5", "JPY", "1"),
        ("-0.5", "JPY", "-1"),
        ("1.005", "USD", "1.01"),
        ("1.2345", "KWD", "1.235"),
    ],
)
def test_rounding_is_to_the_smallest_unit_halves_away_from_zero(
    amount: str, currency: str, rounded: str
) -> None:
    assert Money(Decimal(amount), currency).rounded().amount == Decimal(rounded)


def test_an_unlisted_currency_has_two_decimals() -> None:
    assert [minor_units(code) for code in ("JPY", "USD", "KWD", "ZZZ")] == [0, 2, 3, 2]


@given(moneys)
def test_rounding_twice_changes_nothing(money: Money) -> None:
    assert money.rounded().rounded() == money.rounded()


@pytest.fixture
def rates() -> Rates:
    return Rates(
        [
            Rate("USD", "JPY", date(2026, 11, 1), Decimal(150)),
            Rate("USD", "JPY", date(2026, 10, 1), Decimal(148)),
            Rate("EUR", "JPY", date(2026, 11, 20), Decimal(170)),
        ]
    )


@pytest.mark.parametrize(
    ("on", "rate"),
    [
        (date(2026, 9, 30), None),
        (date(2026, 10, 1), Decimal(148)),
        (date(2026, 10, 31), Decimal(148)),
        (date(2026, 11, 1), Decimal(150)),
        (date(2028, 2, 29), Decimal(150)),
    ],
)
def test_the_latest_rate_on_or_before_the_day_holds(
    rates: Rates, on: date, rate: Decimal | None
) -> None:
    assert rates.rate("USD", "JPY", on) == rate


def test_a_currency_is_worth_itself_and_no_rate_is_turned_round(rates: Rates) -> None:
    assert rates.rate("GBP", "GBP", FRIDAY) == 1
    assert rates.rate("JPY", "USD", FRIDAY) is None


def test_a_rate_given_again_for_its_day_replaces_the_first() -> None:
    twice = Rates([Rate("USD", "JPY", FRIDAY, Decimal(n)) for n in (150, 151)])
    assert twice.rate("USD", "JPY", FRIDAY) == 151


def test_a_rate_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="a rate is above 0"):
        Rate("USD", "JPY", FRIDAY, Decimal(0))


def test_a_total_converts_what_it_can_and_shows_the_rest_apart(rates: Rates) -> None:
    pounds = Money(Decimal(10), "GBP")
    summed = total([YEN, DOLLARS, pounds, pounds], "JPY", FRIDAY, rates)
    assert summed == Total(Money(Decimal(4_980_075), "JPY"), (Money(Decimal(20), "GBP"),))


def test_a_total_of_nothing_is_nothing_in_the_base() -> None:
    assert total([], "JPY", FRIDAY, Rates()) == Total(Money.zero("JPY"))


@given(st.lists(moneys))
def test_nothing_is_lost_between_the_sum_and_what_stands_apart(some: list[Money]) -> None:
    summed = total(some, "JPY", FRIDAY, Rates())
    for part in (summed.base_sum, *summed.apart):
        given_ = [money.amount for money in some if money.currency == part.currency]
        assert part.amount == sum(given_)
    assert len({part.currency for part in summed.apart}) == len(summed.apart)
