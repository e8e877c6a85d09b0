"""What a signal says of itself. Refuses nothing; the catalogue does. Free of numpy."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.signals.seen import Hit, Seen

Limits = Mapping[str, float]


@dataclass(frozen=True)
class Signal:
    """A question to a block of accounts.

    `columns` of the frame are read, `values` are the names that explain a hit: the blocks of
    `templates/signal_<key>` use these and no others. `moving` are those of them that the calendar
    moves by itself: a count of days, or the day looked back to. `limits` are the usual ones; a
    playbook may set others by the same names.
    """

    key: str
    columns: tuple[str, ...]
    values: tuple[str, ...]
    ask: Callable[["Seen", Limits], "Hit"]
    moving: tuple[str, ...] = ()
    limits: Limits = field(default_factory=lambda: MappingProxyType({}))
