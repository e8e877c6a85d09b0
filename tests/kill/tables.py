"""What imports left in the tables, in words that two databases have in common."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
from sqlalchemy import select

from bot.store.base import Walled
from bot.store.bulk.usage_read import read_window
from bot.store.metrics import list_packings
from bot.store.tables import (
    Account,
    AccountAlias,
    Contract,
    Member,
    Metric,
    NpsAnswer,
    Ticket,
    UnlinkedRef,
    UsageDay,
)
from bot.store.unit import Store, Unit

Row = tuple[Any, ...]
TABLES: tuple[type[Walled], ...] = (
    *(Member, Account, AccountAlias, Contract, NpsAnswer, Ticket, UnlinkedRef),
    *(Metric, UsageDay),
)
# Keys, instants, and what is no fact of a file.
_LEFT_OUT = {"workspace_id", "id", "known_at", "batch_id", "digest_channel", "data_seen_at"}


def dump(store: Store, workspace_id: int, days: tuple[date, date]) -> dict[str, list[Row]]:
    """Every table's rows in order, and each account's daily use of `days`, both included."""
    with store.reading(workspace_id) as unit:
        names = _names(unit)
        held = {
            model.__tablename__: sorted(_rows(unit, model, names), key=repr) for model in TABLES
        }
        held["usage"] = sorted(_usage(unit, names, days))
    return held


def differences(one: dict[str, list[Row]], other: dict[str, list[Row]]) -> Iterator[str]:
    """A sentence for each table that differs, with the first rows that do."""
    for name in one:
        here, there = set(map(repr, one[name])), set(map(repr, other[name]))
        if one[name] != other[name]:
            only = [*sorted(here - there)[:3], "against", *sorted(there - here)[:3]]
            yield f"{name}: {len(here - there)} and {len(there - here)} rows differ: {only}"


def _names(unit: Unit) -> dict[int, str]:
    accounts = unit.session.execute(select(Account.id, Account.ref))
    members = unit.session.execute(select(Member.id, Member.name))
    return {key: str(name) for key, name in (*accounts, *members)}


def _rows(unit: Unit, model: type[Walled], names: dict[int, str]) -> Iterator[Row]:
    columns = [each.name for each in model.__table__.columns if each.name not in _LEFT_OUT]
    for row in unit.session.scalars(select(model)):
        yield tuple(_said(name, getattr(row, name), names) for name in columns)


def _said(name: str, value: Any, names: dict[int, str]) -> Any:
    if name.endswith("_id") and value is not None:
        return names.get(value, "nobody known")
    return value.normalize() if isinstance(value, Decimal) else value


def _usage(unit: Unit, names: dict[int, str], days: tuple[date, date]) -> Iterator[Row]:
    ids = np.array(sorted(unit.session.scalars(select(Account.id))), dtype=np.int64)
    metrics = sorted(unit.session.scalars(select(Metric.name)))
    values = read_window(
        unit.connection,
        unit.workspace_id,
        list_packings(unit),
        ids,
        metrics,
        days,
        is_span=False,
    )
    for account_id, matrix in zip(ids.tolist(), values, strict=True):
        yield names[account_id], matrix.astype(np.float64).tobytes().hex()
