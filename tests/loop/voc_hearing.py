"""VoCヒアリング: somebody at the customer's says what troubles them."""

from bot.store.tables import VocRemark
from tests.loop.facts import Customer, add_grumbling
from tests.loop.story import Play
from tests.recompute.customers import steady


def live(customer: Customer) -> None:
    customer.use(steady)
    said = {"text": "…", "sentiment": "negative"}
    customer.add(VocRemark, ref="V", said_on=customer.on, **said)


PLAY = Play("voc_hearing", live, result="heard", alike=add_grumbling, signal="negative_voc")
