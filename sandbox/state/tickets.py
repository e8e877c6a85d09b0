"""Short-lived permissions Slack hands out: trigger ids and response addresses."""

from dataclasses import dataclass

RESPONSE_SECONDS = 30 * 60.0
RESPONSE_USES = 5
"""A response address takes five answers within thirty minutes."""


@dataclass
class Trigger:
    """What a person just did, good for one form; `view_id` is set when it was done inside one."""

    id: str
    user: str
    made: float
    view_id: str | None = None
    spent: bool = False

    def is_expired(self, elapsed: float, seconds: float) -> bool:
        return elapsed - self.made > seconds


@dataclass
class ResponseAddress:
    """Where a bot may answer afterwards; `ts` names the message it came from, if any."""

    id: str
    channel: str
    user: str
    made: float
    ts: str | None = None
    thread_ts: str | None = None
    uses: int = 0

    def is_expired(self, elapsed: float) -> bool:
        return elapsed - self.made > RESPONSE_SECONDS

    def is_spent(self) -> bool:
        return self.uses >= RESPONSE_USES
