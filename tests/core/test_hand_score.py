"""When a score by hand hides a fall, when its end is near, and which one led on a day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.calendar import build_usual
from bot.core.hand_score import Given, HeldScore, Measured, list_bands
from bot.core.standing import HandScore
from bot.core.vocabulary import Band

pytestmark = pytest.mark.row("E24")

RED, YELLOW, GREEN, UNKNOWN = Band.RED, Band.YELLOW, Band.GREEN, Band.UNKNOWN
JAPAN = build_usual("JP")


def _held(hand: Band, then: Band, now: Band, expires_on: date = date(2026, 12, 20)) -> HeldScore:
    given = HandScore(hand, "理由", "佐藤", date(2026, 11, 20), expires_on)
    return HeldScore(1, 7, "アクメ商事", given, Measured(then), Measured(now))


@pytest.mark.parametrize(
    ("hand", "then", "now", "hides"),
    [
        (GREEN, GREEN, YELLOW, True),
        (GREEN, YELLOW, RED, True),
        (YELLOW, GREEN, RED, True),
        (GREEN, UNKNOWN, RED, True),
        (GREEN, RED, RED, False),
        (GREEN, RED, YELLOW, False),
        (YELLOW, GREEN, YELLOW, False),
        (RED, GREEN, RED, False),
        (GREEN, GREEN, UNKNOWN, False),
        (GREEN, GREEN, GREEN, False),
    ],
)
def test_only_a_fall_that_the_hand_speaks_against_is_hidden(
    hand: Band, then: Band, now: Band, hides: bool
) -> None:
    assert _held(hand, then, now).hides_a_fall is hides


@pytest.mark.parametrize(
    ("today", "expires_on", "is_ending"),
    [
        (date(2026, 12, 16), date(2026, 12, 20), False),
        (date(2026, 12, 17), date(2026, 12, 20), True),
        (date(2026, 12, 20), date(2026, 12, 20), True),
        (date(2026, 12, 21), date(2026, 12, 20), False),
        # Three days ahead is a Sunday, so the Friday before.
        (date(2026, 12, 18), date(2026, 12, 23), True),
        # And across New Year, the last business day of the old one.
        (date(2026, 12, 25), date(2027, 1, 4), False),
        (date(2026, 12, 28), date(2027, 1, 4), True),
    ],
)
def test_the_end_is_told_three_days_ahead_or_before_the_days_off(
    today: date, expires_on: date, is_ending: bool
) -> None:
    assert _held(GREEN, GREEN, GREEN, expires_on).is_ending(today, JAPAN) is is_ending


def test_of_two_in_force_the_newer_led_and_after_it_the_older_again() -> None:
    at = datetime(2026, 11, 1, tzinfo=UTC)
    long = Given(RED, date(2026, 11, 2), date(2026, 12, 31), at)
    short = Given(GREEN, date(2026, 11, 4), date(2026, 11, 5), at + timedelta(days=3))
    days = [date(2026, 11, 1), date(2026, 11, 3), date(2026, 11, 5), date(2026, 11, 6)]
    assert list_bands([long, short], days) == [None, RED, GREEN, RED]
