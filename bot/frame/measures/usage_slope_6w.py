"""Which way use has gone for six weeks, by the straight line through its days."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column

_WINDOW, _VALID = 30, 5
# Below ten uses in twenty days a change says nothing.
_LEAST_A_DAY = 0.5


def compute(block: "Block") -> "Column":
    """Change along the line, of key feature use (else logins); 0 where scatter explains it."""
    import numpy as np

    from bot.frame.block import Column

    main = block.usage.find_main()
    if main is None:
        return block.unknown()
    late = np.full(block.size, block.usage.is_late(main, _VALID))
    return Column(block.usage.slope(main, _WINDOW, least=_LEAST_A_DAY), late)


MEASURE = Measure(
    name="usage_slope_6w",
    label=Words(ja="6週間の利用の傾き", en="Use over six weeks"),
    meaning=Words(
        ja="直近30営業日の利用量(主要機能、なければログイン)に直線を当てはめたときの増減。"
        "日々のばらつきの範囲内なら0",
        en="Change along the line through key feature use (else logins) of the last 30 business "
        "days; 0 where the scatter of the days explains it",
    ),
    unit=Unit.CHANGE,
    kind=Kind.ADDITIVE,
    window="30bd",
    needs=("usage:key", "usage:logins"),
    validity_days=_VALID,
    compute=compute,
)
