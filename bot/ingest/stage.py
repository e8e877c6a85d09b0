"""Facts of a reading written to a folder outside the database, to be applied block by block.

Refuses to leave half a staging behind as a whole one: the report is written last.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.feather as feather

from bot.ingest.reading import AccountRef, Reading, RefusedRow
from bot.ingest.stage_usage import UsageStager
from bot.ingest.staged import REFUSED, REPORT, USAGE, Report, Staged, UsageSummary

_KEPT_REFUSALS = 200  # in the report; the file of refused rows holds all


class RefusedLog:
    """The file of refused rows, written as they come; counts codes and keeps the first few."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8")
        self.codes: Counter[str] = Counter()
        self.first: list[RefusedRow] = []
        self.rows = 0

    def add(self, rows: Iterable[RefusedRow]) -> None:
        """Append rows."""
        for row in rows:
            self._file.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")
            self.codes.update(refusal.code for refusal in row.refusals)
            self.rows += 1
            if len(self.first) < _KEPT_REFUSALS:
                self.first.append(row)

    def close(self) -> None:
        """Flush to the disk."""
        self._file.close()


def stage(reading: Reading, folder: Path) -> Staged:
    """Write the facts of `reading` to `folder`, which is made, and must not hold a staging yet.

    A large regular file is read here, in pieces; its counts join those of the reading.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / REPORT).exists():
        raise FileExistsError(f"{folder} holds a staging; open it or choose another folder")
    log = RefusedLog(folder / REFUSED)
    log.add(reading.refused_rows)
    facts = _write_tables(reading, folder)
    usage = _write_usage(reading, folder, log)
    if usage:
        facts[USAGE] = usage.accounts
    log.close()
    report = Report(
        fingerprint=reading.fingerprint,
        mapping=reading.mapping,
        unmapped=reading.unmapped,
        answers=reading.answers,
        questions=reading.questions,
        notes=reading.notes,
        tallies=reading.tallies,
        file_refusals=reading.file_refusals,
        refused_rows=log.rows,
        codes=dict(log.codes),
        first_refused=log.first,
        facts=facts,
        refs=list(reading.refs.values()),
        usage=usage,
    )
    report.save(folder / REPORT)
    return Staged(folder, report)


def _write_tables(reading: Reading, folder: Path) -> dict[str, int]:
    facts: dict[str, int] = {}
    for kind, table in reading.tables.items():
        if kind != USAGE:
            _write(table, folder / f"{kind}.arrow")
            facts[kind] = len(table)
    return facts


def _write(table: pd.DataFrame, path: Path) -> None:
    columns = {str(name): pa.array(table[name].tolist()) for name in table.columns}
    feather.write_feather(pa.table(columns), str(path), compression="uncompressed")


def _write_usage(reading: Reading, folder: Path, log: RefusedLog) -> UsageSummary | None:
    table = reading.tables.get(USAGE)
    if reading.bulk is None and table is None:
        return None
    stager = UsageStager(folder / USAGE)
    if reading.bulk:
        tally = stager.take_file(reading.bulk, log.add)
        reading.tallies.append(tally)
        reading.refs |= {ref: AccountRef(ref, name) for ref, name in stager.named.items()}
    elif table is not None:
        stager.take_table(table)
    return stager.finish()
