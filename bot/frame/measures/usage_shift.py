"""Whether use broke, rather than drifted: the moment something changed at the customer."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """The largest shift between ten business days and the next ten, within the last forty.

    In standard deviations of those days, a fall below 0, the pattern of the week removed. What
    chance makes of steady use lies below 2 in 99 of 100 accounts.
    """
    from bot.frame.block import Column
    from bot.frame.use import is_late, read_shift

    main = block.usage.find_main()
    if main is None:
        return block.unknown()
    return Column(read_shift(block, main).size, is_late(block, main))


MEASURE = Measure(
    name="usage_shift",
    label=Words(ja="利用の急な変化", en="Break in use"),
    meaning=Words(
        ja="直近40営業日のうち、連続する10営業日どうしで利用量(主要機能、"
        "なければログイン)が最も変わった幅。標準偏差の何倍かで表し、減少は負",
        en="Largest shift of key feature use (else logins) between ten business days and the "
        "next ten, within the last 40, in standard deviations; below 0 is a fall",
    ),
    unit=Unit.DIFFERENCE,
    kind=Kind.RATIO,
    window="40bd",
    needs=(
        "usage:key",
        "usage:logins",
    ),
    validity_days=5,
    compute=compute,
)
