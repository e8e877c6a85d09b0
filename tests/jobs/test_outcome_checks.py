"""Outcomes looked at again are told in their alert's thread: once, on business days, as figures."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.core.slots import Daily, SlotState, due_slots
from bot.core.vocabulary import Band
from bot.jobs.outcome_checks import outcome_checks
from bot.people import build_calendar
from bot.registry import whole
from bot.services.playbooks import ensure_shipped
from bot.store import outbox
from bot.store.tables import Account, Episode, OutboxItem, TaskOutcome
from tests.commands.desk import FRIDAY, TODAY, Desk
from tests.commands.loop_records import add_check, add_episode, add_outcome, add_task

THEN, DUE = date(2026, 11, 9), date(2026, 12, 4)


@pytest.fixture
def acme(desk: Desk) -> Account:
    ensure_shipped(desk.store, desk.workspace.id)
    account = desk.add_account("アクメ商事")
    for on, score in ((THEN, 48.0), (DUE, 63.0)):
        desk.score(account, on, score, Band.YELLOW)
    return account


def _close(desk: Desk, account: Account, **more: object) -> tuple[Episode, TaskOutcome]:
    """An alert with its message, closed by an outcome of today."""
    ended = {"state": "closed", "open_as": None, "ending": "outcome", "closed_on": TODAY}
    turned = {"state_at": FRIDAY, "state_by_id": desk.sato.id}
    episode = add_episode(desk, account, opened_on=THEN, **{**ended, **turned, **more})
    task = add_task(desk, account, TODAY, episode=episode)
    outcome = add_outcome(desk, task, then_on=THEN, result="met")
    for days in (14, 30):
        add_check(desk, outcome, days)
    with desk.store.writing(desk.workspace.id) as unit:
        outbox.put(unit, key=f"episode:{episode.id}", audience=desk.sato.slack_user or "", text="!")
    return episode, outcome


def _run(desk: Desk, on: date) -> list[str]:
    """Run the job of a day; what stands in threads by then, oldest first."""
    desk.clock.move_to(datetime(on.year, on.month, on.day, tzinfo=desk.clock.now().tzinfo))
    assert outcome_checks(desk.turn(None, on)) == []
    with desk.store.reading(desk.workspace.id) as unit:
        lines = select(OutboxItem).where(OutboxItem.key.like("%:log:check:%"))
        found = unit.session.scalars(lines.order_by(OutboxItem.created_at, OutboxItem.id))
        return [each.payload["text"] for each in found]


def _surround(desk: Desk, count: int) -> None:
    """Like accounts nobody treated; each rose by nine points."""
    for number in range(count):
        other = desk.add_account(f"似た{number}社")
        for on, score in ((THEN, 47.0), (DUE, 56.0)):
            desk.score(other, on, score, Band.YELLOW)


@pytest.mark.row("D57")
def test_it_is_told_with_like_accounts_beside_it_and_no_claim(desk: Desk, acme: Account) -> None:
    _close(desk, acme)
    _surround(desk, 12)
    [told] = _run(desk, DUE)
    assert told == (
        "14日後 48 → 63(+15点)。未対応の類似顧客12社は平均+9点。1件では効果を判断できません"
    )


@pytest.mark.parametrize(("count", "shows"), [(9, False), (10, True)])
def test_below_ten_like_accounts_their_number_is_told_and_no_mean(
    desk: Desk, acme: Account, count: int, shows: bool
) -> None:
    _close(desk, acme)
    _surround(desk, count)
    [told] = _run(desk, DUE)
    assert ("+9点" in told) == shows
    assert f"{count}社" in told
    assert ("判断保留" in told) != shows


def test_it_is_told_once_and_the_message_says_it_too(desk: Desk, acme: Account) -> None:
    episode, _ = _close(desk, acme)
    first = _run(desk, DUE)
    assert _run(desk, DUE + timedelta(days=3)) == first
    with desk.store.reading(desk.workspace.id) as unit:
        updates = select(OutboxItem).where(OutboxItem.key.like(f"episode:{episode.id}:update:%"))
        assert "63" in str(unit.session.scalars(updates).first().payload)  # type: ignore[union-attr]


def test_what_a_broken_turn_has_measured_is_told_in_the_next(desk: Desk, acme: Account) -> None:
    episode, _ = _close(desk, acme)
    with desk.store.writing(desk.workspace.id) as unit:
        post = outbox.find_by_key(unit, f"episode:{episode.id}")
        assert post
        post.key = "lost"
    assert _run(desk, DUE) == []
    with desk.store.writing(desk.workspace.id) as unit:
        post = outbox.find_by_key(unit, "lost")
        assert post
        post.key = f"episode:{episode.id}"
    assert len(_run(desk, DUE + timedelta(days=3))) == 1


def test_steps_before_the_last_and_open_alerts_are_measured_and_not_told(
    desk: Desk, acme: Account
) -> None:
    other = desk.add_account("ベータ物流")
    _close(desk, other, state="claimed", open_as="usage_drop", ending=None, closed_on=None)
    episode, outcome = _close(desk, acme)
    earlier = add_outcome(desk, add_task(desk, acme, TODAY, episode=episode), result="met")
    add_check(desk, earlier, 14)
    with desk.store.writing(desk.workspace.id) as unit:
        row = unit.session.get_one(TaskOutcome, (desk.workspace.id, earlier.id))
        row.recorded_at = outcome.recorded_at - timedelta(hours=1)
    assert len(_run(desk, DUE)) == 1


def test_a_task_by_hand_has_no_thread_and_breaks_nothing(desk: Desk, acme: Account) -> None:
    add_check(desk, add_outcome(desk, add_task(desk, acme, TODAY)), 14)
    assert _run(desk, DUE) == []


@pytest.mark.parametrize(
    ("due_on", "slot_on"),
    [
        (date(2026, 12, 19), date(2026, 12, 21)),
        (date(2027, 1, 1), date(2027, 1, 4)),
        (date(2027, 5, 1), date(2027, 5, 6)),
        (date(2027, 1, 31), date(2027, 2, 1)),
    ],
)
def test_a_day_off_is_told_on_the_next_business_day(
    desk: Desk, due_on: date, slot_on: date
) -> None:
    rule = whole().jobs["outcome_checks"].rule
    assert isinstance(rule, Daily)
    calendar = build_calendar(desk.workspace)
    for days in range((slot_on - due_on).days + 1):
        on = due_on + timedelta(days=days)
        now = datetime(on.year, on.month, on.day, 0, tzinfo=desk.clock.now().tzinfo)
        slots = due_slots(rule, "Asia/Tokyo", calendar, None, now, timedelta(hours=12))
        is_due = any(each.state is SlotState.DUE for each in slots)
        assert is_due == (on == slot_on), on
