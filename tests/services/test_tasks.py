"""Tasks on both databases: once each, on business days, and with a way out of every date."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from bot.core.refusal import AlreadyDone, BadInput, Refusal
from bot.core.task import Plan
from bot.core.vocabulary import Mover, Role
from bot.people import build_person
from bot.services.tasks import add_task, drop_task, hand_over, move_task, wait_for_customer
from bot.store.tables import Account, AuditEntry, Episode, Member, Task, Touch
from bot.store.unit import Unit
from tests.commands.desk import TODAY, Desk
from tests.commands.loop_records import add_episode
from tests.commands.loop_records import add_task as put_task

FRIDAY, HOLIDAY, TUESDAY = TODAY, date(2026, 11, 23), date(2026, 11, 24)
PLAN = Plan("導入効果のまとめを送る", TUESDAY)


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    made = Desk(database_url)
    yield made
    made.engine.dispose()


def _do(desk: Desk, deed: Callable[..., Task], *what: object, **more: object) -> Task:
    """A verb in a unit of its own, by 佐藤 today unless told."""
    today = more.pop("today", TODAY)
    member = more.pop("by", desk.sato)
    assert isinstance(member, Member)
    person = build_person(member, desk.workspace)
    with desk.store.writing(desk.workspace.id) as unit:
        return deed(unit, *what, by=person, today=today, **more)


def _count(desk: Desk, table: type[Task] | type[AuditEntry] | type[Touch]) -> int:
    with desk.store.reading(desk.workspace.id) as unit:
        return len(unit.session.scalars(select(table)).all())


def _press_at_once(desk: Desk, deed: Callable[[Unit], object]) -> list[bool]:
    def press(_: int) -> bool:
        try:
            with desk.store.writing(desk.workspace.id) as unit:
                deed(unit)
        except AlreadyDone:
            return False
        return True

    with ThreadPoolExecutor(8) as people:
        return sorted(people.map(press, range(8)))


@pytest.mark.row("A1")
def test_a_task_by_hand_is_the_person_s_own_and_proactive_unless_told(desk: Desk) -> None:
    acme = desk.add_account("アクメ商事")
    made = _do(desk, add_task, acme.id, PLAN)
    assert (made.owner_id, made.due_on, made.state) == (desk.sato.id, TUESDAY, "open")
    assert (made.mover, made.origin, made.made_on) == ("us", "hand", TODAY)
    assert made.title == {"ja": PLAN.title, "en": PLAN.title}
    asked = replace(PLAN, title="問い合わせへの返答", mover=Mover.THEM)
    assert _do(desk, add_task, acme.id, asked).mover == "them"


@pytest.mark.parametrize(
    ("today", "wanted_on", "due_on"),
    [
        (FRIDAY, HOLIDAY, TUESDAY),
        (FRIDAY, date(2026, 11, 22), TUESDAY),
        (date(2026, 12, 28), date(2026, 12, 29), date(2027, 1, 4)),
        (date(2026, 12, 28), date(2026, 12, 31), date(2027, 1, 4)),
        (date(2027, 4, 28), date(2027, 4, 29), date(2027, 5, 6)),
        (date(2027, 1, 29), date(2027, 1, 31), date(2027, 2, 1)),
        (date(2028, 2, 28), date(2028, 2, 29), date(2028, 2, 29)),
    ],
)
def test_a_day_off_moves_to_the_next_business_day(
    desk: Desk, today: date, wanted_on: date, due_on: date
) -> None:
    acme = desk.add_account("アクメ商事")
    plan = replace(PLAN, due_on=wanted_on)
    assert _do(desk, add_task, acme.id, plan, today=today).due_on == due_on


def test_the_business_days_are_those_of_whoever_does_it(desk: Desk) -> None:
    acme = desk.add_account("アクメ商事")
    smith = desk.hire("Smith", Role.CSM, zone="Europe/London")
    made = _do(desk, add_task, acme.id, replace(PLAN, due_on=HOLIDAY, owner_id=smith.id))
    assert made.due_on == HOLIDAY
    assert _do(desk, hand_over, made.id, desk.sato.id).due_on == TUESDAY


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (replace(PLAN, title="  \n "), "task_needs_title"),
        (replace(PLAN, due_on=date(2026, 11, 19)), "day_passed"),
        (replace(PLAN, due_on=date(2126, 11, 24)), "day_too_far"),
        (replace(PLAN, owner_id=1), "no_such_colleague"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(desk: Desk, plan: Plan, code: str) -> None:
    acme = desk.add_account("アクメ商事")
    with pytest.raises(BadInput, match=code):
        _do(desk, add_task, acme.id, plan)
    assert _count(desk, Task) == 0


@pytest.mark.parametrize("roles", [(), (Role.SALES,)])
def test_a_task_goes_to_nobody_who_cannot_do_it(desk: Desk, roles: tuple[Role, ...]) -> None:
    acme = desk.add_account("アクメ商事")
    outsider = desk.hire("新田", *roles)
    gone = desk.hire("退職者", Role.CSM, is_active=False)
    task = put_task(desk, acme, TUESDAY)
    for member in (outsider, gone):
        with pytest.raises(BadInput, match="no_such_colleague"):
            _do(desk, hand_over, task.id, member.id)


def test_eight_presses_at_once_leave_one_task_and_one_entry(desk: Desk) -> None:
    acme = desk.add_account("アクメ商事")
    person = build_person(desk.sato, desk.workspace)
    pressed = _press_at_once(
        desk, lambda unit: add_task(unit, acme.id, PLAN, by=person, today=TODAY)
    )
    assert pressed == [False] * 7 + [True]
    assert (_count(desk, Task), _count(desk, AuditEntry)) == (1, 1)


def test_the_same_words_in_another_hand_or_on_another_day_are_another_task(desk: Desk) -> None:
    acme = desk.add_account("アクメ商事")
    mori = desk.hire("森", Role.LEAD)
    _do(desk, add_task, acme.id, PLAN)
    _do(desk, add_task, acme.id, replace(PLAN, due_on=date(2026, 11, 25)))
    _do(desk, add_task, acme.id, replace(PLAN, owner_id=mori.id))
    # On the holiday the same is meant as on the day after it.
    with pytest.raises(AlreadyDone, match="task_already"):
        _do(desk, add_task, acme.id, replace(PLAN, due_on=HOLIDAY, title=f" {PLAN.title} "))
    assert _count(desk, Task) == 3


def test_what_was_dropped_can_be_added_again(desk: Desk) -> None:
    acme = desk.add_account("アクメ商事")
    for _ in range(2):
        made = _do(desk, add_task, acme.id, PLAN)
        _do(desk, drop_task, made.id, "先方の都合")
    _do(desk, add_task, acme.id, PLAN)
    with pytest.raises(AlreadyDone):
        _do(desk, add_task, acme.id, PLAN)
    assert _count(desk, Task) == 3


def _touches(desk: Desk) -> list[Touch]:
    with desk.store.reading(desk.workspace.id) as unit:
        return list(unit.session.scalars(select(Touch).order_by(Touch.touched_on)))


@pytest.mark.parametrize(
    ("today", "until_on"),
    [
        (FRIDAY, date(2026, 11, 26)),
        (date(2026, 12, 25), date(2027, 1, 5)),
        (date(2027, 4, 27), date(2027, 5, 7)),
        (date(2028, 2, 28), date(2028, 3, 2)),
    ],
)
def test_asking_sets_three_business_days_and_logs_the_touch(
    desk: Desk, today: date, until_on: date
) -> None:
    task = put_task(desk, desk.add_account("アクメ商事"), FRIDAY)
    desk.clock.move_to(desk.clock.now().replace(year=today.year, month=today.month, day=today.day))
    waiting = _do(desk, wait_for_customer, task.id, today=today)
    assert (waiting.state, waiting.waiting_until_on, waiting.asked_on) == (
        "waiting",
        until_on,
        None,
    )
    [touch] = _touches(desk)
    assert (touch.kind, touch.touched_on, touch.initiated_by) == ("reached_out", today, "us")


def test_a_second_press_is_told_and_asking_again_later_begins_anew(desk: Desk) -> None:
    task = put_task(desk, desk.add_account("アクメ商事"), FRIDAY)
    _do(desk, wait_for_customer, task.id)
    with pytest.raises(AlreadyDone, match="task_waits"):
        _do(desk, wait_for_customer, task.id)
    again = _do(desk, wait_for_customer, task.id, today=date(2026, 11, 27))
    assert again.waiting_until_on == date(2026, 12, 2)
    assert [each.touched_on for each in _touches(desk)] == [FRIDAY, date(2026, 11, 27)]


def test_who_has_tapped_the_touch_before_can_still_wait(desk: Desk) -> None:
    acme = desk.add_account("アクメ商事")
    first, second = put_task(desk, acme, FRIDAY), put_task(desk, acme, TUESDAY)
    _do(desk, wait_for_customer, first.id)
    assert _do(desk, wait_for_customer, second.id).state == "waiting"
    assert len(_touches(desk)) == 1


def test_a_new_date_has_its_reason_and_is_never_a_day_off(desk: Desk) -> None:
    task = put_task(desk, desk.add_account("アクメ商事"), date(2026, 11, 18))
    moved = _do(desk, move_task, task.id, HOLIDAY, " 先方の決算後に ")
    assert (moved.due_on, moved.reason, moved.state) == (TUESDAY, "先方の決算後に", "open")
    for due_on, reason, code in (
        (date(2026, 11, 19), "昨日", "day_passed"),
        (date(2026, 11, 30), " ", "task_needs_reason"),
    ):
        with pytest.raises(BadInput, match=code):
            _do(desk, move_task, task.id, due_on, reason)
    with pytest.raises(AlreadyDone, match="task_same_day"):
        _do(desk, move_task, task.id, TUESDAY, "同じ日")


def test_what_waits_waits_until_the_new_date_and_so_does_its_alert(desk: Desk) -> None:
    acme = desk.add_account("アクメ商事")
    until_on = date(2026, 11, 20)
    episode = add_episode(desk, acme, state="waiting", waiting_until_on=until_on, asked_on=until_on)
    task = put_task(desk, acme, FRIDAY, episode=episode, state="waiting", waiting_until_on=until_on)
    moved = _do(desk, move_task, task.id, date(2026, 12, 1), "担当者が出張中")
    assert (moved.state, moved.waiting_until_on) == ("waiting", date(2026, 12, 1))
    with desk.store.reading(desk.workspace.id) as unit:
        kept = unit.session.scalars(select(Episode)).one()
    assert (kept.waiting_until_on, kept.asked_on) == (date(2026, 12, 1), None)


def test_handing_over_is_done_once_and_dropping_keeps_its_reason(desk: Desk) -> None:
    acme, mori = desk.add_account("アクメ商事"), desk.hire("森", Role.LEAD)
    task = put_task(desk, acme, TUESDAY, state="waiting", waiting_until_on=TUESDAY)
    assert _do(desk, hand_over, task.id, mori.id).owner_id == mori.id
    with pytest.raises(AlreadyDone, match="task_same_owner"):
        _do(desk, hand_over, task.id, mori.id)
    with pytest.raises(BadInput, match="task_needs_reason"):
        _do(desk, drop_task, task.id, "")
    dropped = _do(desk, drop_task, task.id, "契約が終わった", by=mori)
    assert (dropped.state, dropped.reason, dropped.ended_on) == ("dropped", "契約が終わった", TODAY)
    assert dropped.ended_by_id == mori.id


def test_what_has_ended_is_changed_by_nobody(desk: Desk) -> None:
    acme, mori = desk.add_account("アクメ商事"), desk.hire("森", Role.LEAD)
    for state in ("done", "dropped"):
        task = put_task(desk, acme, TUESDAY, state=state)
        for deed, more in (
            (wait_for_customer, ()),
            (move_task, (date(2026, 11, 30), "理由")),
            (hand_over, (mori.id,)),
            (drop_task, ("理由",)),
        ):
            with pytest.raises(AlreadyDone, match="task_ended"):
                _do(desk, deed, task.id, *more)
    with pytest.raises(Refusal, match="no_such_task"):
        _do(desk, wait_for_customer, 12345)
    assert _count(desk, AuditEntry) == 0


def test_dropping_by_eight_at_once_is_one(desk: Desk) -> None:
    task = put_task(desk, desk.add_account("アクメ商事"), TUESDAY)
    person = build_person(desk.sato, desk.workspace)
    pressed = _press_at_once(
        desk, lambda unit: drop_task(unit, task.id, "不要", by=person, today=TODAY)
    )
    assert pressed == [False] * 7 + [True]


def test_what_people_write_stays_out_of_the_audit(desk: Desk) -> None:
    acme: Account = desk.add_account("アクメ商事")
    task = _do(desk, add_task, acme.id, replace(PLAN, title="解約の相談", note="部長が反対"))
    _do(desk, move_task, task.id, date(2026, 11, 30), "部長が出張")
    _do(desk, drop_task, task.id, "部長が交代")
    with desk.store.reading(desk.workspace.id) as unit:
        entries = list(unit.session.scalars(select(AuditEntry)))
    assert sorted(each.action for each in entries) == ["task_added", "task_dropped", "task_moved"]
    assert not [
        each for each in entries if "部長" in str(each.change) or "解約" in str(each.change)
    ]


def test_a_task_of_an_alert_waits_with_its_alert_and_whoever_asked_acts_on_it(desk: Desk) -> None:
    acme = desk.add_account("アクメ商事")
    episode = add_episode(desk, acme)
    task = put_task(desk, acme, FRIDAY, episode=episode)
    other = put_task(desk, acme, date(2026, 12, 4), episode=episode)
    waiting = _do(desk, wait_for_customer, task.id)
    with pytest.raises(AlreadyDone, match="task_waits"):
        _do(desk, wait_for_customer, other.id)
    _do(desk, move_task, task.id, date(2026, 12, 1), "担当者が出張中")
    with desk.store.reading(desk.workspace.id) as unit:
        kept = unit.session.scalars(select(Episode)).one()
        days = set(unit.session.scalars(select(Task.waiting_until_on)))
    assert (waiting.state, waiting.waiting_until_on) == ("waiting", date(2026, 11, 26))
    assert (kept.state, kept.claimed_by_id) == ("waiting", desk.sato.id)
    assert days == {kept.waiting_until_on} == {date(2026, 12, 1)}
