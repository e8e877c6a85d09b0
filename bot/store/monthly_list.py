"""What a monthly list reads beside the book: contacts, what is on watch, who is acted on already.

Each function is one statement, whatever the size of the book.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, case, func, select

from bot.core.alert import Reason as Sign
from bot.core.alert import read_reasons
from bot.core.vocabulary import Difficulty, Origin, Tier, Touch, TouchKind
from bot.store.scopes import Scope
from bot.store.standing import last_run_on
from bot.store.tables import Account, AccountScore, Episode, Task
from bot.store.tables import Touch as Contact
from bot.store.tasks import UNDONE
from bot.store.unit import Unit


@dataclass(frozen=True)
class Contacts:
    """How an account is served, and when it was spoken to, met, and will be spoken to again."""

    tier: Tier | None
    touch: Touch
    difficulty: Difficulty
    started_on: date | None
    touched_on: date | None
    met_on: date | None
    next_on: date | None


def read_contacts(unit: Unit, scope: Scope, on: date) -> dict[int, Contacts]:
    """By account of the scope; touches recorded for days after `on` are not looked at."""
    met = case((Contact.kind == TouchKind.MEETING.value, Contact.touched_on))
    ahead = case((Contact.next_on >= on, Contact.next_on))
    wanted = (
        select(
            *(Account.id, Account.tier, Account.touch, Account.difficulty, Account.started_on),
            *(func.max(Contact.touched_on), func.max(met), func.min(ahead)),
        )
        .outerjoin(Contact, and_(_of_account(Contact), Contact.touched_on <= on))
        .where(scope.holds(on))
        .group_by(Account.id, Account.tier, Account.touch, Account.difficulty, Account.started_on)
    )
    return {
        account_id: Contacts(
            Tier(tier) if tier else None, Touch(touch), Difficulty(difficulty), *days
        )
        for account_id, tier, touch, difficulty, *days in unit.session.execute(wanted)
    }


@dataclass(frozen=True)
class Watched:
    """What is on watch of an account, by language, since when, and by which sign."""

    title: Mapping[str, str]
    opened_on: date
    seen: Sign | None


def list_episodes(unit: Unit, scope: Scope, on: date) -> tuple[dict[int, Watched], set[int]]:
    """Accounts on watch with what is watched, and accounts with an open alert."""
    wanted = (
        select(
            *(Episode.account_id, Episode.is_watch, Episode.title),
            *(Episode.opened_on, Episode.evidence),
        )
        .join(Account, _of_account(Episode))
        .where(scope.holds(on), Episode.open_as.is_not(None))
        .order_by(Episode.opened_on.desc(), Episode.id)
    )
    watched: dict[int, Watched] = {}
    alerted: set[int] = set()
    for account_id, is_watch, title, opened_on, evidence in unit.session.execute(wanted):
        if is_watch:
            seen = read_reasons(evidence)
            watched[account_id] = Watched(title, opened_on, seen[0] if seen else None)
        else:
            alerted.add(account_id)
    return watched, alerted


def list_with_tasks(unit: Unit, scope: Scope, on: date) -> set[int]:
    """Accounts with something to do; a look at what is on watch approaches nobody."""
    wanted = (
        select(Task.account_id)
        .join(Account, _of_account(Task))
        .outerjoin(
            Episode,
            (Episode.workspace_id == Task.workspace_id) & (Episode.id == Task.episode_id),
        )
        .where(scope.holds(on), Task.state.in_(UNDONE))
        .where(func.coalesce(Episode.is_watch, False).is_(False))
        .distinct()
    )
    return set(unit.session.scalars(wanted))


def list_details(unit: Unit, scope: Scope, on: date) -> list[tuple[int, int, bytes]]:
    """Account, model version and packed details of the last scores."""
    wanted = (
        select(AccountScore.account_id, AccountScore.model_version, AccountScore.details)
        .join(Account, _of_account(AccountScore))
        .where(scope.holds(on), AccountScore.run_on == last_run_on(on))
    )
    return [(row[0], row[1], row[2]) for row in unit.session.execute(wanted)]


def list_due_days(unit: Unit, member_id: int, month: date) -> dict[date, int]:
    """How many tasks of that month's list a person has by day, done ones included."""
    wanted = (
        select(Task.due_on, func.count())
        .where(Task.owner_id == member_id, Task.origin == Origin.MONTHLY.value)
        .where(Task.key.startswith(f"monthly:{month:%Y-%m}:"))
        .group_by(Task.due_on)
    )
    return {row[0]: row[1] for row in unit.session.execute(wanted)}


def _of_account(entity: Any) -> Any:
    return (entity.workspace_id == Account.workspace_id) & (entity.account_id == Account.id)
