"""How well the product is used: a level from 1 to 5."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column


def compute(block: "Block") -> "Column":
    """The lowest rung of login days, key feature days and features in use."""
    from bot.frame.block import Column
    from bot.frame.ladder import read_levels
    from bot.frame.use import is_late

    levels = block.once("levels", lambda: read_levels(block.usage))
    return block.unknown() if levels is None else Column(levels, is_late(block, "logins"))


MEASURE = Measure(
    name="proficiency",
    label=Words(ja="活用レベル", en="Proficiency level"),
    meaning=Words(
        ja="1〜5。直近20営業日のログイン日(20%・50%・80%・90%)、"
        "主要機能の利用日(5%・40%・60%・80%)、利用機能数(1・2・3・6)のうち最も低い段階",
        en="1 to 5: the lowest of three rungs over 20 business days: login days (20, 50, 80, "
        "90%), key feature days (5, 40, 60, 80%), features in use (1, 2, 3, 6)",
    ),
    unit=Unit.LEVEL,
    kind=Kind.LEVEL,
    window="20bd",
    needs=(
        "usage:logins",
        "usage:key",
        "usage:features_used",
    ),
    validity_days=5,
    compute=compute,
)
