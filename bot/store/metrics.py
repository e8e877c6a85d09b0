"""Usage metrics of a workspace and the order in which they are packed."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from bot.core.metrics import traits_of
from bot.store.tables import Metric, MetricSet
from bot.store.unit import Unit


@dataclass(frozen=True)
class Packing:
    """A metric set: its id, and its names in the order of the matrix."""

    set_id: int
    names: tuple[str, ...]


def list_packings(unit: Unit) -> dict[int, Packing]:
    """Every metric set of the workspace by its id, oldest first."""
    found = unit.session.scalars(select(MetricSet).order_by(MetricSet.number))
    return {each.id: Packing(each.id, tuple(each.names)) for each in found}


def list_metrics(unit: Unit) -> dict[str, Metric]:
    """The workspace's metrics by name."""
    return {each.name: each for each in unit.session.scalars(select(Metric))}


def ensure_metrics(unit: Unit, names: Sequence[str]) -> Packing:
    """The newest packing, holding all of `names`; made when one of them is new."""
    known = list_metrics(unit)
    for name in names:
        if name not in known:
            traits = traits_of(name)
            unit.add(
                Metric(
                    name=name,
                    kind=traits.kind.value,
                    unit=traits.unit,
                    is_key=traits.is_key,
                    known_at=unit.at,
                )
            )
    return _newest_packing(unit, names)


def _newest_packing(unit: Unit, names: Sequence[str]) -> Packing:
    packings = list(list_packings(unit).values())
    held = packings[-1].names if packings else ()
    missing = tuple(name for name in dict.fromkeys(names) if name not in held)
    if packings and not missing:
        return packings[-1]
    made = MetricSet(number=len(packings) + 1, names=[*held, *missing])
    unit.add(made)
    unit.session.flush()
    return Packing(made.id, (*held, *missing))
