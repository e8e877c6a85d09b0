"""更新準備: ninety days before the customer must say whether they stay."""

from datetime import timedelta

from bot.store.tables import Contract
from tests.loop.facts import Customer, add_steady
from tests.loop.story import Play
from tests.recompute.customers import steady


def live(customer: Customer) -> None:
    customer.use(steady)
    notice_on = customer.on + timedelta(days=90)
    renews_on = notice_on + timedelta(days=60)
    term = {"starts_on": renews_on - timedelta(days=365), "renews_on": renews_on}
    customer.add(Contract, ref="K", notice_on=notice_on, **term)


PLAY = Play("renewal", live, result="will_renew", alike=add_steady, signal="renewal")
