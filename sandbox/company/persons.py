"""The people on the customer's side: who they are and on which days they logged in."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandbox.company.account import Account
from sandbox.company.names import PersonName, name_person
from sandbox.company.plan import Plan
from sandbox.company.sources import Fact
from sandbox.company.streams import open_stream
from sandbox.company.usage import METRICS, Table

# role -> share of the account's working days on which such a person logs in
HABITS = {"champion": 0.9, "user": 0.6, "admin": 0.45, "decision_maker": 0.12}
USERS = {"strategic": 4, "enterprise": 3, "mid": 2, "smb": 1}


@dataclass(frozen=True)
class Contact:
    """A named person of an account; `ref` is the product's user id."""

    ref: str
    person: PersonName
    role: str
    is_active: bool = True


def build_contacts(plan: Plan, account: Account) -> list[Contact]:
    """Decision maker, champion, a few users and, from mid size on, an administrator."""
    stream = open_stream(plan.seed, "contacts", account.ref)
    roles = ["decision_maker", "champion", *["user"] * USERS[account.tier]]
    roles += ["admin"] if account.tier != "smb" else []
    people = _name_apart(stream, account.language, len(roles))
    gone = account.story_key == "champion_left"
    return [
        Contact(f"U{account.ref[1:]}-{number}", person, role, not (gone and role == "champion"))
        for number, (role, person) in enumerate(zip(roles, people, strict=True), start=1)
    ]


def list_contact_facts(account: Account, contacts: list[Contact]) -> list[Fact]:
    """The contacts by canonical field names; `account_ref` is the CRM id."""
    return [
        {
            "account_ref": account.ref,
            "contact_ref": contact.ref,
            "name": contact.person.name,
            "email": f"{contact.person.login}@{account.domain}",
            "role": contact.role,
            "is_active": contact.is_active,
        }
        for contact in contacts
    ]


def draw_logins(plan: Plan, account: Account, contacts: list[Contact], usage: Table) -> Table:
    """Logins of each contact (rows) on each day (columns), never more people than were active.

    Raises the account's own logins in `usage` where the named people alone logged in more often.
    """
    active = usage[:, METRICS.index("active_users")].clip(0)
    logins = np.stack([_draw_one(plan, account, contact, active) for contact in contacts])
    logins *= np.cumsum(logins > 0, axis=0) <= active
    own = usage[:, METRICS.index("logins")]
    np.maximum(own, logins.sum(axis=0), out=own, where=own > 0)
    return logins


def list_activity(
    plan: Plan, account: Account, contacts: list[Contact], logins: Table
) -> list[Fact]:
    """One fact per contact and day with a login; `account_ref` is the product's tenant id."""
    return [
        {
            "account_ref": account.tenant,
            "contact_ref": contacts[row].ref,
            "on": plan.days[column],
            "logins": int(logins[row, column]),
        }
        for row, column in zip(*np.nonzero(logins), strict=True)
    ]


def _draw_one(plan: Plan, account: Account, contact: Contact, active: Table) -> Table:
    stream = open_stream(plan.seed, "logins of", contact.ref)
    past = active[: plan.position(plan.until)]
    usual = float(np.median(past[past > 0])) if past.any() else 1.0
    chance = np.minimum(0.97, HABITS[contact.role] * active / usual)
    draws = stream.random((len(active), 2))
    logins = (draws[:, 0] < chance) * (1 + (draws[:, 1] < 0.35))
    if contact.role == "champion" and account.story and account.story.away:
        logins = _stay_away(plan, account.story.away, logins, active)
    return np.asarray(logins, dtype=np.int64)


def _stay_away(
    plan: Plan, away: tuple[int, int], logins: NDArray[np.int64], active: Table
) -> NDArray[np.int64]:
    first, last = (plan.position(plan.day(each)) for each in away)
    logins[first : last + 1] = 0
    if active[first - 1] > 0:
        logins[first - 1] = 1
    return logins


def _name_apart(stream: np.random.Generator, language: str, count: int) -> list[PersonName]:
    found: dict[str, PersonName] = {}
    while len(found) < count:
        person = name_person(stream, language)
        found.setdefault(person.login, person)
    return list(found.values())
