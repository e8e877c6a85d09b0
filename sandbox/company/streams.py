"""Random numbers that stay the same whatever else is drawn.

Every idea has its own stream, named by words: a longer future or one more account changes
nothing of what was drawn for the others.
"""

import zlib
from collections.abc import Sequence
from typing import TypeVar

import numpy as np

T = TypeVar("T")


def open_stream(seed: int, *words: str) -> np.random.Generator:
    """The stream of a seed and the words that name what is drawn."""
    return np.random.default_rng([seed, *(zlib.crc32(word.encode()) for word in words)])


def pick(stream: np.random.Generator, choices: Sequence[T]) -> T:
    """One of the choices, each as likely."""
    return choices[int(stream.integers(len(choices)))]
