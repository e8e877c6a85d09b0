"""How near the customer is to what the plan allows."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column, FloatArray

_VALID, _MONTH = 5, 30


def compute(block: "Block") -> "Column":
    """Use of the limited metric by the contract's limit; of several contracts the nearest.

    A limit of a metric that adds up is a month's: the last 30 days count. Of others the mean of
    20 business days does. Unknown without a limit, or where its metric does not come.
    """
    import numpy as np

    from bot.frame.block import Column

    limits = block.facts.get("limits")
    if limits is None:
        return block.unknown()
    used, late = np.full(len(limits.place), np.nan), np.zeros(block.size, dtype=np.bool_)
    named = np.array(limits.words["limit_metric"], dtype=object)
    for name in {each for each in named.tolist() if block.usage.has(each)}:
        mine = named == name
        used[mine] = _read_use(block, name)[limits.place[mine]]
        late[limits.place[mine]] |= block.usage.is_late(name, _VALID)
    return Column(limits.largest(used / limits.numbers["plan_limit"]), late)


def _read_use(block: "Block", name: str) -> "FloatArray":
    if block.usage.adds_up(name):
        return block.usage.total(name, _MONTH)
    return block.usage.mean(name, 20)


MEASURE = Measure(
    name="limit_share",
    label=Words(ja="プラン上限の利用率", en="Share of the plan's limit"),
    meaning=Words(
        ja="契約の上限に対する利用の割合。回数は直近30日の合計、人数などは直近20営業日の平均",
        en="Use by the contract's limit: the last 30 days of what adds up, else the mean of 20 "
        "business days",
    ),
    unit=Unit.SHARE,
    kind=Kind.RATIO,
    window="30d",
    needs=(
        "limits",
        "usage:limit",
    ),
    validity_days=5,
    compute=compute,
)
