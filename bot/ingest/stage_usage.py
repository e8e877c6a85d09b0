"""Daily usage of a reading or a large file, brought to matrices by account on disk.

Refuses to hold the file: a piece and one partition of a thousand accounts are in memory.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.feather as feather

from bot.ingest.bulk.layout import BulkPlan
from bot.ingest.bulk.matrices import Matrix, build_matrices, find_partition_repeats
from bot.ingest.bulk.parse import Parsed, PieceParser
from bot.ingest.bulk.pieces import count_lines, cut, lines_at
from bot.ingest.bulk.refusals import refuse_lines
from bot.ingest.bulk.spool import PARTITION, Spool
from bot.ingest.fault import Fault
from bot.ingest.reading import RefusedRow, Tally
from bot.ingest.staged import USAGE, UsageSummary

_EPOCH = date(1970, 1, 1)
Refuse = Callable[[Iterable[RefusedRow]], None]


@dataclass(slots=True)
class UsageStager:
    """Writes `folder`; call one `take_`, then `finish`."""

    folder: Path
    accounts: list[str] = field(default_factory=list)
    named: dict[str, str] = field(default_factory=dict)
    metrics: tuple[str, ...] = ()
    numbers: int = 0
    by_row: bool = False
    days: tuple[int, int] | None = None
    parts: list[tuple[int, int, str, bool]] = field(default_factory=list)

    def take_file(self, plan: BulkPlan, refuse: Refuse) -> Tally:
        """Read the file in pieces; its bad rows go to `refuse` as they are met."""
        tally = Tally(kind=USAGE)
        parser, spool = PieceParser(plan), Spool(self.folder, len(plan.numbers))
        for piece, row, parts in _parsed_ahead(plan, parser):
            for parsed in parts:
                spool.add(parsed)
                _count(tally, parsed)
                if parsed.faults:
                    refuse(refuse_lines(plan, parsed.faults, _lines(piece, row, parsed.faults)))
        self.accounts, self.named = parser.accounts.names, parser.named.by_ref
        self.by_row = plan.value is None
        self.metrics = tuple(parser.metrics.names if plan.value else plan.metrics.values())
        clashes = self._write(spool, len(self.metrics) if plan.value else 1, tally)
        self._refuse_clashes(plan, clashes, tally, refuse)
        return tally

    def take_table(self, table: pd.DataFrame) -> None:
        """Take the facts of a small file, whose repeats are settled already."""
        accounts, account_names = pd.factorize(table["account_ref"])
        metrics, metric_names = pd.factorize(table["metric"])
        values = table["value"].to_numpy(dtype=float).reshape(-1, 1)
        days = np.array([(day - _EPOCH).days for day in table["on"]], np.int32)
        self.accounts, self.metrics = list(map(str, account_names)), tuple(map(str, metric_names))
        spool = Spool(self.folder, 1)
        rows = np.arange(len(table), dtype=np.uint32)
        gone = np.isnan(values)
        spool.add(
            Parsed(
                len(table), rows, accounts.astype(np.int32), metrics.astype(np.int32),
                days, values, gone if gone.any() else None,
            )
        )  # fmt: skip
        self._write(spool, len(self.metrics), Tally())

    def finish(self) -> UsageSummary:
        """Write the list of accounts; what was written in all."""
        names = pa.table({"account_ref": pa.array(self.accounts, pa.string())})
        path = str(self.folder / "accounts.arrow")
        feather.write_feather(names, path, compression="uncompressed")
        first, last = self.days or (None, None)
        return UsageSummary(
            len(self.accounts),
            self.metrics,
            self.numbers,
            None if first is None else _iso(first),
            None if last is None else _iso(last),
            self.by_row,
            tuple(self.parts),
        )

    def _write(self, spool: Spool, metrics: int, tally: Tally) -> dict[int, int]:
        """Matrices of every partition; contradicting rows (row → other row) are left out."""
        clashes: dict[int, int] = {}
        for number, records in spool.partitions():
            repeats = find_partition_repeats(records, metrics)
            tally.duplicates += repeats.duplicates
            clashes |= repeats.clashes
            kept = records if len(repeats.kept) == len(records) else records[repeats.kept]
            tally.parsed += len(kept)
            first = number * PARTITION
            count = min(PARTITION, len(self.accounts) - first)
            for matrix in build_matrices(kept, first, count, metrics, repeats.joined):
                self._save(matrix)
        return clashes

    def _save(self, matrix: Matrix) -> None:
        at = len(self.parts)
        np.save(self.folder / f"{at:06d}.npy", matrix.values)
        if matrix.deleted is not None:
            np.save(self.folder / f"{at:06d}.deleted.npy", matrix.deleted)
        day = matrix.first_day
        accounts, _, span = matrix.values.shape
        has_deleted = matrix.deleted is not None
        self.parts.append((matrix.first_account, accounts, _iso(day), has_deleted))
        self.numbers += int(np.count_nonzero(~np.isnan(matrix.values)))
        first, last = self.days or (day, day)
        self.days = min(first, day), max(last, day + span - 1)

    def _refuse_clashes(
        self, plan: BulkPlan, clashes: Mapping[int, int], tally: Tally, refuse: Refuse
    ) -> None:
        tally.refused += len(clashes)
        lines = lines_at(plan.path, plan.starts_at, plan.first_row, list(clashes))
        faults = {
            row: [(plan.on, Fault("contradiction", {"other": str(other)}))]
            for row, other in sorted(clashes.items())
        }
        refuse(refuse_lines(plan, faults, lines))


def _parsed_ahead(plan: BulkPlan, parser: PieceParser) -> Iterator[tuple[bytes, int, list[Parsed]]]:
    """(piece, its first row, its parts): the next is parsed while the last is put aside."""
    row = plan.first_row
    waiting: tuple[bytes, int, Future[list[Callable[[], Parsed]]]] | None = None
    with ThreadPoolExecutor(1) as pool:
        for piece in cut(plan.path, plan.starts_at):
            coming = piece, row, pool.submit(parser.parse, piece, row)
            if waiting:
                yield waiting[0], waiting[1], [settle() for settle in waiting[2].result()]
            waiting, row = coming, row + count_lines(piece)
        if waiting:
            yield waiting[0], waiting[1], [settle() for settle in waiting[2].result()]


def _count(tally: Tally, parsed: Parsed) -> None:
    tally.rows += parsed.lines
    tally.refused += len(parsed.faults)
    tally.blank += parsed.blank
    tally.totals += parsed.totals
    tally.remarks += parsed.remarks


def _lines(piece: bytes, first_row: int, rows: Iterable[int]) -> dict[int, str]:
    lines = piece.split(b"\n")
    return {row: lines[row - first_row].decode("utf-8", "replace") for row in rows}


def _iso(day: int) -> str:
    return (_EPOCH + timedelta(days=day)).isoformat()
