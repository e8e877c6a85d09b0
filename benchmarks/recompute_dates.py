"""The day of the benchmark's run, and days before it."""

from datetime import date, timedelta

import numpy as np

RUN_ON = date(2026, 11, 20)


def days_before(stream: np.random.Generator, count: int, most: int, least: int = 1) -> list[str]:
    """`count` days, each at least `least` and less than `most` days before the run."""
    ages = stream.integers(least, most, count).tolist()
    return [(RUN_ON - timedelta(days=age)).isoformat() for age in ages]
