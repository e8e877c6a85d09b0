"""主要機能の活用支援: as many uses as ever, for a while on every third business day alone."""

from datetime import timedelta

from tests.loop.facts import Customer, add_grumbling
from tests.loop.story import Play
from tests.recompute.customers import steady

LASTS = timedelta(weeks=4)


def live(customer: Customer) -> None:
    customer.use(steady)
    calendar = customer.calendar
    first_on = calendar.add_business_days(customer.on, -18)
    days = [first_on + timedelta(days=n) for n in range((customer.on + LASTS - first_on).days)]
    worked = [calendar.business_days(first_on, on) * calendar.is_business_day(on) for on in days]
    customer.write("key_actions", first_on, [120.0 * (n % 3 == 1) for n in worked])


PLAY = Play(
    "key_feature", live, result="showed_use", alike=add_grumbling, signal="key_feature", within=14
)
