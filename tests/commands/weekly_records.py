"""Puts a week of the whole team into a workspace of a test: playbooks, outcomes, results."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from bot.core.vocabulary import Band
from bot.services.playbooks import ensure_shipped
from bot.store.base import new_id
from bot.store.tables import (
    Account,
    AccountOutcome,
    Episode,
    OutcomeCheck,
    PlaybookReview,
    Task,
    TaskOutcome,
)
from tests.commands.loop_records import add_episode, add_task
from tests.commands.records import FRIDAY, Records

# The week before the pretended Friday's, and its first business day after.
MONDAY, SUNDAY = date(2026, 11, 9), date(2026, 11, 15)
TOLD_ON = date(2026, 11, 16)
TOLD_AT = datetime(2026, 11, 16, 0, 0, tzinfo=UTC)


def noon(on: date) -> datetime:
    """Noon in Tokyo."""
    return datetime.combine(on, time(3), UTC)


def add_outcome(records: Records, account: Account, on: date, **more: Any) -> TaskOutcome:
    """A task of an alert ended on a day; with `change` measured after two weeks.

    `change` is of its score, `like_change` of `like_count` accounts nobody worked on.
    """
    episode: Episode | None = more.pop("episode", None)
    task: Task = more.pop("task", None) or add_task(
        records, account, on, episode=episode, state="done", ended_on=on, ended_at=noon(on)
    )
    change, like_change = more.pop("change", None), more.pop("like_change", 0.0)
    like_count = more.pop("like_count", 50)
    outcome = TaskOutcome(
        id=new_id(),
        account_id=account.id,
        task_id=task.id,
        episode_id=episode.id if episode else None,
        playbook=more.pop("playbook", "usage_drop"),
        playbook_version=more.pop("playbook_version", 1),
        done="打ち合わせ",
        result=more.pop("result", "met"),
        impression="前向き",
        then_on=on,
        score_then=more.pop("score_then", 48.0),
        score_now=50.0,
        member_id=records.sato.id,
        recorded_on=on,
        recorded_at=more.pop("recorded_at", noon(on)),
        known_at=FRIDAY,
        **more,
    )
    records.keep(outcome)
    if change is not None:
        add_check(records, outcome, 48.0 + change, like_count, like_change)
    return outcome


def add_check(
    records: Records,
    outcome: TaskOutcome,
    score: float | None,
    like_count: int = 50,
    like_change: float | None = 0.0,
) -> None:
    """What was measured two weeks after."""
    due_on = outcome.recorded_on + timedelta(days=14)
    records.keep(
        OutcomeCheck(
            outcome_id=outcome.id,
            after_days=14,
            due_on=due_on,
            checked_on=due_on,
            score=score,
            like_count=like_count,
            like_change=like_change,
        )
    )


def add_result(records: Records, account: Account, kind: str, on: date, **more: Any) -> None:
    """How a contract ended, as ops recorded it; `amount` in yen unless told."""
    amount = more.pop("amount", None)
    records.keep(
        AccountOutcome(
            account_id=account.id,
            ref=f"O-{new_id()}",
            ended_on=on,
            result=kind,
            amount=None if amount is None else Decimal(amount),
            currency=more.pop("currency", None if amount is None else "JPY"),
            known_at=FRIDAY,
            **more,
        )
    )


def add_review(records: Records, week_on: date, playbook: str, verdict: str, **more: Any) -> None:
    """A decision of somebody else's summary."""
    records.keep(
        PlaybookReview(
            week_on=week_on,
            playbook=playbook,
            playbook_version=1,
            verdict=verdict,
            member_id=more.pop("member_id", records.sato.id),
            decided_at=more.pop("decided_at", noon(week_on + timedelta(days=7))),
            **more,
        )
    )


def add_key_feature_alerts(
    records: Records, shares: Sequence[float], false_alarms: int, on: date = MONDAY
) -> None:
    """Closed alerts of falling key feature use with these shares, the first ones false."""
    account = records.add_account("主要機能の社")
    for number, share in enumerate(shares):
        add_episode(
            records,
            account,
            playbook="key_feature",
            open_as=None,
            state="closed",
            ending="false_alarm" if number < false_alarms else "outcome",
            opened_on=on,
            closed_on=on,
            evidence=[{"signal": "key_feature", "values": {"share": share, "limit": 0.4}}],
        )


def fill_week(records: Records) -> None:
    """A week as the sketch of the summary has it."""
    ensure_shipped(records.store, records.workspace_id)
    _move_bands(records)
    _end_contracts(records)
    busy = [records.add_account(f"対応{number:02}社", arr=500_000) for number in range(12)]
    for number, account in enumerate(busy):
        measured = MONDAY - timedelta(days=20 + number)
        add_outcome(records, account, measured, change=5.0 + number, like_change=2.0)
        result = "met" if number < 8 else "unreachable"
        add_outcome(records, account, MONDAY + timedelta(days=number % 5), result=result)
    for account in busy[:4]:
        add_outcome(
            records, account, MONDAY - timedelta(days=30), playbook="late_payment", change=3.0
        )
    for number, account in enumerate(busy[:5]):
        add_task(records, account, MONDAY + timedelta(days=number))
    _answer_alerts(records, busy)


def _move_bands(records: Records) -> None:
    """Two fall, one recovers, one stays."""
    bands = {"red": (Band.RED, 40.0), "yellow": (Band.YELLOW, 60.0), "green": (Band.GREEN, 80.0)}
    moved = [("落ち", "green", "yellow"), ("急落", "yellow", "red"), ("回復", "red", "green")]
    for number, (name, before, after) in enumerate([*moved, ("不変", "green", "green")]):
        account = records.add_account(f"{name}社", arr=1_000_000 * (number + 1))
        for on, band in ((MONDAY, before), (TOLD_ON, after)):
            records.score(account, on, bands[band][1], bands[band][0])


def _end_contracts(records: Records) -> None:
    """Three renewed, one lost, as the sketch has it."""
    for name, amount in (("更新一", 6_200_000), ("更新二", 3_800_000), ("更新三", 2_400_000)):
        account = records.add_account(f"{name}社")
        add_result(records, account, "renewed", date(2026, 11, 12), amount=amount)
    left = records.add_account("解約社", is_active=False)
    reason = "社内未浸透"
    add_result(records, left, "churned", SUNDAY, amount=1_800_000, reason=reason)


def _answer_alerts(records: Records, accounts: list[Account]) -> None:
    """Three alerts told on a morning, two of them claimed."""
    for number, account in enumerate(accounts[:3]):
        told_at = noon(date(2026, 11, 10))
        claimed_at = told_at + timedelta(minutes=30 + 60 * number) if number < 2 else None
        add_episode(
            records, account, told_at=told_at, claimed_at=claimed_at, opened_on=date(2026, 11, 10)
        )
