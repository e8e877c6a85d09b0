"""Outcomes as summaries read them: with account, task, checks, and whether anything follows."""

from datetime import date

import pytest
from sqlalchemy import event

from bot.core.outcome import Check, Measured
from bot.core.vocabulary import Locale, Mover
from bot.store.outcomes import (
    find_of_task,
    list_by_id,
    list_measured,
    list_of_episode,
    list_outcomes,
    list_without_next,
)
from tests.commands.loop_records import add_check, add_episode, add_outcome, add_task
from tests.commands.records import TODAY, Records
from tests.store.conftest import Houses

MONDAY, NEXT_MONDAY = date(2026, 11, 16), date(2026, 11, 23)


def test_an_outcome_comes_with_its_account_its_task_and_its_checks(houses: Houses) -> None:
    records = Records(houses.store, houses.ours)
    acme = records.add_account("アクメ商事", arr=4_800_000)
    episode = add_episode(records, acme)
    task = add_task(records, acme, TODAY, episode=episode)
    outcome = add_outcome(records, task, mover="them", hypothesis="budget")
    add_check(records, outcome, 30)
    add_check(records, outcome, 14, checked_on=date(2026, 12, 4), score=63.0, like_count=4)
    with houses.store.reading(houses.ours) as unit:
        [row] = list_outcomes(unit, MONDAY, TODAY, TODAY)
        same = [*list_of_episode(unit, episode.id, TODAY), *list_by_id(unit, [row.id], TODAY)]
        assert find_of_task(unit, task.id, TODAY) == row
    assert same == [row, row]
    assert (row.row.name, row.named(Locale.JA), row.mover) == (
        "アクメ商事",
        "打ち合わせを打診",
        Mover.THEM,
    )
    assert row.by
    assert row.by.name == "佐藤"
    assert [each.after_days for each in row.checks] == [14, 30]
    assert (row.change_at(14), row.change_at(30)) == (15.0, None)


@pytest.mark.parametrize(
    ("recorded_on", "count"),
    [(date(2026, 11, 15), 0), (MONDAY, 1), (date(2026, 11, 22), 1), (NEXT_MONDAY, 0)],
)
def test_a_week_holds_its_first_and_its_last_day(
    houses: Houses, recorded_on: date, count: int
) -> None:
    records = Records(houses.store, houses.ours)
    task = add_task(records, records.add_account("アクメ商事"), TODAY)
    add_outcome(records, task, recorded_on=recorded_on)
    with houses.store.reading(houses.ours) as unit:
        assert len(list_outcomes(unit, MONDAY, date(2026, 11, 22), TODAY)) == count


def test_a_customer_with_nothing_left_to_do_is_without_a_next_action(houses: Houses) -> None:
    records = Records(houses.store, houses.ours)
    bare, busy, agreed = (records.add_account(name) for name in ("甲", "乙", "丙"))
    for account in (bare, busy):
        add_outcome(records, add_task(records, account, TODAY))
    add_task(records, busy, date(2026, 12, 1), state="waiting")
    following = add_task(records, agreed, date(2026, 12, 1), state="done")
    add_outcome(records, add_task(records, agreed, TODAY), next_task_id=following.id)
    with houses.store.reading(houses.ours) as unit:
        rows = list_without_next(unit, MONDAY, TODAY, TODAY)
    assert [each.row.name for each in rows] == ["甲"]


def test_measured_and_not_yet_measured_are_kept_apart(houses: Houses) -> None:
    records = Records(houses.store, houses.ours)
    acme = records.add_account("アクメ商事")
    episode = add_episode(records, acme)
    done = date(2026, 12, 4)
    for number, score in enumerate((63.0, None)):
        task = add_task(records, acme, TODAY, episode=episode)
        outcome = add_outcome(records, task, score_then=48.0 + number)
        likes = {"like_count": 10, "like_change": 9.0, "like_spread": 4.0}
        add_check(records, outcome, 14, checked_on=done, score=score, **likes)
        add_check(records, outcome, 30)
    with houses.store.reading(houses.ours) as unit:
        early = list_measured(unit, 14, date(2026, 12, 3))
        found = list_measured(unit, 14, done)
        assert list_measured(unit, 30, date(2027, 1, 31)) == []
    assert early == []
    assert {each.change: each.beyond_like for each in found} == {15.0: 6.0, None: None}
    assert found[0].playbook == "usage_drop"


@pytest.mark.parametrize(("like_count", "beyond"), [(9, None), (10, 6.0)])
def test_below_ten_like_accounts_nothing_is_told(like_count: int, beyond: float | None) -> None:
    check = Check(14, TODAY, TODAY, 63.0, None, like_count, 9.0, 4.0)
    assert Measured(1, "usage_drop", 1, TODAY, 15.0, check).beyond_like == beyond


def test_a_stranger_s_outcomes_are_not_read_and_the_number_of_statements_is_fixed(
    houses: Houses,
) -> None:
    ours, theirs = Records(houses.store, houses.ours), Records(houses.store, houses.theirs)
    for records, count in ((ours, 12), (theirs, 1)):
        for number in range(count):
            account = records.add_account(f"{number}社")
            add_check(records, add_outcome(records, add_task(records, account, TODAY)), 14)
    asked: list[str] = []
    event.listen(houses.store.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    with houses.store.reading(houses.ours) as unit:
        assert len(list_outcomes(unit, MONDAY, TODAY, TODAY)) == 12
    assert len([each for each in asked if each.startswith("SELECT")]) <= 7
