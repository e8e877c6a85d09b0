"""Whether we speak to the customer as often as their segment asks."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column, FloatArray


def compute(block: "Block") -> "Column":
    """Days since the last touch, else since the start, by the days of the account's cadence.

    1 is due today. The cadence is that of the monthly list: as ops has chosen for the touch
    model, else by tier, else by touch model.
    """
    import numpy as np

    from bot.frame.block import Column

    touches = block.facts.get("touches")
    if touches is None:
        return block.unknown()
    touched = touches.spread("touched_on")
    since = np.where(np.isnan(touched), block.number("started_on"), touched)
    return Column(block.age(since) / _read_cadence(block))


def _read_cadence(block: "Block") -> "FloatArray":
    import numpy as np

    from bot.core.cadence import find_cadence
    from bot.core.vocabulary import Difficulty, Tier, Touch

    tiers, touches = block.place("tier", Tier), block.place("touch", Touch)
    hard = block.place("difficulty", Difficulty) == list(Difficulty).index(Difficulty.HARD)
    # Accounts without a tier stand last: place -1.
    days = np.array(
        [
            [
                [
                    find_cadence(tier, touch, each, block.contact_days.get(touch)).contact_days
                    for touch in Touch
                ]
                for tier in (*Tier, None)
            ]
            for each in (Difficulty.NORMAL, Difficulty.HARD)
        ],
        dtype=np.float64,
    )
    found: FloatArray = np.where(touches >= 0, days[hard.astype(np.int64), tiers, touches], np.nan)
    return found


MEASURE = Measure(
    name="touch_vs_cadence",
    label=Words(ja="接触頻度の目安との比", en="Contact against the cadence"),
    meaning=Words(
        ja="最後の活動(なければ利用開始日)からの日数を、区分ごとの接触間隔で割った値。1で間隔どおり",
        en="Days since the last touch, else since the start, by the days of the segment's cadence; "
        "at 1 contact is due",
    ),
    unit=Unit.RATIO,
    kind=Kind.AGE,
    window="latest",
    needs=(
        "touches",
        "accounts:tier",
        "accounts:touch",
        "accounts:difficulty",
        "accounts:days_since_start",
    ),
    compute=compute,
)
