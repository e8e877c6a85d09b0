"""A workspace: one Slack team, its defaults, and its dated exchange rates."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.base import Base, Scoped


class Workspace(Base):
    """Keyed by Slack's pair `(enterprise_id, team_id)`; the first is "" outside a grid."""

    __tablename__ = "workspaces"
    __table_args__ = (UniqueConstraint("enterprise_id", "team_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[str] = mapped_column(String(32), default="")
    team_id: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(255))
    bot_user: Mapped[str] = mapped_column(String(32), default="")
    zone: Mapped[str] = mapped_column(String(64), default="Asia/Tokyo")
    locale: Mapped[str] = mapped_column(String(8), default="ja")
    country: Mapped[str] = mapped_column(String(2), default="JP")
    base_currency: Mapped[str] = mapped_column(String(3), default="JPY")
    ops_channel: Mapped[str | None] = mapped_column(String(32))
    cs_channel: Mapped[str | None] = mapped_column(String(32))
    # Extra company closures (ISO days), tier bands, automatic delivery and the like.
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # The first day of watching: what held before it is diagnosed once and opens no alert.
    started_on: Mapped[date | None]
    created_at: Mapped[datetime]


class ExchangeRate(Scoped):
    """One unit of `currency` is worth `rate` of the base currency from `valid_on` on."""

    __tablename__ = "exchange_rates"
    __table_args__ = (UniqueConstraint("workspace_id", "currency", "base", "valid_on"),)

    currency: Mapped[str] = mapped_column(String(3))
    base: Mapped[str] = mapped_column(String(3))
    valid_on: Mapped[date]
    rate: Mapped[Decimal] = mapped_column(Numeric(20, 8))
