"""Accounts change hands with all that is open for them. Refuses what changed hands meanwhile."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from bot.ask import Person
from bot.core.refusal import AlreadyDone
from bot.services import episodes, tasks
from bot.services.owners import Post, set_post
from bot.store.alert_messages import find_message
from bot.store.members import get_member
from bot.store.tables import Account, Episode, Task
from bot.store.tasks import UNDONE
from bot.store.unit import Unit


def hand_over_accounts(
    unit: Unit,
    account_ids: Sequence[int],
    from_id: int,
    to_id: int,
    *,
    by: Person,
    today: date,
) -> tuple[list[int], int]:
    """The accounts that were still of `from_id` are of `to_id` now, alerts and tasks included.

    Gives the alerts among them that have a message, and how many alerts and tasks went along in
    all; `AlreadyDone` where none of the accounts was `from_id`'s any more.
    """
    theirs = [key for key in sorted(account_ids) if _is_owned(unit, key, from_id)]
    if not theirs:
        raise AlreadyDone("accounts_handed")
    told, count = [], 0
    for account_id in theirs:
        for episode_id in _list_episodes(unit, account_id, from_id):
            episodes.hand_over(unit, episode_id, to_id, by, from_id)
            told += [episode_id] if find_message(unit, episode_id) else []
            count += 1
        # Alerts before the account: a task left may belong to one that somebody else answers for.
        for episode_id in _list_alerts_of_tasks(unit, account_id, from_id):
            episodes.lock_episode(unit, episode_id)
        tasks.lock_account(unit, account_id)
        # Somebody else may have pressed while this one waited for the lock.
        if not _is_owned(unit, account_id, from_id):
            raise AlreadyDone("accounts_handed")
        for task_id in _list_tasks(unit, account_id, from_id):
            tasks.hand_over(unit, task_id, to_id, by=by, today=today)
            count += 1
        set_post(unit, account_id, Post.OWNER, get_member(unit, to_id), by.slack_user)
    return told, count


def _is_owned(unit: Unit, account_id: int, owner_id: int) -> bool:
    wanted = select(Account.id).filter_by(id=account_id, owner_id=owner_id, is_active=True)
    return unit.session.scalars(wanted).first() is not None


def _list_episodes(unit: Unit, account_id: int, owner_id: int) -> list[int]:
    wanted = select(Episode.id).filter_by(account_id=account_id, owner_id=owner_id)
    return list(unit.session.scalars(wanted.where(Episode.open_as.is_not(None))))


def _list_alerts_of_tasks(unit: Unit, account_id: int, owner_id: int) -> list[int]:
    wanted = select(Task.episode_id).filter_by(account_id=account_id, owner_id=owner_id)
    undone = wanted.where(Task.state.in_(UNDONE), Task.episode_id.is_not(None)).distinct()
    found = unit.session.scalars(undone.order_by(Task.episode_id))
    return [each for each in found if each is not None]


def _list_tasks(unit: Unit, account_id: int, owner_id: int) -> list[int]:
    wanted = select(Task.id).filter_by(account_id=account_id, owner_id=owner_id)
    return list(unit.session.scalars(wanted.where(Task.state.in_(UNDONE)).order_by(Task.id)))
