"""Finished tasks that people gave themselves, with what was measured: two statements."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from bot.core.outcome import CHECKED_AFTER
from bot.core.practice import Practice, Tried, build_key, list_practices
from bot.core.vocabulary import CommonResult, Locale, Origin
from bot.core.week import Week
from bot.store.tables import OutcomeCheck, Playbook, Task, TaskOutcome
from bot.store.unit import Unit
from bot.store.weekly_playbooks import read_ran

# A habit shows over half a year.
LOOKED_BACK = timedelta(weeks=26)


def read_practices(unit: Unit, days: Week) -> list[Practice]:
    """What was done outside playbooks up to the week's end, measured by the morning after."""
    check = (
        (OutcomeCheck.workspace_id == TaskOutcome.workspace_id)
        & (OutcomeCheck.outcome_id == TaskOutcome.id)
        & (OutcomeCheck.after_days == CHECKED_AFTER[0])
        & (OutcomeCheck.checked_on <= days.next_on)
    )
    task = (Task.workspace_id == TaskOutcome.workspace_id) & (Task.id == TaskOutcome.task_id)
    wanted = (
        select(
            Task.title,
            TaskOutcome.account_id,
            TaskOutcome.playbook,
            TaskOutcome.playbook_version,
            TaskOutcome.task_id,
            TaskOutcome.episode_id,
            TaskOutcome.result,
            TaskOutcome.recorded_on,
            TaskOutcome.recorded_at,
            TaskOutcome.score_then,
            OutcomeCheck.score,
            OutcomeCheck.like_count,
            OutcomeCheck.like_change,
        )
        .join(Task, task)
        .outerjoin(OutcomeCheck, check)
        .where(TaskOutcome.playbook.is_(None), Task.origin == Origin.HAND.value)
        # The first tasks of all have one title and no idea of their own.
        .where(Task.key.not_like("first:%"))
        .where(TaskOutcome.recorded_on.between(days.next_on - LOOKED_BACK, days.until_on))
        .where(TaskOutcome.result != CommonResult.WAITING.value)
    )
    rows = unit.session.execute(wanted)
    found = list_practices(
        Tried(row.title[Locale.JA.value], row.account_id, read_ran(row)) for row in rows
    )
    made = _read_statuses(unit, [build_key(each.title) for each in found])
    return [replace(each, status=made.get(build_key(each.title), "")) for each in found]


def _read_statuses(unit: Unit, keys: Sequence[str]) -> dict[str, str]:
    """What has become of the playbooks made of them: the status of the newest version."""
    if not keys:
        return {}
    wanted = select(Playbook.key, Playbook.status).where(Playbook.key.in_(keys))
    rows = unit.session.execute(wanted.order_by(Playbook.version))
    return {row.key: row.status for row in rows}
