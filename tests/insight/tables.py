"""Made tables whose truth is known: what drives leaving, what only goes along with it."""

from functools import cache

import numpy as np
import pandas as pd
from scipy.special import expit

from bot.insight.column import Flags, Floats


def draw_happened(rng: np.random.Generator, chances: Floats) -> Flags:
    """Whether it happened, by lot with each row's own chance."""
    drawn: Flags = rng.random(len(chances)) < chances
    return drawn


@cache
def _made(count: int, seed: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    segment = rng.choice(["SMB", "Mid", "Enterprise"], count, p=[0.5, 0.3, 0.2])
    small = np.where(segment == "SMB", 1.0, np.where(segment == "Mid", 0.0, -1.0))
    seats = np.exp(rng.normal(3 - small, 0.6, count)).round() + 1
    logins = rng.normal(0, 1, count)
    happened = draw_happened(rng, expit(-1.3 + 1.1 * small - 1.2 * logins))
    return pd.DataFrame(
        {
            "customer_id": [f"C{at:05d}" for at in range(count)],
            "segment": segment,
            "seats": seats,
            "logins": logins,
            "active_days": logins * 2 + rng.normal(0, 0.4, count),
            "exports": 0.5 * logins + rng.normal(0, 1, count),
            "storage": seats * np.exp(rng.normal(0, 0.25, count)),
            "plan": np.where(rng.random(count) < expit(logins), "annual", "monthly"),
            "weather": rng.normal(0, 1, count),
            "colour": rng.choice(["red", "green", "blue"], count),
            "churned": np.where(happened, "yes", "no"),
        }
    )


def company(count: int = 1200, seed: int = 3) -> pd.DataFrame:
    """Logins and the segment drive leaving; the rest follows from them or from nothing.

    `active_days` is logins again, `exports` and `plan` go along with logins, `storage` with seats,
    seats with the segment; `weather` and `colour` are noise.
    """
    return _made(count, seed).copy()


def happened_in(table: pd.DataFrame) -> Flags:
    """The outcome of `company` as flags."""
    return np.asarray(table["churned"].eq("yes").to_numpy(dtype=bool))
