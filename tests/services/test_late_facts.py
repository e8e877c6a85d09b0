"""What came late is kept for as long as a past day can be compared, and not for ever."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from bot.services.imports.targets import TARGETS
from bot.services.late_facts import KEPT, KINDS, MOST_AT_ONCE, is_kept_since, tidy_late_facts
from bot.store.base import new_id
from bot.store.bulk.touched import USAGE, mark_touched
from bot.store.tables import LateFact, ScoreRun
from tests.commands.desk import FRIDAY, TODAY, Desk

pytestmark = pytest.mark.row("E29", "B19")

SECOND = timedelta(seconds=1)


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    made = Desk(database_url)
    with made.store.writing(made.workspace.id) as unit:
        unit.add(ScoreRun(run_on=TODAY, model_version=1, started_at=FRIDAY, finished_at=FRIDAY))
    yield made
    made.engine.dispose()


def kinds(desk: Desk) -> list[str]:
    with desk.store.reading(desk.workspace.id) as unit:
        return list(unit.session.scalars(select(LateFact.kind).order_by(LateFact.kind)))


def tidy_after(desk: Desk, days: timedelta) -> int:
    desk.clock.move_to(FRIDAY + days)
    return tidy_late_facts(desk.store, desk.workspace.id)


def test_every_kind_goes_after_its_days_and_none_before(desk: Desk) -> None:
    account_id = desk.add_account("甲").id
    assert {*TARGETS, USAGE} - {"members", "rates"} <= set(KINDS)
    noted = [each for each in KINDS if each not in ("nps", USAGE)]
    with desk.store.writing(desk.workspace.id) as unit:
        for kind in noted:
            mark_touched(unit, [account_id], kind, {account_id: TODAY})
        late = {"kind": USAGE, "from_on": TODAY, "known_at": FRIDAY}
        unit.add(LateFact(id=new_id(), account_id=account_id, **late))
    assert kinds(desk) == sorted([*noted, USAGE])
    assert tidy_after(desk, KEPT) == 0
    with desk.store.writing(desk.workspace.id) as unit:
        mark_touched(unit, [account_id], "nps", {account_id: date(2026, 11, 2)})
    assert tidy_after(desk, KEPT + SECOND) == len(KINDS) - 1
    assert kinds(desk) == ["nps"]


def test_many_go_a_thousand_at_a_time_and_another_workspace_keeps_its_own(desk: Desk) -> None:
    account_id = desk.add_account("甲").id
    with desk.store.writing(desk.workspace.id) as unit:
        late = {"account_id": account_id, "kind": "tickets", "known_at": FRIDAY}
        for _ in range(MOST_AT_ONCE + 1):
            unit.add(LateFact(id=unit.ids.next(), **late))
    other = tidy_late_facts(desk.store, desk.workspace.id + 1)
    assert other == 0
    assert tidy_after(desk, KEPT + SECOND) == MOST_AT_ONCE
    assert tidy_after(desk, KEPT + SECOND) == 1
    with desk.store.reading(desk.workspace.id) as unit:
        assert unit.session.scalar(select(func.count()).select_from(LateFact)) == 0


def test_a_run_can_be_compared_while_all_that_came_after_it_is_kept() -> None:
    assert is_kept_since(FRIDAY, FRIDAY + KEPT)
    assert not is_kept_since(FRIDAY, FRIDAY + KEPT + SECOND)
