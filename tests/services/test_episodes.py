"""What people do with an alert, on both databases: once, whoever and however many press."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any, TypeVar

import pytest
from sqlalchemy import select

from bot.ask import Person
from bot.core.refusal import AlreadyDone, BadInput, Refusal
from bot.core.vocabulary import Ending, EpisodeState, Hypothesis, Role
from bot.people import build_person
from bot.services import episodes
from bot.store.tables import Account, AuditEntry, Episode, Member, Task, Touch
from tests.commands.desk import TODAY, Desk
from tests.commands.loop_records import add_episode, add_task

T = TypeVar("T")

# The Monday after is a holiday in Japan, so three business days end on Thursday.
RECHECK = date(2026, 11, 26)


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    made = Desk(database_url)
    yield made
    made.engine.dispose()


@pytest.fixture
def acme(desk: Desk) -> Account:
    return desk.add_account("アクメ商事", arr=4_800_000)


@pytest.fixture
def alert(desk: Desk, acme: Account) -> Episode:
    made = add_episode(desk, acme)
    add_task(desk, acme, date(2026, 11, 24), episode=made)
    add_task(desk, acme, date(2026, 12, 4), episode=made, title="結果を確認")
    return made


def person(desk: Desk, member: Member) -> Person:
    return build_person(member, desk.workspace)


def act(desk: Desk, verb: Callable[..., T], *how: Any) -> T:
    with desk.store.writing(desk.workspace.id) as unit:
        return verb(unit, *how)


def stands(desk: Desk, alert: Episode) -> Episode:
    with desk.store.reading(desk.workspace.id) as unit:
        return unit.session.scalars(select(Episode).filter_by(id=alert.id)).one()


def tasks(desk: Desk) -> list[Task]:
    with desk.store.reading(desk.workspace.id) as unit:
        return list(unit.session.scalars(select(Task).order_by(Task.due_on, Task.id)))


def actions(desk: Desk) -> list[str]:
    with desk.store.reading(desk.workspace.id) as unit:
        return sorted(unit.session.scalars(select(AuditEntry.action)))


@pytest.mark.row("D7")
def test_eight_people_press_at_once_and_one_acts_while_the_others_hear_who(
    desk: Desk, alert: Episode
) -> None:
    people = [person(desk, desk.hire(f"同僚{number}", Role.CSM)) for number in range(8)]

    def press(by: Person) -> str:
        try:
            act(desk, episodes.claim, alert.id, by)
        except AlreadyDone as told:
            return str(told.params["name"])
        return ""

    with ThreadPoolExecutor(8) as presses:
        heard = list(presses.map(press, people))
    kept = stands(desk, alert)
    [first] = [by for by in people if by.member_id == kept.claimed_by_id]
    assert sorted(heard) == sorted(["", *([first.name] * 7)])
    assert (kept.state, kept.claimed_at) == (EpisodeState.CLAIMED, desk.clock.now())
    assert actions(desk) == ["alert_claimed"]


def test_whoever_claims_what_nobody_answers_for_has_its_tasks(desk: Desk, acme: Account) -> None:
    lone = add_episode(desk, acme, owner_id=None)
    add_task(desk, acme, TODAY, episode=lone, owner_id=None)
    act(desk, episodes.claim, lone.id, person(desk, desk.sato))
    assert stands(desk, lone).owner_id == desk.sato.id
    assert [each.owner_id for each in tasks(desk)] == [desk.sato.id]


def test_one_cause_is_chosen_and_a_second_tap_is_told_so(desk: Desk, alert: Episode) -> None:
    by = person(desk, desk.sato)
    act(desk, episodes.set_hypothesis, alert.id, Hypothesis.BUDGET, by)
    with pytest.raises(AlreadyDone, match="alert_cause_chosen"):
        act(desk, episodes.set_hypothesis, alert.id, Hypothesis.SEASON, by)
    assert stands(desk, alert).hypothesis == "budget"


@pytest.mark.row("E8")
def test_reaching_out_claims_logs_the_touch_and_waits_three_business_days(
    desk: Desk, alert: Episode
) -> None:
    by = person(desk, desk.sato)
    act(desk, episodes.start_waiting, alert.id, by, TODAY)
    kept = stands(desk, alert)
    assert (kept.state, kept.waiting_until_on) == (EpisodeState.WAITING, RECHECK)
    assert kept.claimed_by_id == desk.sato.id
    assert {(each.state, each.waiting_until_on) for each in tasks(desk)} == {("waiting", RECHECK)}
    with desk.store.reading(desk.workspace.id) as unit:
        touch = unit.session.scalars(select(Touch)).one()
    assert (touch.kind, touch.initiated_by, touch.touched_on) == ("reached_out", "us", TODAY)
    with pytest.raises(AlreadyDone, match="alert_waiting"):
        act(desk, episodes.start_waiting, alert.id, by, TODAY)
    assert actions(desk) == ["alert_waiting", "touch_recorded"]


def test_reaching_out_over_what_a_customer_said_is_reactive(desk: Desk, acme: Account) -> None:
    """As by the task's own button: the label is the playbook's."""
    alert = add_episode(desk, acme, playbook="voc_hearing")
    add_task(desk, acme, date(2026, 11, 24), episode=alert, mover="them")
    act(desk, episodes.start_waiting, alert.id, person(desk, desk.sato), TODAY)
    with desk.store.reading(desk.workspace.id) as unit:
        [touch] = unit.session.scalars(select(Touch))
    assert (touch.kind, touch.initiated_by) == ("reached_out", "them")


def test_the_customer_can_be_reached_out_to_again_on_the_day_of_the_recheck(
    desk: Desk, alert: Episode
) -> None:
    by = person(desk, desk.sato)
    act(desk, episodes.start_waiting, alert.id, by, TODAY)
    act(desk, episodes.mark_asked, [alert.id], date(2026, 11, 25))
    assert stands(desk, alert).asked_on is None
    for on in (RECHECK, date(2026, 11, 27)):
        act(desk, episodes.mark_asked, [alert.id], on)
    assert {each.asked_on for each in tasks(desk)} == {RECHECK}
    assert stands(desk, alert).asked_on == RECHECK
    act(desk, episodes.start_waiting, alert.id, by, RECHECK)
    kept = stands(desk, alert)
    assert (kept.waiting_until_on, kept.asked_on) == (date(2026, 12, 1), None)


def test_the_touch_of_the_day_may_be_on_record_and_another_s_claim_stays(
    desk: Desk, alert: Episode
) -> None:
    mori, by = person(desk, desk.hire("森", Role.LEAD)), person(desk, desk.sato)
    act(desk, episodes.claim, alert.id, mori)
    act(desk, episodes.start_waiting, alert.id, by, TODAY)
    act(desk, episodes.stop_waiting, alert.id, by)
    assert {each.state for each in tasks(desk)} == {"open"}
    act(desk, episodes.start_waiting, alert.id, by, TODAY)
    assert stands(desk, alert).claimed_by_id == mori.member_id
    assert actions(desk).count("touch_recorded") == 1


def test_what_does_not_wait_cannot_stop_waiting(desk: Desk, alert: Episode) -> None:
    with pytest.raises(AlreadyDone):
        act(desk, episodes.stop_waiting, alert.id, person(desk, desk.sato))
    assert actions(desk) == []


def test_a_snoozed_alert_comes_back_by_itself_on_its_day_and_nothing_is_overdue_before(
    desk: Desk, alert: Episode
) -> None:
    by, until_on = person(desk, desk.sato), date(2026, 11, 30)
    act(desk, episodes.claim, alert.id, by)
    act(desk, episodes.snooze, alert.id, until_on, "担当者が休暇", by, TODAY)
    assert [each.due_on for each in tasks(desk)] == [until_on, date(2026, 12, 4)]
    woken = [
        act(desk, episodes.wake, alert.id, on) for on in (date(2026, 11, 27), until_on, until_on)
    ]
    kept = stands(desk, alert)
    assert woken == [False, True, False]
    assert (kept.state, kept.snoozed_until_on) == (EpisodeState.CLAIMED, None)


def test_what_is_put_off_is_due_on_a_business_day_of_whoever_does_it(
    desk: Desk, acme: Account
) -> None:
    smith = desk.hire("Smith", Role.CSM, zone="America/New_York", country="US")
    alert = add_episode(desk, acme)
    add_task(desk, acme, date(2026, 11, 24), episode=alert, owner_id=smith.id)
    # Thanksgiving Day in New York, a Thursday like any other in Tokyo.
    act(desk, episodes.snooze, alert.id, RECHECK, "休暇", person(desk, desk.sato), TODAY)
    assert [each.due_on for each in tasks(desk)] == [date(2026, 11, 27)]


def test_an_unclaimed_one_wakes_unclaimed_and_may_be_claimed_before(
    desk: Desk, acme: Account
) -> None:
    by, until_on = person(desk, desk.sato), date(2026, 11, 30)
    first, second = add_episode(desk, acme), add_episode(desk, acme, playbook="renewal")
    for each in (first, second):
        act(desk, episodes.snooze, each.id, until_on, "休暇", by, TODAY)
    act(desk, episodes.claim, second.id, by)
    act(desk, episodes.wake, first.id, until_on)
    assert stands(desk, first).state == EpisodeState.OPEN
    assert stands(desk, second).state == EpisodeState.CLAIMED
    assert stands(desk, second).snoozed_until_on is None


@pytest.mark.parametrize(
    ("until_on", "why"),
    [(TODAY, "休暇"), (date(2026, 11, 23), "休暇"), (date(2026, 11, 28), "休暇"), (RECHECK, "")],
)
def test_it_is_snoozed_to_a_business_day_ahead_and_with_a_reason(
    desk: Desk, alert: Episode, until_on: date, why: str
) -> None:
    by = person(desk, desk.sato)
    with pytest.raises(BadInput):
        act(desk, episodes.snooze, alert.id, until_on, why, by, TODAY)
    assert stands(desk, alert).state == EpisodeState.OPEN


def test_what_is_snoozed_or_waits_is_not_snoozed_again(desk: Desk, acme: Account) -> None:
    by = person(desk, desk.sato)
    asleep, waits = add_episode(desk, acme), add_episode(desk, acme, playbook="renewal")
    act(desk, episodes.snooze, asleep.id, RECHECK, "休暇", by, TODAY)
    act(desk, episodes.start_waiting, waits.id, by, TODAY)
    for each, code in ((asleep, "alert_snoozed"), (waits, "alert_waiting")):
        with pytest.raises(AlreadyDone, match=code) as told:
            act(desk, episodes.snooze, each.id, RECHECK, "", by, TODAY)
        assert told.value.params["name"] == "佐藤"


def test_a_false_alarm_has_a_reason_and_takes_its_tasks_with_it(desk: Desk, alert: Episode) -> None:
    by = person(desk, desk.sato)
    with pytest.raises(BadInput):
        act(desk, episodes.mark_false_alarm, alert.id, "", by, TODAY)
    why = "検証環境の停止"
    act(desk, episodes.mark_false_alarm, alert.id, why, by, TODAY)
    kept = stands(desk, alert)
    assert (kept.state, kept.open_as, kept.ending) == ("closed", None, "false_alarm")
    assert (kept.ending_reason, kept.closed_on) == (why, TODAY)
    assert {(each.state, each.reason, each.ended_on) for each in tasks(desk)} == {
        ("dropped", why, TODAY)
    }


def test_a_closed_alert_takes_nothing_more_and_says_who_closed_it(
    desk: Desk, alert: Episode
) -> None:
    mori = person(desk, desk.hire("森", Role.LEAD))
    by = person(desk, desk.sato)
    act(desk, episodes.close, alert.id, mori.member_id, TODAY, Ending.OUTCOME)
    late: list[tuple[Any, ...]] = [
        (episodes.claim, alert.id, by),
        (episodes.set_hypothesis, alert.id, Hypothesis.BUDGET, by),
        (episodes.start_waiting, alert.id, by, TODAY),
        (episodes.stop_waiting, alert.id, by),
        (episodes.snooze, alert.id, RECHECK, "休暇", by, TODAY),
        (episodes.mark_false_alarm, alert.id, "誤り", by, TODAY),
        (episodes.hand_over, alert.id, by.member_id, by),
        (episodes.close, alert.id, by.member_id, TODAY, Ending.OUTCOME),
    ]
    for verb in late:
        with pytest.raises(AlreadyDone, match="alert_closed") as told:
            act(desk, *verb)
        assert told.value.params["name"] == "森"
    assert actions(desk) == ["alert_closed"]


def test_an_account_can_have_a_new_alert_of_a_kind_once_the_old_one_is_closed(
    desk: Desk, acme: Account, alert: Episode
) -> None:
    by = desk.sato.id
    act(desk, episodes.close, alert.id, by, TODAY, Ending.RECOVERED)
    assert add_episode(desk, acme).open_as == stands(desk, alert).playbook


def test_handing_over_takes_the_open_tasks_along_and_asks_the_new_one_to_claim(
    desk: Desk, alert: Episode
) -> None:
    by, tanaka = person(desk, desk.sato), desk.hire("田中", Role.CSM)
    act(desk, episodes.claim, alert.id, by)
    act(desk, episodes.hand_over, alert.id, tanaka.id, by, desk.sato.id)
    kept = stands(desk, alert)
    assert (kept.owner_id, kept.state, kept.claimed_by_id) == (tanaka.id, "open", None)
    assert {each.owner_id for each in tasks(desk)} == {tanaka.id}
    act(desk, episodes.claim, alert.id, person(desk, tanaka))


def test_what_is_handed_over_is_due_on_a_business_day_of_who_takes_it(
    desk: Desk, acme: Account, alert: Episode
) -> None:
    """Thanksgiving Day, 26 November 2026, is a Thursday; nothing is due on it in New York."""
    smith = desk.hire("Smith", Role.CSM, zone="America/New_York", country="US")
    add_task(desk, acme, RECHECK, episode=alert)
    by = person(desk, desk.sato)
    act(desk, episodes.start_waiting, alert.id, by, TODAY)
    act(desk, episodes.hand_over, alert.id, smith.id, by, desk.sato.id)
    friday = date(2026, 11, 27)
    assert stands(desk, alert).waiting_until_on == friday
    assert {each.waiting_until_on for each in tasks(desk)} == {friday}
    assert [each.due_on for each in tasks(desk)] == [
        date(2026, 11, 24),
        friday,
        date(2026, 12, 4),
    ]


def test_of_two_who_hand_over_to_others_the_second_hears_who_has_it(
    desk: Desk, alert: Episode
) -> None:
    by, tanaka, mori = person(desk, desk.sato), desk.hire("田中"), desk.hire("森")
    act(desk, episodes.hand_over, alert.id, tanaka.id, by, desk.sato.id)
    with pytest.raises(AlreadyDone, match="alert_handed") as told:
        act(desk, episodes.hand_over, alert.id, mori.id, by, desk.sato.id)
    assert told.value.params["name"] == "田中"


def test_who_takes_over_while_we_wait_goes_on_waiting(desk: Desk, alert: Episode) -> None:
    by, tanaka = person(desk, desk.sato), desk.hire("田中", Role.CSM)
    act(desk, episodes.start_waiting, alert.id, by, TODAY)
    act(desk, episodes.hand_over, alert.id, tanaka.id, by, desk.sato.id)
    kept = stands(desk, alert)
    assert (kept.state, kept.waiting_until_on) == (EpisodeState.WAITING, RECHECK)
    assert (kept.claimed_by_id, {each.state for each in tasks(desk)}) == (None, {"waiting"})
    act(desk, episodes.stop_waiting, alert.id, person(desk, tanaka))
    assert stands(desk, alert).claimed_by_id == tanaka.id


def test_an_alert_that_is_not_on_record_is_refused(desk: Desk) -> None:
    with pytest.raises(Refusal, match="no_such_alert"):
        act(desk, episodes.claim, 12345, person(desk, desk.sato))
