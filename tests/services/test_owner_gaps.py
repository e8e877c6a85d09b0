"""Accounts nobody answers for, and how each gap is closed, on both databases."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from bot.core.refusal import NotAllowed
from bot.core.setup import Gap, OwnerGap
from bot.core.vocabulary import Role
from bot.services.alert_routes import find_routes
from bot.services.imports.derive import derive
from bot.services.ports import PersonFacts
from bot.services.setup.gaps import list_gaps, mend
from bot.store.tables import Account, Episode, Member, Task
from tests.commands.desk import TODAY, Desk
from tests.commands.loop_records import add_episode
from tests.commands.records import FRIDAY

pytestmark = pytest.mark.row("E10")
YAMADA = PersonFacts("U0YAMADA", "山田", "hanako@x.example", None, "ja-JP", False, False, False)


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    made = Desk(database_url)
    yield made
    made.engine.dispose()


def gaps_of(desk: Desk) -> list[OwnerGap]:
    with desk.store.reading(desk.workspace.id) as unit:
        return list_gaps(unit)


def close(desk: Desk, gap: OwnerGap, facts: PersonFacts | None = YAMADA) -> None:
    with desk.store.writing(desk.workspace.id) as unit:
        mend(unit, gap, facts, "U0OPS")


def owners(desk: Desk) -> dict[str, str | None]:
    with desk.store.reading(desk.workspace.id) as unit:
        wanted = select(Account.name, Member.slack_user).outerjoin(
            Member, Account.owner_id == Member.id
        )
        return {row.name: row.slack_user for row in unit.session.execute(wanted)}


def unowned(desk: Desk, name: str, owner_named: str) -> None:
    account = desk.add_account(name, owner_named=owner_named)
    with desk.store.writing(desk.workspace.id) as unit:
        unit.session.get_one(Account, (desk.workspace.id, account.id)).owner_id = None


def test_spellings_of_one_name_are_one_gap_and_the_next_file_is_understood(desk: Desk) -> None:
    unowned(desk, "一社", "やまだ 花子")
    unowned(desk, "二社", "やまだ　花子")
    [gap] = gaps_of(desk)
    assert (gap.kind, gap.account_count) == (Gap.NAMED, 2)
    close(desk, gap)
    assert gaps_of(desk) == []
    unowned(desk, "三社", "やまだ花子")
    with desk.store.writing(desk.workspace.id) as unit:
        derive(unit, TODAY)
    assert owners(desk) == dict.fromkeys(["一社", "二社", "三社"], "U0YAMADA")


def test_who_takes_over_gets_what_is_still_to_be_done(desk: Desk) -> None:
    gone = desk.hire("退職", Role.CSM, is_active=False)
    account = desk.add_account("引継社", gone, owner_named="退職")
    with desk.store.writing(desk.workspace.id) as unit:
        for state in ("open", "done"):
            unit.add(
                Task(
                    account_id=account.id,
                    key=state,
                    origin="hand",
                    title={},
                    owner_id=gone.id,
                    due_on=TODAY,
                    state=state,
                    made_on=TODAY,
                    known_at=FRIDAY,
                )
            )
    [gap] = gaps_of(desk)
    assert gap.kind is Gap.LEFT
    close(desk, gap)
    with desk.store.writing(desk.workspace.id) as unit:
        derive(unit, TODAY)
        tasks = {task.key: task.owner_id for task in unit.session.scalars(select(Task))}
    assert owners(desk) == {"引継社": "U0YAMADA"}
    assert tasks["done"] == gone.id
    assert tasks["open"] != gone.id


def test_who_takes_over_is_told_of_the_alerts_where_they_read(desk: Desk) -> None:
    gone = desk.hire("退職", Role.CSM, is_active=False)
    account = desk.add_account("引継社", gone, owner_named="退職")
    alert = add_episode(desk, account, told_at=FRIDAY)
    add_episode(desk, account, told_at=FRIDAY, state="closed", open_as=None)
    [gap] = gaps_of(desk)
    close(desk, gap)
    with desk.store.reading(desk.workspace.id) as unit:
        told = {each.id: each.told_at for each in unit.session.scalars(select(Episode))}
        routes = find_routes(unit, TODAY)
    assert told.pop(alert.id) is None
    assert set(told.values()) == {FRIDAY}
    assert routes[alert.id].audience == "U0YAMADA"


def test_doubles_become_the_one_slack_knows(desk: Desk) -> None:
    doubled = desk.hire("佐藤", Role.LEAD, slack_user=None, email="m.sato@x.example")
    led = desk.hire("部下", Role.CSM, lead_id=doubled.id)
    desk.add_account("二重社", doubled)
    [gap] = gaps_of(desk)
    assert gap.kind is Gap.DOUBLE
    close(desk, gap, None)
    assert owners(desk) == {"二重社": desk.sato.slack_user}
    assert gaps_of(desk) == []
    with desk.store.reading(desk.workspace.id) as unit:
        assert unit.session.get_one(Member, (desk.workspace.id, led.id)).lead_id == desk.sato.id


def test_two_people_of_one_name_who_are_both_in_slack_are_two_people(desk: Desk) -> None:
    desk.hire("佐藤", Role.CSM, slack_user="U0OTHER")
    assert gaps_of(desk) == []


def test_nobody_from_outside_takes_over(desk: Desk) -> None:
    unowned(desk, "一社", "客")
    [gap] = gaps_of(desk)
    guest = PersonFacts("U0GUEST", "客", None, None, None, True, False, False)
    with pytest.raises(NotAllowed):
        close(desk, gap, guest)
    assert owners(desk) == {"一社": None}
