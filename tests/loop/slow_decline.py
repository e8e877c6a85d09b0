"""緩やかな低下の確認: a little less use every week, while every threshold still holds."""

from datetime import date, timedelta

from tests.loop.facts import Customer, add_grumbling
from tests.loop.story import Play


def live(customer: Customer) -> None:
    begins = customer.on - timedelta(days=30)

    def shape(on: date) -> float:
        return 1.0 - 0.007 * max(0, (min(on, customer.on + timedelta(days=10)) - begins).days)

    customer.use(shape)


PLAY = Play(
    "slow_decline",
    live,
    result="nothing_wrong",
    alike=add_grumbling,
    signal="slow_decline",
    is_watch=True,
    within=14,
)
