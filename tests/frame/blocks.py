"""Blocks of accounts built by hand, for asking a measure directly."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bot.core.metrics import MetricKind
from bot.frame.block import Block, Column, FloatArray, Rows
from bot.frame.catalogue import get_measure
from bot.frame.measure import USAGE_DAYS
from bot.frame.metric import Metric
from bot.frame.usage import Usage

RUN_ON = date(2026, 11, 20)
TODAY = (RUN_ON - date(1970, 1, 1)).days


def metric(name: str, days: int, **traits: Any) -> Metric:
    """A metric whose days all came whole and on time, and whose source writes zeros."""
    kind = MetricKind.LEVEL if name == "features_used" else MetricKind.ADDITIVE
    usual: dict[str, Any] = {
        "kind": kind,
        "is_key": name == "key_actions",
        "says_zero": True,
        "whole": np.ones(days, dtype=np.bool_),
        "late_days": 0,
    }
    return Metric(name=name, **(usual | traits))


def usage(
    values: dict[str, list[list[float]]],
    off: list[list[bool]] | None = None,
    countries: list[int] | None = None,
    weekday: int = 0,
    **traits: Any,
) -> Usage:
    """Usage by metric, account and day; every day is worked unless `off` says otherwise."""
    stacked = np.array(list(values.values()), dtype=np.float64)
    held = np.moveaxis(stacked, 0, 1) if len(values) else np.empty((0, 0, 0))
    accounts, _, days = held.shape
    return Usage(
        held,
        [metric(name, days, **traits) for name in values],
        np.array(off if off is not None else [[False] * days]),
        np.array(countries if countries is not None else [0] * accounts),
        weekday,
    )


def rows(size: int, place: list[int], **columns: list[Any]) -> Rows:
    """Facts; columns of numbers are numbers, the rest are words."""
    numbers = {n: np.array(c, dtype=float) for n, c in columns.items() if _is_number(c)}
    words = {n: c for n, c in columns.items() if not _is_number(c)}
    return Rows(size, np.array(place, dtype=np.int64), numbers, words)


def block(
    size: int = 1,
    used: Usage | None = None,
    *,
    persons_until: float = TODAY - 1.0,
    late: frozenset[str] = frozenset(),
    accounts: dict[str, Any] | None = None,
    **facts: Rows,
) -> Block:
    """Accounts with 20 seats each; `accounts` are columns that differ from the usual."""
    word: Any = pd.Categorical(["high"] * size)
    nothing = Usage(np.empty((size, 0, 0)), [], np.zeros((1, 0), bool), np.zeros(size, int))
    held = nothing if used is None else used
    return Block(
        account_ids=np.arange(1, size + 1),
        run_on=RUN_ON,
        accounts={
            "seats": np.full(size, 20.0),
            "arr": np.full(size, 1e6),
            "started_on": np.full(size, TODAY - 365.0),
            "usage_expected": np.ones(size),
            "tier": word,
            "touch": word,
            "stage": word,
            "difficulty": word,
            **(accounts or {}),
        },
        usage=held.last(USAGE_DAYS),
        facts=facts,
        worked_days=np.arange(TODAY - 20, TODAY, dtype=np.float64),
        long_usage=held,
        persons_until=persons_until,
        late=late,
    )


def ask(name: str, asked: Block) -> Column:
    """The measure's answer."""
    return get_measure(name).compute(asked)


def values(name: str, asked: Block) -> FloatArray:
    """The answer of a measure of numbers."""
    found = ask(name, asked).values
    assert isinstance(found, np.ndarray)
    return found


def too_old(name: str, asked: Block) -> list[bool]:
    """Which accounts' values are too old."""
    flags: NDArray[np.bool_] | None = ask(name, asked).too_old
    assert flags is not None
    return [bool(flag) for flag in flags]


def _is_number(column: list[Any]) -> bool:
    return all(isinstance(each, (int, float)) for each in column)
