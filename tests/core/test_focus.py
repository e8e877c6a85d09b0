"""What the company puts first: it orders what is to be said, and never takes anything away."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.account_card import BookRow, Renewal
from bot.core.deadlines import Days
from bot.core.digest import Morning, list_items
from bot.core.focus import Focus, is_ready, leads, list_ready
from bot.core.money import Money
from bot.core.standing import HandScore, Standing
from bot.core.steady import Reading
from bot.core.told import Told
from bot.core.vocabulary import Band, Stage

FRIDAY = date(2026, 11, 20)
SCORES = {Band.RED: 30.0, Band.YELLOW: 60.0, Band.GREEN: 85.0, Band.UNKNOWN: None}


def row(
    number: int,
    band: Band = Band.GREEN,
    stage: Stage = Stage.ADOPTION,
    *,
    hand: Band | None = None,
    renews: int | None = None,
) -> BookRow:
    by_hand = HandScore(hand, "", "佐藤", FRIDAY, FRIDAY) if hand else None
    standing = Standing(band, SCORES[band], run_on=FRIDAY, by_hand=by_hand)
    renewal = Renewal(FRIDAY + timedelta(days=renews)) if renews is not None else Renewal()
    money = Money(Decimal(100), "JPY")
    return BookRow(number, f"{number}社", standing, money, renewal, None, stage.value)


def told(rows: list[BookRow], focus: Focus) -> list[int]:
    """The accounts in the order of a digest; all stood in another band before."""
    before = {Band.RED: Band.GREEN, Band.YELLOW: Band.RED, Band.GREEN: Band.RED}
    history = {
        each.id: [
            Reading(FRIDAY - timedelta(days=back), was, SCORES[was] or 0.0) for back in (2, 1)
        ]
        for each in rows
        if (was := before.get(each.standing.measured)) is not None
    }
    days = Days(FRIDAY, FRIDAY - timedelta(days=1), FRIDAY + timedelta(days=4))
    morning = Morning(days, Told(is_first=False), history, focus=focus)
    return [item.row.id for item in list_items(rows, morning)]


@pytest.mark.row("D31")
def test_ready_for_more_is_who_is_healthy_by_measure_and_has_nothing_open() -> None:
    assert is_ready(row(1))
    assert is_ready(row(1, stage=Stage.EXPANSION))
    # Not: below the edge, unknown, healthy only by hand or doubted by hand, in onboarding, alerted.
    assert not is_ready(row(1, Band.YELLOW))
    assert not is_ready(row(1, Band.UNKNOWN))
    assert not is_ready(row(1, Band.UNKNOWN, hand=Band.GREEN))
    assert not is_ready(row(1, hand=Band.RED))
    assert not is_ready(row(1, stage=Stage.ONBOARDING))
    assert not is_ready(row(1), troubled=[1])
    assert [each.id for each in list_ready([row(1), row(2), row(3, Band.RED)], {2})] == [1]


@pytest.mark.row("A28")
def test_each_focus_brings_its_own_accounts_forward_within_their_group() -> None:
    begun = [row(1, Band.RED), row(2, Band.RED, Stage.ONBOARDING), row(3, Band.RED)]
    well = [row(4, stage=Stage.ONBOARDING), row(5)]
    assert told([*begun, *well], Focus.CHURN) == [1, 2, 3, 4, 5]
    assert told([*begun, *well], Focus.ACQUISITION) == [2, 1, 3, 4, 5]
    # Who has got worse comes before who recovered, whatever the company would rather hear.
    assert told([*begun, *well], Focus.UPSELL) == [1, 2, 3, 5, 4]


@pytest.mark.row("A28")
def test_a_deadline_keeps_its_place_whatever_the_focus() -> None:
    rows = [row(1, Band.UNKNOWN, renews=7), row(2, Band.GREEN, renews=14)]
    assert told(rows, Focus.CHURN)[0] == 1
    assert [told(rows, focus).index(1) for focus in Focus] == [told(rows, Focus.CHURN).index(1)] * 3


ROWS = st.lists(
    st.tuples(st.sampled_from(Band), st.sampled_from(Stage), st.sampled_from([None, 7, 90])),
    max_size=12,
)


@pytest.mark.row("A28")
@given(ROWS)
def test_no_focus_leaves_anything_out(drawn: list[tuple[Band, Stage, int | None]]) -> None:
    rows = [row(at, band, stage, renews=ends) for at, (band, stage, ends) in enumerate(drawn)]
    usual = told(rows, Focus.CHURN)
    for focus in Focus:
        assert sorted(told(rows, focus)) == sorted(usual)
    assert not any(leads(Focus.CHURN, each) for each in rows)
