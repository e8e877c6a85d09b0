"""Scores as of each day, the models that made them, and scores given by hand."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column
from sqlalchemy.schema import SchemaItem

from bot.store.base import BigId, Scoped
from bot.store.tables.accounts import OfAccount, of_account


class HealthModel(Scoped):
    """A version of the model document; exactly one is active."""

    __tablename__ = "health_models"
    __table_args__ = (UniqueConstraint("workspace_id", "version"),)

    version: Mapped[int]
    status: Mapped[str] = mapped_column(String(16))
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_by: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]


class AccountScore(OfAccount):
    """The last score of one local day. `score` is 0-100, higher is healthier; None: too little.

    `details` packs each measure's value and contribution as float32 pairs, in the order of the
    model version's measures; NaN where a measure was left out.
    """

    __tablename__ = "account_scores"

    run_on: Mapped[date]
    model_version: Mapped[int]
    score: Mapped[float | None]
    band: Mapped[str] = mapped_column(String(8))
    coverage: Mapped[float]
    data_on: Mapped[date | None]
    details: Mapped[bytes] = mapped_column(LargeBinary)

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[SchemaItem, ...]:
        return of_account(
            UniqueConstraint("workspace_id", "account_id", "run_on"),
            Index(None, "workspace_id", "run_on"),
        )


class ManualScore(OfAccount):
    """A score given by hand (良好, 中, 高リスク) with a line why; it ends on `expires_on`."""

    __tablename__ = "manual_scores"

    band: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(Text)
    member_id: Mapped[int] = mapped_column(BigId)
    given_on: Mapped[date]
    expires_on: Mapped[date]


class TouchedAccount(Scoped):
    """An account that a fact moved since its last score; `id` is the account's id."""

    __tablename__ = "touched_accounts"

    touched_at: Mapped[datetime]
