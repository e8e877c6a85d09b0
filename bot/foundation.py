"""What every process stands on: settings, clock, texts and database.

Knows neither Slack nor the web, so that a child process starts without their libraries.
"""

import gc
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

from bot.clock import Clock, ShiftedClock, SystemClock
from bot.config import Settings
from bot.store.engine import build_engine
from bot.store.unit import Store
from bot.texts import Texts


@dataclass
class Foundation:
    """From the settings; each part is made when it is first asked for."""

    settings: Settings
    clock: Clock
    texts: Texts = field(default_factory=Texts)

    @cached_property
    def store(self) -> Store:
        """The database."""
        return Store(build_engine(self.settings.database_url), self.clock)

    def close(self) -> None:
        """Let the database go."""
        if "store" in self.__dict__:
            self.store.engine.dispose()


def build_clock(settings: Settings) -> Clock:
    """The wall clock, or one the demo may shift."""
    if not settings.sakidori_demo:
        return SystemClock()
    return ShiftedClock(timedelta(seconds=settings.sakidori_demo_ahead))


def spare_what_is_loaded() -> None:
    """Have the collector leave all that is there now out of its rounds.

    For a process that does one heavy piece of work and ends: the modules it has loaded stay, and
    a round through those of pandas takes a tenth of a second each time.
    """
    gc.freeze()
