"""Accounts drawn at random with every kind of fact, much of it missing."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bot.frame.block import Block, Rows
from bot.frame.measure import LONG_DAYS, USAGE_DAYS
from bot.frame.metric import Metric
from bot.frame.usage import Usage
from tests.frame.blocks import RUN_ON, TODAY, metric

METRICS = ("logins", "active_users", "key_actions", "features_used", "usage_minutes")
ROLES = ["decision_maker", "champion", "admin", "user", None]
DAY, NUMBER, FLAG = "day", "number", "flag"
# Kind of facts → its columns and what they hold; a list is the words of a column.
KINDS: dict[str, dict[str, Any]] = {
    "nps": {
        "respondent": ["a", "b", "c"],
        "role": ROLES,
        "responded_on": DAY,
        "score": NUMBER,
    },
    "voc": {
        "said_on": DAY,
        "speaker_role": ROLES,
        "sentiment": ["positive", "neutral", "negative"],
        "confidence": ["low", "normal", "high"],
    },
    "inquiries": {"opened_on": DAY, "until_on": DAY, "severity": FLAG},
    "bills": {"due_on": DAY, "paid_on": DAY},
    "events": {"occurred_on": DAY, "kind": ["download", "visit", "webinar", "other"]},
    "limits": {"limit_metric": ["logins", "exports"], "plan_limit": NUMBER},
    "incidents": {"severity": ["minor", "major", "critical"], "ended_on": DAY},
    "key_people": {"role": ROLES[:2], "is_active": FLAG, "first_on": DAY, "last_on": DAY},
    "deciders": {"active_on": DAY, "logins": NUMBER},
    "activity": {"active_on": DAY, "people": NUMBER},
    "licences": {"seats": NUMBER},
}
# Days that every row has.
ALWAYS = {"responded_on", "said_on", "opened_on", "due_on", "occurred_on", "active_on"}
# Of these an account has one row at most.
SINGLE: dict[str, dict[str, Any]] = {
    "tickets": dict.fromkeys(["opened_28d", "opened_84d_before", "open_now", "urgent_now"], NUMBER),
    "invoices": {"oldest_due_on": DAY},
    "touches": {"touched_on": DAY},
    "champions": {"active_on": DAY},
    "contracts": {"renews_on": DAY, "notice_on": DAY},
    "deadlines": {"deadline_on": DAY},
    "signs": {"seen_on": DAY},
    "requests": {"asked_90d": NUMBER},
    "contacts": {"people": NUMBER},
}


@dataclass(frozen=True)
class Drawn:
    """What a block is built from, for all of its accounts or some, in any order."""

    size: int
    values: NDArray[np.float32]
    metrics: list[Metric]
    off: NDArray[np.bool_]
    countries: NDArray[np.int64]
    weekday: int
    accounts: dict[str, Any]
    facts: dict[str, Rows]

    def block(self, order: NDArray[np.int64] | None = None, without: Collection[str] = ()) -> Block:
        """The accounts in an order, with their rows turned round; `without` leaves out kinds."""
        chosen = np.arange(self.size) if order is None else order
        used = Usage(
            self.values[chosen], self.metrics, self.off, self.countries[chosen], self.weekday
        )
        return Block(
            account_ids=chosen + 1,
            run_on=RUN_ON,
            accounts={name: each[chosen] for name, each in self.accounts.items()},
            usage=used.last(USAGE_DAYS),
            facts={
                kind: _turn(rows, chosen)
                for kind, rows in self.facts.items()
                if kind not in without
            },
            worked_days=np.arange(TODAY - 20, TODAY, dtype=np.float64),
            long_usage=used,
            persons_until=TODAY - 2.0,
        )


def _turn(rows: Rows, chosen: NDArray[np.int64]) -> Rows:
    place = np.full(rows.size, -1)
    place[chosen] = np.arange(len(chosen))
    kept = np.flatnonzero(place[rows.place] >= 0)[::-1]
    return Rows(
        len(chosen),
        place[rows.place[kept]],
        {name: each[kept] for name, each in rows.numbers.items()},
        {name: [each[row] for row in kept] for name, each in rows.words.items()},
    )


def draw(seed: int, size: int) -> Drawn:
    """Accounts of two countries; the same seed draws the same."""
    stream = np.random.default_rng(seed)
    values = np.round(stream.gamma(1.5, 3.0, (size, len(METRICS), LONG_DAYS)))
    values *= stream.random((size, 1, 1)) < 0.9
    values[stream.random(values.shape) < 0.1] = np.nan
    values[stream.random((size, len(METRICS))) < 0.15] = np.nan
    weekday = int(stream.integers(7))
    off = np.array([[(weekday + day) % 7 >= 5 for day in range(LONG_DAYS)]] * 2)
    off[1, stream.integers(LONG_DAYS, size=9)] = True
    metrics = [_draw_metric(stream, name) for name in METRICS]
    places = {kind: stream.integers(size, size=size * 2) for kind in KINDS}
    places |= {kind: np.flatnonzero(stream.random(size) < 0.7) for kind in SINGLE}
    facts = {
        kind: _draw_rows(stream, size, places[kind], columns)
        for kind, columns in (KINDS | SINGLE).items()
    }
    countries = stream.integers(2, size=size)
    accounts = _draw_accounts(stream, size)
    return Drawn(size, values.astype(np.float32), metrics, off, countries, weekday, accounts, facts)


def _draw_metric(stream: np.random.Generator, name: str) -> Metric:
    says_zero, whole = bool(stream.integers(2)), stream.random(LONG_DAYS) < 0.95
    return metric(name, LONG_DAYS, says_zero=says_zero, whole=whole)


def _draw_accounts(stream: np.random.Generator, size: int) -> dict[str, Any]:
    words = {
        "tier": ["strategic", "enterprise", "mid", "smb"],
        "touch": ["high", "low", "tech"],
        "stage": ["onboarding", "adoption", "expansion"],
        "difficulty": ["easy", "normal", "hard"],
    }
    return {
        "seats": stream.integers(1, 50, size).astype(float),
        "arr": stream.integers(1, 50, size) * 1e5,
        "started_on": TODAY - stream.integers(1, 900, size).astype(float),
        "usage_expected": np.ones(size),
        **{
            name: pd.Categorical.from_codes(stream.integers(-1, len(each), size), pd.Index(each))
            for name, each in words.items()
        },
    }


def _draw_rows(stream: np.random.Generator, size: int, place: Any, columns: dict[str, Any]) -> Rows:
    count, numbers, words = len(place), {}, {}
    for name, held in columns.items():
        if isinstance(held, list):
            words[name] = [held[each] for each in stream.integers(len(held), size=count)]
        elif held == DAY:
            days = TODAY - stream.integers(0, 350, count).astype(float)
            numbers[name] = np.where(stream.random(count) < 0.1, np.nan, days)
        else:
            most = 2 if held == FLAG else 11
            numbers[name] = stream.integers(0 if held == FLAG else 1, most, count).astype(float)
    if "until_on" in numbers:
        numbers["until_on"] = np.fmax(numbers["until_on"], numbers["opened_on"])
    for name in numbers.keys() & ALWAYS:
        numbers[name] = np.nan_to_num(numbers[name], nan=TODAY - 100.0)
    return Rows(size, place, numbers, words)
