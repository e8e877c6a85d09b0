"""One line of the list of jobs: when it runs and how it went. Plain values."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.slots import Rule


@dataclass(frozen=True)
class JobLine:
    """A job as one person sees it; `state` and `last_at` are None before its first run.

    `zone` is whose wall clock the rule means.
    """

    name: str
    rule: Rule
    zone: str
    last_at: datetime | None = None
    state: str | None = None
