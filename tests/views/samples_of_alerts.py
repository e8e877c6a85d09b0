"""Every view of an alert, in every state, of whatever texts a test chooses."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.core.account_card import BookRow, Colleague
from bot.core.alert import AlertRow, Reason
from bot.core.alert_page import AlertPage, Coverage
from bot.core.outcome import Check, OutcomeRow
from bot.core.say import Say
from bot.core.task import TaskRow
from bot.core.told import OVERDUE, WAITING
from bot.core.vocabulary import Ending, EpisodeState, TaskState
from bot.views.alert import build_alert, build_moved
from bot.views.alert_forms import build_false_form, build_hand_form, build_snooze_form
from bot.views.alert_list import build_alert_list
from bot.views.alert_told import (
    build_alert_tasks,
    build_cause_kept,
    build_claimed,
    build_closed,
    build_handed,
    build_reasons,
    build_snoozed,
    build_waits,
)
from bot.views.reply import Message, View
from tests.views.samples_of_work import AGO, TODAY, build_outcome, build_task
from tests.views.samples_of_work import build_alert as build_row

AT = datetime(2026, 11, 20, 0, 12, tzinfo=UTC)
NEXT = date(2026, 11, 26)


def build_page(text: str, row: BookRow, state: str = "open") -> AlertPage:
    """An alert in one of its states: those of the vocabulary, recovered, false_alarm."""
    alert = replace(build_row(text, row), reasons=_reasons())
    made = [_outcome(text, row)] if state == "closed" else []
    return AlertPage(
        alert=_in_state(alert, text, state),
        today=TODAY,
        zone="Asia/Tokyo",
        history=[(TODAY - timedelta(days=89 - day), day * 1.1) for day in range(90)],
        coverage=Coverage(7, 11, [text, text], [text] * 5),
        run_at=AT,
        outcomes=made,
        results={"met": text},
        belief=text,
    )


def list_alert_views(
    say: Say, text: str, rows: Sequence[BookRow]
) -> Iterator[tuple[str, Message | View]]:
    """All of them, by name."""
    row = rows[0]
    for state in (*EpisodeState, "recovered", "false_alarm"):
        yield f"alert {state}", build_alert(say, build_page(text, row, state))
    page = build_page(text, row)
    watch = replace(page, alert=replace(page.alert, is_watch=True, reasons=[], hypothesis=None))
    yield "alert on watch", build_alert(say, watch)
    for each in rows[:3]:
        renewal = build_page(text, each)
        renewal = replace(renewal, alert=replace(renewal.alert, playbook="renewal"))
        yield f"alert renewal {each.id}", build_alert(say, renewal)
    yield "alert moved", build_moved(say, page)
    yield from _told(say, text, row, page)
    yield from _forms(say, page)
    alerts = [
        build_page(text, each, state).alert for each, state in zip(rows, _states(), strict=False)
    ]
    for scope in ("mine", "team", "everything"):
        yield f"alerts {scope}", build_alert_list(say, alerts, scope, TODAY)
        yield f"no alerts {scope}", build_alert_list(say, [], scope, TODAY)


def _told(say: Say, text: str, row: BookRow, page: AlertPage) -> Iterator[tuple[str, Message]]:
    unknown = replace(build_page(text, row, "claimed").alert, hypothesis=None)
    yield "alert claimed", build_claimed(say, replace(page, alert=unknown))
    yield "alert cause", build_cause_kept(say, page)
    yield "alert waits", build_waits(say, build_page(text, row, "waiting"))
    snoozed = build_page(text, row, "snoozed")
    yield "alert asleep", build_snoozed(say, snoozed, was_moved=True)
    yield "alert no alarm", build_closed(say, page)
    yield "alert handed", build_handed(say, page)
    yield "alert reasons", build_reasons(say, page)
    tasks = _tasks(text, row)
    yield "alert tasks", build_alert_tasks(say, page, tasks * 6)
    yield "alert without tasks", build_alert_tasks(say, page, [])


def _forms(say: Say, page: AlertPage) -> Iterator[tuple[str, View]]:
    yield "snooze form", build_snooze_form(say, page, NEXT)
    yield "false alarm form", build_false_form(say, page)
    yield "hand over form", build_hand_form(say, page)


def _tasks(text: str, row: BookRow) -> list[TaskRow]:
    done = replace(build_task(text, row), state=TaskState.DONE)
    return [build_task(text, row, OVERDUE), build_task(text, row, WAITING), done]


def _states() -> list[str]:
    return ["open", "claimed", "waiting", "snoozed", "recovered"] * 100


def _reasons() -> list[Reason]:
    drop = {"score_before": 71.0, "score": 48.9, "before_on": AGO}
    edge = {"score": 48.9, "edge": 50}
    logins = {"logins_before": 31.0, "logins": 14.2, "change": -0.54}
    away = {"days": 24, "business_days": 17}
    return [
        Reason("sharp_drop", drop),
        Reason("threshold", edge),
        Reason("login_drop", logins),
        Reason("champion_absent", away),
    ]


def _in_state(alert: AlertRow, text: str, state: str) -> AlertRow:
    who = Colleague(text, "U1")
    is_ended = state in ("closed", "false_alarm")
    real = {"recovered": "claimed", "false_alarm": "closed"}.get(state, state)
    made = replace(
        alert,
        state=EpisodeState(real),
        state_by=who,
        state_at=AT,
        claimed_by=None if state == "open" else who,
        claimed_at=None if state == "open" else AT,
        hypothesis=alert.hypothesis if is_ended else None,
        waiting_until_on=NEXT if state == "waiting" else None,
        snoozed_until_on=NEXT if state == "snoozed" else None,
        snooze_reason=text if state == "snoozed" else None,
        clear_since_on=AGO if state == "recovered" else None,
        is_recovery_told=state == "recovered",
        next_step=None if is_ended else alert.next_step,
    )
    if not is_ended:
        return made
    ending = Ending.OUTCOME if state == "closed" else Ending.FALSE_ALARM
    return replace(made, ending=ending, ending_reason=text, closed_on=TODAY)


def _outcome(text: str, row: BookRow) -> OutcomeRow:
    checks = [
        Check(14, NEXT, NEXT, 63.2, None, 24, 9.1, 4.0),
        Check(30, NEXT, NEXT, 65.0, None, 3),
        Check(30, NEXT, NEXT, None),
    ]
    return replace(
        build_outcome(text, row),
        id=5,
        result="met",
        recorded_on=TODAY,
        by=Colleague(text, "U1"),
        score_then=48.9,
        score_now=52.0,
        checks=checks,
    )
