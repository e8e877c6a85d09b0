"""What a meeting goes through: each task once, and the days up to the end of next week."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot.core.account_card import BookRow, Renewal
from bot.core.meeting import (
    Ahead,
    Meeting,
    Progress,
    build_meeting,
    day_of,
    find_end_of_next_week,
)
from bot.core.standing import Standing
from bot.core.task import TaskRow
from bot.core.vocabulary import Mover, Origin, TaskState

pytestmark = pytest.mark.row("B40")

# Friday before a long weekend; next week ends on Sunday the 29th.
TODAY = date(2026, 11, 20)
Contacts = dict[int, tuple[date | None, date | None]]


def book_row(number: int, **renewal: Any) -> BookRow:
    return BookRow(number, f"{number}社", Standing(), None, Renewal(**renewal), None)


def task(number: int, due_in: int, **more: Any) -> TaskRow:
    given: dict[str, Any] = {"state": TaskState.OPEN, "origin": Origin.HAND} | more
    return TaskRow(
        id=number,
        row=book_row(number),
        title={"ja": "確認", "en": "Look"},
        due_on=TODAY + timedelta(days=due_in),
        mover=Mover.US,
        made_on=TODAY,
        **given,
    )


def build(
    *tasks: TaskRow, rows: list[BookRow] | None = None, contacts: Contacts | None = None
) -> Meeting:
    return build_meeting(tasks, rows or [], contacts or {}, Progress(), TODAY)


@pytest.mark.parametrize(
    ("today", "end"),
    [
        (date(2026, 11, 16), date(2026, 11, 29)),
        (date(2026, 11, 20), date(2026, 11, 29)),
        (date(2026, 11, 22), date(2026, 11, 29)),
        (date(2026, 12, 28), date(2027, 1, 10)),
    ],
)
def test_next_week_ends_on_its_sunday(today: date, end: date) -> None:
    assert find_end_of_next_week(today) == end


def test_each_task_stands_in_one_group() -> None:
    found = build(
        task(1, -1),
        task(2, -9, state=TaskState.WAITING, waiting_until_on=TODAY),
        task(3, 0),
        task(4, 9),
        task(5, 10),
        task(6, 3, origin=Origin.MONTHLY),
        task(7, 40, origin=Origin.MONTHLY),
        task(8, -3, origin=Origin.MONTHLY),
    )
    assert [each.id for each in found.overdue] == [1, 8]
    assert [each.task.id for each in found.waiting] == [2]
    assert [each.id for each in found.monthly] == [6, 7]
    assert [day_of(each) for each in found.coming] == [TODAY, date(2026, 11, 29)]
    assert found.later == 1
    assert not found.is_empty


def test_agreed_touches_notice_deadlines_and_renewals_are_days_to_come() -> None:
    monday, last = date(2026, 11, 23), date(2026, 11, 29)
    rows = [
        book_row(1, notice_on=monday, renews_on=date(2027, 1, 31)),
        book_row(2, renews_on=last),
        book_row(3, renews_on=last + timedelta(days=1)),
        book_row(4, notice_on=TODAY - timedelta(days=1)),
    ]
    contacts: Contacts = {3: (None, TODAY), 4: (TODAY, last + timedelta(days=1))}
    found = build(task(9, 1), rows=rows, contacts=contacts)
    told = [(each.row.id, each.kind) for each in found.coming if isinstance(each, Ahead)]
    assert told == [(3, "touch"), (1, "notice"), (2, "renewal")]
    assert [day_of(each) for each in found.coming] == sorted(map(day_of, found.coming))


def test_what_waits_says_since_when_where_a_contact_is_known() -> None:
    waits = {"state": TaskState.WAITING}
    found = build(task(1, -5, **waits), task(2, 5, **waits), contacts={1: (TODAY, None)})
    assert [each.since_on for each in found.waiting] == [TODAY, None]
    assert found.overdue == []


def test_an_alert_waits_once_however_many_of_its_steps_do() -> None:
    waits = {"state": TaskState.WAITING}
    alert = waits | {"episode_id": 70}
    found = build(
        task(1, -5, **alert),
        task(2, 1, **waits, episode_id=71),
        task(3, 2, **waits),
        task(4, 5, **alert),
        task(5, 5, **waits),
        task(6, 8, **alert),
    )
    assert [(each.task.id, each.more) for each in found.waiting] == [(1, 2), (2, 0), (3, 0), (5, 0)]


def test_nothing_to_do_is_empty_however_much_comes_later() -> None:
    assert build(task(1, 30)).is_empty


@pytest.mark.row("B40")
def test_a_month_of_fewer_than_ten_planned_tasks_has_no_share() -> None:
    assert Progress(9, 9).share is None
    assert Progress(10, 7).share == 0.7
