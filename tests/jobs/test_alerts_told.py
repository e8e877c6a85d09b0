"""Alerts that are told already are looked at all at once, whoever reads them and wherever."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import event

from bot.alert_message import list_out_of_date, refresh
from bot.core.vocabulary import Locale, Role
from bot.jobs.alerts import alerts
from bot.services.episodes import claim
from bot.store.tables import Episode
from tests.commands.desk import TODAY, Desk
from tests.commands.loop_records import add_episode, add_outcome, add_task
from tests.jobs.test_alerts import change, updates

pytestmark = pytest.mark.row("D7")


@pytest.fixture
def any_desk(database_url: str) -> Iterator[Desk]:
    made = Desk(database_url)
    yield made
    made.engine.dispose()


def tell(desk: Desk, count: int) -> list[int]:
    """So many alerts, five a day as they are told, ids in the order they opened."""
    made = [add_episode(desk, desk.add_account(f"顧客{number}")) for number in range(count)]
    for _ in range(count // 5 + 1):
        alerts(desk.turn(desk.sato))
        desk.clock.move_to(desk.clock.now() + timedelta(days=1))
    return sorted(each.id for each in made)


def count_selects(desk: Desk, ids: list[int]) -> int:
    seen: list[str] = []

    def listen(*given: object) -> None:
        seen.append(str(given[2]))

    event.listen(desk.engine, "before_cursor_execute", listen)
    assert list_out_of_date(desk.ask(), ids) == []
    event.remove(desk.engine, "before_cursor_execute", listen)
    return sum(each.startswith("SELECT") for each in seen)


def test_those_that_stand_otherwise_are_found_and_no_others(any_desk: Desk) -> None:
    desk = any_desk
    ids = tell(desk, 6)
    assert list_out_of_date(desk.ask(), ids) == []
    with desk.store.writing(desk.workspace.id) as unit:
        claim(unit, ids[1], desk.ask().person)
        row = unit.session.get_one(Episode, (unit.workspace_id, ids[3]))
        episode = row
    task = add_task(desk, desk.add_account("別"), TODAY, episode=episode)
    add_outcome(desk, task)
    assert list_out_of_date(desk.ask(), ids) == [ids[1], ids[3]]
    refresh(desk.ask(), ids[1])
    assert list_out_of_date(desk.ask(), [*ids, 7]) == [ids[3]]


def test_a_message_of_who_took_over_is_the_one_that_counts(any_desk: Desk) -> None:
    desk = any_desk
    [alert] = tell(desk, 1)
    mori = desk.hire("森", Role.CSM, locale=Locale.EN)
    with desk.store.writing(desk.workspace.id) as unit:
        unit.session.get_one(Episode, (unit.workspace_id, alert)).owner_id = mori.id
    assert list_out_of_date(desk.ask(), [alert]) == [alert]
    alerts(desk.turn(mori))
    assert list_out_of_date(desk.ask(), [alert]) == []


def test_the_number_of_statements_does_not_grow_with_the_alerts(desk: Desk) -> None:
    few = count_selects(desk, tell(desk, 2))
    many = count_selects(desk, tell(desk, 12))
    assert many == few


def test_a_morning_updates_what_changed_alone(desk: Desk) -> None:
    ids = tell(desk, 3)
    before = updates(desk)
    with desk.store.reading(desk.workspace.id) as unit:
        row = unit.session.get_one(Episode, (unit.workspace_id, ids[2]))
    change(desk, row, hypothesis="budget")
    alerts(desk.turn(desk.sato))
    assert updates(desk) == before + 1
