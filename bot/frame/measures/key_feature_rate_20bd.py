"""Whether the features the product is bought for are part of the working day."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column

_VALID = 5


def compute(block: "Block") -> "Column":
    """Share of the last 20 business days with any key action; of several metrics the best."""
    import numpy as np

    from bot.frame.block import Column

    names = [name for name in block.usage.key_metrics() if block.usage.has(name)]
    if not names:
        return block.unknown()
    shares = [block.usage.share_used(name, 20) for name in names]
    late = all(block.usage.is_late(name, _VALID) for name in names)
    return Column(np.fmax.reduce(shares), np.full(block.size, late))


MEASURE = Measure(
    name="key_feature_rate_20bd",
    label=Words(ja="主要機能の利用率", en="Key feature use"),
    meaning=Words(
        ja="直近20営業日のうち、主要機能が使われた日の割合",
        en="Share of the last 20 business days on which a key feature was used",
    ),
    unit=Unit.SHARE,
    kind=Kind.ADDITIVE,
    window="20bd",
    needs=("usage:key",),
    validity_days=_VALID,
    compute=compute,
)
