"""What somebody is to do, what came of it, and how it stood two weeks and a month later."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column
from sqlalchemy.schema import SchemaItem

from bot.store.base import BigId, Scoped
from bot.store.tables.accounts import OfAccount, of_account


class Task(OfAccount):
    """Something to do for an account by a business day of its owner; it ends in an outcome.

    `key` says what is meant (`episode:{id}:step:{key}`, `monthly:2026-12:{account}`,
    `hand:{hash}`), so that a second click makes no second task.
    """

    __tablename__ = "tasks"

    key: Mapped[str] = mapped_column(String(128))
    origin: Mapped[str] = mapped_column(String(16))
    episode_id: Mapped[int | None] = mapped_column(BigId)
    playbook: Mapped[str | None] = mapped_column(String(64))
    playbook_version: Mapped[int | None]
    step: Mapped[str | None] = mapped_column(String(64))
    # In each language as the playbook has it; what a person typed is the same in both.
    title: Mapped[dict[str, Any]]
    note: Mapped[str | None] = mapped_column(Text)
    owner_id: Mapped[int | None] = mapped_column(BigId)
    due_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(8), default="open")
    # Who moved first: acting on data is proactive (us).
    mover: Mapped[str] = mapped_column(String(8), default="us")
    waiting_until_on: Mapped[date | None]
    asked_on: Mapped[date | None]
    # The reason given with the last new date, or with dropping it.
    reason: Mapped[str | None] = mapped_column(Text)
    made_on: Mapped[date]
    made_by_id: Mapped[int | None] = mapped_column(BigId)
    ended_on: Mapped[date | None]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(BigId)

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[SchemaItem, ...]:
        return of_account(
            UniqueConstraint("workspace_id", "key"),
            Index(None, "workspace_id", "account_id"),
            Index(None, "workspace_id", "owner_id", "state"),
            Index(None, "workspace_id", "episode_id"),
            ForeignKeyConstraint(
                ["workspace_id", "episode_id"],
                ["episodes.workspace_id", "episodes.id"],
                ondelete="CASCADE",
            ),
            ForeignKeyConstraint(
                ["workspace_id", "owner_id"], ["members.workspace_id", "members.id"]
            ),
        )


class TaskOutcome(OfAccount):
    """What was done and what came of it: an impression, and the numbers then and now.

    `result` is a key of the playbook's own results or of `CommonResult`. `score_then` and
    `value_then` are of the day the episode opened (else the task was made), the others of the
    day of recording.
    """

    __tablename__ = "task_outcomes"

    task_id: Mapped[int] = mapped_column(BigId)
    episode_id: Mapped[int | None] = mapped_column(BigId)
    playbook: Mapped[str | None] = mapped_column(String(64))
    playbook_version: Mapped[int | None]
    done: Mapped[str] = mapped_column(Text)
    result: Mapped[str] = mapped_column(String(64))
    impression: Mapped[str] = mapped_column(Text)
    hypothesis: Mapped[str | None] = mapped_column(String(16))
    mover: Mapped[str] = mapped_column(String(8), default="us")
    then_on: Mapped[date]
    score_then: Mapped[float | None]
    score_now: Mapped[float | None]
    measure: Mapped[str | None] = mapped_column(String(64))
    value_then: Mapped[float | None]
    value_now: Mapped[float | None]
    # The task that follows, where a next step was agreed.
    next_task_id: Mapped[int | None] = mapped_column(BigId)
    member_id: Mapped[int] = mapped_column(BigId)
    recorded_on: Mapped[date]
    recorded_at: Mapped[datetime]

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[SchemaItem, ...]:
        return of_account(
            UniqueConstraint("workspace_id", "task_id"),
            Index(None, "workspace_id", "recorded_on"),
            Index(None, "workspace_id", "account_id"),
            ForeignKeyConstraint(
                ["workspace_id", "task_id"], ["tasks.workspace_id", "tasks.id"], ondelete="CASCADE"
            ),
        )


class OutcomeCheck(Scoped):
    """An outcome looked at again `after_days` later, beside like accounts nobody treated.

    `like_count` accounts had a change of score of `like_change` points on average with standard
    deviation `like_spread`, over the same days; None where there were none.
    """

    __tablename__ = "outcome_checks"
    __table_args__ = (
        UniqueConstraint("workspace_id", "outcome_id", "after_days"),
        Index(None, "workspace_id", "due_on"),
        ForeignKeyConstraint(
            ["workspace_id", "outcome_id"],
            ["task_outcomes.workspace_id", "task_outcomes.id"],
            ondelete="CASCADE",
        ),
    )

    outcome_id: Mapped[int] = mapped_column(BigId)
    after_days: Mapped[int]
    due_on: Mapped[date]
    checked_on: Mapped[date | None]
    score: Mapped[float | None]
    value: Mapped[float | None]
    like_count: Mapped[int] = mapped_column(default=0)
    like_change: Mapped[float | None]
    like_spread: Mapped[float | None]
