"""Exceptions of a team: the rule of the load, the weeks, and what a lead is spared."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.account_card import BookRow, Renewal
from bot.core.lead_digest import (
    MOVED_AT_MOST,
    RED_AT_MOST,
    Held,
    Mate,
    Reactive,
    Week,
    list_loads,
    list_reactive,
    weeks_before,
)
from bot.core.money import Money
from bot.core.standing import Standing
from bot.core.vocabulary import Band

SATO, TANAKA, SUZUKI = Mate(1, "佐藤"), Mate(2, "田中"), Mate(3, "鈴木")
TEAM = [SATO, TANAKA, SUZUKI]


def _held(
    account_id: int, owner: Mate, band: Band = Band.RED, arr: int = 100, second: Mate | None = None
) -> Held:
    standing = Standing(band, 30.0 if band is Band.RED else 85.0)
    money = Money(Decimal(arr), "JPY")
    row = BookRow(account_id, f"第{account_id}社", standing, money, Renewal(), None)
    return Held(row, owner.id, second.id if second else None)


def test_nobody_is_named_up_to_the_limit() -> None:
    assert list_loads(TEAM, [_held(number, SATO) for number in range(RED_AT_MOST)]) == []


def test_two_go_to_whoever_has_the_fewest_red_and_then_the_fewest_accounts() -> None:
    held = [_held(number, SATO) for number in range(5)]
    held += [_held(10, TANAKA), _held(11, SUZUKI), _held(12, SUZUKI, Band.GREEN)]
    [load] = list_loads(TEAM, held)
    assert (load.mate, load.red, load.to) == (SATO, 5, TANAKA)
    assert len(load.moved) == 2


def test_what_the_taker_is_second_for_goes_first_then_the_least_at_risk() -> None:
    held = [
        _held(1, SATO, arr=100),
        _held(2, SATO, arr=900, second=TANAKA),
        _held(3, SATO, arr=300),
        _held(4, SATO, arr=200),
        _held(5, SATO, arr=50, second=SUZUKI),
        _held(6, SUZUKI),
    ]
    [load] = list_loads(TEAM, held)
    assert [row.id for row in load.moved] == [2, 5]


def test_who_is_away_is_not_asked_and_where_nobody_has_room_that_is_said() -> None:
    away = Mate(2, "田中", is_away=True)
    held = [_held(number, SATO) for number in range(4)]
    [load] = list_loads([SATO, away], held)
    assert (load.to, list(load.moved)) == (None, [])


def test_a_proposal_counts_for_the_next_one() -> None:
    held = [_held(number, SATO) for number in range(6)]
    held += [_held(10 + number, SUZUKI) for number in range(5)]
    first, second = list_loads(TEAM, held)
    assert (first.mate, first.to, len(first.moved)) == (SATO, TANAKA, 2)
    assert (second.mate, second.to, len(second.moved)) == (SUZUKI, TANAKA, 1)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(TEAM),
            st.sampled_from([Band.RED, Band.GREEN]),
            st.integers(0, 9),
            st.sampled_from([None, *TEAM]),
        ),
        max_size=25,
    )
)
def test_a_proposal_never_makes_another_one_necessary(
    given_rows: list[tuple[Mate, Band, int, Mate | None]],
) -> None:
    held = [
        _held(number, owner, band, arr, second)
        for number, (owner, band, arr, second) in enumerate(given_rows, start=1)
    ]
    loads = list_loads(TEAM, held)
    assert loads == list_loads(TEAM, list(reversed(held)))
    red = {mate.id: sum(each.is_red for each in held if each.owner_id == mate.id) for mate in TEAM}
    assert {load.mate.id for load in loads} == {key for key, n in red.items() if n > RED_AT_MOST}
    for load in loads:
        assert len(load.moved) <= MOVED_AT_MOST
        assert len({row.id for row in load.moved}) == len(load.moved)
        red[load.mate.id] -= len(load.moved)
        if load.to:
            red[load.to.id] += len(load.moved)
            assert red[load.to.id] <= RED_AT_MOST
            assert red[load.mate.id] >= RED_AT_MOST


@pytest.mark.parametrize(
    ("today", "newer", "older"),
    [
        (date(2026, 11, 24), (16, 22), (9, 15)),
        (date(2026, 11, 20), (9, 15), (2, 8)),
    ],
)
def test_weeks_are_whole_ones(today: date, newer: tuple[int, int], older: tuple[int, int]) -> None:
    november = [tuple(each.day for each in week) for week in weeks_before(today)]
    assert november == [newer, older]


@pytest.mark.row("D57")
@pytest.mark.parametrize(
    ("newer", "older", "is_told"),
    [
        (Week(6, 4), Week(8, 5), True),
        (Week(6, 3), Week(8, 5), False),
        (Week(6, 4), Week(8, 4), False),
        (Week(3, 3), Week(8, 8), False),
        (Week(), Week(), False),
    ],
)
def test_two_weeks_over_half_with_enough_touches_are_an_exception(
    newer: Week, older: Week, is_told: bool
) -> None:
    found = list_reactive(TEAM, {SATO.id: (newer, older)}, {SATO.id: ("設定", 3)})
    assert found == ([Reactive(SATO, (newer, older), "設定", 3)] if is_told else [])
