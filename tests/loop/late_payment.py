"""入金遅延の確認: an invoice stays unpaid for two weeks, and is paid after another three."""

from datetime import timedelta

from bot.store.tables import Invoice
from tests.loop.facts import Customer, add_grumbling
from tests.loop.story import Play
from tests.recompute.customers import steady


def live(customer: Customer) -> None:
    customer.use(steady)
    due_on = customer.on - timedelta(days=14)
    days = {"issued_on": due_on - timedelta(days=30), "paid_on": customer.on + timedelta(days=20)}
    customer.add(Invoice, ref="I", due_on=due_on, **days)


PLAY = Play("late_payment", live, result="will_pay", alike=add_grumbling, signal="late_payment")
