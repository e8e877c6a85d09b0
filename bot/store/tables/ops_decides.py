"""What a run has found and ops says what becomes of: the part that all such rows share."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.base import BigId


class OpsDecides:
    """`found_on` is the run that found it, `noted_on` the last run that changed the row.

    `state` is `open` until somebody has decided or nothing is left to decide.
    """

    found_on: Mapped[date]
    noted_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(8), default="open")
    decided_on: Mapped[date | None]
    decided_by_id: Mapped[int | None] = mapped_column(BigId)
