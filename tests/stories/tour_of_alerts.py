"""A tour of everything that can be done with an alert, for the test that wants it all done."""

import re
from collections.abc import Iterator
from datetime import date

from tests.commands.loop_records import add_episode, add_task
from tests.house import OPS, House
from tests.stories.conftest import Company


def handle_alerts(company: Company, person: str) -> Iterator[str]:
    """Everything that can be done with an alert, but for its tasks and their outcomes."""
    house, records = company.house, company.records
    for account in (company.acme, company.theta):
        alert = add_episode(records, account)
        add_task(records, account, date(2026, 11, 24), episode=alert, title="R2D2")
    house.run_job("alerts")
    yield house.clicks(person, "alert_claim")
    house.send()
    yield house.clicks(person, "alert_cause#2")
    for menu in ("alert_why", "alert_tasks"):
        yield choose_for_alert(house, person, menu)
    for menu, fields in (
        ("alert_snooze", {"until_on": "2026-11-30", "reason": "R2D2"}),
        ("alert_hand", {"person": OPS}),
        ("alert_false", {"reason": "R2D2"}),
    ):
        choose_for_alert(house, person, menu)
        yield house.form(person)
        assert house.submits(person, **fields).get("closed")
    yield house.says(person, "/sakidori alerts")
    yield house.clicks(person, "alert_wait")
    house.send()


def choose_for_alert(house: House, person: str, deed: str) -> str:
    """An entry of the menu of the first alert of the list that offers it."""
    house.says(person, "/sakidori alerts")
    house.clicks(person, "alert")
    shown = str(house.visitor.messages(person, house.visitor.direct(person))[-1])
    return house.clicks(person, "more", choose=re.findall(rf"{deed}#\d+", shown)[0])
