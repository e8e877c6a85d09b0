"""Daily usage of a large file on its way from the staging to accounts, block by block.

Holds one block and an account id for each reference, whatever the size of file and book.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from bot.ingest.reading import AccountRef
from bot.ingest.staged import Staged
from bot.ingest.staged import UsageBlock as StagedBlock
from bot.services.imports.linking import link_by_name
from bot.services.imports.usage_blocks import UsageBlock, join_blocks
from bot.store.bulk.chunks import list_starts
from bot.store.bulk.links import find_ids
from bot.store.unit import Unit

IdArray = NDArray[np.int64]
UNKNOWN = 0
_REFS_A_QUERY = 1_000


@dataclass(frozen=True)
class StagedUsage:
    """A staging whose references are linked: `ids` by place in it, 0 where nobody knows."""

    staged: Staged
    ids: IdArray

    def blocks(self, start: int = 0, rows: int | None = None) -> Iterator[tuple[int, UsageBlock]]:
        """(offset after the block, block) of the accounts from place `start` on.

        A block fills about `rows` chunks, or is as large as it was staged. Accounts that the file
        knows by two references come last, joined.
        """
        twice = self._repeated()
        for held in self.staged.usage_blocks(self._begin(start)):
            step = len(held.account_refs) if rows is None else _fitting(held, rows)
            for at in range(max(0, start - held.offset), len(held.account_refs), step):
                part = slice(at, at + step)
                ids = self.ids[held.offset : held.next_offset][part]
                meant = (ids != UNKNOWN) & ~np.isin(ids, twice)
                done = min(held.offset + at + step, held.next_offset)
                yield done, _pick(held, part, ids, meant)
        for at in range(0, len(twice), _REFS_A_QUERY):
            yield len(self.ids), self._joined(twice[at : at + _REFS_A_QUERY])

    def _begin(self, start: int) -> int:
        """The first place of the matrix that holds place `start`."""
        usage = self.staged.report.usage
        firsts = [part[0] for part in usage.parts if part[0] <= start] if usage else []
        return max(firsts, default=0)

    def count_unknown(self) -> dict[str, int]:
        """Account days by reference that nobody knows."""
        if (self.ids != UNKNOWN).all():
            return {}
        found: dict[str, int] = {}
        for held in self.staged.usage_blocks():
            lost = np.flatnonzero(self.ids[held.offset : held.next_offset] == UNKNOWN)
            days = said_in(held, slice(None))[lost].any(axis=1).sum(axis=1)
            for at, count in zip(lost.tolist(), days.tolist(), strict=True):
                if count:
                    found[held.account_refs[at]] = found.get(held.account_refs[at], 0) + count
        return found

    def _repeated(self) -> IdArray:
        ids, counts = np.unique(self.ids, return_counts=True)
        twice: IdArray = ids[(counts > 1) & (ids != UNKNOWN)]
        return twice

    def _joined(self, wanted: IdArray) -> UsageBlock:
        """One block of the accounts `wanted`; of two values the last reference's holds."""
        parts: list[tuple[str, UsageBlock]] = []
        for held in self.staged.usage_blocks():
            ids = self.ids[held.offset : held.next_offset]
            for at in np.flatnonzero(np.isin(ids, wanted)):
                own = slice(int(at), int(at) + 1)
                only = np.ones(1, dtype=np.bool_)
                parts.append((held.account_refs[at], _pick(held, own, ids[own], only)))
        parts.sort(key=lambda part: part[0])
        return join_blocks([block for _, block in parts])


def said_in(held: StagedBlock, part: slice) -> NDArray[np.bool_]:
    """Which values the file speaks of, deletions among them."""
    said: NDArray[np.bool_] = ~np.isnan(held.values[part])
    return said if held.deleted is None else np.logical_or(said, held.deleted[part])


def _pick(held: StagedBlock, part: slice, ids: IdArray, meant: NDArray[np.bool_]) -> UsageBlock:
    """Accounts of a part of the staged block: those `meant`, ascending by id."""
    values, said = held.values[part], said_in(held, part)
    order = np.flatnonzero(meant)[np.argsort(ids[meant], kind="stable")]
    if not np.array_equal(order, np.arange(len(ids))):
        ids, values, said = ids[order], values[order], said[order]
    used = np.logical_or.reduce(said, axis=(0, 2))
    if used.all():
        return UsageBlock(held.metrics, ids, held.first_on, values, said)
    metrics = tuple(name for name, is_used in zip(held.metrics, used, strict=True) if is_used)
    return UsageBlock(metrics, ids, held.first_on, values[:, used], said[:, used])


def _fitting(held: StagedBlock, rows: int) -> int:
    """How many accounts of the block fill about `rows` chunks."""
    last_on = held.first_on + timedelta(days=held.values.shape[2] - 1)
    return max(1, rows // len(list_starts(held.first_on, last_on)))


def link_staged(unit: Unit, staged: Staged, refs: Mapping[str, AccountRef]) -> StagedUsage:
    """Look the staging's references up, a thousand at a time; then the rest by name and domain."""
    spelled = staged.account_refs()
    ids = np.full(len(spelled), UNKNOWN, dtype=np.int64)
    for start in range(0, len(spelled), _REFS_A_QUERY):
        some = spelled[start : start + _REFS_A_QUERY]
        found = find_ids(unit.connection, unit.workspace_id, some)
        ids[start : start + len(some)] = [found.get(ref, UNKNOWN) for ref in some]
    lost = np.flatnonzero(ids == UNKNOWN).tolist()
    named = link_by_name(unit, [refs.get(spelled[at], AccountRef(spelled[at])) for at in lost])
    ids[lost] = [one or UNKNOWN for one in named]
    return StagedUsage(staged, ids)
