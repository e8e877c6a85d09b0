"""Whom the monthly list names and why, on days that hurt."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.account_card import BookRow, Renewal
from bot.core.cadence import find_cadence
from bot.core.calendar import build_usual
from bot.core.money import Money
from bot.core.monthly_list import (
    CONTACT,
    NEVER,
    REVIEW,
    Candidate,
    MonthlyList,
    Why,
    build_list,
    count_by_why,
    find_month,
    list_days,
    spread,
)
from bot.core.standing import Standing
from bot.core.vocabulary import Band, Difficulty, Tier, Touch

pytestmark = pytest.mark.row("B35", "B38", "A5")

JAPAN = build_usual("JP")
TODAY = date(2026, 12, 1)
USES = {"ja": "席の利用率", "en": "Seats in use"}
DROP = {"ja": "緩やかな低下の確認", "en": "Slow decline check"}


def known(
    number: int = 1,
    band: Band = Band.YELLOW,
    arr: int = 100,
    renewal: Renewal | None = None,
    **more: Any,
) -> Candidate:
    """An account spoken to and met today, so that nothing is due."""
    standing = Standing(band, 60.0, 1.0, TODAY, TODAY)
    money = Money(Decimal(arr), "JPY")
    row = BookRow(number, f"{number}社", standing, money, renewal or Renewal(), None)
    given: dict[str, Any] = {"tier": Tier.MID, "touched_on": TODAY, "met_on": TODAY} | more
    return Candidate(row, **given)


def choose(*candidates: Candidate, on: date = TODAY) -> MonthlyList:
    return build_list(candidates, on, JAPAN)


def why(candidate: Candidate, on: date = TODAY) -> list[Why]:
    picks = choose(candidate, on=on).picks
    return [each.why for each in picks[0].reasons] if picks else []


def test_who_was_spoken_to_and_is_well_is_left_in_peace() -> None:
    assert why(known()) == []


@pytest.mark.parametrize(
    ("tier", "days", "is_due"),
    [
        (Tier.ENTERPRISE, 6, False),
        (Tier.ENTERPRISE, 7, True),
        (Tier.STRATEGIC, 7, True),
        (Tier.MID, 13, False),
        (Tier.MID, 14, True),
        (Tier.SMB, 29, False),
        (Tier.SMB, 30, True),
    ],
)
def test_a_contact_is_due_by_the_cadence_of_its_tier(tier: Tier, days: int, is_due: bool) -> None:
    touched_on = TODAY - timedelta(days=days)
    found = choose(known(tier=tier, touched_on=touched_on)).picks
    assert bool(found) is is_due
    if found:
        assert (found[0].reason.kind, found[0].reason.days) == (CONTACT, days)


@pytest.mark.row("A5")
@pytest.mark.parametrize(("days", "is_due"), [(20, False), (21, True)])
def test_the_cadence_of_follow_ups_may_be_chosen_for_each_way_of_serving(
    days: int, is_due: bool
) -> None:
    """High touch every 21 days; low touch, of which nothing is said, by its tier."""
    touched_on = TODAY - timedelta(days=days)
    high = known(tier=Tier.ENTERPRISE, touch=Touch.HIGH, touched_on=touched_on)
    low = known(tier=Tier.MID, touch=Touch.LOW, touched_on=TODAY - timedelta(days=14))
    found = build_list([high], TODAY, JAPAN, {Touch.HIGH: 21}).picks
    assert [(each.reason.why, each.reason.usual) for each in found] == [
        (Why.FOLLOW_UP, 21)
    ] * is_due
    [by_tier] = build_list([low], TODAY, JAPAN, {Touch.HIGH: 21}).picks
    assert by_tier.reason.usual == 14


def test_without_a_tier_the_way_it_is_served_tells() -> None:
    week: dict[str, Any] = {"tier": None, "touched_on": TODAY - timedelta(days=8)}
    assert why(known(touch=Touch.HIGH, **week)) == [Why.FOLLOW_UP]
    assert why(known(touch=Touch.LOW, **week)) == []


def test_a_contact_that_falls_due_in_the_new_year_holidays_is_due_after_them() -> None:
    """Spoken to on 24 December: a week later everybody is off until 4 January."""
    last = known(tier=Tier.ENTERPRISE, touched_on=date(2026, 12, 24), met_on=None)
    assert why(last, on=date(2026, 12, 31)) == []
    assert why(last, on=date(2027, 1, 4)) == [Why.FOLLOW_UP]


def test_a_meeting_due_by_the_end_of_the_month_is_on_its_list() -> None:
    """A month after 29 November the office is closed until January, whose list has it."""
    for met_on, is_due in ((date(2026, 11, 28), True), (date(2026, 11, 29), False)):
        met = known(tier=Tier.ENTERPRISE, met_on=met_on)
        found = choose(met, on=date(2026, 12, 2)).picks
        assert [each.reason.kind for each in found] == [REVIEW] * is_due, met_on


def test_never_spoken_to_counts_from_the_first_day_as_a_customer() -> None:
    alone: dict[str, Any] = {"touched_on": None, "met_on": None}
    assert why(known(started_on=TODAY - timedelta(days=5), **alone)) == []
    [late] = choose(known(started_on=TODAY - timedelta(days=20), **alone)).picks
    [unknown] = choose(known(**alone)).picks
    assert (late.reason.kind, late.reason.days) == (NEVER, 20)
    assert (unknown.reason.kind, unknown.reason.on) == (NEVER, None)


def test_an_agreed_day_is_waited_for_unless_it_has_passed() -> None:
    long_ago: dict[str, Any] = {"touched_on": TODAY - timedelta(days=40)}
    assert why(known(next_on=TODAY, **long_ago)) == []
    assert why(known(next_on=TODAY - timedelta(days=1), **long_ago)) == [Why.FOLLOW_UP]


@pytest.mark.row("E28")
def test_a_healthy_account_nobody_spoke_to_for_two_months_is_praised() -> None:
    for days, expected in ((59, Why.FOLLOW_UP), (60, Why.PRAISE)):
        quiet = known(band=Band.GREEN, touched_on=TODAY - timedelta(days=days))
        assert why(quiet) == [expected]
    assert why(known(band=Band.RED, touched_on=TODAY - timedelta(days=90))) == [Why.FOLLOW_UP]


def test_the_notice_deadline_speaks_for_the_renewal_behind_it() -> None:
    far, near = TODAY + timedelta(days=180), TODAY + timedelta(days=120)
    both = known(renewal=Renewal(renews_on=far, notice_on=near))
    [pick] = choose(both).picks
    assert (pick.reason.why, pick.reason.kind, pick.reason.days) == (Why.RENEWAL, "notice", 120)
    passed = known(renewal=Renewal(renews_on=far, notice_on=TODAY - timedelta(days=1)))
    assert choose(passed).picks[0].reason.kind == "renewal"
    assert why(known(renewal=Renewal(renews_on=far + timedelta(days=1)))) == []


def test_low_use_is_the_lowest_share_below_the_line() -> None:
    uses = {"active_user_rate": (0.39, USES), "key_feature_rate_20bd": (0.2, USES)}
    [pick] = choose(known(uses=uses)).picks
    assert (pick.reason.why, pick.reason.kind, pick.reason.share) == (
        Why.LOW_USE,
        "key_feature_rate_20bd",
        0.2,
    )
    assert why(known(uses={"active_user_rate": (0.4, USES), "logins_28d": (0.0, USES)})) == []


def test_an_account_stands_once_with_its_strongest_reason_first() -> None:
    everything = known(
        touched_on=TODAY - timedelta(days=30),
        renewal=Renewal(renews_on=TODAY + timedelta(days=100)),
        uses={"active_user_rate": (0.1, USES)},
        watched=DROP,
        watched_on=TODAY,
    )
    found = choose(everything)
    assert [each.why for each in found.picks[0].reasons] == [
        Why.WATCH,
        Why.LOW_USE,
        Why.RENEWAL,
        Why.FOLLOW_UP,
    ]
    assert count_by_why(found.picks)[Why.WATCH] == len(found.picks) == 1


def test_groups_stand_in_order_and_the_most_urgent_of_each_first() -> None:
    soon, later = (Renewal(renews_on=TODAY + timedelta(days=days)) for days in (95, 170))
    found = choose(
        known(1, renewal=later),
        known(2, touched_on=TODAY - timedelta(days=20)),
        known(3, renewal=soon),
        known(4, touched_on=TODAY - timedelta(days=50)),
        known(5, watched=DROP),
        known(6, band=Band.GREEN, touched_on=TODAY - timedelta(days=70)),
    )
    assert [each.row.id for each in found.picks] == [5, 3, 1, 4, 2, 6]


def test_those_acted_on_and_tech_touch_are_counted_and_not_named() -> None:
    due: dict[str, Any] = {"touched_on": TODAY - timedelta(days=50)}
    found = choose(
        known(1, **due),
        known(2, is_busy=True, **due),
        known(3, touch=Touch.TECH, band=Band.RED, **due),
        known(4, touch=Touch.TECH, is_busy=True, band=Band.GREEN, **due),
    )
    assert [each.row.id for each in found.picks] == [1]
    assert (found.total, found.busy) == (4, 1)
    assert (found.tech[Band.RED], found.tech[Band.GREEN], sum(found.tech.values())) == (1, 1, 2)


@pytest.mark.parametrize(
    ("today", "month", "first", "last"),
    [
        # New Year: the first business day is the 4th.
        (date(2027, 1, 4), 1, date(2027, 1, 5), date(2027, 1, 29)),
        # After Golden Week; May begins with days off.
        (date(2027, 5, 6), 5, date(2027, 5, 7), date(2027, 5, 31)),
        (date(2027, 4, 30), 5, date(2027, 5, 6), date(2027, 5, 31)),
        (date(2026, 12, 1), 12, date(2026, 12, 2), date(2026, 12, 28)),
        # The year's last business day, and the days off after it.
        (date(2026, 12, 28), 12, date(2026, 12, 28), date(2026, 12, 28)),
        (date(2026, 12, 30), 1, date(2027, 1, 4), date(2027, 1, 29)),
        (date(2028, 2, 29), 2, date(2028, 2, 29), date(2028, 2, 29)),
    ],
)
def test_the_days_left_are_business_days_of_the_month(
    today: date, month: int, first: date, last: date
) -> None:
    found = find_month(today, JAPAN)
    days = list_days(today, found, JAPAN)
    assert (found.month, found.day) == (month, 1)
    assert (days[0], days[-1]) == (first, last)
    assert all(JAPAN.is_business_day(day) for day in days)


def test_tasks_are_spread_and_not_all_due_at_the_end() -> None:
    days = list_days(TODAY, date(2026, 12, 1), JAPAN)
    one, four = spread(1, days, {}), spread(4, days, {})
    assert one == [days[len(days) // 2]]
    assert four[0] < days[4] < four[1] < four[2] < days[-4] < four[3]
    again = spread(4, days, dict.fromkeys(four, 1))
    assert set(again).isdisjoint(four)


@given(count=st.integers(0, 200), left=st.integers(1, 23), had=st.integers(0, 23))
def test_no_day_gets_much_more_than_another(count: int, left: int, had: int) -> None:
    days = [date(2026, 12, 1) + timedelta(days=n) for n in range(left)]
    chosen = spread(count, days, dict.fromkeys(days[:had], 1))
    assert len(chosen) == count
    assert chosen == sorted(chosen)
    load = [chosen.count(day) + (day in days[:had]) for day in days]
    assert max(load) - min(load) <= 1 or count < left


def test_the_order_of_a_group_is_that_of_the_book_where_nothing_tells_them_apart() -> None:
    first, second = (known(number, watched=DROP) for number in (7, 3))
    assert [each.row.id for each in choose(first, second).picks] == [7, 3]
    assert [each.row.id for each in choose(second, replace(first)).picks] == [3, 7]


@pytest.mark.row("A31")
def test_who_finds_the_service_hard_is_contacted_twice_as_often_and_met_as_usual() -> None:
    for tier, usual, hard in ((Tier.ENTERPRISE, 7, 4), (Tier.MID, 14, 7), (None, 7, 4)):
        assert find_cadence(tier, Touch.HIGH, Difficulty.EASY).contact_days == usual
        assert find_cadence(tier, Touch.HIGH, Difficulty.HARD).contact_days == hard
    assert find_cadence(Tier.MID, Touch.LOW, Difficulty.HARD).review_days == 90


@pytest.mark.row("A31")
def test_a_hard_service_brings_a_contact_onto_the_list_earlier() -> None:
    spoken_on = date(2026, 11, 20)
    assert why(known(touched_on=spoken_on)) == []
    hard = known(touched_on=spoken_on, difficulty=Difficulty.HARD)
    assert why(hard) == [Why.FOLLOW_UP]
