"""Stored usage as rows, for tests that look at what an import has left."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from bot.store.bulk.usage_read import BLOCK, read_window
from bot.store.metrics import list_packings
from bot.store.unit import Unit


def export_usage(
    unit: Unit, account_ids: NDArray[np.int64], days: tuple[date, date]
) -> Iterator[tuple[int, str, date, float]]:
    """Rows (account_id, metric, day, value) for people who want rows; missing values have none."""
    packings = list_packings(unit)
    names = max((each.names for each in packings.values()), key=len, default=())
    for at in range(0, len(account_ids), BLOCK):
        ids = account_ids[at : at + BLOCK]
        values = read_window(
            unit.connection, unit.workspace_id, packings, ids, names, days, is_span=False
        )
        for cell in np.argwhere(~np.isnan(values)):
            account, metric, day = (int(place) for place in cell)
            value = float(values[account, metric, day])
            yield int(ids[account]), names[metric], days[0] + timedelta(days=day), value
