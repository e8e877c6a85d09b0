"""The whole company before anything is written: accounts, daily use and facts of every kind.

Facts are clean and cover history and future alike; what a file may show of them on a day is
decided by `known_on`.
"""

from dataclasses import dataclass, field
from functools import cached_property

from sandbox.company.account import Account
from sandbox.company.accounts import build_accounts
from sandbox.company.contracts import list_contracts, list_outcomes
from sandbox.company.happenings import list_events, list_incidents, number_events
from sandbox.company.invoices import list_invoices
from sandbox.company.persons import build_contacts, draw_logins, list_activity, list_contact_facts
from sandbox.company.plan import Plan
from sandbox.company.sources import Fact
from sandbox.company.tickets import list_tickets, number_tickets
from sandbox.company.touches import list_touches, number_touches
from sandbox.company.usage import Table, build_usage
from sandbox.company.voices import list_nps, list_voc, number_voc

HAPPENED: dict[str, tuple[str, ...]] = {
    "contracts": ("signed_on",),
    "contact_activity": ("on",),
    "nps": ("responded_on",),
    "tickets": ("opened_on", "solved_on"),
    "invoices": ("issued_on", "paid_on"),
    "incidents": ("started_on", "ended_on"),
    "touches": ("touched_on",),
    "marketing_events": ("occurred_on",),
    "voc": ("said_on",),
    "outcomes": ("ended_on",),
}
"""Per kind the dates that come true one after the other; the first is when a fact appears."""


@dataclass
class World:
    """`usage` by account ref: days by metrics; `facts` by kind, accounts and usage left out."""

    plan: Plan
    accounts: list[Account]
    usage: dict[str, Table] = field(default_factory=dict)
    facts: dict[str, list[Fact]] = field(default_factory=dict)

    @cached_property
    def by_name(self) -> dict[str, Account]:
        return {account.name: account for account in self.accounts}

    def get_story(self, key: str) -> list[Account]:
        """The accounts of a story; raises KeyError when no account has it."""
        found = [account for account in self.accounts if account.story_key == key]
        if not found:
            raise KeyError(key)
        return found


def build_world(plan: Plan) -> World:
    """Everything about the company, the same for the same plan."""
    world = World(plan, build_accounts(plan))
    world.facts = {kind: [] for kind in ["contacts", *HAPPENED]}
    for account in world.accounts:
        _add_account(world, account)
    _finish(world)
    return world


def _add_account(world: World, account: Account) -> None:
    plan, facts = world.plan, world.facts
    contacts = build_contacts(plan, account)
    usage = build_usage(plan, account)
    logins = draw_logins(plan, account, contacts, usage)
    world.usage[account.ref] = usage
    facts["contacts"] += list_contact_facts(account, contacts)
    facts["contact_activity"] += list_activity(plan, account, contacts, logins)
    facts["contracts"] += list_contracts(plan, account)
    facts["outcomes"] += list_outcomes(plan, account)
    facts["invoices"] += list_invoices(plan, account)
    facts["nps"] += list_nps(plan, account, contacts)
    facts["voc"] += list_voc(plan, account, contacts)
    facts["tickets"] += list_tickets(plan, account)
    facts["touches"] += list_touches(plan, account)
    facts["marketing_events"] += list_events(plan, account)


def _finish(world: World) -> None:
    facts = world.facts
    facts["incidents"] = list_incidents(world.plan, world.accounts)
    facts["tickets"] = number_tickets(facts["tickets"])
    facts["touches"] = number_touches(facts["touches"])
    facts["voc"] = number_voc(facts["voc"])
    facts["marketing_events"] = number_events(facts["marketing_events"])
    facts["contact_activity"].sort(key=lambda each: (each["on"], each["contact_ref"]))
    for kind in ("contracts", "nps", "invoices", "outcomes"):
        born = HAPPENED[kind][0]
        facts[kind].sort(key=lambda each: (each[born], each["account_ref"]))
