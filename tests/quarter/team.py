"""The team of the sample company at work: what each person does with what lies before them.

Everybody acts through Slack alone. Who acts at once, who lets it lie and what comes of it is
drawn from names and days, so that a second play is the same play.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any
from zlib import crc32

from sqlalchemy import select

from bot.core.vocabulary import EpisodeState, Hypothesis, TaskState
from bot.people import build_person
from bot.services.playbooks import get_playbook
from bot.store.tables import Account, Episode, Member, OutboxItem, Task
from bot.store.unit import Store, Unit
from sandbox.parts import find_by_label
from sandbox.visitor import ElementNotFoundError, Visitor

# Of a hundred alerts: taken up at once, on the next business day; the others wait for somebody.
_AT_ONCE, _NEXT_DAY = 60, 85
_LATE_DAYS = 3
# Tasks that are no alert's which one person closes on a day.
_TASKS_A_DAY = 3
_SECONDS = 20.0
# A press Slack did not hand over within its three seconds is one more press for the person.
_PRESSES = 3
_WORDS = "状況を確認し、使い方を案内しました"
_IMPRESSION = "反応は前向きです"


@dataclass(frozen=True)
class Alert:
    """An open alert, where its message stands, and who reads it there."""

    id: int
    name: str
    playbook: str
    version: int
    state: EpisodeState
    opened_on: date
    waits_until_on: date | None
    is_due: bool
    channel: str
    ts: str
    user: str
    age: int
    """Business days of the reader since it opened."""


@dataclass(frozen=True)
class Chore:
    """A task that is no alert's, due by now."""

    id: int
    user: str


@dataclass
class Team:
    """Plays everybody; `did` counts what was done, by what it was."""

    visitor: Visitor
    store: Store
    workspace_id: int
    did: dict[str, int]

    def work(self, today: date) -> None:
        """One day of everybody who works on it."""
        with self.store.reading(self.workspace_id) as unit:
            alerts = list(_list_alerts(unit, today))
            chores = list(_list_chores(unit, today))
            results = {each.id: _choose_result(unit, each, today) for each in alerts}
        for alert in alerts:
            self._handle(alert, results[alert.id], today)
        for chore in chores:
            self._finish(chore)

    def _handle(self, alert: Alert, result: str, today: date) -> None:
        luck = draw(alert.name, alert.playbook, alert.opened_on)
        match alert.state:
            case EpisodeState.OPEN if alert.age >= _patience(luck):
                self._take_up(alert, luck // 7 % 10, today)
            case EpisodeState.CLAIMED if alert.is_due:
                self._close(alert, result)
            case EpisodeState.WAITING if _has_waited(alert, today):
                self._hear(alert, result, today)

    def _take_up(self, alert: Alert, kind: int, today: date) -> None:
        if kind == 0:
            self._fill(alert, "alert_false", reason="季節によるもので、問題ありません")
        elif kind == 1:
            later = today + timedelta(days=7)
            self._fill(alert, "alert_snooze", until_on=later.isoformat(), reason="商談中です")
        elif kind <= 4:
            self._press(alert, "alert_claim")
            cause = list(Hypothesis)[crc32(alert.name.encode()) % len(Hypothesis)]
            self._press(alert, f"{alert.id}:{cause.value}", told="cause")
        else:
            self._press(alert, "alert_wait")

    def _hear(self, alert: Alert, result: str, today: date) -> None:
        """Whether the customer has answered by the day of the re-check."""
        luck = draw(alert.name, today)
        if luck < 60:
            self._close(alert, result)
        elif luck < 80:
            self._press(alert, "alert_wait")

    def _close(self, alert: Alert, result: str) -> None:
        self._fill(
            alert, "episode_done", "outcome", done=_WORDS, result=result, impression=_IMPRESSION
        )

    def _finish(self, chore: Chore) -> None:
        direct = self.visitor.direct(chore.user)
        seen = self._newest(chore.user, direct)
        self.visitor.types(chore.user, direct, "/sakidori tasks")
        self.visitor.waits_for(lambda: self._newest(chore.user, direct) != seen)
        try:
            self.visitor.clicks(chore.user, direct, str(chore.id))
        except ElementNotFoundError:
            self._count("task beyond the first page")
            return
        self._submit(chore.user, "outcome", done=_WORDS, result="done", impression=_IMPRESSION)
        self._count("task_done")

    def _press(self, alert: Alert, label: str, told: str = "") -> None:
        """A button may come with the update that the press before it asked for."""
        if not self._comes(lambda: self._is_there(alert, label)):
            self._count(f"{told or label} was not there")
            return
        self.visitor.clicks(alert.user, alert.channel, label, ts=alert.ts)
        self._count(told or label)

    def _is_there(self, alert: Alert, label: str) -> bool:
        messages = self.visitor.thread(alert.user, alert.channel, alert.ts)
        return any(find_by_label(each.get("blocks") or [], label) for each in messages)

    def _fill(self, alert: Alert, deed: str, form: str = "", **entries: str) -> None:
        for _ in range(_PRESSES):
            try:
                self._open(alert, deed)
            except ElementNotFoundError:
                self._count(f"{deed} was not there")
                return
            if self._comes(lambda: self._form(alert.user) == (form or deed)):
                break
            self._count("pressed again")
        self._submit(alert.user, form or deed, **entries)
        self._count(deed)

    def _open(self, alert: Alert, deed: str) -> None:
        """By its button, else by its entry in the menu behind the dots."""
        where = (alert.user, alert.channel)
        try:
            self.visitor.clicks(*where, deed, ts=alert.ts)
        except ElementNotFoundError:
            self.visitor.clicks(*where, "more", choose=f"{deed}#{alert.id}", ts=alert.ts)

    def _submit(self, user: str, form: str, **entries: str) -> None:
        """Presses until the form closes; one that was saved, but not seen to be, is just closed."""
        self.visitor.waits_for(lambda: self._form(user) == form, _SECONDS)
        for press in range(_PRESSES):
            errors = self.visitor.submits(user, dict(entries)).get("errors")
            if errors and not press:
                raise RuntimeError(f"{form} was refused: {errors}")
            if errors:
                self.visitor.closes(user)
            if self._comes(lambda: not self.visitor.modal(user)):
                return
            self._count("pressed again")
        raise TimeoutError(f"{form} stayed open after {_PRESSES} presses")

    def _form(self, user: str) -> str:
        return str(self.visitor.modal(user).get("callback_id", ""))

    def _comes(self, look: Callable[[], bool]) -> bool:
        try:
            return bool(self.visitor.waits_for(look, _SECONDS))
        except TimeoutError:
            return False

    def _newest(self, user: str, channel: str) -> str:
        messages = self.visitor.messages(user, channel)
        return str(messages[-1]["ts"]) if messages else ""

    def _count(self, what: str) -> None:
        self.did[what] = self.did.get(what, 0) + 1


def draw(*about: object) -> int:
    """From 0 to 99, the same for the same words."""
    return crc32(":".join(map(str, about)).encode()) % 100


def _patience(luck: int) -> int:
    if luck < _AT_ONCE:
        return 0
    return 1 if luck < _NEXT_DAY else _LATE_DAYS


def _has_waited(alert: Alert, today: date) -> bool:
    return alert.waits_until_on is not None and alert.waits_until_on <= today


def _list_alerts(unit: Unit, today: date) -> Iterator[Alert]:
    wanted = (
        select(Episode, Account.name, Member)
        .join(
            Account,
            (Account.workspace_id == Episode.workspace_id) & (Account.id == Episode.account_id),
        )
        .join(
            Member, (Member.workspace_id == Episode.workspace_id) & (Member.id == Episode.owner_id)
        )
        .where(Episode.open_as.is_not(None), Account.is_active)
        .order_by(Episode.opened_at, Account.name)
    )
    posts = _read_posts(unit)
    due = set(unit.session.scalars(select(Task.episode_id).where(_is_due(today))))
    for episode, name, member in unit.session.execute(wanted).all():
        post, person = posts.get(f"episode:{episode.id}"), build_person(member, unit.workspace)
        if post is None or not person.calendar.is_business_day(today):
            continue
        yield Alert(
            id=episode.id,
            name=name,
            playbook=episode.playbook,
            version=episode.playbook_version,
            state=EpisodeState(episode.state),
            opened_on=episode.opened_on,
            waits_until_on=episode.waiting_until_on,
            is_due=episode.id in due,
            channel=post.channel or "",
            ts=post.ts or "",
            user=person.slack_user,
            age=person.calendar.business_days(episode.opened_on, today),
        )


def _is_due(today: date) -> Any:
    return (Task.state == TaskState.OPEN.value) & (Task.due_on <= today)


def _read_posts(unit: Unit) -> dict[str, OutboxItem]:
    wanted = select(OutboxItem).where(OutboxItem.kind == "post", OutboxItem.state == "sent")
    told = wanted.where(OutboxItem.key.startswith("episode:"))
    return {each.key: each for each in unit.session.scalars(told)}


def _list_chores(unit: Unit, today: date) -> Iterator[Chore]:
    wanted = (
        select(Task, Member)
        .join(Member, (Member.workspace_id == Task.workspace_id) & (Member.id == Task.owner_id))
        .where(_is_due(today), Task.episode_id.is_(None))
        .order_by(Task.due_on, Task.id)
    )
    taken: dict[int, Callable[[], int]] = {}
    for task, member in unit.session.execute(wanted).all():
        person = build_person(member, unit.workspace)
        number = taken.setdefault(member.id, count(1).__next__)
        if person.calendar.is_business_day(today) and number() <= _TASKS_A_DAY:
            yield Chore(task.id, person.slack_user)


def _choose_result(unit: Unit, alert: Alert, today: date) -> str:
    document = get_playbook(unit, alert.playbook, alert.version)
    return document.results[draw(alert.name, today) % len(document.results)].key
