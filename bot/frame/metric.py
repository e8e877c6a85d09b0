"""A usage metric of a block: how its days may be put together, and which of them came whole."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.core.metrics import MetricKind

BoolArray = NDArray[np.bool_]


@dataclass(frozen=True)
class Metric:
    """A metric of the block. `late_days`: business days its source is behind the run."""

    name: str
    kind: MetricKind
    is_key: bool
    says_zero: bool
    whole: BoolArray
    late_days: int
