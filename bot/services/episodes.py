"""What people do with an alert. Refuses to do the same thing twice: the second hears who was first.

Each verb locks the alert before anything else, so that of two who press at once one acts. Whoever
changes a task of an alert as well takes the alert's lock first (`lock_episode`), then the task's.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from sqlalchemy import Update, or_, select, update

from bot.ask import Person
from bot.core.contact import Contact
from bot.core.due_days import ask_again_on
from bot.core.refusal import AlreadyDone, BadInput, Refusal
from bot.core.vocabulary import Ending, EpisodeState, Hypothesis, Mover, TaskState, TouchKind
from bot.services.people import calendar_of
from bot.services.touches import record_touch
from bot.store.tables import Episode, Member, Task
from bot.store.tasks import UNDONE
from bot.store.unit import Unit


def lock_episode(unit: Unit, episode_id: int) -> Episode:
    """The alert, held until the unit ends; one that is not on record is refused."""
    wanted = select(Episode).filter_by(id=episode_id).with_for_update()
    found = unit.session.scalars(wanted.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise Refusal("no_such_alert")
    return found


def claim(unit: Unit, episode_id: int, by: Person) -> Episode:
    """The person acts on it from now on; a snoozed one is taken up early."""
    episode = _lock_open(unit, episode_id, by.zone)
    if episode.state not in (EpisodeState.OPEN, EpisodeState.SNOOZED):
        raise AlreadyDone(
            "alert_claimed",
            name=_name(unit, episode.claimed_by_id),
            at=episode.claimed_at,
            zone=by.zone,
        )
    _take(unit, episode, by)
    _turn(unit, episode, EpisodeState.CLAIMED, by.member_id)
    _tell(unit, episode, "alert_claimed", by.member_id)
    return episode


def set_hypothesis(unit: Unit, episode_id: int, hypothesis: Hypothesis, by: Person) -> Episode:
    """Why the account is at risk, as the one who acts believes it; chosen once until the close."""
    episode = _lock_open(unit, episode_id, by.zone)
    if episode.hypothesis is not None:
        raise AlreadyDone("alert_cause_chosen")
    episode.hypothesis = hypothesis.value
    _tell(unit, episode, "alert_hypothesis", by.member_id, hypothesis=hypothesis.value)
    return episode


def start_waiting(unit: Unit, episode_id: int, by: Person, today: date) -> Episode:
    """Reached out just now: claimed, the touch recorded, and nothing overdue until the re-check.

    A touch of the day that is on record is left as it is. Waiting again is possible from the day
    of the re-check on.
    """
    episode = _lock_open(unit, episode_id, by.zone)
    if _still_waits(episode, today):
        raise AlreadyDone("alert_waiting", **_who(unit, episode, by), on=episode.waiting_until_on)
    with suppress(AlreadyDone):
        contact = Contact(today, TouchKind.REACHED_OUT, _find_mover(unit, episode))
        record_touch(unit, episode.account_id, contact, by.member_id, today)
    if episode.claimed_by_id is None:
        _take(unit, episode, by)
    _turn(unit, episode, EpisodeState.WAITING, by.member_id)
    episode.waiting_until_on = ask_again_on(today, by.calendar)
    waiting = {"state": TaskState.WAITING.value, "waiting_until_on": episode.waiting_until_on}
    _change_tasks(unit, episode, asked_on=None, **waiting)
    until = episode.waiting_until_on.isoformat()
    _tell(unit, episode, "alert_waiting", by.member_id, until=until)
    return episode


def stop_waiting(unit: Unit, episode_id: int, by: Person) -> Episode:
    """The customer has answered, or we go on without: it is acted on, its tasks are open again."""
    episode = _lock_open(unit, episode_id, by.zone)
    if episode.state != EpisodeState.WAITING:
        raise AlreadyDone
    if episode.claimed_by_id is None:
        _take(unit, episode, by)
    _turn(unit, episode, EpisodeState.CLAIMED, by.member_id)
    _change_tasks(unit, episode, state=TaskState.OPEN.value, waiting_until_on=None, asked_on=None)
    _tell(unit, episode, "alert_goes_on", by.member_id)
    return episode


def mark_asked(
    unit: Unit, episode_ids: Sequence[int], on: date, task_ids: Sequence[int] = ()
) -> None:
    """Somebody was asked on `on` whether the customer has answered; the first day stays."""
    is_meant = or_(Task.episode_id.in_(episode_ids), Task.id.in_(task_ids))
    alerts = update(Episode).where(Episode.id.in_(episode_ids), Episode.asked_on.is_(None))
    tasks = update(Task).where(is_meant, Task.asked_on.is_(None))
    unit.session.execute(alerts.where(Episode.waiting_until_on <= on).values(asked_on=on))
    unit.session.execute(tasks.where(Task.waiting_until_on <= on).values(asked_on=on))


def snooze(
    unit: Unit, episode_id: int, until_on: date, reason: str, by: Person, today: date
) -> Episode:
    """Nothing is said of it until that business day; tasks due before move to it, with the why."""
    episode = _lock_open(unit, episode_id, by.zone)
    if episode.state == EpisodeState.SNOOZED:
        raise AlreadyDone("alert_snoozed", **_who(unit, episode, by), on=episode.snoozed_until_on)
    if episode.state == EpisodeState.WAITING:
        raise AlreadyDone("alert_waiting", **_who(unit, episode, by), on=episode.waiting_until_on)
    if until_on <= today or not by.calendar.is_business_day(until_on) or not reason:
        raise BadInput
    _turn(unit, episode, EpisodeState.SNOOZED, by.member_id)
    episode.snoozed_until_on, episode.snooze_reason = until_on, reason
    _put_off_tasks(unit, episode, until_on, reason)
    _tell(unit, episode, "alert_snoozed", by.member_id, until=until_on.isoformat(), reason=reason)
    return episode


def wake(unit: Unit, episode_id: int, on: date) -> bool:
    """A snoozed alert whose day has come is as it was before; False where it woke already."""
    episode = lock_episode(unit, episode_id)
    until_on = episode.snoozed_until_on
    if episode.state != EpisodeState.SNOOZED or until_on is None or until_on > on:
        return False
    is_claimed = episode.claimed_by_id is not None
    _turn(unit, episode, EpisodeState.CLAIMED if is_claimed else EpisodeState.OPEN, None)
    _tell(unit, episode, "alert_woken", None)
    return True


def mark_false_alarm(unit: Unit, episode_id: int, reason: str, by: Person, today: date) -> Episode:
    """Closed as a false alarm; what was still to do is dropped with the same reason."""
    if not reason:
        raise BadInput
    episode = close(unit, episode_id, by.member_id, today, Ending.FALSE_ALARM, reason)
    _change_tasks(
        unit,
        episode,
        state=TaskState.DROPPED.value,
        reason=reason,
        waiting_until_on=None,
        ended_on=today,
        ended_at=unit.at,
        ended_by_id=by.member_id,
    )
    return episode


def hand_over(
    unit: Unit, episode_id: int, to_id: int, by: Person, from_id: int | None = None
) -> Episode:
    """Another member answers for it, and has it to claim anew; what is still to do goes along.

    `from_id` is who answered for it when the person was asked to whom. A customer who is waited
    for is waited for as before; a day off of the new one moves on. Where they read, it is still to
    be told.
    """
    episode = _lock_open(unit, episode_id, by.zone)
    if episode.owner_id != from_id or episode.owner_id == to_id:
        raise AlreadyDone("alert_handed", name=_name(unit, episode.owner_id))
    _give(unit, episode, to_id, by.member_id)
    _tell(unit, episode, "alert_handed", by.member_id, to=str(to_id))
    return episode


def inherit(unit: Unit, episode_id: int, from_id: int, to_id: int) -> bool:
    """What somebody who has left answered for is another's; False where it is nobody's any more."""
    episode = lock_episode(unit, episode_id)
    if episode.state == EpisodeState.CLOSED or episode.owner_id != from_id:
        return False
    _give(unit, episode, to_id, to_id)
    _tell(unit, episode, "alert_inherited", None, to=str(to_id))
    return True


def close(
    unit: Unit,
    episode_id: int,
    by_id: int,
    today: date,
    ending: Ending,
    reason: str | None = None,
) -> Episode:
    """The alert's end; its tasks are left as they are, since the last one's outcome closes it."""
    episode = _lock_open(unit, episode_id, unit.workspace.zone)
    _turn(unit, episode, EpisodeState.CLOSED, by_id)
    episode.open_as, episode.ending, episode.ending_reason = None, ending.value, reason
    episode.closed_on, episode.closed_at, episode.closed_by_id = today, unit.at, by_id
    _tell(unit, episode, "alert_closed", by_id, ending=ending.value, reason=reason)
    return episode


def _lock_open(unit: Unit, episode_id: int, zone: str) -> Episode:
    episode = lock_episode(unit, episode_id)
    if episode.state == EpisodeState.CLOSED:
        name = _name(unit, episode.closed_by_id)
        raise AlreadyDone("alert_closed", name=name, at=episode.closed_at, zone=zone)
    return episode


def _take(unit: Unit, episode: Episode, by: Person) -> None:
    """What nobody answers for is theirs from now on, with its tasks."""
    episode.claimed_by_id, episode.claimed_at = by.member_id, unit.at
    if episode.owner_id is None:
        episode.owner_id = by.member_id
    orphans = _undone_tasks(episode).where(Task.owner_id.is_(None))
    unit.session.execute(orphans.values(owner_id=by.member_id))


def _turn(unit: Unit, episode: Episode, state: EpisodeState, by_id: int | None) -> None:
    """Into `state`, leaving nothing behind of the one before."""
    episode.state, episode.state_at, episode.state_by_id = state.value, unit.at, by_id
    episode.waiting_until_on = episode.asked_on = None
    episode.snoozed_until_on = episode.snooze_reason = None


def _still_waits(episode: Episode, today: date) -> bool:
    until_on = episode.waiting_until_on
    return episode.state == EpisodeState.WAITING and until_on is not None and until_on > today


def _undone_tasks(episode: Episode) -> Update:
    return update(Task).where(Task.episode_id == episode.id, Task.state.in_(UNDONE))


def _change_tasks(unit: Unit, episode: Episode, **values: Any) -> None:
    unit.session.execute(_undone_tasks(episode).values(**values))


def _give(unit: Unit, episode: Episode, to_id: int, by_id: int) -> None:
    """To another with its tasks, to be claimed anew, and told where they read."""
    episode.owner_id, episode.told_at = to_id, None
    if episode.claimed_by_id != to_id:
        episode.claimed_by_id = episode.claimed_at = None
        if episode.state == EpisodeState.CLAIMED:
            _turn(unit, episode, EpisodeState.OPEN, by_id)
    _hand_tasks(unit, episode, to_id)


def _find_mover(unit: Unit, episode: Episode) -> Mover:
    """Who moved first, as the playbook's tasks have it: reaching out says the same by any way."""
    wanted = select(Task.mover).where(Task.episode_id == episode.id).order_by(Task.id).limit(1)
    return Mover(unit.session.scalars(wanted).first() or Mover.US)


def _put_off_tasks(unit: Unit, episode: Episode, until_on: date, reason: str) -> None:
    """Those due before, to that day or the next one on which whoever does them works."""
    mine = select(Task).where(Task.episode_id == episode.id, Task.state.in_(UNDONE))
    for task in unit.session.scalars(mine.where(Task.due_on < until_on).with_for_update()):
        task.due_on = calendar_of(unit, task.owner_id).next_business_day(until_on)
        task.reason = reason


def _hand_tasks(unit: Unit, episode: Episode, to_id: int) -> None:
    """A day on which the new one does not work moves on."""
    calendar = calendar_of(unit, to_id)
    mine = select(Task).where(Task.episode_id == episode.id, Task.state.in_(UNDONE))
    for task in unit.session.scalars(mine.with_for_update()):
        task.owner_id = to_id
        task.due_on = calendar.next_business_day(task.due_on)
        if task.waiting_until_on is not None:
            task.waiting_until_on = calendar.next_business_day(task.waiting_until_on)
    if episode.waiting_until_on is not None:
        episode.waiting_until_on = calendar.next_business_day(episode.waiting_until_on)


def _who(unit: Unit, episode: Episode, by: Person) -> dict[str, Any]:
    name = _name(unit, episode.state_by_id)
    return {"name": name, "at": episode.state_at, "zone": by.zone}


def _name(unit: Unit, member_id: int | None) -> str:
    """The member's name; "" for nobody."""
    wanted = select(Member.name).filter_by(id=member_id)
    return unit.session.scalars(wanted).one_or_none() or ""


def _tell(unit: Unit, episode: Episode, action: str, member_id: int | None, **change: Any) -> None:
    actor = "night" if member_id is None else str(member_id)
    unit.audit(actor, action, str(episode.account_id), episode=str(episode.id), **change)
