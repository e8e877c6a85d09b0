"""再オンボーディング: hardly anybody uses it at first; six weeks on they all do."""

from datetime import date, timedelta
from typing import Any

from tests.loop.facts import Customer, add_stalled
from tests.loop.story import Play


def begin(on: date) -> dict[str, Any]:
    return {"stage": "onboarding", "started_on": on - timedelta(days=43)}


def live(customer: Customer) -> None:
    customer.use(lambda on: 0.1 if on < customer.on + timedelta(weeks=6) else 1.0)


PLAY = Play(
    "re_onboarding",
    live,
    result="plan_agreed",
    alike=add_stalled,
    signal="onboarding_stalled",
    account=begin,
)
