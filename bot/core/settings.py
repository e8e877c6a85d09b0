"""What a person sets for themselves. Plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from bot.core.focus import Focus
from bot.core.vocabulary import Locale


@dataclass(frozen=True)
class Settings:
    """`workdays` are weekdays, Monday 0; `digest_channel` None means the own direct message.

    `country` is whose holidays the person keeps, `is_abroad` when the workspace keeps others; a
    form shows them and does not set them. `focus` is the company's, for those who may set it.
    """

    locale: Locale
    opens: time
    closes: time
    workdays: Sequence[int]
    digest_time: time
    digest_channel: str | None
    country: str = ""
    is_abroad: bool = False
    focus: Focus | None = None
