"""Tasks for the accounts to begin with, one each however often and by whomever it is asked."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select

from bot.ask import Person
from bot.core.refusal import AlreadyDone
from bot.core.vocabulary import Locale, Mover, Origin, TaskState
from bot.services.people import calendar_of
from bot.store.bulk.once import insert_once
from bot.store.tables import Account, Member, Task
from bot.store.unit import Unit

# Two a day for somebody who has all ten.
DUE_WITHIN_DAYS = 5


def begin_with(
    unit: Unit, account_ids: Sequence[int], title: Mapping[Locale, str], by: Person, today: date
) -> list[int]:
    """The new tasks' ids; raises `AlreadyDone` where all are there. Nobody's is the asker's.

    Due within five business days of whoever does it, spread over them in the order given.
    """
    wanted = select(Account).where(Account.id.in_(account_ids), Account.is_active)
    known = {account.id: account for account in unit.session.scalars(wanted)}
    active = set(unit.session.scalars(select(Member.id).where(Member.is_active)))
    given: dict[int, int] = {}
    made = []
    for account in (known[each] for each in account_ids if each in known):
        owner_id = next(
            (each for each in (account.owner_id, account.second_id) if each in active), by.member_id
        )
        given[owner_id] = place = given.get(owner_id, 0) + 1
        days = min((place + 1) // 2, DUE_WITHIN_DAYS)
        due_on = calendar_of(unit, owner_id).add_business_days(today, days)
        made.append(_add(unit, account.id, owner_id, title, due_on, by, today))
    kept = [each for each in made if each is not None]
    if not kept:
        raise AlreadyDone("first_ten_already")
    unit.audit(str(by.member_id), "first_ten_begun", unit.workspace.team_id, tasks=len(kept))
    return kept


def _add(
    unit: Unit,
    account_id: int,
    owner_id: int,
    title: Mapping[Locale, str],
    due_on: date,
    by: Person,
    today: date,
) -> int | None:
    values = {
        "account_id": account_id,
        "key": f"first:{account_id}",
        "origin": Origin.HAND.value,
        "title": {locale.value: said for locale, said in title.items()},
        "owner_id": owner_id,
        "due_on": due_on,
        "state": TaskState.OPEN.value,
        "mover": Mover.US.value,
        "made_on": today,
        "made_by_id": by.member_id,
        "known_at": unit.at,
    }
    return insert_once(unit, Task, ["key"], values)
