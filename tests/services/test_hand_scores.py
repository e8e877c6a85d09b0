"""Scores by hand beside the measured ones, and their end, on both databases."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import select

from bot.core.hand_score import HeldScore, Measured
from bot.core.refusal import AlreadyDone
from bot.core.vocabulary import Band
from bot.services.manual_score import end_score
from bot.store.cards import get_card
from bot.store.hand_scores import list_held
from bot.store.tables import Account, AuditEntry, ManualScore
from tests.commands.desk import TODAY, Desk

GIVEN_ON = date(2026, 11, 6)

pytestmark = pytest.mark.row("E24")


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    made = Desk(database_url)
    yield made
    made.engine.dispose()


@pytest.fixture
def account(desk: Desk) -> Account:
    """Green by hand since two weeks ago, when it was measured green; red today."""
    made = desk.add_account("アクメ商事")
    desk.score(made, date(2026, 11, 5), 74.0, Band.GREEN)
    desk.score(made, date(2026, 11, 9), 60.0, Band.YELLOW)
    desk.score(made, TODAY, 48.0, Band.RED)
    desk.score_by_hand(made, Band.GREEN, "社長に会った", given_on=GIVEN_ON)
    return made


def _list(desk: Desk, on: date = TODAY, member_id: int | None = None) -> list[HeldScore]:
    with desk.store.reading(desk.workspace.id) as unit:
        return list_held(unit, on, member_id=member_id or desk.sato.id)


def _end(desk: Desk, account: Account, score_id: int) -> None:
    with desk.store.writing(desk.workspace.id) as unit:
        end_score(unit, account.id, score_id, desk.sato.id, TODAY)


def test_it_stands_beside_what_was_measured_then_and_is_now(desk: Desk, account: Account) -> None:
    desk.score_by_hand(desk.add_account("シータ社"), Band.RED)
    [held, other] = sorted(_list(desk), key=lambda each: each.name)
    assert (held.then, held.now) == (Measured(Band.GREEN, 74.0), Measured(Band.RED, 48.0))
    assert held.hides_a_fall
    assert (other.then, other.now, other.hides_a_fall) == (Measured(), Measured(), False)
    assert _list(desk, member_id=desk.hire("森").id) == []


def test_its_end_leaves_the_days_before_as_they_were(desk: Desk, account: Account) -> None:
    """Nor does an older one that it covered come back."""
    desk.score_by_hand(account, Band.YELLOW, "別件", given_on=date(2026, 11, 1))
    newest = _list(desk)[0].id
    with desk.store.writing(desk.workspace.id) as unit:
        [older] = unit.session.scalars(select(ManualScore).where(ManualScore.id != newest))
        unit.session.get_one(ManualScore, (desk.workspace.id, newest)).known_at = unit.at
        older.known_at = unit.at.replace(year=2025)
    _end(desk, account, newest)
    assert _list(desk) == []
    assert [each.id for each in _list(desk, date(2026, 11, 19))] == [newest]
    with pytest.raises(AlreadyDone):
        _end(desk, account, newest)
    with desk.store.reading(desk.workspace.id) as unit:
        entry = unit.session.scalars(select(AuditEntry)).one()
    assert entry.action == "score_by_hand_ended"


def test_a_card_holds_the_band_by_hand_of_each_scored_day(desk: Desk, account: Account) -> None:
    with desk.store.reading(desk.workspace.id) as unit:
        card = get_card(unit, account.id, TODAY)
    assert list(card.by_hand) == [None, Band.GREEN, Band.GREEN]
    assert card.held is not None
    assert card.held.hides_a_fall
