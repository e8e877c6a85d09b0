"""Which rows a digest has: changes once, deadlines at their steps, the largest risk first."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.account_card import BookRow, Renewal
from bot.core.deadlines import STEPS, Days
from bot.core.digest import Morning, count_groups, count_lost, list_items
from bot.core.digest_item import Item
from bot.core.money import Money
from bot.core.standing import HandScore, Standing
from bot.core.steady import Reading
from bot.core.told import BETTER, DUE, UNSCORED, WORSE, Told, read_told
from bot.core.vocabulary import Band
from bot.health.model import Bands

FRIDAY, THURSDAY, TUESDAY = date(2026, 11, 20), date(2026, 11, 19), date(2026, 11, 24)
# Saturday, Sunday and a holiday follow.
ON_FRIDAY = Days(FRIDAY, THURSDAY, TUESDAY)
LATELY = Told(is_first=False)
# A middling score of each band: every move between them is a leap.
SCORES = {Band.RED: 30.0, Band.YELLOW: 60.0, Band.GREEN: 85.0}


def _row(
    account_id: int = 1,
    band: Band = Band.GREEN,
    *,
    renewal: Renewal | None = None,
    hand: Band | None = None,
) -> BookRow:
    by_hand = HandScore(hand, "", "佐藤", FRIDAY, FRIDAY) if hand else None
    standing = Standing(band, SCORES.get(band), run_on=FRIDAY, by_hand=by_hand)
    money = Money(Decimal(100), "JPY")
    return BookRow(account_id, f"第{account_id}社", standing, money, renewal or Renewal(), None)


def _items(
    *rows: BookRow, before: dict[int, Band] | None = None, told: Told = LATELY
) -> list[Item]:
    return list_items(rows, Morning(ON_FRIDAY, told, _history(before or {})))


def _on(rows: list[BookRow], days: Days) -> list[Item]:
    return list_items(rows, Morning(days, LATELY, {}))


def _history(before: dict[int, Band]) -> dict[int, list[Reading]]:
    """Each account's band on the two mornings before Friday."""
    mornings = (FRIDAY - timedelta(days=2), THURSDAY)
    return {
        account_id: [Reading(on, band, SCORES[band]) for on in mornings]
        for account_id, band in before.items()
    }


@pytest.mark.parametrize(
    ("before", "now", "group"),
    [
        (Band.GREEN, Band.YELLOW, WORSE),
        (Band.GREEN, Band.RED, WORSE),
        (Band.YELLOW, Band.RED, WORSE),
        (Band.RED, Band.YELLOW, BETTER),
        (Band.RED, Band.GREEN, BETTER),
    ],
)
def test_a_move_between_bands_is_worse_or_better(before: Band, now: Band, group: str) -> None:
    [item] = _items(_row(band=now), before={1: before})
    assert (item.group, item.before) == (group, before)


def test_the_first_score_ever_is_no_change() -> None:
    assert _items(_row(band=Band.RED)) == []


def test_a_score_by_hand_is_no_news_to_who_gave_it() -> None:
    assert _items(_row(band=Band.RED, hand=Band.RED), before={1: Band.GREEN}) == []


def test_a_change_that_was_told_is_not_told_again() -> None:
    told = read_told([["worse.1.red"]])
    assert _items(_row(band=Band.RED), before={1: Band.GREEN}, told=told) == []


def test_a_change_back_is_told_although_nothing_differs_from_last_week() -> None:
    told = read_told([["worse.1.yellow"], []])
    [item] = _items(_row(band=Band.GREEN), before={1: Band.GREEN}, told=told)
    assert (item.group, item.before) == (BETTER, Band.YELLOW)


def test_a_relapse_within_the_week_is_told_again() -> None:
    told = read_told([["worse.1.red"], ["better.1.yellow"]])
    [item] = _items(_row(band=Band.RED), before={1: Band.YELLOW}, told=told)
    assert item.group == WORSE


@pytest.mark.parametrize("step", STEPS)
def test_a_deadline_is_told_on_the_day_of_its_step_and_not_on_the_next(step: int) -> None:
    on, next_day = FRIDAY + timedelta(days=step), FRIDAY + timedelta(days=1)
    row = _row(renewal=Renewal(renews_on=on))
    [item] = _on([row], Days(FRIDAY, THURSDAY, next_day))
    assert (item.group, item.step) == (DUE, step)
    left = (on - next_day).days
    if step == 0:
        return
    again = _on([row], Days(next_day, FRIDAY, next_day + timedelta(days=1)))
    assert [each.step for each in again] == ([left] if left in STEPS else [])


def test_a_step_that_falls_on_a_long_weekend_is_told_on_the_next_digest() -> None:
    """Fri 20 Nov to Tue 24 Nov 2026: Saturday, Sunday and a holiday lie between."""
    row = _row(renewal=Renewal(notice_on=date(2026, 12, 6)))
    [item] = _on([row], Days(TUESDAY, FRIDAY, date(2026, 11, 25)))
    assert (item.step, item.deadline and item.deadline.kind) == (14, "notice")


def test_the_first_digest_tells_what_comes_within_a_month() -> None:
    near = _row(1, renewal=Renewal(renews_on=FRIDAY + timedelta(days=22)))
    far = _row(2, renewal=Renewal(renews_on=FRIDAY + timedelta(days=45)))
    assert [item.row.id for item in _items(near, far, told=Told())] == [1]
    assert _items(near, far, told=LATELY) == []


def test_a_customer_that_moved_is_one_row_which_bears_the_deadline_too() -> None:
    ahead = Renewal(notice_on=FRIDAY + timedelta(days=60))
    fallen, risen = _row(1, Band.RED, renewal=ahead), _row(2, Band.GREEN, renewal=ahead)
    items = _items(fallen, risen, before={1: Band.GREEN, 2: Band.YELLOW})
    assert [(item.group, item.row.id) for item in items] == [(WORSE, 1), (BETTER, 2)]
    assert [item.deadline and item.deadline.on for item in items] == [ahead.notice_on] * 2
    assert [item.mark for item in items] == ["worse.1.red", "better.2.green"]


def test_a_passed_deadline_is_silent() -> None:
    assert _items(_row(renewal=Renewal(notice_on=THURSDAY)), told=Told()) == []


def test_an_account_without_a_score_is_asked_about_once_a_week() -> None:
    row = _row(band=Band.UNKNOWN)
    assert [each.group for each in _items(row)] == [UNSCORED]
    assert _items(row, told=read_told([[_items(row)[0].mark]])) == []
    assert _items(_row(band=Band.UNKNOWN, hand=Band.GREEN)) == []


def test_groups_come_in_order_and_within_one_as_the_book_has_them() -> None:
    rows = [
        _row(1, Band.UNKNOWN),
        _row(2, Band.GREEN),
        _row(4, Band.RED),
        _row(3, Band.RED),
        _row(5, renewal=Renewal(renews_on=FRIDAY + timedelta(days=14))),
    ]
    before = {2: Band.RED, 3: Band.GREEN, 4: Band.GREEN}
    found = _items(*rows, before=before)
    assert [(item.group, item.row.id) for item in found] == [
        (WORSE, 4),
        (WORSE, 3),
        (DUE, 5),
        (BETTER, 2),
        (UNSCORED, 1),
    ]
    assert sum(count_groups(found).values()) == len(found)


@given(st.lists(st.sampled_from([None, 30.0, 49.0, 51.0, 60.0, 69.0, 71.0, 85.0]), min_size=1))
def test_told_day_after_day_nothing_is_repeated_and_the_last_word_holds(
    scores: list[float | None],
) -> None:
    """Whatever happens, a row bears today's band, and what was last told is where it settled."""
    days: list[list[str]] = []
    said: list[Band] = []
    for place, score in enumerate(scores):
        today = FRIDAY + timedelta(days=place)
        turn = Days(today, today - timedelta(days=1), today + timedelta(days=1))
        day = Standing(_band(score), score, run_on=today)
        row = replace(_row(), standing=day)
        history = {1: _readings(scores[max(0, place - 20) : place], place)}
        items = list_items([row], Morning(turn, read_told(days[-5:]), history))
        changes = [item for item in items if item.group in (WORSE, BETTER)]
        assert all(item.before is not day.measured for item in changes)
        said += [item.row.standing.measured for item in changes]
        days.append([item.mark for item in items])
    settled = [_band(score) for score in scores[-3:]]
    if said and len(scores) <= 5 and len(set(settled)) == 1 and settled[0] is not Band.UNKNOWN:
        assert said[-1] is settled[0]


def _band(score: float | None) -> Band:
    return Bands().band_of(score)


def _readings(scores: list[float | None], until: int) -> list[Reading]:
    """Readings of the days before `until`, counted from Friday."""
    first = until - len(scores)
    return [
        Reading(FRIDAY + timedelta(days=first + place), _band(score), score)
        for place, score in enumerate(scores)
        if score is not None
    ]


def test_a_renewal_is_silent_while_its_notice_deadline_speaks_for_it() -> None:
    both = Renewal(renews_on=FRIDAY + timedelta(days=60), notice_on=FRIDAY + timedelta(days=29))
    assert _items(_row(renewal=both)) == []
    passed = Renewal(renews_on=FRIDAY + timedelta(days=60), notice_on=THURSDAY)
    assert [item.step for item in _items(_row(renewal=passed))] == [60]


def test_an_account_that_lost_its_data_is_counted_and_nobody_is_asked_to_guess() -> None:
    lost, never = _row(1, Band.UNKNOWN), _row(2, Band.UNKNOWN)
    before = {1: Band.GREEN}
    assert [item.row.id for item in _items(lost, never, before=before)] == [2]
    assert count_lost([lost, never], _history(before)) == 1


def test_a_score_that_comes_back_worse_after_a_silence_is_a_change() -> None:
    [item] = _items(_row(band=Band.RED), before={1: Band.GREEN})
    assert (item.group, item.before) == (WORSE, Band.GREEN)


@pytest.mark.parametrize("day", [21, 22, 23])
def test_a_deadline_on_the_long_weekend_is_told_on_the_friday_before(day: int) -> None:
    [item] = _items(_row(renewal=Renewal(notice_on=date(2026, 11, day))))
    assert item.step == 1


def test_a_deadline_on_the_next_digests_own_day_waits_for_it() -> None:
    row = _row(renewal=Renewal(notice_on=TUESDAY))
    assert _items(row) == []
    [item] = _on([row], Days(TUESDAY, FRIDAY, date(2026, 11, 25)))
    assert item.step == 0
