"""Imports: what was read, what was promised, how far it was applied."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.base import BigId, Scoped


class ImportBatch(Scoped):
    """One file: received → waiting → confirmed → applying → applied | cancelled | failed."""

    __tablename__ = "import_batches"
    __table_args__ = (Index(None, "workspace_id", "state"),)

    file_name: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64))
    staged_at_path: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16))
    report: Mapped[dict[str, Any]]
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # All that the report was read with: kind, answers, columns. It is applied with the same.
    mapping: Mapped[dict[str, Any]] = mapped_column(default=dict)
    applied_rows: Mapped[int] = mapped_column(default=0)
    total_rows: Mapped[int] = mapped_column(default=0)
    member_id: Mapped[int | None] = mapped_column(BigId)
    channel: Mapped[str | None] = mapped_column(String(32))
    # Whether its end was said where the file came from.
    is_told: Mapped[bool] = mapped_column(default=False)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SavedMapping(Scoped):
    """How the columns of a source were understood last time, and what was answered."""

    __tablename__ = "saved_mappings"
    __table_args__ = (UniqueConstraint("workspace_id", "fingerprint"),)

    fingerprint: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(32))
    mapping: Mapped[dict[str, Any]]
    answers: Mapped[dict[str, Any]]
    known_at: Mapped[datetime]
