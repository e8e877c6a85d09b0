"""One account's daily usage as rows for people, the newest days first. Free of numpy."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from math import isnan, nan
from struct import unpack

from sqlalchemy import select

from bot.core.explanation import Evidence
from bot.store.metrics import list_metrics, list_packings
from bot.store.tables import UsageChunk
from bot.store.unit import Unit

DAYS = 10
_CHUNK_DAYS = 64
# By the bytes of a number; of the counts in two bytes the largest says "missing".
_LETTERS = {2: "H", 4: "f", 8: "d"}
_MISSING = 2**16 - 1


def list_usage_rows(
    unit: Unit, account_id: int, names: Collection[str], on: date
) -> list[Evidence]:
    """Values of the metrics on the last days up to `on`; `key` means all of key features.

    Days without a value are missing.
    """
    metrics = list_metrics(unit)
    wanted = {name for name, each in metrics.items() if name in names}
    if "key" in names:
        wanted |= {name for name, each in metrics.items() if each.is_key}
    rows = [
        row for row in _read(unit, account_id, wanted, on) if on - timedelta(days=DAYS) < row.on
    ]
    return sorted(
        (row for row in rows if row.on <= on), key=lambda row: (-row.on.toordinal(), row.text)
    )


def _read(unit: Unit, account_id: int, names: Collection[str], on: date) -> Iterator[Evidence]:
    for name, day, value in read_values(unit, account_id, names, on, DAYS):
        yield Evidence("usage", day, text=name, figure=value)


def read_values(
    unit: Unit, account_id: int, names: Collection[str], on: date, days_back: int
) -> Iterator[tuple[str, date, float]]:
    """Metric, day and value; at least the last `days_back` days up to `on`, and more around."""
    packings = list_packings(unit)
    reach = days_back + _CHUNK_DAYS
    stored = (
        select(UsageChunk)
        .where(UsageChunk.account_id == account_id)
        .where(UsageChunk.starts_on > on - timedelta(days=reach))
        .where(UsageChunk.starts_on <= on)
    )
    for chunk in unit.session.scalars(stored):
        held = packings[chunk.metric_set_id].names
        values = _numbers(chunk)
        for place, name in enumerate(held):
            days = values[place * _CHUNK_DAYS : (place + 1) * _CHUNK_DAYS] if name in names else ()
            for day, value in enumerate(days):
                if not isnan(value):
                    yield name, chunk.starts_on + timedelta(days=day), value


def _numbers(chunk: UsageChunk) -> tuple[float, ...]:
    """As `bulk/chunks` has packed them; missing days are NaN."""
    values = unpack(f"<{len(chunk.matrix) // chunk.width}{_LETTERS[chunk.width]}", chunk.matrix)
    return (
        tuple(nan if value == _MISSING else value for value in values)
        if chunk.width == 2
        else values
    )
