"""The bot reminds, so that no lead has to: today's and the next business day's tasks, once."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.core.vocabulary import Locale, Role, TaskState
from bot.job_runner import put_post
from bot.jobs.remind import remind
from bot.registry import whole
from bot.schedule import list_due
from bot.store.tables import Member
from tests.commands.desk import TODAY, Desk
from tests.commands.loop_records import add_task
from tests.views.shown import problems_of, text_of

pytestmark = pytest.mark.row("B36", "E8")

MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)


def _read(desk: Desk, member: Member | None = None, on: date = TODAY) -> str:
    posts = remind(desk.turn(member or desk.sato, on))
    assert all(problems_of(post.message) == [] for post in posts)
    return "\n".join(text_of(post.message) for post in posts)


def _task(desk: Desk, name: str, due_on: date, **more: Any) -> None:
    add_task(desk, desk.add_account(name, arr=more.pop("arr", 1_000_000)), due_on, **more)


@pytest.mark.parametrize("locale", list(Locale))
def test_it_names_what_is_due_today_and_before_the_long_weekend_what_is_due_after(
    desk: Desk, locale: Locale
) -> None:
    _task(desk, "ベータ物流", TODAY)
    _task(desk, "ガンマ食品", TUESDAY)
    _task(desk, "デルタ社", WEDNESDAY)
    desk.sato.locale = locale
    shown = _read(desk)
    assert shown.index("ベータ物流") < shown.index("ガンマ食品")
    assert "デルタ社" not in shown
    assert ("11/24(火)が期限 1件" if locale is Locale.JA else "1 due on Tue 24 Nov") in shown


def test_it_keeps_silent_of_what_waits_is_done_or_is_overdue(desk: Desk) -> None:
    waiting = {"state": TaskState.WAITING.value, "waiting_until_on": TODAY}
    _task(desk, "ベータ物流", TODAY, **waiting)
    _task(desk, "ガンマ食品", TUESDAY, **(waiting | {"waiting_until_on": TUESDAY}))
    _task(desk, "デルタ社", TODAY, state=TaskState.DONE.value)
    _task(desk, "イータ社", date(2026, 11, 19))
    assert _read(desk) == ""


def test_nobody_hears_of_others_tasks_and_who_is_away_of_none(desk: Desk) -> None:
    away = desk.hire("休暇中", Role.CSM, absent_until_on=TUESDAY)
    second = desk.hire("代理", Role.CSM)
    account = desk.add_account("休暇社", away, second_id=second.id)
    add_task(desk, account, TODAY)
    assert _read(desk) == ""
    assert _read(desk, away) == ""
    assert "休暇社" in _read(desk, second)


def test_a_second_run_says_nothing_more(desk: Desk) -> None:
    _task(desk, "ベータ物流", TODAY)
    [post] = remind(desk.turn(desk.sato))
    assert post.audience == desk.sato.slack_user
    with desk.store.writing(desk.workspace.id) as unit:
        assert put_post(unit, post) is not None
        [again] = remind(desk.turn(desk.sato))
        assert put_post(unit, again) is None


def test_ten_rows_and_how_many_more(desk: Desk) -> None:
    for number in range(8):
        _task(desk, f"ベータ{number}社", TODAY)
        _task(desk, f"ガンマ{number}社", TUESDAY)
    shown = _read(desk)
    assert (shown.count("ベータ"), shown.count("ガンマ")) == (8, 2)
    assert "ほか6件" in shown


@pytest.mark.parametrize(
    ("eve", "next_on"),
    [
        (date(2026, 12, 28), date(2027, 1, 4)),
        (date(2027, 4, 28), date(2027, 5, 6)),
    ],
)
def test_the_day_before_is_the_last_one_worked(desk: Desk, eve: date, next_on: date) -> None:
    """Year end and Golden Week: nobody is reminded on a day off."""
    _task(desk, "ベータ物流", next_on)
    assert "ベータ物流" in _read(desk, on=eve)


def test_it_is_three_in_the_afternoon_of_the_reader_also_when_clocks_change(desk: Desk) -> None:
    """London goes back to winter time on Sunday 25 October 2026."""
    desk.hire("Smith", Role.CSM, zone="Europe/London", locale="en", country="GB")
    for on in (date(2026, 10, 23), date(2026, 10, 26)):
        due = _due_at(desk, datetime(on.year, on.month, on.day, 15, tzinfo=ZoneInfo("UTC")))
        at = datetime(on.year, on.month, on.day, 15, tzinfo=ZoneInfo("Europe/London"))
        assert due["Smith"] == at


def _due_at(desk: Desk, now: datetime) -> dict[str, datetime]:
    jobs = {"remind": whole().jobs["remind"]}
    with desk.store.reading(desk.workspace.id) as unit:
        return {turn.person.name: turn.slot.at for turn in list_due(unit, jobs, now) if turn.person}


def test_no_reminder_is_due_on_a_holiday(desk: Desk) -> None:
    at = datetime(2026, 11, 23, 15, 5, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert _due_at(desk, at) == {}
