"""What was done for customers, each deed once: a contact and the task it was made for are one.

Refuses to take one contact for two tasks, and one of another person for theirs.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.vocabulary import Mover
from bot.core.weekly import Moved


@dataclass(frozen=True)
class Contacted:
    """A touch; `member_id` is None where a file did not say whose it was."""

    account_id: int
    member_id: int | None
    on: date
    mover: Mover


@dataclass(frozen=True)
class Finished:
    """A task that is done, from the day it was made to that of its outcome."""

    account_id: int
    member_id: int | None
    made_on: date
    ended_on: date
    mover: Mover


def count_deeds(
    finished: Sequence[Finished], contacted: Iterable[Contacted], since_on: date
) -> Moved:
    """Deeds from `since_on` on, by who moved first; `finished` in the order they ended.

    A task whose contact was before `since_on` was counted with it. Of the two of one deed the task
    says who moved first: it was asked at the end.
    """
    free: dict[int, list[Contacted]] = defaultdict(list)
    for each in sorted(contacted, key=lambda each: each.on):
        free[each.account_id].append(each)
    moves = []
    for task in finished:
        belonging = _take(free[task.account_id], task)
        is_counted = belonging is not None and belonging.on < since_on
        if task.ended_on >= since_on and not is_counted:
            moves.append(task.mover)
    rest = (each for found in free.values() for each in found)
    moves += [each.mover for each in rest if each.on >= since_on]
    return Moved(moves.count(Mover.US), moves.count(Mover.THEM))


def _take(free: list[Contacted], task: Finished) -> Contacted | None:
    """The last contact made for the task, which is no other's from now on."""
    for place in range(len(free) - 1, -1, -1):
        if _belongs(free[place], task):
            return free.pop(place)
    return None


def _belongs(contact: Contacted, task: Finished) -> bool:
    is_theirs = contact.member_id in (None, task.member_id)
    return is_theirs and task.made_on <= contact.on <= task.ended_on
