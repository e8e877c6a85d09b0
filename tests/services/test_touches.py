"""Touches on both databases: one for each meaning, however many people press at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from bot.core.contact import Contact
from bot.core.refusal import AlreadyDone, BadInput
from bot.core.vocabulary import Mover, TouchKind
from bot.services.touches import change_touch, read_contact, record_touch
from bot.store.cards import get_card
from bot.store.tables import Account, AuditEntry, Touch
from tests.commands.desk import TODAY, Desk

CALL = Contact(TODAY, TouchKind.CALL)


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    made = Desk(database_url)
    yield made
    made.engine.dispose()


def _record(desk: Desk, account: Account, contact: Contact) -> int:
    with desk.store.writing(desk.workspace.id) as unit:
        return record_touch(unit, account.id, contact, desk.sato.id, TODAY).id


def test_eight_presses_at_once_leave_one_touch_and_one_entry(desk: Desk) -> None:
    account = desk.add_account("アクメ商事")

    def press(_: int) -> bool:
        try:
            return _record(desk, account, CALL) > 0
        except AlreadyDone:
            return False

    with ThreadPoolExecutor(8) as people:
        assert sorted(people.map(press, range(8))) == [False] * 7 + [True]
    with desk.store.reading(desk.workspace.id) as unit:
        assert unit.session.scalar(select(func.count()).select_from(Touch)) == 1
        assert unit.session.scalar(select(func.count()).select_from(AuditEntry)) == 1


def test_a_day_that_has_not_come_is_refused_also_below_the_form(desk: Desk) -> None:
    account = desk.add_account("アクメ商事")
    with pytest.raises(BadInput):
        _record(desk, account, replace(CALL, touched_on=date(2026, 11, 21)))


def test_what_was_tapped_and_turned_into_something_else_can_be_tapped_again(desk: Desk) -> None:
    account = desk.add_account("アクメ商事")
    first = _record(desk, account, CALL)
    meeting = replace(CALL, kind=TouchKind.MEETING, initiated_by=Mover.THEM)
    with desk.store.writing(desk.workspace.id) as unit:
        change_touch(unit, first, meeting, desk.sato.id, TODAY)
    second = _record(desk, account, CALL)
    with desk.store.reading(desk.workspace.id) as unit:
        kept = {each.id: read_contact(each) for each in unit.session.scalars(select(Touch))}
    assert kept == {first: meeting, second: CALL}


def test_a_touch_cannot_be_changed_into_one_that_is_on_record(desk: Desk) -> None:
    account = desk.add_account("アクメ商事")
    _record(desk, account, CALL)
    mail = _record(desk, account, replace(CALL, kind=TouchKind.EMAIL))
    with desk.store.writing(desk.workspace.id) as unit, pytest.raises(AlreadyDone):
        change_touch(unit, mail, CALL, desk.sato.id, TODAY)


def test_a_dated_touch_keeps_its_date_beside_one_with_a_note(desk: Desk) -> None:
    account = desk.add_account("アクメ商事")
    first = _record(desk, account, CALL)
    _record(desk, account, replace(CALL, note="折り返し"))
    dated = replace(CALL, next_on=date(2026, 11, 24))
    with desk.store.writing(desk.workspace.id) as unit:
        change_touch(unit, first, dated, desk.sato.id, TODAY)
    with desk.store.reading(desk.workspace.id) as unit:
        last = get_card(unit, account.id, TODAY).last_touch
    assert last is not None
    assert last.next_on == date(2026, 11, 24)
