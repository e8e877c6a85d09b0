"""Incidents of our product, and what customers did on our web site (known by mail domain only)."""

from datetime import timedelta
from typing import Any

import numpy as np

from sandbox.company.account import Account
from sandbox.company.plan import Plan
from sandbox.company.sources import Fact, read_catalogue
from sandbox.company.streams import open_stream, pick
from sandbox.company.workdays import next_working

EVENTS_MOST = 5
KINDS = ("download", "webinar", "webinar", "download", "visit")


def list_incidents(plan: Plan, accounts: list[Account]) -> list[Fact]:
    """One fact per incident and account it hit; a blank `account_ref` means everybody."""
    told = read_catalogue("texts")["incidents"]
    return [
        {
            "account_ref": ref,
            "incident_ref": f"INC-{number:03d}",
            "title": entry["title"],
            "started_on": plan.day(entry["day"]),
            "ended_on": plan.day(entry["day"] + entry["days"]),
            "severity": entry["severity"],
        }
        for number, entry in enumerate(told, start=1)
        for ref in _list_hit(plan, accounts, entry)
        if plan.start_on <= plan.day(entry["day"]) <= plan.days[-1]
    ]


def list_events(plan: Plan, account: Account) -> list[Fact]:
    """Downloads, page visits and webinars; `account_ref` is the mail domain."""
    if account.story_key == "too_little_data":
        return []
    stream = open_stream(plan.seed, "events", account.ref)
    offsets = sorted(stream.integers(-540, 60, stream.integers(0, EVENTS_MOST)))
    found = [_visit(plan, account, stream, int(each)) for each in offsets]
    if account.story_key == "leaving":
        found.append(_visit_leaving_page(plan, account))
    return [each for each in found if each["occurred_on"] <= plan.days[-1]]


def number_events(events: list[Fact]) -> list[Fact]:
    """All events by day, with a running number."""
    ordered = sorted(events, key=lambda each: (each["occurred_on"], each["account_ref"]))
    return [{**each, "event_ref": f"M{number:04d}"} for number, each in enumerate(ordered, 1)]


def _list_hit(plan: Plan, accounts: list[Account], entry: dict[str, Any]) -> list[str]:
    who = entry["who"]
    if who == "everybody":
        return [""]
    if isinstance(who, list):
        return [account.ref for account in accounts if account.name in who]
    plain = [account.ref for account in accounts if account.story is None]
    stream = open_stream(plan.seed, "incident", entry["title"])
    return sorted(str(ref) for ref in stream.choice(plain, who, replace=False))


def _visit(plan: Plan, account: Account, stream: np.random.Generator, offset: int) -> Fact:
    kind = pick(stream, KINDS)
    details = read_catalogue("texts")["marketing"][kind]
    # The page about leaving is kept for the account whose story it is.
    detail = pick(stream, details[1:] if kind == "visit" else details)
    on = next_working(plan.day(offset), account.country)
    return {"account_ref": account.domain, "occurred_on": on, "kind": kind, "detail": detail}


def _visit_leaving_page(plan: Plan, account: Account) -> Fact:
    return {
        "account_ref": account.domain,
        "occurred_on": next_working(plan.day(-12) - timedelta(days=1), account.country),
        "kind": "visit",
        "detail": read_catalogue("texts")["marketing"]["visit"][0],
    }
