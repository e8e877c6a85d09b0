"""Scores as a run packs them: values and points by measure, made with the shipped model."""

from bot.health.details import HEAD, LAYOUT, PAIR
from bot.health.model import load_default

NAN = float("nan")
Values = dict[str, tuple[float, float]]


def pack_measures(values: Values, cap: int = 0, variant: int = -1) -> bytes:
    """Details of a score; `cap` counts the variant's caps from 1, `variant` is its place."""
    document = load_default()
    place = variant % len(document.variants)
    pairs = [PAIR.pack(*values.get(name, (NAN, NAN))) for name in document.measures()]
    return HEAD.pack(LAYOUT, place, cap, 0) + b"".join(pairs)
