"""The work that must happen once: outbox, inbox, job runs; and the audit log."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.base import BigId, Scoped


class OutboxItem(Scoped):
    """One post, update or upload. pending → sending → sent | failed | unknown (design, 5)."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        Index(None, "workspace_id", "state", "due_at"),
    )

    # What is meant, e.g. digest:<slot>:<member>; a second row for the same is refused.
    key: Mapped[str] = mapped_column(String(255))
    kind: Mapped[str] = mapped_column(String(8))  # post, update, upload
    # A channel id, or a member's Slack id whose direct message is opened when it is sent.
    audience: Mapped[str] = mapped_column(String(64))
    # The post an update belongs to; it waits for that post's ts.
    post_id: Mapped[int | None] = mapped_column(BigId)
    thread_of_id: Mapped[int | None] = mapped_column(BigId)
    payload: Mapped[dict[str, Any]]
    holds_customer_data: Mapped[bool] = mapped_column(default=True)
    state: Mapped[str] = mapped_column(String(8), default="pending")
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until_at: Mapped[datetime | None]
    attempted_at: Mapped[datetime | None]
    channel: Mapped[str | None] = mapped_column(String(32))
    ts: Mapped[str | None] = mapped_column(String(32))
    problem: Mapped[str | None] = mapped_column(Text)
    is_told: Mapped[bool] = mapped_column(default=False)
    due_at: Mapped[datetime]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]


class InboxEvent(Scoped):
    """An event of Slack, unique by what it means, kept before it is acknowledged."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("workspace_id", "meaning"),
        Index(None, "workspace_id", "state"),
    )

    meaning: Mapped[str] = mapped_column(String(255))
    kind: Mapped[str] = mapped_column(String(64))
    body: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(8), default="new")
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until_at: Mapped[datetime | None]
    received_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class JobRun(Scoped):
    """A claimed slot of a job for one audience: the guarantee that it happens once."""

    __tablename__ = "job_runs"
    __table_args__ = (UniqueConstraint("workspace_id", "job", "audience", "slot"),)

    job: Mapped[str] = mapped_column(String(32))
    audience: Mapped[str] = mapped_column(String(64))
    slot: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(8))  # running, done, missed, failed
    reason: Mapped[str | None] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(default=1)
    lease_until_at: Mapped[datetime | None]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class AuditEntry(Scoped):
    """Who changed what, when; never edited."""

    __tablename__ = "audit_log"
    __table_args__ = (Index(None, "workspace_id", "at"),)

    at: Mapped[datetime]
    member_id: Mapped[int | None] = mapped_column(BigId)
    actor: Mapped[str] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(String(255))
    change: Mapped[dict[str, Any]] = mapped_column(default=dict)


class SlackRefusal(Scoped):
    """A feature this workspace's Slack refused (a block type), remembered so it is not retried."""

    __tablename__ = "slack_refusals"
    __table_args__ = (UniqueConstraint("workspace_id", "feature"),)

    feature: Mapped[str] = mapped_column(String(64))
    refused_at: Mapped[datetime]
