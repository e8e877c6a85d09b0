"""What we did with customers: meetings, calls, mails, as often as the touch model asks for."""

from datetime import date, timedelta

import numpy as np

from sandbox.company.account import Account
from sandbox.company.owners import POOL_MEMBER
from sandbox.company.people import mail_of, name_of
from sandbox.company.plan import Plan
from sandbox.company.sources import Fact, read_catalogue
from sandbox.company.streams import open_stream, pick
from sandbox.company.workdays import next_working

# tier -> days between two touches, and how they are mixed
RHYTHM = {"strategic": 10, "enterprise": 16, "mid": 26, "smb": 44}
MIX = {
    "high": ("meeting", "meeting", "meeting", "call", "email"),
    "low": ("meeting", "call", "email", "email"),
    "tech": ("email", "email", "email", "call"),
}
QUIET_NOW = frozenset({"too_little_data", "no_answer"})
FROM_THEM = 0.22
NEXT_PLANNED = 0.4


def list_touches(plan: Plan, account: Account) -> list[Fact]:
    """The touches of one account in time order; nobody touches an account without an owner mode."""
    if account.owner_mode == "none" and not account.churned_on:
        return []
    days = [day for day in _walk_days(plan, account) if _counts(plan, account, day)]
    told = [_ask_in_vain(plan, account)] if account.story_key == "no_answer" else []
    return [_record(plan, account, day) for day in days] + told


def number_touches(touches: list[Fact]) -> list[Fact]:
    """All touches by day, with the CRM's running number."""
    ordered = sorted(touches, key=lambda each: (each["touched_on"], each["account_ref"]))
    return [{**each, "touch_ref": f"A{number:05d}"} for number, each in enumerate(ordered, 1)]


def _walk_days(plan: Plan, account: Account) -> list[date]:
    stream = open_stream(plan.seed, "touches", account.ref)
    rhythm = RHYTHM[account.tier]
    position, found = int(stream.integers(0, rhythm)), []
    while position < len(plan.days):
        found.append(next_working(plan.days[position], account.country))
        position += max(2, int(stream.normal(rhythm, rhythm / 5)))
    return sorted(set(found))


def _counts(plan: Plan, account: Account, day: date) -> bool:
    story = account.story
    if story and story.quiet_from is not None and day > plan.day(story.quiet_from):
        return False
    if account.story_key in QUIET_NOW and plan.day(-9) <= day < plan.day(6):
        return False
    last = account.churned_on or date.max
    return account.started_on <= day < last and day <= plan.days[-1]


def _record(plan: Plan, account: Account, on: date) -> Fact:
    stream = open_stream(plan.seed, "touch", account.ref, on.isoformat())
    kind = pick(stream, MIX[account.touch])
    by_them = stream.random() < FROM_THEM and kind != "meeting"
    notes = read_catalogue("texts")["touches"][account.language]
    next_on = _plan_next(stream, account, on)
    return {
        "account_ref": account.ref,
        "touched_on": on,
        "kind": kind,
        "initiated_by": "them" if by_them else "us",
        "with_role": pick(stream, ("champion", "champion", "user", "decision_maker")),
        "note": pick(stream, notes["from_them" if by_them else kind]),
        "next_on": next_on,
        "member": _who(account),
    }


def _plan_next(stream: np.random.Generator, account: Account, on: date) -> date | None:
    if account.touch == "tech" or stream.random() > NEXT_PLANNED:
        return None
    ahead = on + timedelta(days=int(stream.integers(7, RHYTHM[account.tier] + 8)))
    return next_working(ahead, account.country)


def _ask_in_vain(plan: Plan, account: Account) -> Fact:
    asked_on = next_working(plan.day(-3), account.country)
    notes = read_catalogue("texts")["touches"][account.language]
    return {
        **_record(plan, account, asked_on),
        "kind": "reached_out",
        "initiated_by": "us",
        "note": notes["reached_out"][1],
        "next_on": None,
    }


def _who(account: Account) -> str:
    """Half of the CRM's rows name the member, half give the e-mail."""
    key = account.owner or POOL_MEMBER
    return name_of(key) if int(account.ref[1:]) % 2 else mail_of(key)
