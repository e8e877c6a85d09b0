"""Outcomes on both databases: complete or refused, one to a task, and what they set going."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import TypeVar

import pytest
from sqlalchemy import select

from bot.core.outcome import Told
from bot.core.refusal import AlreadyDone, BadInput
from bot.core.vocabulary import Band, Ending, Hypothesis, Mover, Role
from bot.people import build_person
from bot.services.outcome_pages import read_outcome_page
from bot.services.outcomes import Recorded, list_results, make_closing_task, record_outcome
from bot.services.playbooks import ensure_shipped
from bot.services.tasks import drop_task
from bot.store.base import Walled
from bot.store.card_work import read_card_work
from bot.store.tables import (
    AuditEntry,
    Episode,
    Member,
    OutcomeCheck,
    Task,
    TaskOutcome,
    Touch,
    VocRemark,
)
from tests.commands.desk import FRIDAY, TODAY, Desk
from tests.commands.loop_records import add_episode, add_task

Row = TypeVar("Row", bound=Walled)

MET = Told("打ち合わせを実施", "met", "後任に使い方を説明し、前向きだった")
WAIT = Told("メールで打診", "waiting")


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    made = Desk(database_url)
    ensure_shipped(made.store, made.workspace.id)
    yield made
    made.engine.dispose()


def _record(
    desk: Desk, task_id: int, told: Told, by: Member | None = None, *, closes: bool = False
) -> Recorded:
    person = build_person(by or desk.sato, desk.workspace)
    with desk.store.writing(desk.workspace.id) as unit:
        return record_outcome(unit, task_id, told, by=person, today=TODAY, closes=closes)


def _kept(desk: Desk, table: type[Row]) -> list[Row]:
    with desk.store.reading(desk.workspace.id) as unit:
        return list(unit.session.scalars(select(table)))


def _actions(desk: Desk) -> list[str]:
    """What the audit says that people did."""
    return [each.action for each in _kept(desk, AuditEntry) if each.actor != "shipped"]


@pytest.mark.row("B43")
@pytest.mark.parametrize(
    ("told", "field"),
    [
        (replace(MET, result=""), "result"),
        (replace(MET, result="unheard_of"), "result"),
        (replace(MET, impression="  \n"), "impression"),
        (replace(MET, result="unreachable", impression=""), "impression"),
    ],
)
def test_nothing_is_closed_without_result_and_impression(
    desk: Desk, told: Told, field: str
) -> None:
    acme = desk.add_account("アクメ商事")
    task = add_task(desk, acme, TODAY, episode=add_episode(desk, acme))
    with pytest.raises(BadInput, match="outcome_incomplete") as refused:
        _record(desk, task.id, told)
    assert refused.value.params["field"] == field
    assert [each.state for each in _kept(desk, Task)] == ["open"]
    assert (_kept(desk, TaskOutcome), _actions(desk)) == ([], [])


@pytest.mark.row("B46", "B47")
def test_words_and_numbers_are_kept_and_the_numbers_are_filled_in(desk: Desk) -> None:
    desk.keep_model()
    acme = desk.add_account("アクメ商事")
    opened_on = date(2026, 11, 9)
    claimed = {"hypothesis": "forgotten", "claimed_at": FRIDAY}
    figures = {
        "opened_on": opened_on,
        **claimed,
        "measure": "key_feature_rate_20bd",
        "value_then": 0.21,
    }
    episode = add_episode(desk, acme, **figures)
    desk.score(acme, TODAY, 63.4, Band.YELLOW, {"key_feature_rate_20bd": (0.52, 3.0)})
    task = add_task(desk, acme, TODAY, episode=episode)
    told = replace(MET, hypothesis=Hypothesis.OWNER_CHANGE, mover=Mover.THEM)
    recorded = _record(desk, task.id, told)
    [kept] = _kept(desk, TaskOutcome)
    assert recorded.outcome
    assert (kept.done, kept.result, kept.impression) == (MET.done, "met", MET.impression)
    assert (kept.hypothesis, kept.mover, kept.member_id) == ("owner_change", "them", desk.sato.id)
    assert (kept.then_on, kept.score_then, kept.score_now) == (opened_on, 48.0, 63.4)
    assert [each.mover for each in _kept(desk, Task)] == ["them"]
    # The claim's stays beside it; the next form and the card say what was chosen last.
    following = add_task(desk, acme, TODAY, episode=episode, title="続き")
    with desk.store.reading(desk.workspace.id) as unit:
        assert read_outcome_page(unit, following.id, TODAY, "ja").cause is Hypothesis.OWNER_CHANGE
        believed = read_card_work(unit, acme.id, TODAY).believed
    assert believed is not None
    assert (believed.hypothesis, believed.on) == (Hypothesis.OWNER_CHANGE, TODAY)
    assert (kept.measure, kept.value_then) == ("key_feature_rate_20bd", 0.21)
    assert kept.value_now == pytest.approx(0.52)
    assert (kept.playbook, kept.playbook_version) == ("usage_drop", 1)


def test_a_task_by_hand_is_measured_from_the_day_it_was_made(desk: Desk) -> None:
    acme = desk.add_account("アクメ商事")
    made_on = date(2026, 11, 10)
    desk.score(acme, date(2026, 11, 8), 40.0, Band.RED)
    desk.score(acme, date(2026, 11, 12), 55.0, Band.YELLOW)
    task = add_task(desk, acme, TODAY, made_on=made_on)
    _record(desk, task.id, replace(MET, result="done"))
    [kept] = _kept(desk, TaskOutcome)
    assert (kept.then_on, kept.score_then, kept.score_now) == (made_on, 40.0, 55.0)
    assert (kept.measure, kept.value_now) == (None, None)


def test_without_any_score_the_numbers_are_unknown_and_not_nought(desk: Desk) -> None:
    task = add_task(desk, desk.add_account("アクメ商事"), TODAY)
    _record(desk, task.id, replace(MET, result="done"))
    assert [(each.score_then, each.score_now) for each in _kept(desk, TaskOutcome)] == [
        (None, None)
    ]


def test_the_outcome_is_looked_at_again_after_two_weeks_and_a_month(desk: Desk) -> None:
    task = add_task(desk, desk.add_account("アクメ商事"), TODAY)
    _record(desk, task.id, replace(MET, result="done"))
    checks = {each.after_days: each.due_on for each in _kept(desk, OutcomeCheck)}
    assert checks == {14: date(2026, 12, 4), 30: date(2026, 12, 20)}
    assert not [each for each in _kept(desk, OutcomeCheck) if each.checked_on]


def test_eight_presses_at_once_leave_one_outcome(desk: Desk) -> None:
    acme = desk.add_account("アクメ商事")
    task = add_task(desk, acme, TODAY, episode=add_episode(desk, acme))
    told = replace(MET, said="後任が決まった", next_title="効果を確認", next_on=date(2026, 12, 4))

    def press(_: int) -> bool:
        try:
            return bool(_record(desk, task.id, told))
        except AlreadyDone:
            return False

    with ThreadPoolExecutor(8) as people:
        assert sorted(people.map(press, range(8))) == [False] * 7 + [True]
    assert len(_kept(desk, TaskOutcome)) == len(_kept(desk, VocRemark)) == 1
    assert (len(_kept(desk, OutcomeCheck)), len(_kept(desk, Task))) == (2, 2)
    with pytest.raises(AlreadyDone, match="task_ended"):
        _record(desk, task.id, replace(MET, impression="別の人が別の言葉で"))


def test_waiting_is_no_end_and_needs_no_impression(desk: Desk) -> None:
    acme = desk.add_account("アクメ商事")
    episode = add_episode(desk, acme)
    task = add_task(desk, acme, TODAY, episode=episode)
    assert _record(desk, task.id, replace(WAIT, said="来週返事する")).outcome is None
    [waiting], [alert] = _kept(desk, Task), _kept(desk, Episode)
    assert (waiting.state, waiting.waiting_until_on) == ("waiting", date(2026, 11, 26))
    assert (alert.state, alert.open_as, alert.claimed_by_id) == (
        "waiting",
        "usage_drop",
        desk.sato.id,
    )
    assert [each.note for each in _kept(desk, Touch)] == ["メールで打診"]
    assert [each.text for each in _kept(desk, VocRemark)] == ["来週返事する"]
    assert (_kept(desk, TaskOutcome), _kept(desk, OutcomeCheck)) == ([], [])


@pytest.mark.parametrize(
    ("clear_since_on", "ending"), [(None, Ending.OUTCOME), (TODAY, Ending.RECOVERED)]
)
def test_the_last_open_task_closes_the_alert(
    desk: Desk, clear_since_on: date | None, ending: Ending
) -> None:
    acme = desk.add_account("アクメ商事")
    episode = add_episode(desk, acme, clear_since_on=clear_since_on)
    first, last = (add_task(desk, acme, TODAY, episode=episode) for _ in range(2))
    mori = desk.hire("森", Role.LEAD)
    assert _record(desk, first.id, MET, mori).ending is None
    [alert] = _kept(desk, Episode)
    assert (alert.state, alert.claimed_by_id, alert.closed_on) == ("claimed", mori.id, None)
    assert _record(desk, last.id, MET).ending == ending
    [alert] = _kept(desk, Episode)
    assert (alert.state, alert.open_as, alert.ending) == ("closed", None, ending.value)
    assert (alert.closed_on, alert.closed_by_id) == (TODAY, desk.sato.id)


def test_an_answer_ends_the_waiting_and_what_is_left_is_to_be_done_again(desk: Desk) -> None:
    acme = desk.add_account("アクメ商事")
    episode = add_episode(desk, acme)
    first = add_task(desk, acme, TODAY, episode=episode)
    add_task(desk, acme, date(2026, 12, 4), episode=episode)
    _record(desk, first.id, WAIT)
    _record(desk, first.id, MET)
    tasks = {each.state: each.waiting_until_on for each in _kept(desk, Task)}
    assert tasks == {"done": None, "open": None}
    assert [each.state for each in _kept(desk, Episode)] == ["claimed"]


def test_a_recovered_alert_is_closed_in_one_step_and_drops_what_is_no_longer_needed(
    desk: Desk,
) -> None:
    acme = desk.add_account("アクメ商事")
    episode = add_episode(desk, acme, clear_since_on=TODAY)
    first, other = (add_task(desk, acme, TODAY, episode=episode) for _ in range(2))
    assert _record(desk, first.id, MET, closes=True).ending is Ending.RECOVERED
    dropped = next(each for each in _kept(desk, Task) if each.id == other.id)
    assert (dropped.state, dropped.reason) == ("dropped", MET.impression)
    assert len(_kept(desk, TaskOutcome)) == 1


def test_an_alert_whose_tasks_were_dropped_gets_one_to_close_it_by(desk: Desk) -> None:
    acme = desk.add_account("アクメ商事")
    episode = add_episode(desk, acme)
    add_task(desk, acme, TODAY, episode=episode, state="dropped")
    person = build_person(desk.sato, desk.workspace)
    with desk.store.writing(desk.workspace.id) as unit:
        made = make_closing_task(unit, episode.id, by=person, today=date(2026, 11, 21))
        again = make_closing_task(unit, episode.id, by=person, today=TODAY)
    assert (made.id, made.due_on) == (again.id, date(2026, 11, 24))
    assert made.title["en"] == "Usage drop follow-up"
    assert _record(desk, made.id, MET).ending is Ending.OUTCOME


def test_an_alert_whose_closing_task_was_dropped_can_still_be_closed(desk: Desk) -> None:
    episode = add_episode(desk, desk.add_account("アクメ商事"))
    person = build_person(desk.sato, desk.workspace)
    with desk.store.writing(desk.workspace.id) as unit:
        first = make_closing_task(unit, episode.id, by=person, today=TODAY)
        drop_task(unit, first.id, "間違い", by=person, today=TODAY)
    with desk.store.writing(desk.workspace.id) as unit:
        second = make_closing_task(unit, episode.id, by=person, today=TODAY)
    assert second.id != first.id
    assert _record(desk, second.id, MET).ending is Ending.OUTCOME


def test_a_next_step_that_is_on_the_list_already_keeps_nobody_from_recording(desk: Desk) -> None:
    acme = desk.add_account("アクメ商事")
    planned = replace(MET, result="done", next_title="議事録を送る", next_on=date(2026, 11, 24))
    first, second = (add_task(desk, acme, TODAY) for _ in range(2))
    assert _record(desk, first.id, planned).next_task is not None
    assert _record(desk, second.id, planned).next_task is None
    assert [each.state for each in _kept(desk, Task)].count("open") == 1
    assert len(_kept(desk, TaskOutcome)) == 2


def test_what_follows_the_task_of_somebody_who_has_left_is_done_by_whoever_recorded(
    desk: Desk,
) -> None:
    gone, mori = desk.hire("退職", Role.CSM, is_active=False), desk.hire("森", Role.LEAD)
    task = add_task(desk, desk.add_account("アクメ商事"), TODAY, owner_id=gone.id)
    told = replace(MET, result="done", next_title="議事録を送る", next_on=date(2026, 11, 24))
    following = _record(desk, task.id, told, mori).next_task
    assert following is not None
    assert following.owner_id == mori.id


def test_what_follows_is_a_task_of_the_same_person_on_a_business_day(desk: Desk) -> None:
    acme, mori = desk.add_account("アクメ商事"), desk.hire("森", Role.LEAD)
    task = add_task(desk, acme, TODAY)
    told = replace(MET, result="done", next_title="議事録を送る", next_on=date(2026, 11, 23))
    recorded = _record(desk, task.id, told, mori)
    assert recorded.next_task
    assert recorded.next_task.due_on == date(2026, 11, 24)
    assert recorded.next_task.owner_id == desk.sato.id
    assert [each.next_task_id for each in _kept(desk, TaskOutcome)] == [recorded.next_task.id]


def test_a_next_day_that_has_passed_keeps_nothing_at_all(desk: Desk) -> None:
    acme = desk.add_account("アクメ商事")
    task = add_task(desk, acme, TODAY)
    told = replace(MET, result="done", said="?", next_title="続き", next_on=date(2026, 11, 19))
    with pytest.raises(BadInput, match="day_passed"):
        _record(desk, task.id, told)
    assert (_kept(desk, TaskOutcome), _kept(desk, VocRemark), _actions(desk)) == ([], [], [])
    assert [each.state for each in _kept(desk, Task)] == ["open"]


def test_the_same_words_of_the_customer_are_kept_once(desk: Desk) -> None:
    acme = desk.add_account("アクメ商事")
    told = replace(MET, result="done", said="連携が欲しい", sentiment="negative")
    for _ in range(2):
        _record(desk, add_task(desk, acme, TODAY).id, told)
    assert [each.sentiment for each in _kept(desk, VocRemark)] == ["negative"]
    assert len(_kept(desk, TaskOutcome)) == 2


def test_a_playbook_s_own_results_come_before_the_usual_ones(desk: Desk) -> None:
    acme = desk.add_account("アクメ商事")
    ours = add_task(desk, acme, TODAY, episode=add_episode(desk, acme))
    hand = add_task(desk, acme, TODAY)
    with desk.store.reading(desk.workspace.id) as unit:
        own, plain = list_results(unit, ours), list_results(unit, hand)
    usual = ["waiting", "unreachable", "not_needed", "solved_otherwise"]
    assert [each.key for each in plain] == ["done", *usual]
    assert [each.key for each in own][-4:] == usual
    assert own[0].names == {"ja": "打ち合わせを実施", "en": "Met"}


def test_what_was_said_stays_out_of_the_audit(desk: Desk) -> None:
    task = add_task(desk, desk.add_account("アクメ商事"), TODAY)
    _record(desk, task.id, replace(MET, result="done", impression="部長が反対", said="部長が反対"))
    entries = {each.action: str(each.change) for each in _kept(desk, AuditEntry)}
    assert "outcome_recorded" in entries
    assert not [action for action, change in entries.items() if "部長" in change]
