"""What is to be done comes first, once, with what is news of its account; what waits is no debt."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.account_card import BookRow, LastTouch, Renewal
from bot.core.alert import AlertRow
from bot.core.deadlines import Days
from bot.core.digest import Morning, count_deeds, count_groups, list_items
from bot.core.digest_item import Item
from bot.core.digest_work import Work, with_news
from bot.core.money import Money
from bot.core.standing import Standing
from bot.core.steady import Reading
from bot.core.task import TaskRow
from bot.core.told import (
    AGREED,
    ALERT,
    CLEARED,
    DEEDS,
    DUE,
    OVERDUE,
    TODAY,
    UNSCORED,
    WAITING,
    WATCH,
    WORSE,
    Told,
    read_told,
)
from bot.core.vocabulary import Band, EpisodeState, Mover, Origin, TaskState

FRIDAY, THURSDAY, TUESDAY = date(2026, 11, 20), date(2026, 11, 19), date(2026, 11, 24)
DAYS = Days(FRIDAY, THURSDAY, TUESDAY)
LATELY = Told(is_first=False)


def _row(account_id: int = 1, band: Band = Band.GREEN, arr: int = 100) -> BookRow:
    score = {Band.RED: 30.0, Band.YELLOW: 60.0, Band.GREEN: 85.0}.get(band)
    standing = Standing(band, score, run_on=FRIDAY)
    money = Money(Decimal(arr), "JPY")
    return BookRow(account_id, f"第{account_id}社", standing, money, Renewal(), None)


def _task(row: BookRow, due_on: date = FRIDAY, task_id: int = 31, **more: Any) -> TaskRow:
    task = TaskRow(
        id=task_id,
        row=row,
        title={"ja": "資料", "en": "Slides"},
        due_on=due_on,
        state=TaskState.OPEN,
        origin=Origin.HAND,
        mover=Mover.US,
        made_on=THURSDAY,
    )
    return replace(task, **more)


def _waiting(row: BookRow, until_on: date = FRIDAY, **more: Any) -> TaskRow:
    held: dict[str, Any] = {"state": TaskState.WAITING, "waiting_until_on": until_on, **more}
    return _task(row, due_on=date(2026, 11, 10), **held)


def _alert(row: BookRow, alert_id: int = 41, **more: Any) -> AlertRow:
    alert = AlertRow(
        id=alert_id,
        row=row,
        playbook="usage_drop",
        playbook_version=1,
        title={"ja": "利用低下", "en": "Usage drop"},
        is_watch=False,
        state=EpisodeState.OPEN,
        opened_on=THURSDAY,
        reasons=(),
        band_then=Band.RED,
        score_then=30.0,
    )
    return replace(alert, **more)


def _touch(next_on: date = FRIDAY) -> LastTouch:
    return LastTouch(date(2026, 11, 10), "call", "us", None, next_on)


def _items(
    *rows: BookRow,
    work: Work,
    told: Told = LATELY,
    fell: tuple[int, ...] = (),
) -> list[Item]:
    """`fell` are accounts that were green on the two mornings before."""
    mornings = (FRIDAY - timedelta(days=2), THURSDAY)
    history = {each: [Reading(on, Band.GREEN, 85.0) for on in mornings] for each in fell}
    return list_items(rows, Morning(DAYS, told, history, work=work))


def test_groups_come_in_the_order_in_which_a_day_is_worked() -> None:
    rows = [_row(number, Band.YELLOW) for number in range(1, 8)]
    work = Work(
        tasks=[_waiting(rows[2]), _task(rows[1]), _task(rows[0], THURSDAY)],
        alerts=[_alert(rows[4]), _alert(rows[5], 42, is_watch=True)],
        agreed=[(rows[3], _touch())],
    )
    found = _items(*rows, work=work, fell=(7,))
    groups = [OVERDUE, TODAY, WAITING, AGREED, ALERT, WATCH, WORSE]
    assert [item.group for item in found] == groups
    assert [item.row.id for item in found] == [1, 2, 3, 4, 5, 6, 7]
    assert count_deeds(found) == 5


def test_within_a_group_what_is_worth_most_and_most_at_risk_comes_first() -> None:
    rows = [_row(1, Band.GREEN, 500), _row(2, Band.RED, 100), _row(3, Band.RED, 400)]
    tasks = [_task(row, task_id=row.id) for row in rows]
    found = _items(*rows, work=Work(tasks))
    assert [item.row.id for item in found] == [3, 1, 2]


@pytest.mark.row("B41")
def test_what_waits_for_the_customer_is_never_overdue() -> None:
    row = _row()
    assert _items(row, work=Work([_waiting(row, TUESDAY)])) == []
    [item] = _items(row, work=Work([_waiting(row, FRIDAY)]))
    assert item.group == WAITING


def test_the_customer_is_asked_about_once_and_a_new_wait_is_another() -> None:
    row = _row()
    [item] = _items(row, work=Work([_waiting(row)]))
    told = read_told([[item.mark]])
    assert _items(row, work=Work([_waiting(row)]), told=told) == []
    later = _waiting(row, THURSDAY)
    assert [each.group for each in _items(row, work=Work([later]), told=told)] == [WAITING]


def test_the_steps_of_an_alert_that_wait_together_are_one_question() -> None:
    row = _row()
    steps = [_waiting(row, task_id=each, episode_id=41) for each in (31, 32)]
    others = [_waiting(row, task_id=33), _waiting(row, task_id=34, episode_id=42)]
    items = _items(row, work=Work([*steps, *others]))
    assert [each.task.id for each in items if each.task] == [31, 33, 34]
    told = Told(is_first=False, marks=frozenset(each.mark for each in items))
    assert _items(row, work=Work([*steps, *others]), told=told) == []


def test_what_is_to_be_done_is_told_every_morning_until_it_is_done() -> None:
    row, other = _row(1), _row(2)
    work = Work([_task(row, THURSDAY)], [_alert(other)])
    found = _items(row, other, work=work)
    told = read_told([[item.mark for item in found]])
    assert _items(row, other, work=work, told=told) == found


def test_a_watched_account_is_told_when_it_opens_and_again_after_a_week() -> None:
    row = _row()
    work = Work(alerts=[_alert(row, is_watch=True)])
    days: list[list[str]] = []
    for _ in range(11):
        days.append([item.mark for item in _items(row, work=work, told=read_told(days[-5:]))])
    assert [bool(each) for each in days] == [place in (0, 6) for place in range(11)]


@pytest.mark.row("B25")
def test_a_watched_account_stands_apart_from_alerts_and_from_what_is_to_be_done() -> None:
    row = _row(band=Band.GREEN)
    found = _items(row, work=Work(alerts=[_alert(row, is_watch=True)]))
    assert [item.group for item in found] == [WATCH]
    assert count_deeds(found) == 0


def test_a_move_that_opened_an_alert_belongs_to_the_alerts_row() -> None:
    row = _row(band=Band.RED)
    [item] = _items(row, work=Work(alerts=[_alert(row)]), fell=(1,))
    assert (item.group, item.news and item.news.before) == (ALERT, Band.GREEN)
    assert [each.mark for each in with_news([item])] == ["alert.1.alert41", "worse.1.red"]


@pytest.mark.parametrize("is_told", [True, False])
def test_a_fall_that_an_alerts_message_told_is_not_told_again_once_it_is_claimed(
    is_told: bool,
) -> None:
    row = _row(band=Band.RED)
    claimed = _alert(row, state=EpisodeState.CLAIMED, is_told=is_told)
    found = _items(row, work=Work(alerts=[claimed]), fell=(1,))
    assert [item.group for item in found] == ([] if is_told else [WORSE])


def test_the_deadline_of_an_account_in_good_hands_is_told_all_the_same() -> None:
    row = replace(_row(band=Band.RED), renewal=Renewal(notice_on=FRIDAY + timedelta(days=14)))
    claimed = _alert(row, state=EpisodeState.CLAIMED, is_told=True)
    [item] = _items(row, work=Work(alerts=[claimed]), fell=(1,))
    assert (item.group, item.step) == (DUE, 14)


def test_a_task_bears_the_alert_it_belongs_to() -> None:
    row = _row()
    work = Work([_task(row, episode_id=41)], [_alert(row), _alert(row, 42)])
    found = _items(row, work=work)
    assert [(item.group, item.alert and item.alert.id) for item in found] == [
        (TODAY, 41),
        (ALERT, 42),
    ]


def test_a_task_of_another_day_leaves_the_alert_its_row() -> None:
    row = _row()
    work = Work([_task(row, TUESDAY, episode_id=41)], [_alert(row)])
    assert [item.group for item in _items(row, work=work)] == [ALERT]


def test_news_is_borne_once_where_an_account_has_several_things_to_do() -> None:
    row = _row(band=Band.RED)
    work = Work([_task(row), _task(row, THURSDAY, 32)])
    found = _items(row, work=work, fell=(1,))
    assert [(item.group, bool(item.news)) for item in found] == [(OVERDUE, True), (TODAY, False)]


def test_a_touch_agreed_for_today_is_borne_by_what_else_is_to_be_done() -> None:
    row, other = _row(1), _row(2)
    agreed = [(row, _touch()), (other, _touch())]
    found = _items(row, other, work=Work([_task(row)], agreed=agreed))
    assert [(item.group, bool(item.touch)) for item in found] == [(TODAY, True), (AGREED, True)]


def test_nobody_is_asked_how_an_account_feels_for_which_they_have_a_task() -> None:
    row, other = _row(1, Band.UNKNOWN), _row(2, Band.UNKNOWN)
    found = _items(row, other, work=Work([_task(row)]))
    assert [(item.group, item.row.id) for item in found] == [(TODAY, 1), (UNSCORED, 2)]


def test_an_alert_that_recovered_is_good_news_once_and_not_to_be_claimed() -> None:
    row = _row()
    work = Work(alerts=[_alert(row, clear_since_on=THURSDAY, is_recovery_told=True)])
    [item] = _items(row, work=work)
    assert item.group == CLEARED
    assert _items(row, work=work, told=read_told([[item.mark]])) == []


@pytest.mark.parametrize(
    ("more", "group"),
    [
        # The signs are gone since yesterday, which may be chance.
        ({"clear_since_on": THURSDAY}, ALERT),
        ({"state": EpisodeState.CLAIMED}, None),
        ({"state": EpisodeState.SNOOZED, "snoozed_until_on": TUESDAY}, None),
        ({"state": EpisodeState.SNOOZED, "snoozed_until_on": FRIDAY}, ALERT),
        ({"state": EpisodeState.WAITING, "waiting_until_on": TUESDAY}, None),
        ({"state": EpisodeState.WAITING, "waiting_until_on": FRIDAY}, WAITING),
    ],
)
def test_an_alert_is_told_while_somebody_is_wanted(more: dict[str, Any], group: str | None) -> None:
    row = _row()
    found = _items(row, work=Work(alerts=[_alert(row, **more)]))
    assert [item.group for item in found] == ([group] if group else [])


TASKS = st.builds(
    lambda account, back, state, wait, episode: _task(
        _row(account, Band.RED),
        FRIDAY + timedelta(days=back),
        account * 100 + back,
        state=state,
        waiting_until_on=FRIDAY + timedelta(days=wait) if state is TaskState.WAITING else None,
        episode_id=account * 10 if episode else None,
    ),
    st.integers(1, 4),
    st.integers(-3, 3),
    st.sampled_from([TaskState.OPEN, TaskState.WAITING]),
    st.integers(-2, 2),
    st.booleans(),
)
ALERTS = st.builds(
    lambda account, state, is_watch, is_clear: _alert(
        _row(account, Band.RED),
        account * 10,
        state=state,
        is_watch=is_watch,
        clear_since_on=THURSDAY if is_clear else None,
        is_recovery_told=is_clear,
    ),
    st.integers(1, 4),
    st.sampled_from([EpisodeState.OPEN, EpisodeState.CLAIMED, EpisodeState.WAITING]),
    st.booleans(),
    st.booleans(),
)


@given(
    st.lists(TASKS, unique_by=lambda each: each.id),
    st.lists(ALERTS, unique_by=lambda each: each.id),
    st.sets(st.integers(1, 4)),
    st.sets(st.integers(1, 4)),
)
def test_rows_add_up_say_nothing_twice_and_lose_nothing(
    tasks: list[TaskRow], alerts: list[AlertRow], agreed: set[int], fell: set[int]
) -> None:
    rows = [_row(number, Band.RED) for number in range(1, 5)]
    work = Work(tasks, alerts, [(row, _touch()) for row in rows if row.id in agreed])
    found = _items(*rows, work=work, fell=tuple(fell))
    marks = [item.mark for item in with_news(found)]
    assert len(marks) == len(set(marks))
    assert sum(count_groups(found).values()) == len(found)
    assert count_deeds(found) == sum(item.group in DEEDS for item in found)
    # Every move is told in exactly one row, every agreed touch too.
    assert sorted(item.row.id for item in with_news(found) if item.group == WORSE) == sorted(fell)
    assert sorted(item.row.id for item in found if item.touch) == sorted(agreed)
    wanted = {each.id for each in tasks if each.is_overdue(FRIDAY) or each.is_due(FRIDAY)}
    assert {item.task.id for item in found if item.task} >= wanted
    for item in found:
        if item.group in (OVERDUE, TODAY):
            assert item.task
            assert item.task.state is TaskState.OPEN
    assert {item.group for item in found if item.news} <= {*DEEDS, WATCH, CLEARED, WORSE, DUE}
