"""The facts that the shipped model does without: for a run with every measure and segment.

Drawn beside those of `recompute_data`, whose streams they leave as they are.
"""

from datetime import timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.recompute_dates import RUN_ON, days_before
from bot.core.vocabulary import Difficulty, Stage, Tier, Touch

ROLES = ("decision_maker", "champion", "user", "user")
# Days with a login in the last year, by role.
LOGIN_DAYS = {"decision_maker": 5, "champion": 10}
_MONTHS = 6

Ids = NDArray[np.int64]


def segment_of(account_id: int) -> dict[str, str]:
    """Every stage meets every touch, tier and difficulty."""
    return {
        "stage": list(Stage)[account_id % 3].value,
        "touch": list(Touch)[account_id // 3 % 3].value,
        "tier": list(Tier)[account_id // 9 % 4].value,
        "difficulty": list(Difficulty)[account_id // 36 % 3].value,
        "started_on": (RUN_ON - timedelta(days=200 + account_id % 900)).isoformat(),
    }


def list_segments(ids: Ids) -> pd.DataFrame:
    """The same of many, as a table."""
    made = pd.DataFrame([segment_of(each) for each in ids.tolist()])
    return made[["stage", "touch"]].assign(account_id=ids)


def draw_more(ids: Ids) -> dict[str, pd.DataFrame]:
    """Contacts and their logins, remarks, touches, invoices, events and incidents of accounts."""
    stream = np.random.default_rng([11, int(ids[0])])
    return {
        "contacts": _draw_contacts(ids),
        "contact_activity": _draw_logins(stream, ids),
        "voc_remarks": _draw_remarks(stream, np.repeat(ids, stream.poisson(1.0, len(ids)))),
        "touches": _draw(stream, np.repeat(ids, 3), "touched_on", 120, kind=["meeting"]).assign(
            initiated_by="us"
        ),
        "invoices": _draw_invoices(stream, np.repeat(ids, _MONTHS)),
        "marketing_events": _draw(
            stream,
            np.repeat(ids, stream.poisson(0.5, len(ids))),
            "occurred_on",
            200,
            kind=["download", "visit", "webinar"],
        ),
        "contracts": _draw_limits(stream, ids[stream.random(len(ids)) < 0.2]),
    }


def _draw(
    stream: np.random.Generator, ids: Ids, day: str, most: int, **words: list[str]
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "account_id": ids,
            "ref": [f"r{n}" for n in range(len(ids))],
            day: days_before(stream, len(ids), most),
            **{name: stream.choice(known, len(ids)) for name, known in words.items()},
        }
    )


def _draw_contacts(ids: Ids) -> pd.DataFrame:
    count = len(ids)
    return pd.DataFrame(
        {
            "account_id": np.repeat(ids, len(ROLES)),
            "ref": [f"p{n}" for n in range(len(ROLES))] * count,
            "role": list(ROLES) * count,
            "is_active": np.ones(count * len(ROLES), dtype=np.int64),
        }
    )


def _draw_logins(stream: np.random.Generator, ids: Ids) -> pd.DataFrame:
    parts = []
    for number, role in enumerate(ROLES):
        accounts = np.repeat(ids, LOGIN_DAYS.get(role, 0))
        on = days_before(stream, len(accounts), 365)
        part = pd.DataFrame({"account_id": accounts, "active_on": on, "logins": 1})
        parts.append(part.assign(contact_ref=f"p{number}").drop_duplicates())
    return pd.concat(parts, ignore_index=True)


def _draw_remarks(stream: np.random.Generator, ids: Ids) -> pd.DataFrame:
    words = {
        "sentiment": ["positive", "neutral", "negative"],
        "speaker_role": list(ROLES),
        "confidence": ["low", "normal", "high"],
        "category": ["product", "support", "price"],
    }
    return _draw(stream, ids, "said_on", 200, **words).assign(text="…")


def _draw_invoices(stream: np.random.Generator, ids: Ids) -> pd.DataFrame:
    due = pd.Timestamp(RUN_ON) - pd.to_timedelta(
        np.tile(np.arange(_MONTHS) * 30 + 5, len(ids) // _MONTHS), "D"
    )
    paid = due + pd.to_timedelta(stream.integers(-5, 12, len(ids)), "D")
    return pd.DataFrame(
        {
            "account_id": ids,
            "ref": [f"i{n}" for n in range(len(ids))],
            "due_on": due.strftime("%Y-%m-%d"),
            "paid_on": paid.strftime("%Y-%m-%d"),
        }
    )


def _draw_limits(stream: np.random.Generator, ids: Ids) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "account_id": ids,
            "ref": [f"limit{n}" for n in range(len(ids))],
            "plan_limit": stream.integers(100, 2_000, len(ids)),
            "limit_metric": "key_actions",
        }
    )
