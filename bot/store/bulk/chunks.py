"""How usage lies in a chunk: which days, which order, how many bytes a number."""

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32] | NDArray[np.float64]

# A window of 90 days touches two or three chunks, and a day added rewrites 256 bytes a metric.
CHUNK_DAYS = 64
_EPOCH = date(2000, 1, 1)
# float32 holds every whole number up to here.
_WHOLE_IN_FLOAT32 = 2**24
NARROW, WIDE = 4, 8


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


def unpack(packed: bytes, width: int, metric_count: int) -> NDArray[np.floating]:
    """[chunk][metric][day of the chunk] of chunks in a row that share width and metric set."""
    kind = "<f4" if width == NARROW else "<f8"
    return np.frombuffer(packed, dtype=kind).reshape(-1, metric_count, CHUNK_DAYS)


def pack(values: FloatArray, widths: NDArray[np.int64]) -> list[bytes]:
    """One blob per account of `values` [account][metric][day]."""
    if not (widths == WIDE).any():
        # Cut out of one buffer: a tenth of the time of converting row by row.
        whole = values.astype("<f4", copy=False).tobytes()
        size = len(whole) // max(1, len(values))
        return [whole[at : at + size] for at in range(0, len(whole), size)]
    return [
        row.astype("<f4" if width == NARROW else "<f8").tobytes()
        for row, width in zip(values, widths.tolist(), strict=True)
    ]


def width_of(values: FloatArray) -> NDArray[np.int64]:
    """Bytes each account of [account][metric][day] needs a number, missing ones aside."""
    largest = np.fmax.reduce(np.abs(values), axis=(1, 2), initial=0.0)
    return np.where(largest > _WHOLE_IN_FLOAT32, WIDE, NARROW)
