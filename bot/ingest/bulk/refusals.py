"""Refused rows of a large file, told like those of a small one."""

import csv
from collections.abc import Iterator, Mapping, Sequence

from bot.ingest.bulk.layout import BulkPlan
from bot.ingest.fault import Fault
from bot.ingest.reading import RefusedRow, refuse_row


def refuse_lines(
    plan: BulkPlan,
    faults: Mapping[int, Sequence[tuple[str, Fault]]],
    lines: Mapping[int, str],
) -> Iterator[RefusedRow]:
    """A refused row for each row number in `faults`, in order; `lines` holds their texts."""
    for row in sorted(faults):
        yield refuse_row(row, "", _cells(plan, lines.get(row, "")), faults[row])


def _cells(plan: BulkPlan, line: str) -> dict[str, str]:
    cells = next(csv.reader([line.rstrip("\r\n")], delimiter=plan.delimiter), [])
    names = [*plan.names, *[f"#{at}" for at in range(len(plan.names) + 1, len(cells) + 1)]]
    return dict(zip(names, cells, strict=False))
