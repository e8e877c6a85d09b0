"""Outcomes as summaries read them: with account, task, checks, and whether anything follows."""

from datetime import date

import pytest
from sqlalchemy import event

from bot.core.outcome import Check
from bot.core.vocabulary import Locale, Mover
from bot.store.outcomes import (
    find_of_task,
    list_by_id,
    list_of_episode,
    list_unplanned,
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
        [row] = list_by_id(unit, [outcome.id], TODAY)
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
    assert [each.score for each in row.checks] == [63.0, None]


def test_a_customer_with_nothing_left_to_do_is_without_a_next_action(houses: Houses) -> None:
    records = Records(houses.store, houses.ours)
    bare, busy, agreed = (records.add_account(name) for name in ("甲", "乙", "丙"))
    for account in (bare, busy):
        add_outcome(records, add_task(records, account, TODAY))
    add_task(records, busy, date(2026, 12, 1), state="waiting")
    following = add_task(records, agreed, date(2026, 12, 1), state="done")
    add_outcome(records, add_task(records, agreed, TODAY), next_task_id=following.id)
    with houses.store.reading(houses.ours) as unit:
        rows = list_unplanned(unit, [records.sato.id], MONDAY, TODAY)
    assert [each.row.name for each in rows] == ["甲"]


@pytest.mark.parametrize(("like_count", "can_tell"), [(9, False), (10, True)])
def test_below_ten_like_accounts_nothing_is_told(like_count: int, can_tell: bool) -> None:
    assert Check(14, TODAY, TODAY, 63.0, None, like_count, 9.0, 4.0).can_tell is can_tell


def test_a_stranger_s_outcomes_are_not_read_and_the_number_of_statements_is_fixed(
    houses: Houses,
) -> None:
    ours, theirs = Records(houses.store, houses.ours), Records(houses.store, houses.theirs)
    made: list[int] = []
    for records, count in ((ours, 12), (theirs, 1)):
        for number in range(count):
            task = add_task(records, records.add_account(f"{number}社"), TODAY)
            outcome = add_outcome(records, task)
            add_check(records, outcome, 14)
            made.append(outcome.id)
    asked: list[str] = []
    event.listen(houses.store.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    with houses.store.reading(houses.ours) as unit:
        assert len(list_by_id(unit, made, TODAY)) == 12
    assert len([each for each in asked if each.startswith("SELECT")]) <= 7
