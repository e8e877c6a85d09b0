"""Which table each kind of fact goes into: the natural key, and which column holds what.

Runs in the child process alone: it needs pandas.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from bot.core.names import fold_name
from bot.store.base import Walled
from bot.store.tables import (
    Account,
    AccountOutcome,
    Contact,
    ContactActivity,
    Contract,
    ExchangeRate,
    Incident,
    Invoice,
    MarketingEvent,
    Member,
    MonthlyUsage,
    NpsAnswer,
    Ticket,
    Touch,
    VocRemark,
)

Change = Callable[[pd.DataFrame], pd.DataFrame]


@dataclass(frozen=True)
class Target:
    """A table and how its rows are made from a kind's frame.

    `renames` maps fact columns to table columns; `defaults` fill what is blank, so that a row
    compares equal to the stored one; `decimals` are the decimals the table keeps of an amount;
    `finish` makes the columns the fact does not have. `day` names the columns of which the first
    that is filled is the day from which a new row counts; none where it counts for all days.
    """

    model: type[Walled]
    key: tuple[str, ...]
    columns: tuple[str, ...]
    renames: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, object] = field(default_factory=dict)
    decimals: Mapping[str, int] = field(default_factory=dict)
    finish: Change | None = None
    day: tuple[str, ...] = ()
    of_account: bool = True
    has_known_at: bool = True


def _know_account(frame: pd.DataFrame) -> pd.DataFrame:
    """The name as it is searched for, and whether the file names a tier."""
    known = frame.assign(folded=[fold_name(name) for name in frame["name"]])
    if "tier" in known and known["tier"].notna().any():
        known = known.assign(tier_is_said=known["tier"].notna())
    return known


def _ref_of(*columns: str) -> Change:
    """A reference made of the row's own content: the same answer read twice is one answer."""

    def make(frame: pd.DataFrame) -> pd.DataFrame:
        parts = [
            frame[name].map(lambda value: "" if pd.isna(value) else str(value)) for name in columns
        ]
        joined = parts[0].str.cat(pd.concat(parts[1:], axis=1), sep="|")
        return frame.assign(ref=joined.str.slice(0, 128))

    return make


def _say_who_is_hit(frame: pd.DataFrame) -> pd.DataFrame:
    """An incident without an account hit everybody; with accounts it is one row a piece."""
    return frame.assign(hits_everyone=frame["account_ref"].isna())


ACCOUNT_REF = ("account_id", "ref")

TARGETS: Mapping[str, Target] = {
    "members": Target(
        Member,
        ("email",),
        ("email", "name", "slack_user", "roles", "zone", "country", "locale"),
        of_account=False,
    ),
    "rates": Target(
        ExchangeRate,
        ("currency", "base", "valid_on"),
        ("currency", "base", "valid_on", "rate"),
        decimals={"rate": 8},
        of_account=False,
        has_known_at=False,
    ),
    "accounts": Target(
        Account,
        ("ref",),
        (
            *("ref", "name", "name_kana", "folded", "tier", "tier_is_said", "touch", "stage"),
            "owner_mode",
            *("owner_named", "second_named", "country", "industry", "seats", "goal"),
            *("success_criteria", "started_on", "mail_domain", "usage_expected", "focus_note"),
            "difficulty",
        ),
        {"account_ref": "ref", "owner": "owner_named", "second": "second_named"},
        {
            **{"stage": "adoption", "owner_mode": "dedicated", "country": "JP"},
            **{"usage_expected": True, "difficulty": "normal"},
        },
        finish=_know_account,
        of_account=False,
    ),
    "contacts": Target(
        Contact,
        ACCOUNT_REF,
        ("account_id", "ref", "name", "email", "role", "is_active"),
        {"contact_ref": "ref"},
        {"role": "user", "is_active": True},
    ),
    "contracts": Target(
        Contract,
        ACCOUNT_REF,
        (
            *("account_id", "ref", "starts_on", "ends_on", "renews_on", "auto_renews"),
            *("notice_on", "arr_amount", "currency", "seats", "plan_limit", "limit_metric"),
        ),
        {"contract_ref": "ref"},
        decimals={"arr_amount": 2, "plan_limit": 2},
    ),
    "contact_activity": Target(
        ContactActivity,
        ("account_id", "contact_ref", "active_on"),
        ("account_id", "contact_ref", "active_on", "logins"),
        {"on": "active_on"},
        has_known_at=False,
        day=("active_on",),
    ),
    "usage_monthly": Target(
        MonthlyUsage,
        ("account_id", "metric", "month_on"),
        ("account_id", "metric", "month_on", "value"),
        {"month": "month_on"},
        day=("month_on",),
    ),
    "nps": Target(
        NpsAnswer,
        ACCOUNT_REF,
        ("account_id", "ref", "respondent", "role", "responded_on", "score", "comment"),
        finish=_ref_of("responded_on", "respondent"),
        day=("responded_on",),
    ),
    "tickets": Target(
        Ticket,
        ACCOUNT_REF,
        (
            *("account_id", "ref", "opened_on", "solved_on", "priority", "status"),
            *("category", "subject"),
        ),
        {"ticket_ref": "ref"},
        {"priority": "normal", "status": "open"},
        day=("opened_on",),
    ),
    "invoices": Target(
        Invoice,
        ACCOUNT_REF,
        ("account_id", "ref", "issued_on", "due_on", "paid_on", "amount", "currency"),
        {"invoice_ref": "ref"},
        decimals={"amount": 2},
        day=("issued_on", "due_on"),
    ),
    "incidents": Target(
        Incident,
        ("ref",),
        ("ref", "title", "started_on", "ended_on", "severity", "hits_everyone"),
        {"incident_ref": "ref"},
        {"severity": "minor"},
        finish=_say_who_is_hit,
        of_account=False,
        has_known_at=False,
    ),
    "touches": Target(
        Touch,
        ACCOUNT_REF,
        (
            *("account_id", "ref", "touched_on", "kind", "initiated_by", "with_role"),
            *("note", "next_on", "member_id", "imported_as"),
        ),
        {"touch_ref": "ref"},
        {"kind": "other", "initiated_by": "us"},
        day=("touched_on",),
    ),
    "marketing_events": Target(
        MarketingEvent,
        ACCOUNT_REF,
        ("account_id", "ref", "occurred_on", "kind", "detail"),
        {"event_ref": "ref"},
        {"kind": "other"},
        day=("occurred_on",),
    ),
    "voc": Target(
        VocRemark,
        ACCOUNT_REF,
        (
            *("account_id", "ref", "said_on", "speaker", "speaker_role", "channel"),
            *("sentiment", "text", "read_as", "confidence", "category"),
        ),
        {"voc_ref": "ref"},
        {"confidence": "normal"},
        day=("said_on",),
    ),
    "outcomes": Target(
        AccountOutcome,
        ACCOUNT_REF,
        ("account_id", "ref", "ended_on", "result", "reason", "amount", "currency"),
        decimals={"amount": 2},
        finish=_ref_of("ended_on", "result"),
    ),
}

# An account must stand before its contract does, a member before the account they own.
ORDER = (
    *("members", "rates", "accounts", "contacts", "contracts", "contact_activity", "usage_monthly"),
    *("nps", "tickets", "invoices", "incidents", "touches", "marketing_events", "voc"),
    *("outcomes", "usage_daily"),
)
