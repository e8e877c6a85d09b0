"""Nothing is left lying with somebody who has left, on both databases."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from bot.core.vocabulary import Role
from bot.jobs.alerts import alerts
from bot.jobs.left_work import left_work
from bot.store.tables import AuditEntry, Episode, Member, OutboxItem, Task
from tests.commands.desk import FRIDAY, TODAY, Desk
from tests.commands.loop_records import add_episode, add_task

pytestmark = pytest.mark.row("B41", "E10")
TUESDAY = date(2026, 11, 24)


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    made = Desk(database_url)
    yield made
    made.engine.dispose()


@pytest.fixture
def gone(desk: Desk) -> Member:
    return desk.hire("退職", Role.CSM, is_active=False)


def owners(desk: Desk, table: Any) -> list[int | None]:
    with desk.store.reading(desk.workspace.id) as unit:
        return list(unit.session.scalars(select(table.owner_id).order_by(table.id)))


def audited(desk: Desk) -> list[str]:
    with desk.store.reading(desk.workspace.id) as unit:
        return sorted(unit.session.scalars(select(AuditEntry.action)))


def test_the_file_named_another_owner_before_the_old_one_left(desk: Desk, gone: Member) -> None:
    account = desk.add_account("アクメ商事")
    claimed = {"state": "claimed", "claimed_by_id": gone.id, "claimed_at": FRIDAY}
    alert = add_episode(desk, account, owner_id=gone.id, told_at=FRIDAY, **claimed)
    add_task(desk, account, TUESDAY, episode=alert, owner_id=gone.id)
    add_task(desk, account, TUESDAY, owner_id=gone.id)
    left_work(desk.turn(None))
    left_work(desk.turn(None))
    assert owners(desk, Episode) == [desk.sato.id]
    assert owners(desk, Task) == [desk.sato.id] * 2
    assert audited(desk) == ["alert_inherited", "task_inherited"]
    alerts(desk.turn(desk.sato))
    with desk.store.reading(desk.workspace.id) as unit:
        [post] = unit.session.scalars(select(OutboxItem).filter_by(kind="post", thread_of_id=None))
        [kept] = unit.session.scalars(select(Episode))
    assert (post.key, post.audience) == (f"episode:{alert.id}", desk.sato.slack_user)
    assert (kept.state, kept.claimed_by_id) == ("open", None)


def test_the_second_takes_over_where_the_owner_is_the_one_who_left(
    desk: Desk, gone: Member
) -> None:
    """Smith keeps American holidays: nothing of hers is due on Thanksgiving Day."""
    smith = desk.hire("Smith", Role.CSM, zone="America/New_York", country="US")
    account = desk.add_account("アクメ商事", gone, second_id=smith.id)
    add_task(desk, account, date(2026, 11, 26))
    left_work(desk.turn(None))
    assert owners(desk, Task) == [smith.id]
    with desk.store.reading(desk.workspace.id) as unit:
        assert unit.session.scalars(select(Task.due_on)).one() == date(2026, 11, 27)


def test_what_is_done_what_has_no_heir_and_what_others_do_stays(desk: Desk, gone: Member) -> None:
    away = desk.hire("休暇中", Role.CSM, absent_until_on=TUESDAY)
    orphan, held = desk.add_account("孤児社", gone), desk.add_account("アクメ商事")
    add_task(desk, orphan, TODAY)
    add_task(desk, held, TODAY, owner_id=gone.id, state="done")
    add_task(desk, held, TODAY, owner_id=away.id)
    add_episode(desk, held, owner_id=gone.id, state="closed", open_as=None)
    before = owners(desk, Task), owners(desk, Episode)
    left_work(desk.turn(None))
    assert (owners(desk, Task), owners(desk, Episode)) == before
    assert audited(desk) == []
