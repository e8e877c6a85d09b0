"""How usage lies in a chunk: which days, which order, how many bytes a number."""

from datetime import date, timedelta
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32] | NDArray[np.float64]

# A window of 90 days touches two or three chunks, and a day added rewrites 128 bytes a metric.
CHUNK_DAYS = 64
_EPOCH = date(2000, 1, 1)
# float32 holds every whole number up to here.
_WHOLE_IN_FLOAT32 = 2**24
# Counts, which most usage is, fit into two bytes; the largest number of those says "missing".
SHORT, NARROW, WIDE = 2, 4, 8
_MISSING = 2**16 - 1
_KINDS = {SHORT: "<u2", NARROW: "<f4", WIDE: "<f8"}


def chunk_start(on: date) -> date:
    """First day of the chunk that holds `on`."""
    return on - timedelta(days=(on - _EPOCH).days % CHUNK_DAYS)


def list_starts(first_on: date, last_on: date) -> list[date]:
    """First days of all chunks that hold a day from `first_on` to `last_on`, both included."""
    first, last = chunk_start(first_on), chunk_start(last_on)
    count = (last - first).days // CHUNK_DAYS + 1
    return [first + timedelta(days=CHUNK_DAYS * n) for n in range(count)]


def overlap(start: date, first_on: date, days: int) -> tuple[slice, slice]:
    """The part of a window of `days` from `first_on` inside a chunk: (in the window, in it)."""
    shift = (start - first_on).days
    low, high = max(0, shift), min(days, shift + CHUNK_DAYS)
    return slice(low, high), slice(low - shift, high - shift)


def unpack(packed: bytes, width: int, metric_count: int) -> NDArray[Any]:
    """[chunk][metric][day of the chunk] of chunks in a row that share width and metric set.

    As they are stored: `as_numbers` says what they mean.
    """
    return np.frombuffer(packed, dtype=_KINDS[width]).reshape(-1, metric_count, CHUNK_DAYS)


def as_numbers(stored: NDArray[Any]) -> NDArray[np.floating]:
    """The values of any part of what `unpack` gives; missing ones are NaN."""
    # A clipped index is not looked at twice; nothing is ever out of range.
    is_short = stored.dtype.itemsize == SHORT
    return np.take(_short_numbers(), stored, mode="clip") if is_short else stored


def pack(values: FloatArray, widths: NDArray[np.int64]) -> list[bytes]:
    """One blob per account of `values` [account][metric][day], as wide as `width_of` says."""
    blobs = [b""] * len(values)
    for width in np.unique(widths).tolist():
        rows = np.flatnonzero(widths == width)
        # Cut out of one buffer: a tenth of the time of converting row by row.
        whole = _as_stored(values if len(rows) == len(values) else values[rows], width).tobytes()
        size = len(whole) // len(rows)
        for place, row in enumerate(rows.tolist()):
            blobs[row] = whole[place * size : (place + 1) * size]
    return blobs


def width_of(values: FloatArray) -> NDArray[np.int64]:
    """Bytes each account of [account][metric][day] needs a number, missing ones aside."""
    largest = np.fmax.reduce(np.abs(values), axis=(1, 2), initial=0.0)
    with np.errstate(invalid="ignore"):
        is_count = (values.astype(np.uint16) == values) | np.isnan(values)
    is_short = (largest < _MISSING) & is_count.all(axis=(1, 2))
    return np.where(is_short, SHORT, np.where(largest > _WHOLE_IN_FLOAT32, WIDE, NARROW))


def _as_stored(values: FloatArray, width: int) -> NDArray[Any]:
    if width == SHORT:
        values = np.where(np.isnan(values), values.dtype.type(_MISSING), values)
    return values.astype(_KINDS[width], copy=False)


@cache
def _short_numbers() -> NDArray[np.float32]:
    numbers = np.arange(_MISSING + 1, dtype=np.float32)
    numbers[_MISSING] = np.nan
    return numbers
