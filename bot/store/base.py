"""What every table shares: naming of constraints, the UTC column, the workspace part of a key."""

import itertools
import secrets
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, ForeignKey, Integer, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import JSON, TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, kept as UTC. SQLite forgets zones, so naive values are refused here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError(f"naive instant {value!r}: give it a zone")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# SQLite's own integers are 64 bits; PostgreSQL needs to be told.
BigId = BigInteger().with_variant(Integer(), "sqlite")


class Base(DeclarativeBase):
    """Metadata of the house. A class below `Walled` is scoped: the wall stands before it."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012  SQLAlchemy reads it from the class
        datetime: UtcDateTime(),
        dict[str, Any]: JSON(),
        list[str]: JSON(),
        list[Any]: JSON(),
    }


class IdSource:
    """Hands out keys for new rows; rows made together lie together in the index."""

    def __init__(self) -> None:
        # 62 random bits to start from: that two runs of rows meet is not to be expected.
        self._numbers = itertools.count(secrets.randbits(62))

    def next(self) -> int:
        """A key no other row has."""
        return next(self._numbers)

    def take(self, count: int) -> list[int]:
        """`count` keys in ascending order."""
        return list(itertools.islice(self._numbers, count))


def new_id() -> int:
    """A key for one new row."""
    return secrets.randbits(62) | 1


class Walled(Base):
    """A row of one workspace; its class names the rest of the key."""

    __abstract__ = True

    workspace_id: Mapped[int] = mapped_column(
        ForeignKey("workspaces.id", ondelete="CASCADE"), primary_key=True, sort_order=-2
    )


class Scoped(Walled):
    """A row of one workspace, keyed `(workspace_id, id)` so that no child can point across."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(
        BigId, primary_key=True, default=new_id, autoincrement=False, sort_order=-1
    )


__all__ = ["Base", "BigId", "IdSource", "Scoped", "UtcDateTime", "Walled", "new_id"]
