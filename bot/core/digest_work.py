"""Which tasks, alerts and agreed touches a digest tells, and which news their rows bear.

Refuses to say an account's news beside what is to be done for it, and to call overdue what waits.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.core.account_card import BookRow, LastTouch
from bot.core.alert import AlertRow
from bot.core.digest_item import Item
from bot.core.task import TaskRow
from bot.core.told import (
    AGREED,
    ALERT,
    BETTER,
    CLEARED,
    DUE,
    FIRST,
    GROUPS,
    OVERDUE,
    TODAY,
    UNSCORED,
    WAITING,
    WATCH,
    WORSE,
    Told,
)
from bot.core.vocabulary import EpisodeState

# Told again only when the last few digests did not; the others stand until they are done.
_ONCE = (WAITING, WATCH, CLEARED)
_BORNE = (WORSE, BETTER, DUE)
_LEFT_OUT = (FIRST, UNSCORED)


@dataclass(frozen=True)
class Work:
    """What somebody has to do: tasks not done, open alerts, and touches agreed for today.

    An agreed touch is the account and its last touch, whose `next_on` has come.
    """

    tasks: Sequence[TaskRow] = ()
    alerts: Sequence[AlertRow] = ()
    agreed: Sequence[tuple[BookRow, LastTouch]] = ()


NO_WORK = Work()


def list_work(work: Work, told: Told, today: date) -> list[Item]:
    """Rows by urgency, each account's most urgent first; what is asked once is left out later.

    A task of an alert stands for the alert while it is overdue, due or to be asked about; the
    steps that wait with it are one question.
    """
    tasks = [item for task in work.tasks for item in _task(task, work.alerts, today)]
    tasks = list(_with_one_question(tasks))
    spoken_for = {item.task.episode_id for item in tasks if item.task}
    alerts = [each for each in work.alerts if each.id not in spoken_for]
    found = [*tasks, *(item for alert in alerts for item in _alert(alert, today))]
    found = _with_agreed(sorted(found, key=_urgency), work.agreed)
    return [item for item in found if item.group not in _ONCE or item.mark not in told.marks]


def _with_one_question(items: Iterable[Item]) -> Iterator[Item]:
    """The steps of an alert wait for the same answer: only the first of them asks for it."""
    asked: set[int] = set()
    for item in items:
        alert_id = item.task.episode_id if item.task and item.group == WAITING else None
        if alert_id is None or alert_id not in asked:
            yield item
        if alert_id is not None:
            asked.add(alert_id)


def list_alert_ids(items: Iterable[Item]) -> set[int]:
    """The alerts that have a row, of their own or with a task."""
    return {item.alert.id for item in items if item.alert}


def leave_to_alerts(news: Iterable[Item], alerts: Iterable[AlertRow]) -> list[Item]:
    """News without the falls of accounts whose alert has told them; their deadlines stay."""
    told = {each.row.id for each in alerts if each.is_told and not each.is_watch}
    kept = [
        replace(item, group=DUE, before=None) if _is_fall(item, told) else item for item in news
    ]
    return [item for item in kept if item.group != DUE or item.deadline]


def _is_fall(item: Item, told: Collection[int]) -> bool:
    return item.group == WORSE and item.row.id in told


def fold_news(work: Sequence[Item], news: Iterable[Item]) -> list[Item]:
    """All rows, of which those of work bear the moves and deadlines of their accounts.

    Somebody with something to do for an account is not asked for its first impression as well.
    """
    first = {item.row.id: item for item in reversed(work)}
    borne = {item.row.id: item for item in news if item.group in _BORNE and item.row.id in first}
    rest = [item for item in news if item.many or not _is_told(item, first)]
    bearing = [
        replace(item, news=borne.get(item.row.id)) if first[item.row.id] is item else item
        for item in work
    ]
    return [*bearing, *rest]


def with_news(items: Iterable[Item]) -> Iterator[Item]:
    """The items and what they bear."""
    for item in items:
        yield item
        if item.news:
            yield item.news


def _urgency(item: Item) -> int:
    return GROUPS.index(item.group)


def _with_agreed(found: Sequence[Item], agreed: Sequence[tuple[BookRow, LastTouch]]) -> list[Item]:
    """A touch agreed for today has a row of its own, or is borne by the account's first."""
    touches = {row.id: (row, touch) for row, touch in agreed}
    borne: list[Item] = []
    for item in found:
        _, touch = touches.pop(item.row.id, (None, None))
        borne.append(replace(item, touch=touch))
    return [*borne, *(Item(AGREED, row, touch=touch) for row, touch in touches.values())]


def _is_told(item: Item, first: dict[int, Item]) -> bool:
    return item.row.id in first and item.group in (*_BORNE, *_LEFT_OUT)


def _task(task: TaskRow, alerts: Sequence[AlertRow], today: date) -> list[Item]:
    groups = (
        (OVERDUE, task.is_overdue(today)),
        (TODAY, task.is_due(today)),
        (WAITING, task.is_to_ask(today)),
    )
    of_alert = [each for each in alerts if each.id == task.episode_id]
    alert = of_alert[0] if of_alert else None
    return [Item(group, task.row, task=task, alert=alert) for group, holds in groups if holds]


def _alert(alert: AlertRow, today: date) -> list[Item]:
    group = _group_of(alert, today)
    return [Item(group, alert.row, alert=alert)] if group else []


def _group_of(alert: AlertRow, today: date) -> str | None:
    """None for one that somebody acts on, that waits, or that is put off."""
    if alert.is_recovered:
        return CLEARED
    if alert.is_watch:
        return WATCH
    if alert.is_unclaimed(today):
        return ALERT
    until = alert.waiting_until_on
    is_to_ask = alert.state is EpisodeState.WAITING and until is not None and until <= today
    return WAITING if is_to_ask else None
