"""What a score row's `details` holds, read without numpy.

Four bytes: layout, variant (from 0), cap that lowered the score (0 none, else from 1), spare.
Then, per measure of the document in its order, value and points as little-endian float32; NaN
points of a measure that has a value say that the value was too old, NaN for both that none is
known (or that the variant does not use the measure).
"""

import math
import struct
from dataclasses import dataclass

LAYOUT = 1
HEAD = struct.Struct("<BBBB")
PAIR = struct.Struct("<ff")


@dataclass(frozen=True)
class Detail:
    """One measure: its value, and the points it brought against the neutral score."""

    measure: str
    value: float | None
    points: float | None


@dataclass(frozen=True)
class Details:
    """`cap` is the place of the cap that lowered the score among the variant's caps, or None."""

    variant: int
    cap: int | None
    measures: tuple[Detail, ...]


def unpack_details(packed: bytes, names: tuple[str, ...]) -> Details:
    """The details of a score made with a document whose `measures()` are `names`."""
    layout, variant, cap, _ = HEAD.unpack_from(packed)
    if layout != LAYOUT or len(packed) != HEAD.size + PAIR.size * len(names):
        raise ValueError("these details were made with another model version")
    pairs = PAIR.iter_unpack(packed[HEAD.size :])
    measures = tuple(
        Detail(name, _known(value), _known(points))
        for name, (value, points) in zip(names, pairs, strict=True)
    )
    return Details(variant, cap - 1 if cap else None, measures)


def _known(number: float) -> float | None:
    return None if math.isnan(number) else number
