"""How many of the paid seats are used on a working day."""

from typing import TYPE_CHECKING

from bot.frame.measure import Kind, Measure, Unit, Words

if TYPE_CHECKING:
    from bot.frame.block import Block, Column, FloatArray

_VALID, _WINDOW = 5, 20


def compute(block: "Block") -> "Column":
    """Mean daily active users over 20 business days, by seats; distinct people are never summed.

    Where no metric counts people, the persons' own activity does; else the last month's figure.
    """
    import numpy as np

    from bot.frame.block import Column
    from bot.frame.monthly import read_months

    late = np.zeros(block.size, dtype=np.bool_)
    if block.usage.has("active_users"):
        late[:] = block.usage.is_late("active_users", _VALID)
        people = block.usage.mean("active_users", _WINDOW)
    else:
        people = _from_persons(block)
    months = read_months(block, "active_users")
    if months is not None:
        is_monthly = np.isnan(people)
        people = np.where(is_monthly, months.last, people)
        late = np.where(is_monthly, months.too_old, late)
    seats = block.seats()
    rate = np.divide(people, seats, out=np.full(block.size, np.nan), where=seats > 0)
    return Column(rate, late)


def _from_persons(block: "Block") -> "FloatArray":
    import numpy as np

    activity = block.facts.get("activity")
    if activity is None:
        return np.full(block.size, np.nan)
    days = block.worked_days[-_WINDOW:]
    counted = np.isin(activity.numbers["active_on"], days)
    people = activity.sum(activity.numbers["people"] * counted) / _WINDOW
    has_any = activity.sum(np.ones(len(activity.place))) > 0
    return np.where(has_any, people, np.nan)


MEASURE = Measure(
    name="active_user_rate",
    label=Words(ja="席の利用率", en="Seats in use"),
    meaning=Words(
        ja="1営業日あたりの利用者数(直近20営業日の平均)が契約席数に占める割合",
        en="People active a business day (mean of the last 20) as a share of the seats",
    ),
    unit=Unit.SHARE,
    kind=Kind.DISTINCT,
    window="20bd",
    needs=("usage:active_users", "monthly", "activity", "accounts", "licences"),
    validity_days=_VALID,
    compute=compute,
)
