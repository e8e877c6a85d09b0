"""Puts alerts and tasks into a workspace of a test, as a night or a person would have."""

from datetime import date, timedelta
from typing import Any

from bot.core.vocabulary import Band, Origin
from bot.store.base import new_id
from bot.store.tables import Account, Episode, OutcomeCheck, Task, TaskOutcome
from tests.commands.records import FRIDAY, TODAY, Records

DROP: list[Any] = [
    {
        "signal": "sharp_drop",
        "values": {"score_before": 71.0, "score": 48.0, "before_on": "2026-11-13"},
    },
]
USAGE_DROP = {"ja": "利用低下フォロー", "en": "Usage drop follow-up"}


def add_episode(records: Records, account: Account, **more: Any) -> Episode:
    """An open alert of the account, its owner answering for it."""
    given: dict[str, Any] = {
        "playbook": "usage_drop",
        "title": USAGE_DROP,
        "opened_on": TODAY,
        "owner_id": account.owner_id,
        "evidence": DROP,
        "score_then": 48.0,
    } | more
    episode = Episode(
        id=new_id(),
        account_id=account.id,
        playbook_version=1,
        open_as=given.pop("open_as", given["playbook"]),
        opened_at=FRIDAY,
        band_then=Band.RED.value,
        known_at=FRIDAY,
        **given,
    )
    return records.keep(episode)


def add_task(records: Records, account: Account, due_on: date, **more: Any) -> Task:
    """A task of the account's owner; with `episode`, one of that alert's steps."""
    episode: Episode | None = more.pop("episode", None)
    title = more.pop("title", "打ち合わせを打診")
    more.setdefault("owner_id", account.owner_id)
    task = Task(
        id=new_id(),
        account_id=account.id,
        key=f"test:{new_id()}",
        origin=more.pop("origin", Origin.PLAYBOOK if episode else Origin.HAND),
        episode_id=episode.id if episode else None,
        playbook=episode.playbook if episode else None,
        playbook_version=1 if episode else None,
        step="offer_meeting" if episode else None,
        title={"ja": title, "en": title},
        due_on=due_on,
        made_on=more.pop("made_on", TODAY),
        known_at=FRIDAY,
        **more,
    )
    return records.keep(task)


def add_outcome(records: Records, task: Task, **more: Any) -> TaskOutcome:
    """What came of a task, which is done with it; recorded on its last day unless told."""
    recorded_on = more.pop("recorded_on", TODAY)
    given: dict[str, Any] = {
        "done": "打ち合わせを打診",
        "result": "agreed",
        "impression": "前向き",
        "then_on": task.made_on,
        "score_then": 48.0,
        "member_id": records.sato.id,
    } | more
    outcome = TaskOutcome(
        id=new_id(),
        account_id=task.account_id,
        task_id=task.id,
        episode_id=task.episode_id,
        playbook=task.playbook,
        playbook_version=task.playbook_version,
        recorded_on=recorded_on,
        recorded_at=FRIDAY,
        known_at=FRIDAY,
        **given,
    )
    with records.store.writing(records.workspace_id) as unit:
        row = unit.session.get_one(Task, (records.workspace_id, task.id))
        row.state, row.ended_on = "done", recorded_on
        unit.add(outcome)
    return outcome


def add_check(records: Records, outcome: TaskOutcome, after_days: int, **more: Any) -> OutcomeCheck:
    """A check of the outcome; not measured yet unless `checked_on` is told."""
    due_on = outcome.recorded_on + timedelta(days=after_days)
    check = OutcomeCheck(
        id=new_id(), outcome_id=outcome.id, after_days=after_days, due_on=due_on, **more
    )
    return records.keep(check)
