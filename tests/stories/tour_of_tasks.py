"""Every deed of tasks and outcomes, done once, for the tour of all deeds."""

import re
from collections.abc import Iterator
from datetime import date

from bot.services.playbooks import ensure_shipped
from tests.commands.loop_records import add_episode, add_task
from tests.house import SATO, SMITH
from tests.stories.conftest import Company

TUESDAY = date(2026, 11, 24)
CHANGES = (
    ("task_move", {"due_on": "2026-12-07", "reason": "R2D2"}),
    ("task_drop", {"reason": "R2D2"}),
)


def work_on_tasks(company: Company, person: str) -> Iterator[str]:
    """The list with its pages, then everything that can become of a task."""
    house, records = company.house, company.records
    ensure_shipped(house.bot.store, house.workspace.id)
    delta = records.add_account("デルタ社")
    for _ in range(12):
        add_task(records, delta, TUESDAY, title="R2D2")
    yield house.says(person, "/tasks デルタ")
    yield house.clicks(person, "tasks_page#2")
    house.says(person, "/tasks デルタ")
    yield from _change(company, person)
    house.clicks(person, "task_add")
    yield house.form(person)
    house.submits(person, title="R2D2", due_on="2026-11-26")
    yield house.reads(person)[-1]
    yield house.clicks(person, "tasks")
    yield from _record(company, person)
    yield from _close_an_alert(company, person)


def _change(company: Company, person: str) -> Iterator[str]:
    house, mate = company.house, SATO if person == SMITH else SMITH
    for deed, fields in (*CHANGES, ("task_hand", {"owner": mate})):
        _press(company, person, deed)
        yield house.form(person)
        assert house.submits(person, **fields).get("closed")
        yield house.reads(person)[-1]
        house.says(person, "/tasks デルタ")
    yield _press(company, person, "task_wait")
    house.at(house.clock.now().replace(day=27))
    house.says(person, "/tasks デルタ")
    yield house.clicks(person, "task_again")
    house.at(house.clock.now().replace(day=20))
    house.says(person, "/tasks デルタ")


def _press(company: Company, person: str, deed: str) -> str:
    """The entry of the first menu of the newest message that has it."""
    house = company.house
    shown = str(house.visitor.messages(person, house.visitor.direct(person))[-1])
    return house.clicks(person, "more", choose=re.findall(rf"{deed}#\d+", shown)[0])


def _record(company: Company, person: str) -> Iterator[str]:
    house = company.house
    house.says(person, "/tasks デルタ")
    house.clicks(person, "task_done")
    yield house.form(person)
    house.submits(person, result="done", impression="R2D2")
    yield house.reads(person)[-1]
    yield house.says(person, "/outcome デルタ")
    house.submits(person, task=_first_choice(company, person))
    yield house.form(person)
    house.submits(person, result="unreachable", impression="R2D2")


def _first_choice(company: Company, person: str) -> str:
    blocks = company.house.visitor.modal(person)["blocks"]
    menu = next(each["element"] for each in blocks if each["type"] == "input")
    return str(menu["options"][0]["text"]["text"])


def _close_an_alert(company: Company, person: str) -> Iterator[str]:
    house, records = company.house, company.records
    lost = records.add_account("ラムダ社", arr=99_000_000)
    taken = {"claimed_by_id": records.sato.id, "claimed_at": company.house.clock.at}
    episode = add_episode(records, lost, state="claimed", **taken)
    add_task(records, lost, TUESDAY, episode=episode, title="R2D2")
    house.says(person, "/sakidori alerts")
    house.clicks(person, "alert")
    house.clicks(person, "episode_done")
    yield house.form(person)
    house.submits(person, result="met", impression="R2D2")
    yield house.reads(person)[-1]
