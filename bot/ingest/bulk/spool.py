"""Rows of usage put aside by account, on disk, until the whole file has been seen.

Refuses to grow in memory: rows leave with every piece.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.ingest.bulk.parse import Parsed

PARTITION = 1000  # accounts per partition: a writing unit holds at most so many rows
Records = npt.NDArray[np.void]


class Spool:
    """Files of records in `folder`, one per thousand accounts in order of first appearance.

    `columns` is how many numbers a record carries: one in long files, one per metric in wide.
    """

    def __init__(self, folder: Path, columns: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._type = np.dtype(
            [
                ("values", "<f8", (columns,)),
                ("account", "<i4"),
                ("metric", "<i4"),
                ("day", "<i4"),
                ("row", "<u4"),
                ("deleted", "?", (columns,)),
            ],
            align=True,
        )
        self._partitions = 0

    def add(self, parsed: Parsed) -> None:
        """Append rows to the files of their accounts."""
        if not len(parsed.rows):
            return
        partition = parsed.accounts // PARTITION
        order = np.argsort(partition.astype(np.uint16), kind="stable")
        records = self._records(parsed, order)
        first, last = int(partition.min()), int(partition.max())
        edges = np.searchsorted(partition[order], np.arange(first, last + 2))
        for number, start, end in zip(range(first, last + 1), edges, edges[1:], strict=False):
            if end > start:
                with self._path(number).open("ab") as file:
                    records[start:end].tofile(file)
        self._partitions = max(self._partitions, last + 1)

    def partitions(self) -> Iterator[tuple[int, Records]]:
        """(number, records in file order) of each partition; its file is removed afterwards."""
        for number in range(self._partitions):
            path = self._path(number)
            records = np.fromfile(path, self._type) if path.exists() else self._none()
            yield number, records
            path.unlink(missing_ok=True)

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:06d}.spool"

    def _none(self) -> Records:
        return np.zeros(0, self._type)

    def _records(self, parsed: Parsed, order: npt.NDArray[np.int64]) -> Records:
        """Rows in `order`; column by column, which is faster than moving whole records."""
        records = np.empty(len(order), self._type)
        records["account"], records["metric"] = parsed.accounts[order], parsed.metrics[order]
        records["day"], records["row"] = parsed.days[order], parsed.rows[order]
        records["values"] = parsed.values[order]
        records["deleted"] = False if parsed.deleted is None else parsed.deleted[order]
        return records
