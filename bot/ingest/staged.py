"""A staging: facts on disk, ready to be applied in blocks from any offset on.

Refuses a folder whose report is missing: its writing did not end.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.feather as feather

from bot.ingest.bulk.matrices import Values
from bot.ingest.grid import Note
from bot.ingest.reading import AccountRef, Question, Refusal, RefusedRow, Tally

REPORT = "report.json"
REFUSED = "refused.jsonl"
USAGE = "usage_daily"
BLOCK = 1000  # rows or accounts: what one writing unit may hold


@dataclass(frozen=True, slots=True)
class UsageSummary:
    """What the matrices hold.  `parts` are (first account, accounts, first day as ISO, has
    deletions) of each file; `numbers` counts values, `by_row` is whether a source row was one
    account and day (wide) rather than one number (long).
    """

    accounts: int
    metrics: tuple[str, ...]
    numbers: int
    first_on: str | None
    last_on: str | None
    by_row: bool
    parts: tuple[tuple[int, int, str, bool], ...]


@dataclass(slots=True)
class Report:
    """All that is said of a file before anything is stored."""

    fingerprint: str = ""
    mapping: dict[str, str] = field(default_factory=dict)
    unmapped: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    tallies: list[Tally] = field(default_factory=list)
    file_refusals: list[Refusal] = field(default_factory=list)
    refused_rows: int = 0
    codes: dict[str, int] = field(default_factory=dict)
    first_refused: list[RefusedRow] = field(default_factory=list)
    facts: dict[str, int] = field(default_factory=dict)
    refs: list[AccountRef] = field(default_factory=list)
    usage: UsageSummary | None = None

    def count(self, name: str) -> int:
        """A count of `Tally` over all sheets."""
        return sum(getattr(tally, name) for tally in self.tallies)

    def save(self, path: Path) -> None:
        """Write as JSON, whole or not at all."""
        part = path.with_suffix(".part")
        part.write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")
        part.replace(path)


@dataclass(frozen=True, slots=True)
class FactBlock:
    """Rows `offset` to `next_offset` of a kind, each a mapping from field to value."""

    kind: str
    offset: int
    next_offset: int
    rows: list[dict[str, object]]


@dataclass(frozen=True, slots=True)
class UsageBlock:
    """Usage of the accounts `offset` to `next_offset`, in the file's order of first appearance.

    `values` is [account][metric][day] from `first_on` on, float32, or float64 where numbers pass
    16.7 million; NaN where the file says nothing.  `deleted` marks numbers to delete, if any.
    """

    offset: int
    next_offset: int
    account_refs: list[str]
    metrics: tuple[str, ...]
    first_on: date
    values: Values
    deleted: npt.NDArray[np.bool_] | None


@dataclass(frozen=True, slots=True)
class Staged:
    """The staging in `folder`; `report` is what a person decides by."""

    folder: Path
    report: Report

    @classmethod
    def open(cls, folder: Path) -> "Staged":
        """The staging written to `folder`; FileNotFoundError where its writing did not end."""
        text = (folder / REPORT).read_text(encoding="utf-8")
        return cls(folder, _loaded(json.loads(text)))

    def blocks(self, kind: str, start: int = 0) -> Iterator[FactBlock]:
        """Facts of a kind other than daily usage, from row `start` on."""
        table = self._table(self.folder / f"{kind}.arrow")
        for at in range(start, table.num_rows, BLOCK):
            rows = table.slice(at, BLOCK).to_pylist()
            yield FactBlock(kind, at, at + len(rows), rows)

    def usage_blocks(self, start: int = 0) -> Iterator[UsageBlock]:
        """Daily usage from account `start` on; `start` is some block's `next_offset`, or 0."""
        usage = self.report.usage
        if usage is None:
            return
        refs = self._table(self.folder / USAGE / "accounts.arrow").column(0)
        for at, part in enumerate(usage.parts):
            if part[0] >= start:
                yield self._usage_block(usage, at, part, refs.slice(part[0], part[1]).to_pylist())

    def account_refs(self, start: int = 0, count: int | None = None) -> list[str]:
        """References of accounts with daily usage, in the order of the blocks."""
        if self.report.usage is None:
            return []
        table = self._table(self.folder / USAGE / "accounts.arrow")
        refs: list[str] = table.slice(start, count).column(0).to_pylist()
        return refs

    def refused_rows(self) -> Iterator[RefusedRow]:
        """Every refused row, in file order but for contradictions, which come last."""
        with (self.folder / REFUSED).open(encoding="utf-8") as lines:
            for line in lines:
                yield _refused_row(json.loads(line))

    def sample(self, kind: str, count: int = 3) -> list[dict[str, object]]:
        """The first facts of a kind."""
        return next((block.rows[:count] for block in self.blocks(kind)), [])

    def _usage_block(
        self, usage: UsageSummary, at: int, part: tuple[int, int, str, bool], refs: list[str]
    ) -> UsageBlock:
        first, accounts, day, has_deleted = part
        folder = self.folder / USAGE
        return UsageBlock(
            first,
            first + accounts,
            refs,
            usage.metrics,
            date.fromisoformat(day),
            np.load(folder / f"{at:06d}.npy"),
            np.load(folder / f"{at:06d}.deleted.npy") if has_deleted else None,
        )

    @staticmethod
    def _table(path: Path) -> pa.Table:
        return feather.read_table(str(path), memory_map=True)


def _loaded(held: dict[str, Any]) -> Report:
    """The report as `Report.save` wrote it."""
    usage = held["usage"]
    if usage:
        parts = tuple(tuple(part) for part in usage["parts"])
        usage = UsageSummary(**{**usage, "metrics": tuple(usage["metrics"]), "parts": parts})
    made = {
        "usage": usage,
        "questions": [
            Question(**{**each, "options": tuple(each["options"])}) for each in held["questions"]
        ],
        "notes": [Note(**each) for each in held["notes"]],
        "tallies": [Tally(**each) for each in held["tallies"]],
        "file_refusals": [Refusal(**each) for each in held["file_refusals"]],
        "first_refused": [_refused_row(each) for each in held["first_refused"]],
        "refs": [AccountRef(**each) for each in held["refs"]],
    }
    return Report(**{**held, **made})


def _refused_row(held: dict[str, Any]) -> RefusedRow:
    refusals = tuple(Refusal(**each) for each in held["refusals"])
    return RefusedRow(held["row"], held["sheet"], held["cells"], refusals)
