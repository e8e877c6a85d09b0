"""Facts about accounts as they came in; one table a kind, one natural key each."""

from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKeyConstraint, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column
from sqlalchemy.schema import SchemaItem

from bot.store.base import BigId, Scoped
from bot.store.tables.accounts import OfAccount, of_account


class Reffed(OfAccount):
    """A fact with the id its source gave it (or one made from its content where it gave none)."""

    __abstract__ = True

    ref: Mapped[str] = mapped_column(String(128))

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[SchemaItem, ...]:
        return of_account(UniqueConstraint("workspace_id", "account_id", "ref"))


class NpsAnswer(Reffed):
    """One answer, 0 to 10."""

    __tablename__ = "nps_answers"

    respondent: Mapped[str | None] = mapped_column(String(255))
    role: Mapped[str | None] = mapped_column(String(16))
    responded_on: Mapped[date]
    score: Mapped[int]
    comment: Mapped[str | None] = mapped_column(Text)


class Ticket(Reffed):
    """One inquiry at the support desk."""

    __tablename__ = "tickets"

    opened_on: Mapped[date]
    solved_on: Mapped[date | None]
    priority: Mapped[str] = mapped_column(String(8), default="normal")
    status: Mapped[str] = mapped_column(String(8), default="open")
    category: Mapped[str | None] = mapped_column(String(64))
    subject: Mapped[str | None] = mapped_column(Text)


class Invoice(Reffed):
    """One invoice; unpaid while `paid_on` is empty."""

    __tablename__ = "invoices"

    issued_on: Mapped[date | None]
    due_on: Mapped[date]
    paid_on: Mapped[date | None]
    amount: Mapped[Decimal | None] = mapped_column(Numeric(20, 2))
    currency: Mapped[str | None] = mapped_column(String(3))


class Incident(Scoped):
    """An outage of our own service; `hits_everyone` or the accounts in `incident_accounts`."""

    __tablename__ = "incidents"
    __table_args__ = (UniqueConstraint("workspace_id", "ref"),)

    ref: Mapped[str] = mapped_column(String(128))
    title: Mapped[str] = mapped_column(String(255))
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    severity: Mapped[str] = mapped_column(String(8), default="minor")
    hits_everyone: Mapped[bool] = mapped_column(default=False)


class IncidentAccount(OfAccount):
    """An account that an incident touched."""

    __tablename__ = "incident_accounts"

    incident_id: Mapped[int] = mapped_column(BigId)

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[SchemaItem, ...]:
        return of_account(
            UniqueConstraint("workspace_id", "incident_id", "account_id"),
            ForeignKeyConstraint(
                ["workspace_id", "incident_id"],
                ["incidents.workspace_id", "incidents.id"],
                ondelete="CASCADE",
            ),
        )


class Touch(Reffed):
    """A contact between us and the customer; `initiated_by` is us or them (きっかけ)."""

    __tablename__ = "touches"

    touched_on: Mapped[date]
    kind: Mapped[str] = mapped_column(String(16), default="other")
    initiated_by: Mapped[str] = mapped_column(String(8), default="us")
    with_role: Mapped[str | None] = mapped_column(String(16))
    note: Mapped[str | None] = mapped_column(Text)
    next_on: Mapped[date | None]
    member_id: Mapped[int | None] = mapped_column(BigId)
    # The id by which another system has it as well; a person's own words lead.
    imported_as: Mapped[str | None] = mapped_column(String(128))


class MarketingEvent(Reffed):
    """A download or a visit that shows interest."""

    __tablename__ = "marketing_events"

    occurred_on: Mapped[date]
    kind: Mapped[str] = mapped_column(String(16), default="other")
    detail: Mapped[str | None] = mapped_column(Text)


class VocRemark(Reffed):
    """What a customer said: who, in which role, in which words, and how the CSM reads it."""

    __tablename__ = "voc_remarks"

    said_on: Mapped[date]
    speaker: Mapped[str | None] = mapped_column(String(255))
    speaker_role: Mapped[str | None] = mapped_column(String(16))
    channel: Mapped[str | None] = mapped_column(String(32))
    sentiment: Mapped[str | None] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text)
    read_as: Mapped[str | None] = mapped_column(Text)
    confidence: Mapped[str] = mapped_column(String(8), default="normal")
    category: Mapped[str | None] = mapped_column(String(64))
    permalink: Mapped[str | None] = mapped_column(Text)


class AccountOutcome(Reffed):
    """How a contract period ended: renewed, expanded, contracted or churned."""

    __tablename__ = "account_outcomes"

    ended_on: Mapped[date]
    result: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str | None] = mapped_column(Text)
    amount: Mapped[Decimal | None] = mapped_column(Numeric(20, 2))
    currency: Mapped[str | None] = mapped_column(String(3))
