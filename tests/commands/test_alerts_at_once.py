"""Several people act on one alert at the same time, on both databases."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from bot.alert_message import list_out_of_date
from bot.ask import Ask
from bot.commands.alert import alert_cause, alert_claim, alert_wait
from bot.core.refusal import AlreadyDone
from bot.core.vocabulary import Role
from bot.jobs.alerts import alerts
from bot.store.tables import Episode, OutboxItem, Touch
from bot.views.reply import Reply
from tests.commands.desk import Desk
from tests.commands.loop_records import add_episode

Press = tuple[Callable[[Ask], Reply], str]
PRESSES: list[Press] = [
    (alert_claim, ""),
    (alert_claim, ""),
    (alert_cause, ":budget"),
    (alert_cause, ":season"),
    (alert_wait, ""),
    (alert_wait, ""),
]


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    made = Desk(database_url)
    yield made
    made.engine.dispose()


@pytest.mark.row("D7")
def test_six_presses_at_once_leave_a_message_that_says_how_it_stands(desk: Desk) -> None:
    made = add_episode(desk, desk.add_account("アクメ商事"))
    people = [desk.sato, desk.hire("森", Role.LEAD, locale="en")]
    alerts(desk.turn(desk.sato))

    def press(number: int) -> bool:
        deed, more = PRESSES[number]
        try:
            deed(desk.ask(value=f"{made.id}{more}", by=people[number % 2]))
        except AlreadyDone:
            return False
        return True

    with ThreadPoolExecutor(len(PRESSES)) as threads:
        done = list(threads.map(press, range(len(PRESSES))))
    assert sum(done[2:4]) == sum(done[4:]) == 1
    assert sum(done[:2]) <= 1
    assert list_out_of_date(desk.ask(), [made.id]) == []
    with desk.store.reading(desk.workspace.id) as unit:
        assert unit.session.scalars(select(Episode.state)).one() == "waiting"
        assert len(list(unit.session.scalars(select(Touch)))) == 1
        posts = unit.session.scalars(select(OutboxItem).filter_by(thread_of_id=None, kind="post"))
        assert [each.key for each in posts] == [f"episode:{made.id}"]


def test_two_mornings_at_once_tell_an_alert_once(desk: Desk) -> None:
    for number in range(3):
        add_episode(desk, desk.add_account(f"顧客{number}"))
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: alerts(desk.turn(desk.sato)), range(4)))
    with desk.store.reading(desk.workspace.id) as unit:
        kinds = [each.kind for each in unit.session.scalars(select(OutboxItem))]
    assert kinds.count("post") == 3
