"""Scores as of each day, the models that made them, and scores given by hand."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, declared_attr, mapped_column
from sqlalchemy.schema import SchemaItem

from bot.store.base import BigId, Scoped, Walled
from bot.store.tables.accounts import OfAccount, of_account


class HealthModel(Scoped):
    """A version of the model document; exactly one is active, at most one is being worked on.

    `revision` counts its changes, so that of two editors neither overwrites the other unseen.
    `note` says why it was made; `simulation` is of the document as it stands, else there is none.
    """

    __tablename__ = "health_models"
    __table_args__ = (UniqueConstraint("workspace_id", "version"),)

    version: Mapped[int]
    status: Mapped[str] = mapped_column(String(16))
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_by: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]
    base_version: Mapped[int | None]
    revision: Mapped[int] = mapped_column(default=1)
    changed_by: Mapped[str | None] = mapped_column(String(64))
    changed_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(String(500), default="")
    simulation: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    simulated_at: Mapped[datetime | None]
    approved_by: Mapped[str | None] = mapped_column(String(64))
    approved_at: Mapped[datetime | None]


class AskedSimulation(Scoped):
    """A simulation that somebody waits for; the row goes with the answer.

    `seen_at` is the real instant of its last sign; None while nobody has begun it.
    """

    __tablename__ = "asked_simulations"

    version: Mapped[int]
    revision: Mapped[int]
    slack_user: Mapped[str] = mapped_column(String(64))
    asked_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]


class ScoreRun(Walled):
    """One scored day. `finished_at` is empty while a run is under way: such a day is not shown."""

    __tablename__ = "score_runs"

    run_on: Mapped[date] = mapped_column(primary_key=True)
    model_version: Mapped[int]
    # The last whole day of usage that went in; None where there is no usage feed.
    data_on: Mapped[date | None]
    scored: Mapped[int] = mapped_column(default=0)
    unscored: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    # By measure how many accounts were asked for it and how many had none, on the last full run.
    lacking: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    # When the playbooks had been asked of every account; None for a run that asked none.
    watched_at: Mapped[datetime | None]
    # What it knew that holds for all accounts (`bot.services.common`); None: from before it was
    # kept.
    common: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class AccountScore(Walled):
    """The last score of one local day. `score` is 0-100, higher is healthier; None: too little.

    Measured alone: a score given by hand is joined when it is read. `details` is read by
    `bot.health.details`: the variant and the cap that applied, and each measure's value and
    points as float32 pairs.

    The key begins with the day, so a run appends; a chart of 90 days is 90 seeks.
    """

    __tablename__ = "account_scores"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "account_id"],
            ["accounts.workspace_id", "accounts.id"],
            ondelete="CASCADE",
        ),
        {"sqlite_with_rowid": False},
    )

    run_on: Mapped[date] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    model_version: Mapped[int]
    score: Mapped[float | None]
    band: Mapped[str] = mapped_column(String(8))
    coverage: Mapped[float]
    data_on: Mapped[date | None]
    details: Mapped[bytes] = mapped_column(LargeBinary)


class ManualScore(OfAccount):
    """A score given by hand (良好, 中, 高リスク) with a line why; it ends on `expires_on`."""

    __tablename__ = "manual_scores"

    band: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(Text)
    member_id: Mapped[int] = mapped_column(BigId)
    given_on: Mapped[date]
    expires_on: Mapped[date]


class CsmPulse(OfAccount):
    """What a CSM felt about the account on a day, with reason codes and words of their own.

    Part of no score. A taken-back one stays on file and is shown to nobody.
    """

    __tablename__ = "csm_pulses"

    feeling: Mapped[str] = mapped_column(String(8))
    reasons: Mapped[list[str]]
    words: Mapped[str] = mapped_column(Text)
    member_id: Mapped[int] = mapped_column(BigId)
    felt_on: Mapped[date]
    taken_back_on: Mapped[date | None]


class TouchedAccount(Scoped):
    """An account that a fact moved since its last score; `id` is the account's id.

    `mark` is new with every touch, so that a run takes away only the marks it has seen.
    """

    __tablename__ = "touched_accounts"

    mark: Mapped[int] = mapped_column(BigId)
    touched_at: Mapped[datetime]


class LateFact(OfAccount):
    """A fact that a finished run could have counted and did not know, or knew otherwise.

    `from_on` is the first day it speaks of; None where it holds for all days, as a seat does, or
    where a known fact was changed. `known_at` is when it came.
    """

    __tablename__ = "late_facts"

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[SchemaItem, ...]:
        return of_account(
            Index(None, "workspace_id", "account_id"),
            Index(None, "workspace_id", "kind", "known_at"),
        )

    kind: Mapped[str] = mapped_column(String(24))
    from_on: Mapped[date | None]


class ValidityRun(Scoped):
    """What the workspace's own data told of leaving on one day; kept, so that months compare.

    `result` is None while a child process works on it.
    """

    __tablename__ = "validity_runs"
    __table_args__ = (Index(None, "workspace_id", "made_at"),)

    run_on: Mapped[date]
    asked_by: Mapped[str] = mapped_column(String(64))
    asked_at: Mapped[datetime]
    made_at: Mapped[datetime | None]
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
