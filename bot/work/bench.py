"""What heavy work is handed: the data, the voices, and where its files lie."""

from dataclasses import dataclass
from pathlib import Path

from bot.clock import Clock
from bot.store.unit import Store
from bot.texts import Texts


@dataclass(frozen=True)
class Bench:
    """For one child process."""

    store: Store
    texts: Texts
    clock: Clock
    folder: Path
