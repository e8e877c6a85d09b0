"""Usage, packed: one row per account and chunk of days, all its metrics inside."""

from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column
from sqlalchemy.schema import SchemaItem

from bot.store.base import BigId, Scoped
from bot.store.tables.accounts import OfAccount, of_account


class Metric(Scoped):
    """A usage metric: `kind` additive, level or distinct says how days may be put together."""

    __tablename__ = "metrics"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    name: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(8), default="additive")
    unit: Mapped[str] = mapped_column(String(32), default="")
    is_key: Mapped[bool] = mapped_column(default=False)
    known_at: Mapped[datetime]


class MetricSet(Scoped):
    """The order of the metrics inside a chunk's matrix; a new metric makes a new set."""

    __tablename__ = "metric_sets"

    names: Mapped[list[str]]


class UsageChunk(Scoped):
    """A matrix metrics × days, row-major, little-endian float32 or float64; NaN is no data."""

    __tablename__ = "usage_chunks"

    account_id: Mapped[int] = mapped_column(BigId)
    starts_on: Mapped[date]
    metric_set_id: Mapped[int] = mapped_column(BigId)
    width: Mapped[int]
    matrix: Mapped[bytes] = mapped_column(LargeBinary)

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[SchemaItem, ...]:
        return of_account(
            UniqueConstraint("workspace_id", "account_id", "starts_on"),
            ForeignKeyConstraint(
                ["workspace_id", "metric_set_id"], ["metric_sets.workspace_id", "metric_sets.id"]
            ),
        )


class MonthlyUsage(OfAccount):
    """A monthly figure; it stays monthly and is never spread over days."""

    __tablename__ = "monthly_usage"

    metric: Mapped[str] = mapped_column(String(64))
    month_on: Mapped[date]
    value: Mapped[float]

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[SchemaItem, ...]:
        return of_account(UniqueConstraint("workspace_id", "account_id", "metric", "month_on"))


class UsageSource(Scoped):
    """The heartbeat of a source: the last day it delivered whole."""

    __tablename__ = "usage_sources"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    name: Mapped[str] = mapped_column(String(64))
    complete_on: Mapped[date | None]
    heard_at: Mapped[datetime]
    told_silent_on: Mapped[date | None]
