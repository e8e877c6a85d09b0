"""The team's own people, and what Slack said about channels."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.base import BigId, Scoped


class Member(Scoped):
    """A person of the company: roles, language, hours, and where the digest goes."""

    __tablename__ = "members"
    __table_args__ = (
        UniqueConstraint("workspace_id", "slack_user"),
        UniqueConstraint("workspace_id", "email"),
        ForeignKeyConstraint(["workspace_id", "lead_id"], ["members.workspace_id", "members.id"]),
    )

    slack_user: Mapped[str | None] = mapped_column(String(32))
    email: Mapped[str | None] = mapped_column(String(255))
    name: Mapped[str] = mapped_column(String(255))
    roles: Mapped[list[str]] = mapped_column(default=list)
    # Those of the roles that a Slack user group gave; the others were given by hand.
    group_roles: Mapped[list[str]] = mapped_column(default=list)
    locale: Mapped[str | None] = mapped_column(String(8))
    zone: Mapped[str | None] = mapped_column(String(64))
    country: Mapped[str | None] = mapped_column(String(2))
    lead_id: Mapped[int | None] = mapped_column(BigId)
    # A channel for the digest; empty means the person's own direct message.
    digest_channel: Mapped[str | None] = mapped_column(String(32))
    digest_time: Mapped[time] = mapped_column(default=time(8, 30))
    opens: Mapped[time] = mapped_column(default=time(9, 0))
    closes: Mapped[time] = mapped_column(default=time(18, 0))
    workdays: Mapped[list[Any]] = mapped_column(default=lambda: [0, 1, 2, 3, 4])
    is_active: Mapped[bool] = mapped_column(default=True)
    absent_until_on: Mapped[date | None]
    known_at: Mapped[datetime]

    def is_away(self, on: date) -> bool:
        """Whether they are known to be absent on that day, the last one included."""
        return self.absent_until_on is not None and self.absent_until_on >= on


class Channel(Scoped):
    """What Slack last said of a conversation; believed for ten minutes, then asked again."""

    __tablename__ = "channels"
    __table_args__ = (
        UniqueConstraint("workspace_id", "slack_channel"),
        Index(None, "workspace_id", "kind"),
    )

    slack_channel: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(255), default="")
    kind: Mapped[str] = mapped_column(String(16))
    is_shared_outside: Mapped[bool] = mapped_column(default=False)
    has_guests: Mapped[bool] = mapped_column(default=False)
    is_member: Mapped[bool] = mapped_column(default=False)
    checked_at: Mapped[datetime]
