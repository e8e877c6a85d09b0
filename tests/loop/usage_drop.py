"""利用低下フォロー: a customer in good use stops, and comes back before the second step."""

from datetime import timedelta

from tests.loop.facts import Customer, add_stalled
from tests.loop.story import Play


def live(customer: Customer) -> None:
    stops = customer.calendar.add_business_days(customer.on, -2)
    back = customer.on + timedelta(days=10)
    customer.use(lambda on: float(not stops <= on < back))


PLAY = Play(
    "usage_drop", live, result="met", alike=add_stalled, signal="sharp_drop", before=(9, 7, 6, 5, 4)
)
