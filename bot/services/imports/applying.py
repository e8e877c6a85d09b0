"""Applies a confirmed file in short transactions. Killed at any moment, it goes on where it was.

Every block is compared with what is stored before it is written, so that going over a block again
writes nothing. Runs in the child process alone.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import select

from bot.core.import_report import ImportReport, KindCount
from bot.ingest.reading import Reading
from bot.ingest.staged import Staged
from bot.services.imports import batches
from bot.services.imports.contract_numbers import adopt_numbers, number_contracts
from bot.services.imports.derive import derive
from bot.services.imports.drops import discard_staging
from bot.services.imports.late import mark_accounts
from bot.services.imports.linking import Links, load_links
from bot.services.imports.opening import USAGE, Opened
from bot.services.imports.people import keep_leads, with_people
from bot.services.imports.reading import Linked, count_kind, link_tables
from bot.services.imports.rows import build_rows, compare
from bot.services.imports.said_touches import with_said
from bot.services.imports.staged_usage import link_staged
from bot.services.imports.targets import ORDER, TARGETS
from bot.services.imports.unlinked import keep_unlinked
from bot.services.imports.usage_blocks import UsageBlock, cut_blocks
from bot.store.base import IdSource
from bot.store.bulk import rows as bulk
from bot.store.bulk.touched import mark_touched
from bot.store.bulk.usage import write_usage
from bot.store.tables import AccountAlias, Incident, IncidentAccount, SavedMapping
from bot.store.unit import Store, Unit

ROWS_A_BLOCK = 1_000
# A writing unit of so many chunks of five metrics takes some 40 ms.
CHUNKS_A_BLOCK = 2_000
# Between two writing units somebody else must get in: SQLite lets one writer at a time, and those
# who wait look again every tenth of a second at the latest.
_PAUSE_SHARE, _SHORTEST_PAUSE, _LONGEST_PAUSE = 0.05, 0.001, 0.02
Progress = Callable[[int, int], None]


@dataclass
class Applying:
    """One batch on its way into the tables."""

    store: Store
    workspace_id: int
    batch_id: int
    opened: Opened
    today: date
    tell: Progress
    ids: IdSource
    done: int = 0
    total: int = 1

    @property
    def reading(self) -> Reading:
        """What the file says."""
        return self.opened.reading

    def run(self, report: ImportReport) -> ImportReport:
        """Write everything; the report as it turned out."""
        with self.store.reading(self.workspace_id) as unit:
            is_resumed = batches.get_batch(unit, self.batch_id).applied_rows > 0
        if self.opened.staged is not None:
            self._write_staged(self.opened.staged)
            return self._finish(report)
        counts = tuple(self._write_tables())
        # Counted again after a kill, what went in before it would pass for unchanged.
        return self._finish(report if is_resumed else replace(report, counts=counts))

    def _write_tables(self) -> Iterator[KindCount]:
        self.total = max(1, sum(len(frame) for frame in self.reading.tables.values()))
        for kind in ORDER:
            if kind not in self.reading.tables:
                continue
            linked = self._link(kind)
            yield self._count(kind, linked)
            self._write(kind, linked.tables[kind])

    def _write_staged(self, staged: Staged) -> None:
        """Go on from the last committed block; a staging made anew is gone through from 0."""
        with self.store.reading(self.workspace_id) as unit:
            usage = link_staged(unit, staged, self.opened.refs())
            if self.opened.is_resumed:
                self.done = batches.get_batch(unit, self.batch_id).applied_rows
        self.total = max(1, len(usage.ids))
        for done, block in usage.blocks(self.done, CHUNKS_A_BLOCK):
            self._keep_usage(block, done - self.done)

    @contextmanager
    def _writing(self, rows: int) -> Iterator[Unit]:
        """A writing unit that commits with it how far the batch has come; then a pause."""
        began = self.store.clock.elapsed()
        with self.store.writing(self.workspace_id) as unit:
            yield unit
            batches.step(unit, self.batch_id, self.done + rows, self.total)
        self.done += rows
        spent = self.store.clock.elapsed() - began
        time.sleep(min(_LONGEST_PAUSE, max(_SHORTEST_PAUSE, spent * _PAUSE_SHARE)))
        self.tell(min(self.done, self.total), self.total)

    def _link(self, kind: str) -> Linked:
        """Linked late: a workbook may bring the account and its contract together."""
        with self.store.reading(self.workspace_id) as unit:
            links = load_links(unit)
        only = replace(self.reading, tables={kind: self.reading.tables[kind]})
        return link_tables(only, links)

    def _count(self, kind: str, linked: Linked) -> KindCount:
        with self.store.reading(self.workspace_id) as unit:
            return count_kind(unit, kind, linked.tables[kind])

    def _write(self, kind: str, frame: pd.DataFrame) -> None:
        if kind != USAGE:
            self._write_rows(kind, frame)
            return
        for block in cut_blocks(frame):
            self._keep_usage(block, int(block.said.sum()))

    def _keep_usage(self, block: UsageBlock, rows: int) -> None:
        with self._writing(rows) as unit:
            write_usage(
                unit, block.metrics, block.account_ids, block.first_on, block.values, block.said
            )

    def _write_rows(self, kind: str, frame: pd.DataFrame) -> None:
        target = TARGETS[kind]
        if kind == "contracts":
            frame = self._number(frame)
        with self.store.reading(self.workspace_id) as unit:
            known = with_said(unit, kind, with_people(unit, kind, frame))
            rows = build_rows(target, known)
            found = compare(unit, target, rows)
        writes = found.rows
        self.done += len(rows) - len(writes)
        for start in range(0, len(writes), ROWS_A_BLOCK):
            block = writes[start : start + ROWS_A_BLOCK]
            with self._writing(len(block)) as unit:
                self._write_block(unit, kind, block)
                mark_accounts(unit, kind, block, {each - start for each in found.corrected})
        with self._writing(0) as unit:
            self._follow(unit, kind, frame)

    def _number(self, contracts: pd.DataFrame) -> pd.DataFrame:
        """The contracts under their numbers; those that stood without one have it from here on."""
        with self.store.reading(self.workspace_id) as unit:
            numbered = number_contracts(unit, contracts)
        with self._writing(0) as unit:
            adopt_numbers(unit, numbered.adopted)
        return numbered.rows

    def _write_block(self, unit: Unit, kind: str, block: Sequence[Mapping[str, Any]]) -> None:
        target = TARGETS[kind]
        known = {"known_at": unit.at} if target.has_known_at else {}
        bulk.upsert(unit, target.model, target.key, [{**row, **known} for row in block], self.ids)

    def _follow(self, unit: Unit, kind: str, frame: pd.DataFrame) -> None:
        """What a kind brings beside its own rows."""
        if kind == "members":
            keep_leads(unit, frame)
        elif kind == "accounts":
            learn_aliases(unit, frame, load_links(unit), self.ids)
        elif kind == "incidents":
            self._keep_hits(unit, frame)
        if kind in ("members", "rates", "accounts", "contracts", "outcomes"):
            derive(unit, self.today)

    def _keep_hits(self, unit: Unit, frame: pd.DataFrame) -> None:
        refs = {one.ref: one.id for one in unit.session.scalars(select(Incident))}
        links = load_links(unit)
        named = frame[frame["account_ref"].notna()]
        rows: list[dict[str, Any]] = [
            {"incident_id": refs[str(ref)], "account_id": links.by_ref[said], "known_at": unit.at}
            for ref, said in zip(
                named["incident_ref"], named["account_ref"].astype(str), strict=True
            )
            if said in links.by_ref
        ]
        bulk.upsert(unit, IncidentAccount, ("incident_id", "account_id"), rows, self.ids)
        mark_touched(unit, {row["account_id"] for row in rows}, "incidents")

    def _finish(self, report: ImportReport) -> ImportReport:
        with self.store.writing(self.workspace_id) as unit:
            save_mapping(unit, self.opened)
            unknown = derive(unit, self.today).unknown_owners if self._has_owners() else ()
            made = replace(report, unknown_owners=unknown, questions=(), settled=(), waiting=0)
            keep_unlinked(unit, made, self.batch_id)
            batches.end(unit, self.batch_id, batches.APPLIED, made)
        if self.opened.staged is not None:
            discard_staging(self.opened.staged.folder)
        return made

    def _has_owners(self) -> bool:
        return not {"accounts", "members"}.isdisjoint(self.opened.kinds())


def learn_aliases(unit: Unit, frame: pd.DataFrame, links: Links, ids: IdSource) -> None:
    """Other ids that the customer list gives: the product's tenant, the billing code."""
    rows = {}
    for source in ("tenant", "billing"):
        column = f"{source}_ref"
        said = frame[frame[column].notna()] if column in frame else frame.head(0)
        for own, other in zip(said["account_ref"], said.get(column, []), strict=True):
            account_id = links.by_ref.get(str(own))
            if account_id is not None and str(other) not in links.by_ref:
                rows[str(other)] = {
                    "account_id": account_id,
                    "source": source,
                    "ref": str(other),
                    "known_at": unit.at,
                }
    bulk.upsert(unit, AccountAlias, ("ref",), list(rows.values()), ids)


def save_mapping(unit: Unit, opened: Opened) -> None:
    """Understand the source the same way next time."""
    reading, kinds = opened.reading, opened.kinds()
    if not reading.fingerprint or not reading.mapping:
        return
    kept = unit.session.scalars(
        select(SavedMapping).filter_by(fingerprint=reading.fingerprint)
    ).one_or_none()
    if kept is None:
        kept = SavedMapping(fingerprint=reading.fingerprint)
        unit.add(kept)
    # A workbook of several kinds is told apart by its sheets again next time.
    kept.kind = kinds[0] if len(kinds) == 1 else ""
    kept.mapping, kept.answers = dict(reading.mapping), dict(reading.answers)
    kept.known_at = unit.at
