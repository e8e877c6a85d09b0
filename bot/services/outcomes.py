"""What came of a task: recorded once, with the numbers then and now, and looked at again later.

Refuses to close anything without result and impression. 返信待ち is no end: the task waits. The
outcome of an alert's last open task closes the alert.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select, update

from bot.ask import Person
from bot.core.outcome import CHECKED_AFTER, DONE, ResultChoice, Told
from bot.core.refusal import AlreadyDone, BadInput
from bot.core.task import Plan
from bot.core.voc import Heard
from bot.core.vocabulary import CommonResult, Ending, EpisodeState, Origin, TaskState
from bot.services.episodes import claim, close, lock_episode, stop_waiting
from bot.services.figures import find_figures
from bot.services.people import calendar_of
from bot.services.playbooks import get_playbook
from bot.services.tasks import add_task, find_doer, take_undone, wait_for_customer
from bot.services.voc import record_voc
from bot.store.tables import Episode, OutcomeCheck, Task, TaskOutcome
from bot.store.tasks import UNDONE
from bot.store.unit import Unit


@dataclass(frozen=True)
class Recorded:
    """What has become of it: `outcome` is None while the task waits, `ending` the alert's."""

    task: Task
    outcome: TaskOutcome | None = None
    next_task: Task | None = None
    ending: Ending | None = None


def record_outcome(
    unit: Unit, task_id: int, told: Told, *, by: Person, today: date, closes: bool = False
) -> Recorded:
    """Keep what came of the task; with `closes` what else its alert asks for is dropped.

    Raises `BadInput` without a result, or without an impression where it is to be the end.
    """
    task = take_undone(unit, task_id)
    refuse_incomplete(told)
    if told.result not in {each.key for each in list_results(unit, task)}:
        raise BadInput("outcome_incomplete", field="result")
    if told.result == CommonResult.WAITING:
        wait_for_customer(unit, task.id, by=by, today=today, note=told.done.strip())
        _keep_words(unit, task, told, by, today)
        return Recorded(task, None, _plan_next(unit, task, told, by, today))
    outcome = _write(unit, task, told, by, today)
    _keep_words(unit, task, told, by, today)
    following = _plan_next(unit, task, told, by, today)
    outcome.next_task_id = following.id if following else None
    ending = _move_alert(unit, task, told, by, today, closes)
    return Recorded(task, outcome, following, ending)


def make_closing_task(unit: Unit, episode_id: int, *, by: Person, today: date) -> Task:
    """What an alert without any open task is closed by: one task, due on the next business day.

    It is there once, whoever asks; after one that was dropped there is another.
    """
    episode = lock_episode(unit, episode_id)
    key = f"episode:{episode.id}:close"
    made_before = list(unit.session.scalars(select(Task).where(Task.key.startswith(key))))
    kept = next((each for each in made_before if each.state in UNDONE), None)
    if kept is not None:
        return kept
    owner_id = episode.owner_id or by.member_id
    made = Task(
        id=unit.ids.next(),
        account_id=episode.account_id,
        key=f"{key}:{len(made_before)}" if made_before else key,
        origin=Origin.PLAYBOOK.value,
        episode_id=episode.id,
        playbook=episode.playbook,
        playbook_version=episode.playbook_version,
        title=episode.title,
        owner_id=owner_id,
        due_on=calendar_of(unit, owner_id).next_business_day(today),
        state=TaskState.OPEN.value,
        mover=get_playbook(unit, episode.playbook, episode.playbook_version).mover.value,
        made_on=today,
        made_by_id=by.member_id,
        known_at=unit.at,
    )
    unit.add(made)
    unit.session.flush()
    return made


def list_results(unit: Unit, task: Task) -> list[ResultChoice]:
    """The playbook's own results, or that it was done where it has none; then the usual ones."""
    own = [ResultChoice(DONE)]
    if task.playbook is not None and task.playbook_version is not None:
        document = get_playbook(unit, task.playbook, task.playbook_version)
        own = [ResultChoice(each.key, each.name.by_locale()) for each in document.results]
    return own + [ResultChoice(each.value) for each in CommonResult]


def refuse_incomplete(told: Told) -> None:
    """Raise `BadInput` for what lacks its result, or the impression where it is to be the end."""
    if not told.result:
        raise BadInput("outcome_incomplete", field="result")
    if told.result != CommonResult.WAITING and not told.impression.strip():
        raise BadInput("outcome_incomplete", field="impression")


def _write(unit: Unit, task: Task, told: Told, by: Person, today: date) -> TaskOutcome:
    figures = find_figures(unit, task, today)
    outcome = TaskOutcome(
        id=unit.ids.next(),
        account_id=task.account_id,
        task_id=task.id,
        episode_id=task.episode_id,
        playbook=task.playbook,
        playbook_version=task.playbook_version,
        done=told.done.strip(),
        result=told.result,
        impression=told.impression.strip(),
        hypothesis=told.hypothesis.value if told.hypothesis else None,
        mover=told.mover.value,
        then_on=figures.then_on,
        score_then=figures.score_then,
        score_now=figures.score_now,
        measure=figures.measure,
        value_then=figures.value_then,
        value_now=figures.value_now,
        member_id=by.member_id,
        recorded_on=today,
        recorded_at=unit.at,
        known_at=unit.at,
    )
    task.state, task.waiting_until_on, task.asked_on = TaskState.DONE.value, None, None
    # Who really moved first is known at the end; the week counts it by the task.
    task.mover = told.mover.value
    task.ended_on, task.ended_at, task.ended_by_id = today, unit.at, by.member_id
    unit.add(outcome)
    unit.session.flush()
    _plan_checks(unit, outcome)
    result = {"task": str(task.id), "result": told.result, "mover": told.mover.value}
    unit.audit(str(by.member_id), "outcome_recorded", str(task.account_id), **result)
    return outcome


def _plan_checks(unit: Unit, outcome: TaskOutcome) -> None:
    for days in CHECKED_AFTER:
        due_on = outcome.recorded_on + timedelta(days=days)
        unit.add(
            OutcomeCheck(id=unit.ids.next(), outcome_id=outcome.id, after_days=days, due_on=due_on)
        )


def _keep_words(unit: Unit, task: Task, told: Told, by: Person, today: date) -> None:
    """What the customer said is VoC; the same words are kept once."""
    if not told.said.strip():
        return
    heard = Heard(said_on=today, text=told.said.strip(), sentiment=told.sentiment)
    with suppress(AlreadyDone):
        record_voc(unit, task.account_id, heard, by.member_id, today)


def _plan_next(unit: Unit, task: Task, told: Told, by: Person, today: date) -> Task | None:
    if not told.next_title.strip() or told.next_on is None:
        return None
    plan = Plan(told.next_title, told.next_on, find_doer(unit, task.owner_id))
    with suppress(AlreadyDone):
        return add_task(unit, task.account_id, plan, by=by, today=today)
    return None


def _move_alert(
    unit: Unit, task: Task, told: Told, by: Person, today: date, closes: bool
) -> Ending | None:
    """Its end where nothing is left to do; else it is acted on by whoever did this."""
    if task.episode_id is None:
        return None
    episode = lock_episode(unit, task.episode_id)
    unit.session.flush()
    if closes:
        _drop_rest(unit, episode, told, by, today)
    if not _count_undone(unit, episode.id):
        ending = Ending.RECOVERED if episode.clear_since_on else Ending.OUTCOME
        close(unit, episode.id, by.member_id, today, ending)
        return ending
    if episode.state == EpisodeState.WAITING:
        stop_waiting(unit, episode.id, by)
    elif episode.state in (EpisodeState.OPEN, EpisodeState.SNOOZED):
        claim(unit, episode.id, by)
    return None


def _drop_rest(unit: Unit, episode: Episode, told: Told, by: Person, today: date) -> None:
    """What is no longer needed, for the reason that was given."""
    rest = update(Task).where(Task.episode_id == episode.id, Task.state.in_(UNDONE))
    unit.session.execute(
        rest.values(
            state=TaskState.DROPPED.value,
            reason=told.impression.strip(),
            waiting_until_on=None,
            ended_on=today,
            ended_at=unit.at,
            ended_by_id=by.member_id,
        )
    )


def _count_undone(unit: Unit, episode_id: int) -> int:
    wanted = select(func.count()).select_from(Task)
    mine = wanted.where(Task.episode_id == episode_id, Task.state.in_(UNDONE))
    return unit.session.scalar(mine) or 0
