"""Usage, packed: one row per account and chunk of days, all its metrics inside."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column
from sqlalchemy.schema import SchemaItem

from bot.store.base import BigId, Scoped, Walled
from bot.store.tables.accounts import OfAccount, of_account
from bot.store.tables.ops_decides import OpsDecides


class Metric(Scoped):
    """A usage metric: `kind` additive, level or distinct says how days may be put together."""

    __tablename__ = "metrics"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    name: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(8), default="additive")
    unit: Mapped[str] = mapped_column(String(32), default="")
    is_key: Mapped[bool] = mapped_column(default=False)
    # The source has written a zero: a day it leaves out is missing. A source that never writes
    # one leaves out the days on which nothing happened, and they count as zero.
    says_zero: Mapped[bool] = mapped_column(default=False)
    known_at: Mapped[datetime]


class MetricSet(Scoped):
    """The order of the metrics inside a chunk's matrix; a new metric makes a new set."""

    __tablename__ = "metric_sets"
    __table_args__ = (UniqueConstraint("workspace_id", "number"),)

    # 1, 2, 3 …; each set holds the names of the one before it and then its own new ones.
    number: Mapped[int]
    names: Mapped[list[str]]


class UsageChunk(Walled):
    """A matrix metrics × days, row-major, little-endian float32 or float64; NaN is no data.

    The key begins with the days: the whole book's chunks of one stretch of days lie together.
    """

    __tablename__ = "usage_chunks"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "account_id"],
            ["accounts.workspace_id", "accounts.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["workspace_id", "metric_set_id"], ["metric_sets.workspace_id", "metric_sets.id"]
        ),
        {"sqlite_with_rowid": False},
    )

    starts_on: Mapped[date] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    metric_set_id: Mapped[int] = mapped_column(BigId)
    # Bytes of a number: 4, or 8 where a value passes what float32 holds exactly (2**24).
    width: Mapped[int]
    matrix: Mapped[bytes] = mapped_column(LargeBinary)


class UsageDay(Walled):
    """How many accounts have a value of a metric on a day; tells a whole day from a dead feed."""

    __tablename__ = "usage_days"

    metric: Mapped[str] = mapped_column(String(64), primary_key=True)
    used_on: Mapped[date] = mapped_column(primary_key=True)
    account_count: Mapped[int]


class UsageBreak(OpsDecides, Scoped):
    """A day on which a metric moved for everybody at once, until people say what it was.

    `factors` are by ISO day: what all accounts together were of their usual. `ended_on` is the
    first day on which that was as before again. A state is open, changed or real.
    """

    __tablename__ = "usage_breaks"
    __table_args__ = (UniqueConstraint("workspace_id", "metric", "began_on"),)

    metric: Mapped[str] = mapped_column(String(64))
    began_on: Mapped[date]
    ended_on: Mapped[date | None]
    factors: Mapped[dict[str, Any]]
    # Of so many accounts that could be compared on the first day, so many moved along.
    compared: Mapped[int]
    moved: Mapped[int]


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
