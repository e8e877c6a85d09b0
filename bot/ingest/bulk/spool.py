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
    """Files of records in `folder`, by thousand accounts in order of first appearance.

    `columns` is how many numbers a record carries: one in long files, one per metric in wide.
    Numbers that four bytes hold exactly are written in four, which most are.
    """

    def __init__(self, folder: Path, columns: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._types = {size: _record_type(columns, size) for size in (4, 8)}
        self._partitions = 0

    def add(self, parsed: Parsed) -> None:
        """Append rows to the files of their accounts."""
        if not len(parsed.rows):
            return
        partition = parsed.accounts // PARTITION
        order = np.argsort(partition.astype(np.uint16), kind="stable")
        size = _size_of(parsed.values)
        records = self._records(parsed, order, size)
        first, last = int(partition.min()), int(partition.max())
        edges = np.searchsorted(partition[order], np.arange(first, last + 2))
        for number, start, end in zip(range(first, last + 1), edges, edges[1:], strict=False):
            if end > start:
                with self._path(number, size).open("ab") as file:
                    records[start:end].tofile(file)
        self._partitions = max(self._partitions, last + 1)

    def partitions(self) -> Iterator[tuple[int, Records]]:
        """(number, records in file order) of each partition; its files are removed afterwards."""
        for number in range(self._partitions):
            yield number, self._read(number)
            for size in self._types:
                self._path(number, size).unlink(missing_ok=True)

    def _read(self, number: int) -> Records:
        held = [
            np.fromfile(self._path(number, size), kind)
            for size, kind in self._types.items()
            if self._path(number, size).exists()
        ]
        if len(held) == 1:
            return held[0]
        wide = [records.astype(self._types[8]) for records in held]
        whole = np.concatenate(wide) if wide else np.zeros(0, self._types[8])
        return whole[np.argsort(whole["row"], kind="stable")]

    def _path(self, number: int, size: int) -> Path:
        return self._folder / f"{number:06d}.{size}.spool"

    def _records(self, parsed: Parsed, order: npt.NDArray[np.int64], size: int) -> Records:
        """Rows in `order`; column by column, which is faster than moving whole records."""
        records = np.empty(len(order), self._types[size])
        records["account"], records["metric"] = parsed.accounts[order], parsed.metrics[order]
        records["day"], records["row"] = parsed.days[order], parsed.rows[order]
        records["values"] = parsed.values[order]
        records["deleted"] = False if parsed.deleted is None else parsed.deleted[order]
        return records


def _record_type(columns: int, size: int) -> np.dtype[np.void]:
    return np.dtype(
        [
            ("values", f"<f{size}", (columns,)),
            ("account", "<i4"),
            ("metric", "<i4"),
            ("day", "<i4"),
            ("row", "<u4"),
            ("deleted", "?", (columns,)),
        ],
        align=True,
    )


def _size_of(values: npt.NDArray[np.float64]) -> int:
    """Bytes a number needs: four where no digit is lost."""
    with np.errstate(over="ignore"):
        kept = values.astype(np.float32)
    return 4 if ((kept == values) | np.isnan(values)).all() else 8
