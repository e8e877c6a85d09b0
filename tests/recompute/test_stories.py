"""What happens to bands in the life of a customer base: holidays, silence, dead feeds."""

from datetime import date, timedelta

import pytest

from bot.core.calendar import WorkCalendar
from bot.core.vocabulary import Band
from bot.services.recompute import recompute, recompute_history
from tests.recompute.customers import Customers

CALENDAR = WorkCalendar("JP")


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@pytest.mark.row("C13", "C15", "B19")
@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2025, 12, 26), date(2026, 1, 16)),
        (date(2026, 4, 28), date(2026, 5, 20)),
        (date(2026, 8, 10), date(2026, 8, 28)),
        (date(2028, 2, 28), date(2028, 3, 1)),
    ],
    ids=["new_year", "golden_week", "obon", "leap_day"],
)
@pytest.mark.parametrize("leaves_out_zeros", [False, True])
def test_a_normal_holiday_drops_nobodys_band(
    customers: Customers, first: date, last: date, leaves_out_zeros: bool
) -> None:
    customers.add_account("A")
    customers.add_account("US", country="US")
    begin = first - timedelta(days=120)
    customers.use("A", begin, last, leaves_out_zeros=leaves_out_zeros)
    customers.use("US", begin, last, country="US", leaves_out_zeros=leaves_out_zeros)
    recompute_history(customers.store, customers.workspace_id, first, last, actor="test")
    for day in days(first, last):
        assert customers.band("A", day) is Band.GREEN, day
        assert customers.band("US", day) is Band.GREEN, day


@pytest.mark.row("C10", "C13")
@pytest.mark.parametrize("leaves_out_zeros", [False, True])
@pytest.mark.parametrize("stop_on", [date(2026, 10, 30), date(2025, 12, 24), date(2026, 4, 27)])
def test_an_account_that_stops_is_yellow_or_red_within_five_business_days(
    customers: Customers, stop_on: date, leaves_out_zeros: bool
) -> None:
    for ref in "ABC":
        customers.add_account(ref)
        first = stop_on - timedelta(days=150)
        last = stop_on + timedelta(days=30)
        stops = (lambda on: float(on < stop_on)) if ref == "A" else (lambda _: 1.0)
        customers.use(ref, first, last, stops, leaves_out_zeros=leaves_out_zeros)
    seen_on = CALENDAR.add_business_days(stop_on, 5)
    recompute_history(customers.store, customers.workspace_id, stop_on, seen_on, actor="test")
    assert customers.band("A", stop_on) is Band.GREEN
    assert customers.band("A", seen_on) in (Band.YELLOW, Band.RED)
    assert customers.band("B", seen_on) is Band.GREEN


@pytest.mark.row("B1", "C15")
@pytest.mark.parametrize("leaves_out_zeros", [False, True])
def test_one_dead_day_of_the_feed_reddens_nobody(
    customers: Customers, leaves_out_zeros: bool
) -> None:
    first, dead_on, last = date(2026, 6, 1), date(2026, 11, 12), date(2026, 11, 18)
    for ref in "ABCD":
        customers.add_account(ref)
        customers.use(ref, first, dead_on - timedelta(days=1), leaves_out_zeros=leaves_out_zeros)
        customers.use(ref, dead_on + timedelta(days=1), last, leaves_out_zeros=leaves_out_zeros)
    recompute_history(customers.store, customers.workspace_id, dead_on, last, actor="test")
    assert {customers.band(ref, day) for ref in "ABCD" for day in days(dead_on, last)} == {
        Band.GREEN
    }


@pytest.mark.row("B1", "C15")
def test_a_feed_that_dies_for_good_ends_in_no_score_and_never_in_red(customers: Customers) -> None:
    died_on = date(2026, 10, 15)
    for ref in "ABCD":
        customers.add_account(ref)
        customers.use(ref, date(2026, 5, 1), died_on)
    until = died_on + timedelta(days=30)
    recompute_history(customers.store, customers.workspace_id, died_on, until, actor="test")
    bands = [customers.band("A", day) for day in days(died_on, until)]
    assert set(bands) == {Band.GREEN, Band.UNKNOWN}
    assert bands[-1] is Band.UNKNOWN
    lost = bands.index(Band.UNKNOWN)
    assert set(bands[lost:]) == {Band.UNKNOWN}
    # Six business days without a word: 16, 19, 20, 21, 22 and 23 October.
    assert died_on + timedelta(days=lost) == date(2026, 10, 24)
    assert customers.score("A", until).data_on == died_on


@pytest.mark.row("B1")
def test_a_feed_that_delivers_half_a_day_ends_the_window_the_day_before(
    customers: Customers,
) -> None:
    last = date(2026, 11, 18)
    for ref in "ABCDE":
        customers.add_account(ref)
        customers.use(
            ref, date(2026, 6, 1), last - timedelta(days=ref != "A"), leaves_out_zeros=True
        )
    done = recompute(customers.store, customers.workspace_id, date(2026, 11, 19))
    assert done.data_on == date(2026, 11, 17)
    assert done.by_band == {"green": 5}


@pytest.mark.row("B1")
def test_a_late_file_moves_the_open_day_only(customers: Customers) -> None:
    customers.add_account("A")
    customers.use("A", date(2026, 6, 1), date(2026, 11, 17))
    recompute(customers.store, customers.workspace_id, date(2026, 11, 18))
    before = customers.score("A", date(2026, 11, 18))
    recompute(customers.store, customers.workspace_id, date(2026, 11, 19))
    customers.use("A", date(2026, 11, 2), date(2026, 11, 17), lambda _: 0.1)
    recompute(customers.store, customers.workspace_id, date(2026, 11, 19), only_touched=True)
    assert customers.score("A", date(2026, 11, 18)).details == before.details
    assert customers.score("A", date(2026, 11, 19)).score < before.score  # type: ignore[operator]
