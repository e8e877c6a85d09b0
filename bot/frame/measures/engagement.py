"""How much the customer lives in the product: often, deep and by many people."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column

_PARTS = ("login_days_20bd", "key_feature_rate_20bd", "active_user_rate")


def compute(block: "Block") -> "Column":
    """Mean of login days, key feature days and seats in use (at most all); unknown without one."""
    import numpy as np

    from bot.frame.block import Column
    from bot.frame.build import ask

    parts = [ask(block, name) for name in _PARTS]
    values = [each.values for each in parts if isinstance(each.values, np.ndarray)]
    late = [each.too_old for each in parts if each.too_old is not None]
    mean = np.minimum(values, 1.0).mean(axis=0)
    return Column(mean, np.logical_or.reduce(late) if late else None)


MEASURE = Measure(
    name="engagement",
    label=Words(ja="エンゲージメント", en="Engagement"),
    meaning=Words(
        ja="ログイン日数・主要機能の利用率・席の利用率(上限100%)の平均",
        en="Mean of login days, key feature use and seats in use (at most 100%)",
    ),
    unit=Unit.SHARE,
    kind=Kind.RATIO,
    window="20bd",
    needs=(
        "usage:logins",
        "usage:key",
        "usage:active_users",
        "monthly",
        "activity",
        "accounts",
        "licences",
    ),
    validity_days=5,
    compute=compute,
)
