"""A Slack in a bad mood: answers are dropped, late, refused; and how often that happened."""

import random
from dataclasses import dataclass, field

from sandbox.faults import Fault
from sandbox.server import SandboxServer

MANY = 1_000_000

# method, kind, probability, seconds. A slow post leaves time to die over it; a very slow one is
# written after the bot has given up on it.
FAULTS = (
    ("chat.postMessage", "drop_after", 0.25, 0.0),
    ("chat.postMessage", "drop_before", 0.12, 0.0),
    ("chat.postMessage", "slow", 0.3, 0.8),
    ("chat.postMessage", "slow", 0.05, 2.5),
    ("chat.postMessage", "429", 0.05, 1.0),
    ("chat.postMessage", "500", 0.03, 0.0),
    ("chat.update", "drop_after", 0.1, 0.0),
    ("chat.update", "drop_before", 0.1, 0.0),
    ("conversations.open", "drop_after", 0.05, 0.0),
    ("conversations.open", "429", 0.05, 1.0),
    ("conversations.history", "drop_before", 0.1, 0.0),
    ("conversations.history", "429", 0.05, 1.0),
    ("conversations.info", "drop_before", 0.03, 0.0),
    ("auth.test", "drop_before", 0.05, 0.0),
    ("auth.test", "429", 0.05, 1.0),
    ("users.info", "drop_before", 0.03, 0.0),
    ("users.info", "429", 0.03, 1.0),
)


@dataclass
class Weather:
    """The faults of one sandbox."""

    sandbox: SandboxServer
    seed: int
    ours: list[Fault] = field(default_factory=list)

    def turn_bad(self) -> None:
        """From now on Slack misbehaves."""
        faults = self.sandbox.slack.faults
        faults.dice = random.Random(self.seed)
        for method, kind, probability, delay in FAULTS:
            told = {"method": method, "kind": kind, "probability": probability, "delay": delay}
            self.ours.append(faults.add({**told, "times": MANY}))

    def clear_up(self) -> None:
        """Slack is well again."""
        self.sandbox.slack.faults.clear()

    def count(self) -> dict[str, int]:
        """How many calls suffered, by kind."""
        found: dict[str, int] = {}
        for fault in self.ours:
            found[fault.kind] = found.get(fault.kind, 0) + MANY - fault.times
        return found
