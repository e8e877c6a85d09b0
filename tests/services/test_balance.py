"""Handing over on both databases: once, however many press, and with all that is open."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import event, func, select

from bot.core.refusal import AlreadyDone
from bot.core.vocabulary import Band, Role
from bot.jobs.second_owner import second_owner
from bot.people import build_person
from bot.services.balance import hand_over_accounts
from bot.store import outbox
from bot.store.tables import Account, AuditEntry, Episode, OutboxItem, Task
from tests.commands.desk import FRIDAY, TODAY, Desk
from tests.commands.loop_records import add_episode, add_task

TUESDAY = date(2026, 11, 24)


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    made = Desk(database_url)
    yield made
    made.engine.dispose()


def _at_once(press: Callable[[int], bool]) -> list[bool]:
    with ThreadPoolExecutor(6) as people:
        return sorted(people.map(press, range(6)))


def _count(desk: Desk, action: str) -> int:
    wanted = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == action)
    with desk.store.reading(desk.workspace.id) as unit:
        return unit.session.scalars(wanted).one()


@pytest.mark.parametrize("has_work", [True, False])
def test_six_presses_at_once_hand_a_load_over_once(desk: Desk, has_work: bool) -> None:
    lead, taker = desk.hire("森", Role.LEAD), desk.hire("田中", Role.CSM)
    accounts = [desk.add_account(f"赤{number}社") for number in range(2)]
    if has_work:
        add_task(desk, accounts[0], TUESDAY, episode=add_episode(desk, accounts[0]))
        add_task(desk, accounts[1], TUESDAY)
    by = build_person(lead, desk.workspace)

    def press(_: int) -> bool:
        ids = [each.id for each in accounts]
        try:
            with desk.store.writing(desk.workspace.id) as unit:
                hand_over_accounts(unit, ids, desk.sato.id, taker.id, by=by, today=TODAY)
        except AlreadyDone:
            return False
        return True

    assert _at_once(press) == [False] * 5 + [True]
    assert _count(desk, "owner_set") == 2
    with desk.store.reading(desk.workspace.id) as unit:
        for table in (Account, Episode, Task):
            assert set(unit.session.scalars(select(table.owner_id))) <= {taker.id}


def test_alerts_are_locked_before_their_account_also_where_only_a_task_is_handed(
    postgres_url: str,
) -> None:
    """A task may belong to an alert somebody else answers for, who may claim it just now."""
    desk = Desk(postgres_url)
    lead, taker = desk.hire("森", Role.LEAD), desk.hire("田中", Role.CSM)
    account = desk.add_account("赤社")
    add_task(desk, account, TUESDAY, episode=add_episode(desk, account, owner_id=lead.id))
    locked: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        if "FOR UPDATE" in statement:
            locked.append(statement.split("FROM ")[1].split()[0])

    event.listen(desk.engine, "before_cursor_execute", note)
    with desk.store.writing(desk.workspace.id) as unit:
        by = build_person(lead, desk.workspace)
        hand_over_accounts(unit, [account.id], desk.sato.id, taker.id, by=by, today=TODAY)
    desk.engine.dispose()
    firsts = list(dict.fromkeys(locked))
    assert firsts == ["episodes", "accounts", "tasks"]


def test_an_account_that_changed_hands_meanwhile_stays_where_it_is(desk: Desk) -> None:
    lead, taker = desk.hire("森", Role.LEAD), desk.hire("田中", Role.CSM)
    kept, gone = desk.add_account("赤社"), desk.add_account("青社", lead)
    by = build_person(lead, desk.workspace)
    with desk.store.writing(desk.workspace.id) as unit:
        ids = [kept.id, gone.id]
        assert hand_over_accounts(unit, ids, desk.sato.id, taker.id, by=by, today=TODAY) == ([], 0)
    with desk.store.reading(desk.workspace.id) as unit:
        owners = {each.id: each.owner_id for each in unit.session.scalars(select(Account))}
    assert owners == {kept.id: taker.id, gone.id: lead.id}


def test_six_evenings_at_once_tell_the_second_owner_once(desk: Desk) -> None:
    second = desk.hire("代理", Role.CSM)
    account = desk.add_account("アクメ商事", second_id=second.id)
    desk.score(account, TODAY, 30.0, Band.RED)
    alert = add_episode(desk, account, told_at=FRIDAY)
    with desk.store.writing(desk.workspace.id) as unit:
        outbox.put(unit, key=f"episode:{alert.id}", audience="U1", text="-")

    def evening(_: int) -> bool:
        return second_owner(desk.turn(desk.sato)) == []

    assert _at_once(evening) == [True] * 6
    assert _count(desk, "alert_passed_on") == 1
    with desk.store.reading(desk.workspace.id) as unit:
        assert unit.session.scalars(select(func.count()).select_from(OutboxItem)).one() == 3
