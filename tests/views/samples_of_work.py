"""Tasks and alerts of whatever texts a test chooses, as lists and digests hold them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.core.account_card import BookRow, Colleague, LastTouch
from bot.core.alert import AlertRow, NextStep, Reason
from bot.core.card_work import Believed, CardWork, Deed
from bot.core.digest_item import Item
from bot.core.lead_digest import LeadDigest, Load, Mate, Reactive, Week
from bot.core.outcome import OutcomeRow
from bot.core.reminder import Reminder
from bot.core.say import Say
from bot.core.task import TaskRow
from bot.core.told import AGREED, ALERT, CLEARED, OVERDUE, WAITING, WATCH
from bot.core.told import TODAY as DUE_TODAY
from bot.core.vocabulary import Band, EpisodeState, Hypothesis, Mover, Origin, TaskState
from bot.views.blocks import actions
from bot.views.card_work import build_memory, list_alert_ways, render_next
from bot.views.lead_digest import (
    LeadPage,
    build_lead_digest,
    build_load,
    build_moved,
    build_no_team,
)
from bot.views.remind import build_reminder_message
from bot.views.reply import Message, View
from bot.views.second_owner import build_passed, build_passed_later, build_passed_line

TODAY = date(2026, 11, 20)
OPENS_AT = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
AGO = TODAY - timedelta(days=3)


def build_task(text: str, row: BookRow, group: str = OVERDUE) -> TaskRow:
    """A task as it stands in a group of the digest."""
    return TaskRow(
        id=31,
        row=row,
        title={"ja": text, "en": text},
        due_on=AGO if group == OVERDUE else TODAY,
        state=TaskState.WAITING if group == WAITING else TaskState.OPEN,
        origin=Origin.PLAYBOOK,
        mover=list(Mover)[row.id % 2],
        made_on=AGO,
        owner_id=1,
        owner=Colleague(text, None),
        episode_id=41 if row.id % 3 else None,
        playbook="usage_drop",
        step="offer",
        note=text,
        waiting_until_on=TODAY if group == WAITING else None,
    )


def build_alert(text: str, row: BookRow, group: str = ALERT) -> AlertRow:
    """An alert as it stands in a group of the digest."""
    return AlertRow(
        id=41,
        row=row,
        playbook="usage_drop",
        playbook_version=1,
        title={"ja": text, "en": text},
        is_watch=group == WATCH,
        state=EpisodeState.WAITING if group == WAITING else EpisodeState.OPEN,
        opened_on=AGO,
        reasons=[Reason("sharp_drop", {"score_before": 71.0, "score": 48.0, "before_on": AGO})],
        band_then=Band.RED,
        score_then=48.0,
        owner_id=1,
        owner=Colleague(text, None),
        hypothesis=Hypothesis.FORGOTTEN,
        waiting_until_on=TODAY if group == WAITING else None,
        clear_since_on=AGO if group == CLEARED else None,
        is_recovery_told=group == CLEARED,
        next_step=NextStep(31, {"ja": text, "en": text}, TODAY, Colleague(text, None)),
    )


def build_outcome(text: str, row: BookRow) -> OutcomeRow:
    """What came of a task."""
    return OutcomeRow(
        id=51,
        task_id=31,
        row=row,
        title={"ja": text, "en": text},
        done=text,
        result="waiting",
        impression=text,
        mover=Mover.US,
        then_on=AGO,
        recorded_on=AGO,
        by=Colleague(text, None),
    )


def build_work_item(text: str, group: str, row: BookRow, news: Item | None) -> Item:
    """A row of work, every second task one of an alert, every second row with a touch agreed."""
    touch = LastTouch(AGO, "call", "us", text, TODAY) if row.id % 2 or group == AGREED else None
    if group == AGREED:
        return Item(group, row, touch=touch, news=news)
    if group in (ALERT, WATCH, CLEARED):
        return Item(group, row, alert=build_alert(text, row, group), touch=touch, news=news)
    alert = build_alert(text, row, CLEARED) if row.id % 3 else None
    return Item(group, row, task=build_task(text, row, group), alert=alert, touch=touch, news=news)


def list_work_views(
    say: Say, text: str, rows: Sequence[BookRow]
) -> Iterator[tuple[str, Message | View]]:
    """Every message about work of people, by name."""
    tasks = [build_task(text, row, DUE_TODAY) for row in rows]
    tomorrow = [replace(each, due_on=TODAY + timedelta(days=4)) for each in tasks]
    for name, due, later in (("both", tasks, tomorrow), ("today", tasks, []), ("next", [], tasks)):
        found = Reminder(TODAY, TODAY + timedelta(days=4), due, later)
        if not found.is_empty:
            yield f"reminder {name}", build_reminder_message(say, found)
    yield from _lead_views(say, text, rows)

    card = CardWork(tasks, [build_alert(text, row, WATCH) for row in rows], known_by=1)
    for name, work in (("full", card), ("empty", CardWork())):
        yield f"next of {name}", Message(render_next(say, work, TODAY), ())
    for alert in (build_alert(text, row, group) for row in rows[:1] for group in (ALERT, WATCH)):
        ways = actions(list_alert_ways(say, CardWork(alerts=[alert])))
        yield f"alert on a card {alert.is_watch}", Message("-", ways)
    done = [
        Deed(AGO, Colleague(text), Mover.US, "call", text),
        Deed(AGO, None, Mover.THEM, None, text, text),
    ]
    believed = Believed(Hypothesis.BUDGET, AGO, Colleague(text))
    told = CardWork(believed=believed, deeds=done, known_by=1)
    shown = build_memory(say, told, TODAY, has_second=False)
    yield "memory", Message(render_next(say, told, TODAY), shown)
    for row in rows[:2]:
        is_lead = bool(row.id % 2)
        passed = build_passed(say, build_alert(text, row), text, TODAY, is_lead=is_lead)
        yield f"passed on {is_lead}", passed
        yield f"passed on, line {is_lead}", build_passed_line(say, text, is_lead=is_lead)
        line = build_passed_later(say, text, OPENS_AT, "Asia/Tokyo", is_lead=is_lead)
        yield f"passed on later {is_lead}", line


def _lead_views(
    say: Say, text: str, rows: Sequence[BookRow]
) -> Iterator[tuple[str, Message | View]]:
    mate, taker, week = Mate(1, text), Mate(2, text), Week(6, 4)
    load = Load(mate, 5, taker, rows[:2])
    full = LeadDigest(
        team=[mate, taker],
        accounts=len(rows),
        unclaimed=[build_alert(text, row) for row in rows[:3]],
        overdue=[build_task(text, row) for row in rows[:3]],
        unplanned=[build_outcome(text, row) for row in rows[:2]],
        loads=[load, Load(mate, 4)],
        reactive=[Reactive(mate, (week, week), text, 1), Reactive(mate, (week, week))],
    )
    late = LeadDigest(team=[mate], overdue=[build_task(text, row) for row in rows])
    for name, found in (("full", full), ("late", late), ("quiet", LeadDigest(team=[mate]))):
        yield f"lead digest {name}", build_lead_digest(say, LeadPage(found, TODAY, "Asia/Tokyo"))
    yield "lead without a team", build_no_team(say, text)
    yield "load", build_load(say, load)
    yield "load moved", build_moved(say, load, 1)
