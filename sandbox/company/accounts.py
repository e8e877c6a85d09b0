"""Who the customers are: accounts with a story, those who left, plain ones up to the count."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from sandbox.company.account import Account, build_story, list_stories
from sandbox.company.names import Company, invent_companies
from sandbox.company.owners import assign_owners
from sandbox.company.plan import Plan, add_months
from sandbox.company.sources import read_catalogue
from sandbox.company.streams import open_stream, pick

PAST_CUSTOMERS = 8
TIER_SHARES = {"strategic": 0.06, "enterprise": 0.2, "mid": 0.42, "smb": 0.32}
# tier -> fewest and most seats, least and most yen a year
SIZES = {
    "strategic": (120, 300, 12_000_000, 32_000_000),
    "enterprise": (40, 110, 4_000_000, 11_000_000),
    "mid": (12, 38, 1_200_000, 3_900_000),
    "smb": (4, 11, 240_000, 980_000),
}
YEN_PER_DOLLAR = 150
MOODS = ("steady",) * 26 + ("growing",) * 4 + ("weak",) * 2


def build_accounts(plan: Plan) -> list[Account]:
    """Every account, in the order of their ids, owners assigned."""
    told = [_tell(plan, number, entry) for number, entry in enumerate(list_stories(), start=1)]
    room = plan.account_count - len(told)
    companies = invent_companies(plan.seed, room)
    plain = [
        _invent(plan, number, company, is_past=number - len(told) <= PAST_CUSTOMERS)
        for number, company in enumerate(companies, start=len(told) + 1)
    ]
    return assign_owners(told + plain)


def _tell(plan: Plan, number: int, entry: dict[str, Any]) -> Account:
    story = build_story(entry)
    country = entry.get("country", "JP")
    started_on = _start_story(plan, entry)
    account = Account(
        **_ids(number, entry["slug"]),
        **{key: entry[key] for key in ("name", "kana", "tier", "industry", "habit", "seats")},
        arr=entry["arr"],
        adopt=entry["adopt"],
        country=country,
        currency=entry.get("currency", "JPY"),
        mood=story.key if story.key in {"growing", "leaving"} else "steady",
        started_on=started_on,
        has_feed=entry.get("feed", True),
        owner=entry["owner"],
        second=entry["second"],
        stage="onboarding" if story.age_days else entry.get("stage", "adoption"),
        story=story,
    )
    return _with_goal(plan, account, entry)


def _start_story(plan: Plan, entry: dict[str, Any]) -> date:
    if "age_days" in entry:
        return plan.day(-entry["age_days"])
    years = 2 + len(entry["name"]) % 3
    return add_months(plan.day(entry["renews_in"]), -12 * years)


def _invent(plan: Plan, number: int, company: Company, is_past: bool) -> Account:
    stream = open_stream(plan.seed, "account", company.slug)
    tier = "smb" if is_past and number % 2 else _pick_tier(stream)
    seats, arr = _size(stream, tier, company.country)
    account = Account(
        **_ids(number, company.slug),
        name=company.name,
        kana=company.kana,
        tier=tier,
        country=company.country,
        industry=company.industry,
        habit=company.habit,
        seats=seats,
        arr=arr,
        currency="JPY" if company.country == "JP" else "USD",
        adopt=round(float(stream.uniform(0.6, 0.84)), 3),
        mood=pick(stream, MOODS),
        started_on=plan.day(-int(stream.integers(120, 1500))),
    )
    account = _leave(plan, account, stream) if is_past else _settle(plan, account)
    return _with_goal(plan, account, {})


def _pick_tier(stream: np.random.Generator) -> str:
    return str(stream.choice(list(TIER_SHARES), p=list(TIER_SHARES.values())))


def _size(stream: np.random.Generator, tier: str, country: str) -> tuple[int, int]:
    fewest, most, least, top = SIZES[tier]
    seats = int(stream.integers(fewest, most + 1))
    share = (seats - fewest) / (most - fewest)
    yen = int(round(least + share * (top - least), -4))
    return seats, yen if country == "JP" else int(round(yen / YEN_PER_DOLLAR, -2))


def _settle(plan: Plan, account: Account) -> Account:
    if account.mood == "weak":
        account = replace(account, adopt=round(account.adopt * 0.5, 3))
    if account.started_on > plan.day(-150):
        return replace(account, stage="onboarding")
    return replace(account, stage="expansion") if account.mood == "growing" else account


def _leave(plan: Plan, account: Account, stream: np.random.Generator) -> Account:
    churned_on = plan.day(-int(stream.integers(30, 400)))
    started_on = add_months(churned_on, -12 * int(stream.integers(2, 4)))
    # Month arithmetic loses the 31st; the contract must end where the years from its start do.
    churned_on = add_months(started_on, 12 * round((churned_on - started_on).days / 365.25))
    return replace(account, mood="leaving", started_on=started_on, churned_on=churned_on)


def _with_goal(plan: Plan, account: Account, entry: dict[str, Any]) -> Account:
    stream = open_stream(plan.seed, "goal", account.ref)
    goal, criteria = pick(stream, read_catalogue("texts")["goals"][account.language])
    if account.owner_mode != "dedicated" or stream.random() < 0.12:
        goal = criteria = ""
    return replace(account, goal=entry.get("goal", goal), criteria=entry.get("criteria", criteria))


def _ids(number: int, slug: str) -> dict[str, Any]:
    return {
        "ref": f"C{number:04d}",
        "tenant": f"tn-{slug}",
        "billing": f"B-{20000 + number * 7}",
        "domain": f"{slug}.example",
    }
