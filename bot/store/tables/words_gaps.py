"""Words and use that contradict each other: one row from the first night to the last."""

from datetime import date

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column
from sqlalchemy.schema import SchemaItem

from bot.store.base import BigId
from bot.store.tables.accounts import OfAccount, of_account


class WordsGap(OfAccount):
    """The figures are of `seen_on`, the last night that could tell and found it there.

    It is due to be told from `due_on`, told on `told_on` to `told_to_id`, and left to their lead
    on `lead_told_on` where nobody answered by `answer_by_on`. Open until `ended_on`.
    """

    __tablename__ = "words_gaps"

    kind: Mapped[str] = mapped_column(String(8))
    since_on: Mapped[date]
    seen_on: Mapped[date]
    # The words from -1 to 1 with their weight, and the changes of use as shares.
    tone: Mapped[float]
    weight: Mapped[float]
    slope: Mapped[float]
    change: Mapped[float]
    due_on: Mapped[date | None]
    told_on: Mapped[date | None]
    told_to_id: Mapped[int | None] = mapped_column(BigId)
    answer_by_on: Mapped[date | None]
    answer: Mapped[str | None] = mapped_column(String(8))
    cause: Mapped[str | None] = mapped_column(String(16))
    answered_on: Mapped[date | None]
    answered_by_id: Mapped[int | None] = mapped_column(BigId)
    # What the answer has put on somebody's list.
    task_id: Mapped[int | None] = mapped_column(BigId)
    lead_told_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    # What ended it: the words or the use.
    ended_by: Mapped[str | None] = mapped_column(String(8))

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[SchemaItem, ...]:
        return of_account(
            UniqueConstraint("workspace_id", "account_id", "since_on"),
            Index(None, "workspace_id", "ended_on", "told_on"),
        )
