"""What needs acting on, and the tables by which the nights know what held before.

An episode (people call it an alert) is one account's trouble of one kind, told in one message.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column
from sqlalchemy.schema import SchemaItem

from bot.store.base import BigId, Scoped, Walled
from bot.store.tables.accounts import OfAccount, of_account
from bot.store.tables.ops_decides import OpsDecides


class Playbook(Scoped):
    """A version of a playbook's document; of each key at most one version is active."""

    __tablename__ = "playbooks"
    __table_args__ = (UniqueConstraint("workspace_id", "key", "version"),)

    key: Mapped[str] = mapped_column(String(64))
    version: Mapped[int]
    status: Mapped[str] = mapped_column(String(16))  # draft, active, retired
    document: Mapped[dict[str, Any]]
    made_by: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]


class PlaybookHit(Walled):
    """A signal of a playbook that holds for an account; the row goes when it holds no longer.

    `since_on` is the first run on which it held without a break. `step` tells stages of one
    signal apart (90, 60, 30 days before a deadline; 0 where there are none): a new one
    begins `since_on` anew. `level` is what must be reached again before a fall is over.
    """

    __tablename__ = "playbook_hits"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "account_id"],
            ["accounts.workspace_id", "accounts.id"],
            ondelete="CASCADE",
        ),
        {"sqlite_with_rowid": False},
    )

    account_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    playbook: Mapped[str] = mapped_column(String(64), primary_key=True)
    signal: Mapped[str] = mapped_column(String(64), primary_key=True)
    since_on: Mapped[date]
    step: Mapped[int] = mapped_column(default=0)
    level: Mapped[float | None]


class Episode(OfAccount):
    """One account's trouble of one kind, from its first sign to its end; one message in Slack.

    The message's key in the outbox is `episode:{id}`. `open_as` is the playbook's key while the
    episode is not closed and None afterwards, so that an account has one of a kind at most.
    """

    __tablename__ = "episodes"

    playbook: Mapped[str] = mapped_column(String(64))
    playbook_version: Mapped[int]
    open_as: Mapped[str | None] = mapped_column(String(64))
    # Name of the playbook in each language, as its document had it.
    title: Mapped[dict[str, Any]]
    # A watched account (要注意) is told in the digest alone and never gets a message of its own.
    is_watch: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(8), default="open")
    ending: Mapped[str | None] = mapped_column(String(16))
    ending_reason: Mapped[str | None] = mapped_column(Text)
    opened_on: Mapped[date]
    opened_at: Mapped[datetime]
    step: Mapped[int] = mapped_column(default=0)
    # Band and score on the day it opened, and the value of the measure the playbook is to move.
    band_then: Mapped[str] = mapped_column(String(8))
    score_then: Mapped[float | None]
    measure: Mapped[str | None] = mapped_column(String(64))
    value_then: Mapped[float | None]
    # What that measure was on the last night while it was open.
    value_now: Mapped[float | None]
    # [{"signal": key, "values": {…}}]: what was seen, worst first.
    evidence: Mapped[list[Any]]
    # Who answers for it: the owner by the playbook's rule, until it is handed over.
    owner_id: Mapped[int | None] = mapped_column(BigId)
    hypothesis: Mapped[str | None] = mapped_column(String(16))
    claimed_by_id: Mapped[int | None] = mapped_column(BigId)
    claimed_at: Mapped[datetime | None]
    # Who brought it into the state it is in, and when; None where a night did.
    state_by_id: Mapped[int | None] = mapped_column(BigId)
    state_at: Mapped[datetime | None]
    # The customer is asked again on this day; asked once, kept in `asked_on`.
    waiting_until_on: Mapped[date | None]
    asked_on: Mapped[date | None]
    snoozed_until_on: Mapped[date | None]
    snooze_reason: Mapped[str | None] = mapped_column(Text)
    # The first run on which nothing held any more; closing is proposed, not done.
    clear_since_on: Mapped[date | None]
    is_recovery_told: Mapped[bool] = mapped_column(default=False)
    # When its message was put into the outbox; None while it is told in the digest alone.
    told_at: Mapped[datetime | None]
    closed_on: Mapped[date | None]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(BigId)

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[SchemaItem, ...]:
        return of_account(
            UniqueConstraint("workspace_id", "account_id", "open_as"),
            Index(None, "workspace_id", "state"),
            Index(None, "workspace_id", "opened_on"),
            ForeignKeyConstraint(
                ["workspace_id", "owner_id"], ["members.workspace_id", "members.id"]
            ),
        )


class AlertWave(OpsDecides, Scoped):
    """What one night would have opened of a playbook by facts that came late, and holds back.

    `held` are account ids, most money first; `watched` is of how many. `causes` are what came late,
    as `bot.core.waves` reads it. From `ends_on` on, undecided, some of them open each night. Its
    states are open, released, left_out and over.
    """

    __tablename__ = "alert_waves"
    __table_args__ = (UniqueConstraint("workspace_id", "playbook", "found_on"),)

    playbook: Mapped[str] = mapped_column(String(64))
    # Name of the playbook in each language, as its document had it.
    title: Mapped[dict[str, Any]]
    ends_on: Mapped[date]
    held: Mapped[list[Any]]
    watched: Mapped[int]
    causes: Mapped[list[Any]]
    # How many of them have opened while nobody had decided, and the last night on which any did.
    opened: Mapped[int] = mapped_column(default=0)
    opened_on: Mapped[date | None]


class PlaybookReview(Scoped):
    """A manager's decision about a playbook in one week's summary."""

    __tablename__ = "playbook_reviews"
    __table_args__ = (UniqueConstraint("workspace_id", "week_on", "playbook"),)

    # Monday of the week the summary is about.
    week_on: Mapped[date]
    playbook: Mapped[str] = mapped_column(String(64))
    playbook_version: Mapped[int]
    verdict: Mapped[str] = mapped_column(String(8))
    member_id: Mapped[int] = mapped_column(BigId)
    decided_at: Mapped[datetime]
    # The day on which a changed or awaited playbook is looked at again.
    check_on: Mapped[date | None]
