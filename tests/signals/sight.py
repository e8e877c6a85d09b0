"""Blocks of accounts as signals see them, one column value per account."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from bot.signals.catalogue import get_signal
from bot.signals.seen import Before, FloatArray, Hit, Seen

NAN = float("nan")
RUN_ON = date(2026, 11, 20)
BEFORE_ON = date(2026, 11, 12)


def numbers(*values: float) -> FloatArray:
    return np.array(values, dtype=np.float64)


def see(
    *, score: FloatArray | None = None, before: FloatArray | None = None, **columns: Any
) -> Seen:
    """Accounts with these columns; words as lists, numbers as arrays."""
    size = len(next(iter([*columns.values(), score, before])))
    unknown = np.full(size, NAN)
    touch = columns.pop("touch", ["high"] * size)
    table = pd.DataFrame({"touch": pd.Categorical(touch), **columns})
    now = unknown if score is None else score
    then = Before(None, unknown) if before is None else Before(BEFORE_ON, before)
    return Seen(RUN_ON, table, now, 50.0, then)


def ask(key: str, seen: Seen, **limits: float) -> Hit:
    signal = get_signal(key)
    return signal.ask(seen, {**signal.limits, **limits})


def holds(key: str, seen: Seen, **limits: float) -> list[bool]:
    return [bool(each) for each in ask(key, seen, **limits).holds]


def known(key: str, seen: Seen) -> list[bool]:
    return [bool(each) for each in ask(key, seen).known]
