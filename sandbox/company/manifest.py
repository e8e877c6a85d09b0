"""The list of what was made: files, stories with names and days, dirt, deliveries.

It is for people and tests; the importer must do without it.
"""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from sandbox.company.account import Account
from sandbox.company.contracts import list_terms, notice_of
from sandbox.company.future import Faults, list_corrected
from sandbox.company.history import Shelf
from sandbox.company.people import mail_of
from sandbox.company.plan import Plan
from sandbox.company.world import World

NAME = "manifest.json"


def write_manifest(world: World, shelf: Shelf, deliveries: list[dict[str, Any]]) -> None:
    """Writes manifest.json into the shelf's folder."""
    plan = world.plan
    held = {
        "seed": plan.seed,
        "until": plan.until.isoformat(),
        "start_on": plan.start_on.isoformat(),
        "history_ends_on": plan.history_ends_on.isoformat(),
        "counts": _count(world),
        "import_order": [each["path"] for each in shelf.files if _is_history(each)],
        "files": shelf.files,
        "stories": [_tell(plan, account) for account in world.accounts if account.story],
        "faults": _list_faults(world),
        "churned": [_say_left(account) for account in world.accounts if account.churned_on],
        "dirt": shelf.ledger.entries,
        "deliveries": deliveries,
    }
    text = json.dumps(held, ensure_ascii=False, indent=1) + "\n"
    (shelf.folder / NAME).write_text(text, encoding="utf-8")


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a folder the generator wrote."""
    held: dict[str, Any] = json.loads((folder / NAME).read_text(encoding="utf-8"))
    return held


def _is_history(entry: dict[str, Any]) -> bool:
    return not entry["path"].startswith("future/")


def _count(world: World) -> dict[str, Any]:
    return {
        "accounts": len(world.accounts),
        "tiers": dict(Counter(account.tier for account in world.accounts)),
        "owner_modes": dict(Counter(account.owner_mode for account in world.accounts)),
        "owners": dict(Counter(mail_of(each.owner) for each in world.accounts if each.owner)),
        "currencies": dict(Counter(account.currency for account in world.accounts)),
    }


def _tell(plan: Plan, account: Account) -> dict[str, Any]:
    story = account.story
    assert story is not None
    told: dict[str, Any] = {
        "story": story.key,
        "account": account.name,
        "ref": account.ref,
        "tenant": account.tenant,
        "billing": account.billing,
        "owner": mail_of(account.owner),
        "has_feed": account.has_feed,
        "started_on": account.started_on.isoformat(),
        **_current_dates(plan, account),
    }
    if story.level:
        told["level"] = [[_day(plan, day), share] for day, share in story.level]
    if story.key_level:
        told["key_level"] = [[_day(plan, day), share] for day, share in story.key_level]
    if story.away:
        told["champion_last_seen_on"] = _day(plan, story.away[0] - 1)
        told["champion_back_on"] = _day(plan, story.away[1] + 1)
    if story.quiet_from is not None:
        told["no_touch_since"] = _day(plan, story.quiet_from)
    if story.key == "stops":
        told["stops_on"] = told["level"][-1][0]
    return told


def _current_dates(plan: Plan, account: Account) -> dict[str, str]:
    running = [term for term in list_terms(plan, account) if term.renews_on > plan.until]
    term = running[0]
    return {
        "renews_on": term.renews_on.isoformat(),
        "notice_on": notice_of(account, term).isoformat(),
    }


def _list_faults(world: World) -> dict[str, Any]:
    faults = Faults(world.plan)
    return {
        "dead_on": _iso(faults.dead_on),
        "doubled_on": _iso(faults.doubled_on),
        "mended_on": _iso(faults.mended_on),
        "corrected_tenants": list_corrected(world),
        "late_on": _iso(faults.late_on),
        "late_arrives_on": _iso(faults.late_arrives_on),
    }


def _say_left(account: Account) -> dict[str, str]:
    assert account.churned_on is not None
    return {"account": account.name, "ref": account.ref, "left_on": _iso(account.churned_on)}


def _day(plan: Plan, offset: float) -> str:
    return plan.day(int(offset)).isoformat()


def _iso(day: date) -> str:
    return day.isoformat()
