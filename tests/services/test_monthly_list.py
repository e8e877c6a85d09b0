"""Tasks of the monthly list on both databases: one for each account and month."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import event, select

from bot.core.refusal import BadInput
from bot.people import build_person
from bot.services.monthly_list import Made, Wish, find_monthly, make_tasks
from bot.store.base import new_id
from bot.store.tables import Account, AuditEntry, Task
from bot.store.tables import Touch as Contact
from tests.commands.desk import FRIDAY, Desk
from tests.commands.loop_records import add_episode, add_task

pytestmark = pytest.mark.row("B35", "B38")

FIRST, MONTH = date(2026, 12, 1), date(2026, 12, 1)
TITLE = {"ja": "定期フォロー", "en": "Regular follow-up"}


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    made = Desk(database_url)
    yield made
    made.engine.dispose()


def press(desk: Desk, *accounts: Account, on: date = FIRST, month: date = MONTH) -> Made:
    person = build_person(desk.sato, desk.workspace)
    wishes = [Wish(each.id, TITLE) for each in accounts]
    with desk.store.writing(desk.workspace.id) as unit:
        return make_tasks(unit, wishes, month, owner=person, by=person, today=on)


def tasks(desk: Desk) -> list[Task]:
    with desk.store.reading(desk.workspace.id) as unit:
        return list(unit.session.scalars(select(Task).where(Task.origin == "monthly")))


def test_eight_presses_at_once_make_each_task_once(desk: Desk) -> None:
    accounts = [desk.add_account(f"{number}社") for number in range(5)]
    with ThreadPoolExecutor(8) as people:
        made = list(people.map(lambda _: press(desk, *accounts), range(8)))
    assert sorted(len(each.tasks) for each in made) == [0] * 7 + [5]
    assert sorted(each.already for each in made) == [0] + [5] * 7
    assert len(tasks(desk)) == len({each.due_on for each in tasks(desk)}) == 5
    with desk.store.reading(desk.workspace.id) as unit:
        assert len(unit.session.scalars(select(AuditEntry)).all()) == 1


def test_a_second_choice_takes_days_the_first_has_left_free(desk: Desk) -> None:
    first, second = ([desk.add_account(f"{part}{n}社") for n in range(4)] for part in "ab")
    press(desk, *first)
    press(desk, *second)
    days = [each.due_on for each in tasks(desk)]
    assert len(days) == len(set(days)) == 8


def test_what_was_done_this_month_is_not_made_anew_but_next_month_it_is(desk: Desk) -> None:
    account = desk.add_account("アクメ商事")
    press(desk, account)
    with desk.store.writing(desk.workspace.id) as unit:
        unit.session.scalars(select(Task)).one().state = "done"
    assert press(desk, account, on=date(2026, 12, 15)).already == 1
    january = date(2027, 1, 4)
    assert len(press(desk, account, on=january, month=date(2027, 1, 1)).tasks) == 1


def test_a_list_of_another_month_is_refused(desk: Desk) -> None:
    account = desk.add_account("アクメ商事")
    with pytest.raises(BadInput) as caught:
        press(desk, account, on=date(2027, 1, 4))
    assert caught.value.code == "monthly_over"
    assert tasks(desk) == []


def test_alerts_and_other_tasks_keep_their_accounts(desk: Desk) -> None:
    alerted, tasked, watched = (desk.add_account(name) for name in ("甲", "乙", "丙"))
    add_episode(desk, alerted)
    add_task(desk, tasked, date(2026, 12, 8))
    look = add_episode(desk, watched, is_watch=True, playbook="slow_decline")
    add_task(desk, watched, date(2026, 12, 8), episode=look)
    made = press(desk, alerted, tasked, watched)
    assert [account_id for account_id, _ in made.tasks] == [watched.id]
    assert made.busy == 2


def test_the_newest_contact_and_meeting_and_the_next_day_agreed_are_found(desk: Desk) -> None:
    met, agreed = desk.add_account("面談社", tier="mid"), desk.add_account("約束社", tier="mid")
    contacts = (
        (met, date(2026, 9, 1), "meeting", None),
        (met, date(2026, 11, 25), "call", None),
        (met, date(2026, 12, 9), "meeting", None),
        (agreed, date(2026, 10, 1), "email", date(2026, 12, 3)),
    )
    for account, touched_on, kind, next_on in contacts:
        desk.keep(
            Contact(
                id=new_id(),
                account_id=account.id,
                ref=f"T-{new_id()}",
                touched_on=touched_on,
                kind=kind,
                next_on=next_on,
                known_at=FRIDAY,
            )
        )
    person = build_person(desk.sato, desk.workspace)
    with desk.store.reading(desk.workspace.id) as unit:
        found = find_monthly(unit, desk.sato.id, person.calendar, FIRST)
    [pick] = found.picks
    assert (pick.row.id, pick.reason.kind, pick.reason.on) == (met.id, "review", contacts[0][1])


def test_the_number_of_statements_does_not_grow_with_the_book(desk: Desk) -> None:
    desk.keep_model()
    small = _count_statements(desk, 3)
    assert _count_statements(desk, 30) == small <= 9


def _count_statements(desk: Desk, size: int) -> int:
    for number in range(size):
        account = desk.add_account(f"{size}-{number}社")
        add_episode(desk, account, is_watch=True)
    said: list[str] = []
    person = build_person(desk.sato, desk.workspace)
    with desk.store.reading(desk.workspace.id) as unit:
        connection = unit.session.connection()
        unit.workspace  # noqa: B018  loaded once a unit, whatever is asked
        event.listen(connection, "before_cursor_execute", lambda *call: said.append(call[2]))
        find_monthly(unit, desk.sato.id, person.calendar, FIRST)
    return len(said)
