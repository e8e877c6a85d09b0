"""What the quarter's script counts: every promise that can be broken is broken here once."""

from datetime import UTC, date, datetime, timedelta

from bot.core.vocabulary import Role
from bot.store.base import new_id
from bot.store.tables import TaskOutcome
from sandbox.company.plan import Plan
from sandbox.company.world import build_world
from tests.commands.loop_records import add_episode, add_task
from tests.commands.records import FRIDAY, TODAY, Records
from tests.quarter.counts import count, list_texts
from tests.quarter.nights import list_worked
from tests.quarter.overdue import Overdue
from tests.quarter.report import find_broken, list_lines
from tests.quarter.team import draw
from tests.store.conftest import Houses


def start(houses: Houses, on: date) -> Records:
    records = Records(houses.store, houses.ours)
    with houses.store.writing(houses.ours) as unit:
        unit.workspace.started_on = on
    return records


def read(houses: Houses) -> list[str]:
    """The broken promises, each by its name."""
    with houses.store.reading(houses.ours) as unit:
        counts = count(unit)
    overdue = Overdue(houses.store, houses.ours)
    return [line.split(":")[0] for line in find_broken(counts, {}, overdue)]


def test_a_quiet_start_and_closed_alerts_break_nothing(houses: Houses) -> None:
    records = start(houses, TODAY - timedelta(days=1))
    acme = records.add_account("アクメ商事")
    told_at = datetime(2026, 11, 20, tzinfo=UTC)
    episode = add_episode(records, acme, told_at=told_at)
    task = add_task(records, acme, date(2026, 11, 24), episode=episode, state="done")
    records.keep(
        TaskOutcome(
            id=new_id(),
            account_id=acme.id,
            task_id=task.id,
            episode_id=episode.id,
            done="電話",
            result="met",
            impression="前向き",
            then_on=TODAY,
            member_id=records.sato.id,
            recorded_on=TODAY,
            recorded_at=FRIDAY,
            known_at=FRIDAY,
        )
    )
    assert read(houses) == []
    with houses.store.reading(houses.ours) as unit:
        counts = count(unit)
    assert counts.alerts == {("佐藤", date(2026, 11, 16)): 1}
    lines = list(list_lines(counts, {TODAY: []}, Overdue(houses.store, houses.ours), {"claim": 1}))
    assert "alerts told to 佐藤, week by week from 2026-11-16: 1" in lines
    assert "alerts caused by days off, nights from 2026-11-20: 0 " in lines


def test_what_opens_on_the_day_of_the_start_is_found(houses: Houses) -> None:
    records = start(houses, TODAY)
    add_episode(records, records.add_account("アクメ商事"))
    assert read(houses) == ["alerts at the start"]


def test_what_comes_back_within_the_cool_down_is_found(houses: Houses) -> None:
    records = start(houses, date(2026, 10, 1))
    acme = records.add_account("アクメ商事")
    first = {"opened_on": date(2026, 11, 2), "closed_on": date(2026, 11, 9), "open_as": None}
    add_episode(records, acme, state="closed", ending="false_alarm", **first)
    add_episode(records, acme)
    assert read(houses) == ["repeats within the cool-down"]


def test_a_task_due_on_a_holiday_and_one_done_without_a_word_are_found(houses: Houses) -> None:
    records = start(houses, date(2026, 10, 1))
    acme = records.add_account("アクメ商事", records.hire("森", Role.LEAD))
    add_task(records, acme, date(2026, 11, 23))
    assert read(houses) == ["tasks due on non-business days"]
    add_task(records, acme, date(2026, 11, 24), state="done")
    assert read(houses)[1:] == ["closed without outcome"]


def test_what_waits_is_known_from_the_evening_before(houses: Houses) -> None:
    records = start(houses, date(2026, 10, 1))
    acme = records.add_account("アクメ商事")
    task = add_task(records, acme, TODAY, state="waiting", waiting_until_on=date(2026, 11, 25))
    overdue = Overdue(houses.store, houses.ours)
    overdue.note()
    assert overdue.waiting == {task.id}


def test_days_off_are_worked_like_the_day_before_them() -> None:
    world = build_world(Plan(account_count=60, future_days=1))
    days = [fact["on"] for fact in list_worked(world)]
    account = next(each for each in world.accounts if each.has_feed and each.country == "JP")
    used = {
        fact["on"]: fact["logins"]
        for fact in list_worked(world)
        if fact["account_ref"] == account.tenant
    }
    assert max(days) == date(2026, 11, 20)
    assert used[date(2026, 11, 3)] == used[date(2026, 11, 2)]
    assert used[date(2026, 11, 15)] == used[date(2026, 11, 13)]


def test_every_text_of_blocks_is_read_and_no_choice_of_a_menu() -> None:
    menu = {"type": "overflow", "options": [{"text": {"type": "plain_text", "text": "x"}}]}
    block = {"type": "section", "text": {"type": "mrkdwn", "text": "読む"}, "accessory": menu}
    assert list(list_texts([block])) == ["読む"]


def test_luck_is_the_same_on_every_play_and_differs_by_day() -> None:
    assert draw("アクメ商事", TODAY) == 35
    assert len({draw("アクメ商事", TODAY + timedelta(days=each)) for each in range(50)}) == 42
