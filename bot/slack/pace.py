"""How fast we may speak: once a second in one channel, and not at all while Slack says wait."""

from collections.abc import Callable
from dataclasses import dataclass, field

PACE_SECONDS = 1.0


@dataclass
class Pace:
    """Remembers on a monotonic scale until when an audience is to be left alone."""

    elapsed: Callable[[], float]
    seconds: float = PACE_SECONDS
    until: dict[str, float] = field(default_factory=dict)

    def spoke(self, audience: str) -> None:
        """Something was just said there."""
        self.hold(audience, self.seconds)

    def hold(self, audience: str, seconds: float) -> None:
        """Say nothing there for `seconds`; a longer wait already asked for stands."""
        ends = self.elapsed() + seconds
        self.until[audience] = max(ends, self.until.get(audience, 0.0))

    def held(self) -> list[str]:
        """The audiences to leave alone now."""
        now = self.elapsed()
        self.until = {name: ends for name, ends in self.until.items() if ends > now}
        return list(self.until)

    def longest(self) -> float:
        """Seconds until nobody is held any more."""
        return max((ends - self.elapsed() for ends in self.until.values()), default=0.0)
