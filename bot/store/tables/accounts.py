"""Customers, their other names, their people and their contracts."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKeyConstraint, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column
from sqlalchemy.schema import SchemaItem

from bot.store.base import BigId, Scoped


def of_account(*more: SchemaItem) -> tuple[SchemaItem, ...]:
    """Table arguments of a child of an account: it can only point inside its own workspace."""
    return (
        ForeignKeyConstraint(
            ["workspace_id", "account_id"],
            ["accounts.workspace_id", "accounts.id"],
            ondelete="CASCADE",
        ),
        *more,
    )


class OfAccount(Scoped):
    """A row about one account, with the instant it became known to us."""

    __abstract__ = True

    account_id: Mapped[int] = mapped_column(BigId)
    known_at: Mapped[datetime]

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[SchemaItem, ...]:
        return of_account(Index(None, "workspace_id", "account_id"))


class Account(Scoped):
    """One customer. `ref` is the id of the customer list; other ids are aliases."""

    __tablename__ = "accounts"

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[SchemaItem, ...]:
        # Of those that have one: else SQLite reads the whole company from owner to owner, which
        # takes fifteen times as long as in the order the rows lie in.
        owned = cls.owner_id.is_not(None)
        return (
            UniqueConstraint("workspace_id", "ref"),
            Index(None, "workspace_id", "owner_id", sqlite_where=owned, postgresql_where=owned),
            ForeignKeyConstraint(
                ["workspace_id", "owner_id"], ["members.workspace_id", "members.id"]
            ),
            ForeignKeyConstraint(
                ["workspace_id", "second_id"], ["members.workspace_id", "members.id"]
            ),
        )

    ref: Mapped[str] = mapped_column(String(128))
    name: Mapped[str] = mapped_column(String(255))
    name_kana: Mapped[str | None] = mapped_column(String(255))
    folded: Mapped[str] = mapped_column(String(255), default="")
    mail_domain: Mapped[str | None] = mapped_column(String(255))
    tier: Mapped[str | None] = mapped_column(String(16))
    # Whether a file named the tier; else it follows from the revenue and may move with it.
    tier_is_said: Mapped[bool] = mapped_column(default=False)
    touch: Mapped[str] = mapped_column(String(8), default="high")
    stage: Mapped[str] = mapped_column(String(16), default="adoption")
    owner_mode: Mapped[str] = mapped_column(String(16), default="dedicated")
    owner_id: Mapped[int | None] = mapped_column(BigId)
    second_id: Mapped[int | None] = mapped_column(BigId)
    # The owner as the file named them, kept until a member answers to it.
    owner_named: Mapped[str | None] = mapped_column(String(255))
    second_named: Mapped[str | None] = mapped_column(String(255))
    # What the file named when somebody else was chosen by hand ("" for nobody): the choice holds
    # until the file names another. None: the file decides.
    owner_over: Mapped[str | None] = mapped_column(String(255))
    second_over: Mapped[str | None] = mapped_column(String(255))
    country: Mapped[str] = mapped_column(String(2), default="JP")
    industry: Mapped[str | None] = mapped_column(String(128))
    seats: Mapped[int | None]
    goal: Mapped[str | None] = mapped_column(Text)
    success_criteria: Mapped[str | None] = mapped_column(Text)
    started_on: Mapped[date | None]
    usage_expected: Mapped[bool] = mapped_column(default=True)
    focus_note: Mapped[str | None] = mapped_column(Text)
    # How hard the service is to use for them: easy, normal or hard.
    difficulty: Mapped[str] = mapped_column(String(8), default="normal", server_default="normal")
    # Sum of the running contracts in the base currency; None while none can be converted.
    arr_base: Mapped[Decimal | None] = mapped_column(Numeric(20, 2))
    is_active: Mapped[bool] = mapped_column(default=True)
    known_at: Mapped[datetime]


class AccountAlias(OfAccount):
    """Another id of the same customer: `source` crm, tenant, billing, mail or name."""

    __tablename__ = "account_aliases"

    source: Mapped[str] = mapped_column(String(16))
    ref: Mapped[str] = mapped_column(String(255))

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[SchemaItem, ...]:
        return of_account(UniqueConstraint("workspace_id", "ref"))


class UnlinkedRef(Scoped):
    """An id nobody answers to yet; its rows wait in the batch it came with."""

    __tablename__ = "unlinked_refs"
    __table_args__ = (UniqueConstraint("workspace_id", "ref"),)

    ref: Mapped[str] = mapped_column(String(255))
    kind: Mapped[str] = mapped_column(String(32))
    row_count: Mapped[int]
    batch_id: Mapped[int] = mapped_column(BigId)
    known_at: Mapped[datetime]


class Contact(OfAccount):
    """A person at the customer."""

    __tablename__ = "contacts"

    ref: Mapped[str] = mapped_column(String(128))
    name: Mapped[str | None] = mapped_column(String(255))
    email: Mapped[str | None] = mapped_column(String(255))
    role: Mapped[str] = mapped_column(String(16), default="user")
    is_active: Mapped[bool] = mapped_column(default=True)

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[SchemaItem, ...]:
        return of_account(
            UniqueConstraint("workspace_id", "account_id", "ref"),
            UniqueConstraint("workspace_id", "id", "account_id"),
        )


class ContactActivity(Scoped):
    """Logins of one contact on one day; only days with any are kept."""

    __tablename__ = "contact_activity"

    account_id: Mapped[int] = mapped_column(BigId)
    contact_ref: Mapped[str] = mapped_column(String(128))
    active_on: Mapped[date]
    logins: Mapped[int]

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[SchemaItem, ...]:
        return of_account(
            UniqueConstraint("workspace_id", "account_id", "contact_ref", "active_on"),
            # Every night asks for the last day of the whole feed. The day comes first, so that
            # SQLite does not take it for a way to an account's own days.
            Index(None, "active_on", "workspace_id"),
        )


class Contract(OfAccount):
    """A running or past contract. Money keeps its currency; ARR is the year's amount."""

    __tablename__ = "contracts"

    ref: Mapped[str] = mapped_column(String(128))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    renews_on: Mapped[date | None]
    auto_renews: Mapped[bool | None]
    # 解約通知期限: the last day on which the customer can say that they leave.
    notice_on: Mapped[date | None]
    arr_amount: Mapped[Decimal | None] = mapped_column(Numeric(20, 2))
    currency: Mapped[str | None] = mapped_column(String(3))
    seats: Mapped[int | None]
    plan_limit: Mapped[Decimal | None] = mapped_column(Numeric(20, 2))
    limit_metric: Mapped[str | None] = mapped_column(String(64))

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[SchemaItem, ...]:
        return of_account(UniqueConstraint("workspace_id", "account_id", "ref"))
