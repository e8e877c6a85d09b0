"""Requests to the support desk: more from larger customers, only on days people work."""

from datetime import date, timedelta

import numpy as np

from sandbox.company.account import Account, read_line
from sandbox.company.plan import Plan
from sandbox.company.sources import Fact, read_catalogue
from sandbox.company.streams import open_stream, pick
from sandbox.company.workdays import measure_days

PER_DAY = {"strategic": 0.16, "enterprise": 0.07, "mid": 0.03, "smb": 0.018}
PRIORITIES = ("low", "normal", "normal", "normal", "high")
UNSOLVED_SHARE = 0.01


def list_tickets(plan: Plan, account: Account) -> list[Fact]:
    """The tickets of one account in order; `solved_on` None where nobody ever solved one."""
    if account.story_key in {"too_little_data", "silent"}:
        return []
    counts = _count_days(plan, account)
    return [
        _open(plan, account, plan.days[position], number)
        for position in np.nonzero(counts)[0]
        for number in range(counts[position])
    ]


def number_tickets(tickets: list[Fact]) -> list[Fact]:
    """All tickets by the day they were opened, with the desk's running number."""
    ordered = sorted(tickets, key=lambda each: (each["opened_on"], each["account_ref"]))
    return [{**each, "ticket_ref": f"T{number:05d}"} for number, each in enumerate(ordered, 1)]


def status_of(ticket: Fact) -> str:
    """The status that goes with what is known of a ticket."""
    return "solved" if ticket["solved_on"] else str(ticket["waits"])


def _count_days(plan: Plan, account: Account) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    offsets = np.array([plan.offset(day) for day in plan.days], dtype=np.int64)
    working = measure_days(plan.days, account.country, account.habit)
    wave = read_line(account.story.tickets if account.story else [], offsets, 1.0)
    stream = open_stream(plan.seed, "tickets", account.ref)
    counts = stream.poisson(PER_DAY[account.tier] * working * wave)
    end = account.churned_on or date.max
    alive = np.array([account.started_on <= day < end for day in plan.days])
    return np.asarray(counts * alive, dtype=np.int64)


def _open(plan: Plan, account: Account, on: date, number: int) -> Fact:
    stream = open_stream(plan.seed, "ticket", account.ref, on.isoformat(), str(number))
    category, subject = pick(stream, _list_subjects(account))
    days = int(stream.geometric(0.45)) - 1
    never = stream.random() < UNSOLVED_SHARE
    return {
        "account_ref": account.ref,
        "opened_on": on,
        "solved_on": None if never else on + timedelta(days=days),
        "waits": "pending" if stream.random() < 0.3 else "open",
        "priority": "low" if _is_small(account) else pick(stream, PRIORITIES),
        "category": category,
        "subject": subject,
    }


def _is_small(account: Account) -> bool:
    return account.story_key == "small_inquiries"


def _list_subjects(account: Account) -> list[list[str]]:
    texts = read_catalogue("texts")
    found: list[list[str]] = (
        texts["small_inquiries"] if _is_small(account) else texts["tickets"][account.language]
    )
    return found
