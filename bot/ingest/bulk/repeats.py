"""Rows of one account, metric and day that are there twice.

Equal ones count once; ones that complete each other are joined; ones that contradict each other
are all refused, since nothing says which is right.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from bot.ingest.bulk.spool import Records

_DENSE = 50_000_000  # bytes of marks
Keys = npt.NDArray[np.int64]


@dataclass(slots=True)
class Repeats:
    """Indexes of records to keep, how many were equal repeats, and row → other row of clashes.

    `joined`: some of the kept complete each other, so one cell's key is there more than once.
    """

    kept: npt.NDArray[np.int64]
    joined: bool = False
    duplicates: int = 0
    clashes: dict[int, int] = field(default_factory=dict)


def find_repeats(records: Records, keys: Keys) -> Repeats:
    """`keys` number the cell (account, metric, day) of each record."""
    if _all_differ(keys):
        return Repeats(np.arange(len(records)))
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    same_key = ordered[1:] == ordered[:-1]
    repeat = np.zeros(len(records), bool)
    repeat[1:] = same_key & _equal(records[order[1:]], records[order[:-1]])
    found = Repeats(np.zeros(0, np.int64), duplicates=int(repeat.sum()))
    left = order[~repeat]
    drop: set[int] = set()
    for group in _groups(left, keys[left]):
        if _clash(records[group]):
            drop.update(group.tolist())
            found.clashes |= _named(records, group)
        else:
            found.joined = True
    kept = np.setdiff1d(left, list(drop)) if drop else np.sort(left)
    found.kept = kept
    return found


def _all_differ(keys: Keys) -> bool:
    """Marking is five times as fast as sorting, where the range of keys is dense."""
    if not len(keys):
        return True
    least, most = int(keys.min()), int(keys.max())
    if most - least > _DENSE:
        return len(np.unique(keys)) == len(keys)
    marks = np.zeros(most - least + 1, bool)
    marks[keys - least] = True
    return int(np.count_nonzero(marks)) == len(keys)


def _equal(one: Records, two: Records) -> npt.NDArray[np.bool_]:
    values = (one["values"] == two["values"]) | (np.isnan(one["values"]) & np.isnan(two["values"]))
    same: npt.NDArray[np.bool_] = (values & (one["deleted"] == two["deleted"])).all(axis=1)
    return same


def _groups(left: Keys, keys: Keys) -> Iterator[Keys]:
    """Groups of at least two indexes with one key; `keys` are sorted."""
    edges = np.flatnonzero(np.diff(keys)) + 1
    sizes = np.diff([0, *edges, len(keys)])
    starts = np.concatenate([[0], edges])
    for start, size in zip(starts[sizes > 1], sizes[sizes > 1], strict=True):
        yield left[start : start + size]


def _clash(group: Records) -> bool:
    """Whether two records tell one number differently."""
    for column in range(group["values"].shape[1]):
        values, deleted = group["values"][:, column], group["deleted"][:, column]
        told = values[~np.isnan(values)]
        if len(set(told.tolist())) > 1 or (len(told) and deleted.any()):
            return True
    return False


def _named(records: Records, group: Keys) -> dict[int, int]:
    rows = [int(records["row"][at]) for at in group]
    return {row: rows[1] if row == rows[0] else rows[0] for row in rows}
