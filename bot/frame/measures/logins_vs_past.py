"""Logins of the last week's worth of business days against the four weeks before."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column

_RECENT, _BEFORE, _VALID = 5, 20, 5
# Below three expected logins in five days, chance decides.
_LEAST_A_DAY = 0.6


def compute(block: "Block") -> "Column":
    """Ratio of the two means per business day; unknown for accounts that hardly ever log in."""
    import numpy as np

    from bot.frame.block import Column

    if not block.usage.has("logins"):
        return block.unknown()
    recent = block.usage.mean("logins", _RECENT)
    before = block.usage.mean("logins", _BEFORE, skip=_RECENT)
    enough = before >= _LEAST_A_DAY
    ratio = np.divide(recent, before, out=np.full(block.size, np.nan), where=enough)
    return Column(ratio, np.full(block.size, block.usage.is_late("logins", _VALID)))


MEASURE = Measure(
    name="logins_vs_past",
    label=Words(ja="ログイン", en="Logins"),
    meaning=Words(
        ja="直近5営業日の1日あたりログイン数が、その前の20営業日の何倍か",
        en="Logins per business day over the last 5, against the 20 before",
    ),
    unit=Unit.RATIO,
    kind=Kind.ADDITIVE,
    window="5bd/20bd",
    needs=("usage:logins",),
    validity_days=_VALID,
    compute=compute,
)
