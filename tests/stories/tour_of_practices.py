"""What repeated outside playbooks becomes a draft and is discarded, for the tour of all deeds."""

from collections.abc import Iterator
from datetime import date

from tests.commands.loop_records import add_task
from tests.commands.weekly_records import add_check, add_outcome, noon
from tests.house import MORI, OPS
from tests.stories.conftest import Company

# Two weeks before the morning on which the week is told.
THEN = date(2026, 11, 2)
WISH = {"sign": "silence", "days": "5", "hypothesis": "R2D2"}


def repeat_outside(company: Company, person: str) -> Iterator[str]:
    """Eleven times, each better than elsewhere; what is made of it is discarded by another."""
    house, records, theta = company.house, company.records, company.theta
    outside = {"playbook": None, "playbook_version": None}
    done = {"state": "done", "ended_on": THEN, "ended_at": noon(THEN)}
    with records.together():
        tasks = [add_task(records, theta, THEN, title="R2D2", **done) for _ in range(11)]
    with records.together():
        made = [add_outcome(records, theta, THEN, task=each, **outside) for each in tasks]
    with records.together():
        for number, outcome in enumerate(made):
            add_check(records, outcome, 54.0 + number % 2)
    yield house.says(person, "/sakidori summary")
    house.clicks(person, "practice")
    yield house.form(person)
    assert house.submits(person, **WISH).get("closed")
    yield house.reads(person)[-1]
    yield house.says(person, "/sakidori summary")
    house.send()
    checker = next(user for user in (OPS, MORI) if "R2D2" in house.reads(user)[-1])
    house.clicks(checker, "practice_drop")
