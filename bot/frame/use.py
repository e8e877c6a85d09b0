"""Level and change of an account's use, against its own past. Refuses what is hardly any use.

Use is key feature use where the source delivers it, else logins.
"""

from typing import TYPE_CHECKING

import numpy as np

from bot.frame.shift import Shift, find_shift

if TYPE_CHECKING:
    from bot.frame.block import Block, Column
    from bot.frame.usage import Usage

# Business days that a source may be behind.
VALID = 5
# Below ten uses in twenty days a change says nothing.
_LEAST_A_DAY = 0.5
_SHIFT_WITHIN, _SHIFT_SIDE = 40, 10


def read_level(block: "Block", days: int) -> "Column":
    """Mean per business day over the last `days` of them."""
    from bot.frame.block import Column

    main = block.usage.find_main()
    if main is None:
        return block.unknown()
    return Column(block.usage.mean(main, days), is_late(block, main))


def read_change(block: "Block", usage: "Usage", days: int, before: int) -> "Column":
    """Change of the last `days` business days against the `before` ones, weekday by weekday."""
    from bot.frame.block import Column

    main = usage.find_main()
    if main is None:
        return block.unknown()
    return Column(usage.change(main, days, before, least=_LEAST_A_DAY), is_late(block, main))


def read_shift(block: "Block", main: str) -> Shift:
    """The largest shift of the last 40 business days, between ten of them and the next ten."""
    return block.once("shift", lambda: _find_shifts(block, main))


def _find_shifts(block: "Block", main: str) -> Shift:
    found = Shift(np.full(block.size, np.nan), np.full(block.size, np.nan))
    for places, days in block.usage.read_days(main, _SHIFT_WITHIN):
        part = find_shift(days, _SHIFT_SIDE)
        found.size[places], found.days_ago[places] = part.size, part.days_ago
    return found


def is_late(block: "Block", metric: str) -> "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]":
    """For every account, whether the metric's source is behind for too long."""
    return np.full(block.size, block.usage.is_late(metric, VALID))
