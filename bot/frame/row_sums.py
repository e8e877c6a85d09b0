"""Sums over the days of many accounts that are the same to the last bit in whatever company.

A matrix product adds in another order at the edges of its matrix, so that an account's sum would
hang on who else is in the block. Here every product has the same shape.
"""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

# Whole tiles for the kernels there are, which take 2 to 24 rows and up to 8 columns at a time.
_ROWS, _COLUMNS = 192, 8


def sum_rows(values: FloatArray, weights: FloatArray) -> FloatArray:
    """`values` [account][day] times `weights` [day][column], summed over the days."""
    columns = weights.shape[1]
    wide = np.zeros((len(weights), -(-columns // _COLUMNS) * _COLUMNS))
    wide[:, :columns] = weights
    count = len(values) // _ROWS
    whole = count * _ROWS
    sums = np.empty((len(values), wide.shape[1]))
    tiles = values[:whole].reshape(count, _ROWS, values.shape[1])
    np.matmul(tiles, wide, out=sums[:whole].reshape(count, _ROWS, wide.shape[1]))
    last = np.zeros((_ROWS, values.shape[1]))
    last[: len(values) - whole] = values[whole:]
    sums[whole:] = (last @ wide)[: len(values) - whole]
    return sums[:, :columns]
