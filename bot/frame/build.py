"""From a block of accounts to its frame. Refuses measures the catalogue does not have."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bot.frame.block import Block, BoolArray, Column
from bot.frame.catalogue import get_measure, load_catalogue


@dataclass(frozen=True)
class Frame:
    """`table`: index `account_id`, one column per measure, NaN where a value is unknown or too old.

    `too_old` keeps the values that were left out for their age, so that people can be told. `late`
    are the columns left out for everybody, because their source has not come.
    """

    table: pd.DataFrame
    too_old: Mapping[str, NDArray[np.float64]]
    late: frozenset[str] = frozenset()


def ask(block: Block, name: str) -> Column:
    """A measure's answer; what one measure is made from another is computed once a block."""
    return block.once(f"column {name}", lambda: get_measure(name).compute(block))


def build_frame(block: Block, names: Iterable[str] | None = None) -> Frame:
    """The columns `names` (all of the catalogue where none are named) of the block's accounts."""
    columns: dict[str, NDArray[np.float64] | pd.Categorical] = {}
    too_old: dict[str, NDArray[np.float64]] = {}
    late: set[str] = set()
    for name in load_catalogue() if names is None else names:
        column = ask(block, name)
        values, old = column.values, column.too_old
        if _is_late(block, name, old):
            late.add(name)
            old = np.ones(block.size, dtype=np.bool_)
        if old is not None and old.any():
            assert isinstance(values, np.ndarray)
            too_old[name] = np.where(old, values, np.nan)
            values = np.where(old, np.nan, values)
        columns[name] = values
    index = pd.Index(block.account_ids, name="account_id")
    return Frame(pd.DataFrame(columns, index=index, copy=False), too_old, frozenset(late))


def _is_late(block: Block, name: str, too_old: BoolArray | None) -> bool:
    """Whether the source of a measure has not come, which leaves it out for everybody."""
    needs = get_measure(name).needs
    if not block.late.isdisjoint(needs):
        return True
    is_of_usage = any(need.startswith("usage:") for need in needs)
    return is_of_usage and too_old is not None and bool(too_old.all())
