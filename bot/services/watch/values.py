"""What each measure that is to be moved has become: of open episodes, and of outcomes checked."""

from collections.abc import Sequence

import numpy as np

from bot.services.watch.morning import Morning
from bot.store.bulk.moved_values import (
    Moved,
    read_due_values,
    read_open_values,
    write_due_values,
    write_open_values,
)
from bot.store.unit import Unit


def note_values(unit: Unit, morning: Morning) -> None:
    """Keep the block's values where they have changed; a measure nobody asked for is left."""
    low, high = int(morning.account_ids[0]), int(morning.account_ids[-1])
    run_on = morning.eve.run_on
    write_open_values(unit, _list_changed(morning, read_open_values(unit, low, high)))
    write_due_values(unit, _list_changed(morning, read_due_values(unit, low, high, run_on)))


def _list_changed(morning: Morning, kept: Sequence[Moved]) -> list[tuple[int, float | None]]:
    if not kept:
        return []
    places = {int(each): at for at, each in enumerate(morning.account_ids.tolist())}
    columns = {
        name: morning.seen.number(name)
        for name in {each.measure for each in kept}
        if name in morning.seen.table.columns
    }
    found = [
        (each, _known(columns[each.measure][places[each.account_id]]))
        for each in kept
        if each.measure in columns and each.account_id in places
    ]
    return [(each.id, value) for each, value in found if value != each.value]


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
