"""Whether use grows or shrinks, against the account's own past."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column

_VALID = 5
# Below ten uses in twenty days a change says nothing.
_LEAST_A_DAY = 0.5


def compute(block: "Block") -> "Column":
    """Change of key feature use (else logins) per business day, 20 days against the 20 before.

    Monthly figures serve accounts without daily ones, per business day of their months.
    """
    import numpy as np

    from bot.frame.block import Column
    from bot.frame.monthly import read_months

    late = np.zeros(block.size, dtype=np.bool_)
    recent = before = np.full(block.size, np.nan)
    main = block.usage.find_main()
    if main is not None:
        late[:] = block.usage.is_late(main, _VALID)
        recent = block.usage.mean(main, 20)
        before = block.usage.mean(main, 20, skip=20)
    months = read_months(block, "key_actions") or read_months(block, "logins")
    if months is not None:
        is_monthly = np.isnan(recent)
        recent = np.where(is_monthly, months.last_per_day, recent)
        before = np.where(is_monthly, months.before_per_day, before)
        late = np.where(is_monthly, months.too_old, late)
    enough = before >= _LEAST_A_DAY
    ratio = np.divide(recent, before, out=np.full(block.size, np.nan), where=enough)
    return Column(ratio - 1.0, late)


MEASURE = Measure(
    name="usage_trend",
    label=Words(ja="利用量の推移", en="Usage trend"),
    meaning=Words(
        ja="直近20営業日の1日あたり利用量(主要機能、なければログイン)の、"
        "その前の20営業日からの増減",
        en="Change of key feature use (else logins) per business day, "
        "last 20 against the 20 before",
    ),
    unit=Unit.CHANGE,
    kind=Kind.ADDITIVE,
    window="20bd/20bd",
    needs=("usage:key", "usage:logins", "monthly"),
    validity_days=_VALID,
    compute=compute,
)
