"""All measures by name. Refuses a file whose measure has another name. Free of numpy."""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from bot.frame import measures
from bot.frame.measure import Measure


@cache
def load_catalogue() -> Mapping[str, Measure]:
    """Every measure, in the order of their names; each file of `bot/frame/measures` is one."""
    found: dict[str, Measure] = {}
    for name in sorted(each.name for each in pkgutil.iter_modules(measures.__path__)):
        measure: Measure = importlib.import_module(f"{measures.__name__}.{name}").MEASURE
        if measure.name != name:
            raise ValueError(f"measures/{name}.py declares {measure.name!r}; name both alike")
        found[name] = measure
    return MappingProxyType(found)


def get_measure(name: str) -> Measure:
    """The measure of that name; KeyError where there is none."""
    return load_catalogue()[name]
