"""All signals by key. Refuses a file whose signal has another name. Free of numpy."""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from bot.frame.catalogue import load_catalogue
from bot.signals import questions
from bot.signals.signal import Signal


@cache
def load_signals() -> Mapping[str, Signal]:
    """Every signal, in the order of their keys; each file of `bot/signals/questions` is one."""
    found: dict[str, Signal] = {}
    for name in sorted(each.name for each in pkgutil.iter_modules(questions.__path__)):
        signal: Signal = importlib.import_module(f"{questions.__name__}.{name}").SIGNAL
        if signal.key != name:
            raise ValueError(f"questions/{name}.py declares {signal.key!r}; name both alike")
        if strange := sorted(set(signal.columns) - set(load_catalogue())):
            raise ValueError(f"questions/{name}.py reads {strange[0]!r}, which is no measure")
        found[name] = signal
    return MappingProxyType(found)


def get_signal(key: str) -> Signal:
    """The signal of that key; KeyError where there is none."""
    return load_signals()[key]
