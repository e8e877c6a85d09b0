"""A playbook made of what people did again and again: a draft that others check before its use.

Refuses a second draft of the same tasks, and what is no longer there.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from bot.core.outcome import DONE
from bot.core.playbook_week import DRAFT
from bot.core.practice import build_key
from bot.core.refusal import AlreadyDone, Refusal
from bot.core.vocabulary import Locale, Origin, Role
from bot.playbooks.document import dump_playbook, read_playbook
from bot.services.playbooks import list_active
from bot.signals.catalogue import load_signals
from bot.store import members
from bot.store.bulk.once import insert_once
from bot.store.tables import Member, Playbook, Task
from bot.store.unit import Unit

# Its alerts are told apart by the days of its steps, and one step is all there is.
_NEEDS_STEPS = "renewal"
# Who checks it, whoever is there first.
_CHECKED_BY = (Role.OPS, Role.MANAGER, Role.LEAD)


@dataclass(frozen=True)
class Wish:
    """What people must say of it: the sign it begins with, by when, and what it should bring."""

    name: str
    sign: str
    within_business_days: int
    hypothesis: str


def find_title(unit: Unit, task_id: int) -> str:
    """What the tasks are called; a task by hand it has to be."""
    wanted = select(Task).filter_by(id=task_id, origin=Origin.HAND.value)
    found = unit.session.scalars(wanted).one_or_none()
    if found is None:
        raise Refusal("no_such_practice")
    return str(found.title[Locale.JA.value])


def list_signs(unit: Unit) -> dict[str, Mapping[str, str] | None]:
    """The signs it may begin with, each with the name of a playbook that has it already."""
    documents = [each.document for each in list_active(unit)]
    used = {sign.key: document.name for document in documents for sign in document.signals}
    return {
        key: used[key].by_locale() if key in used else None
        for key in load_signals()
        if key != _NEEDS_STEPS
    }


def draft_practice(
    unit: Unit, task_id: int, wish: Wish, done: Mapping[str, str], by: Member
) -> str:
    """The key of the new playbook, whose first version is a draft; `done` names its result."""
    title = find_title(unit, task_id)
    key = build_key(title)
    document = read_playbook(
        {
            "key": key,
            "name": _in_both(wish.name),
            "signals": [{"key": wish.sign}],
            "hypothesis": _in_both(wish.hypothesis),
            "steps": [
                {
                    "key": "act",
                    "name": _in_both(title),
                    "within_business_days": wish.within_business_days,
                }
            ],
            "results": [{"key": DONE, "name": dict(done)}],
        }
    )
    values = {
        "key": key,
        "version": 1,
        "status": DRAFT,
        "document": dump_playbook(document),
        "made_by": str(by.id),
        "made_at": unit.at,
    }
    if insert_once(unit, Playbook, ["key", "version"], values) is None:
        raise AlreadyDone("practice_drafted")
    unit.audit(str(by.id), "playbook_drafted", f"{key}:1", name=wish.name, sign=wish.sign)
    return key


def find_checker(unit: Unit, maker_id: int) -> Member | None:
    """Who checks a draft of `maker_id`: ops first, and people before robots."""
    others = [each for each in members.list_reached(unit) if each.id != maker_id]
    return next((each for role in _CHECKED_BY for each in others if role in each.roles), None)


def _in_both(typed: str) -> dict[str, str]:
    """What a person typed is the same in both languages."""
    return {locale.value: typed for locale in Locale}
