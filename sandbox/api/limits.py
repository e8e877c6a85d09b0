"""Rates: tiers per method and token, one post per second and channel with a burst."""

import math
from dataclasses import dataclass, field

PER_MINUTE = {"T1": 1.0, "T2": 20.0, "T3": 50.0, "T4": 100.0, "free": 600.0}
"""Calls per minute Slack promises for each tier."""

BURST = {"T1": 20.0, "T2": 20.0, "T3": 50.0, "T4": 100.0, "free": 600.0}
"""Calls at once before a tier refuses; T1's is generous because reconnecting bots need it."""

WORKSPACE_POSTS_PER_MINUTE = 300.0


@dataclass
class Bucket:
    """A token bucket: `rate` per second, at most `size` saved up."""

    rate: float
    size: float
    level: float = -1.0
    filled: float = 0.0

    def wait(self, elapsed: float) -> int:
        """0 when the call may pass (and is counted), else whole seconds to wait."""
        if self.level < 0:
            self.level, self.filled = self.size, elapsed
        self.level = min(self.size, self.level + (elapsed - self.filled) * self.rate)
        self.filled = elapsed
        if self.level >= 1:
            self.level -= 1
            return 0
        return max(1, math.ceil((1 - self.level) / self.rate))


@dataclass
class Limiter:
    """The buckets of one sandbox; `is_on` false lets everything pass."""

    is_on: bool = True
    channel_burst: int = 10
    buckets: dict[tuple[str, ...], Bucket] = field(default_factory=dict)

    def wait_for_method(self, token: str, method: str, tier: str, elapsed: float) -> int:
        """Seconds until the method may be called again; 0 means now."""
        if not self.is_on or tier == "post":
            return 0
        bucket = self._bucket((token, method), PER_MINUTE[tier] / 60, BURST[tier])
        return bucket.wait(elapsed)

    def wait_for_post(self, channel: str, elapsed: float) -> int:
        """Seconds until the channel, and the workspace, take another post; 0 means now."""
        if not self.is_on:
            return 0
        posts = WORKSPACE_POSTS_PER_MINUTE
        everywhere = self._bucket(("posts",), posts / 60, posts).wait(elapsed)
        here = self._bucket(("posts", channel), 1.0, float(self.channel_burst)).wait(elapsed)
        return max(everywhere, here)

    def _bucket(self, key: tuple[str, ...], rate: float, size: float) -> Bucket:
        return self.buckets.setdefault(key, Bucket(rate, size))
