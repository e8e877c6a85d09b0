"""Accounts from the store as blocks for the frame: 4,096 at a time, however many there are."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bot.core.calendar import WorkCalendar
from bot.core.slow_days import list_slow_days
from bot.core.vocabulary import Difficulty, Stage, Tier, Touch
from bot.frame.block import Block, FloatArray, Rows, Words
from bot.frame.broken import build_mending
from bot.frame.measure import USAGE_DAYS
from bot.frame.usage import Usage
from bot.services.outlook import Outlook
from bot.store.bulk import facts
from bot.store.bulk.touched import Mark, list_marks, list_next_marks
from bot.store.bulk.usage_read import BLOCK, read_window
from bot.store.unit import Store, Unit

IdArray = NDArray[np.int64]
_WORKED_DAYS = 20


@dataclass(frozen=True)
class Marked:
    """A block, and the marks of touched accounts that were seen before it was read."""

    block: Block
    marks: list[Mark]


def read_all(
    store: Store, workspace_id: int, outlook: Outlook, size: int | None = None
) -> Iterator[Marked]:
    """Every active account, in the order of their ids, `size` of them at a time.

    Usually 4,096, and fewer where they bring more than 90 days of usage.
    """
    after = -1
    while (found := read_next(store, workspace_id, outlook, after, size)) is not None:
        yield found
        after = int(found.block.account_ids[-1])


def read_next(
    store: Store, workspace_id: int, outlook: Outlook, after: int, size: int | None = None
) -> Marked | None:
    """The block behind the account `after`; None behind the last one."""
    with store.reading(workspace_id) as unit:
        accounts = facts.read_accounts(
            *(unit.connection, workspace_id, outlook.account_columns, after),
            size or _count_alike(outlook),
        )
        if not len(accounts.account_ids):
            return None
        first, last = int(accounts.account_ids[0]), int(accounts.account_ids[-1])
        # Marks first: a fact written from here on brings a mark that we have not seen.
        marks = list_marks(unit.connection, workspace_id, first, last)
        block = _build_block(unit, outlook, accounts, is_span=True)
    return Marked(block, marks)


def read_touched(store: Store, workspace_id: int, outlook: Outlook) -> Iterator[Marked]:
    """The active accounts among those that a fact has touched."""
    after = -1
    while True:
        with store.reading(workspace_id) as unit:
            marks = list_next_marks(unit.connection, workspace_id, after, _count_alike(outlook))
            if not marks:
                return
            ids = [account_id for account_id, _ in marks]
            accounts = facts.read_chosen(
                unit.connection, workspace_id, outlook.account_columns, ids
            )
            block = _build_block(unit, outlook, accounts, is_span=False)
        yield Marked(block, marks)
        after = marks[-1][0]


def read_those(store: Store, workspace_id: int, outlook: Outlook, account_ids: IdArray) -> Block:
    """These accounts (ascending, at most a block of them), also those that have left."""
    with store.reading(workspace_id) as unit:
        accounts = facts.read_chosen(
            *(unit.connection, workspace_id, outlook.account_columns, account_ids), with_left=True
        )
        return _build_block(unit, outlook, accounts, is_span=False)


def read_ahead(blocks: Iterator[Marked]) -> Iterator[Marked]:
    """The same blocks, each read while the one before is being scored.

    The database works without Python's lock, so two cores are busy instead of one.
    """
    with ThreadPoolExecutor(1, thread_name_prefix="blocks") as reader:
        coming = reader.submit(next, blocks, None)
        while (block := coming.result()) is not None:
            coming = reader.submit(next, blocks, None)
            yield block


def _count_alike(outlook: Outlook) -> int:
    """How many accounts hold as much usage as 4,096 of 90 days: memory stays flat."""
    first_on, last_on = outlook.days
    return BLOCK * USAGE_DAYS // ((last_on - first_on).days + 1)


def _build_block(unit: Unit, outlook: Outlook, accounts: facts.Facts, *, is_span: bool) -> Block:
    ids = accounts.account_ids
    kinds = outlook.kinds if len(ids) else ()
    read = {
        kind: facts.read_facts(
            unit.connection, unit.workspace_id, kind, ids, outlook.run_on, is_span=is_span
        )
        for kind in kinds
    }
    rows = {kind: _place(ids, found) for kind, found in read.items()}
    if outlook.common_incidents is not None and len(outlook.common_incidents.account_ids):
        rows["incidents"] = _with_common(len(ids), rows.get("incidents"), outlook.common_incidents)
    if "monthly" in rows:
        rows["monthly"] = _with_worked_days(rows["monthly"], outlook.home)
    long_usage = _read_usage(unit, outlook, accounts, is_span=is_span)
    return Block(
        account_ids=ids,
        run_on=outlook.run_on,
        accounts=_account_columns(accounts),
        usage=long_usage.last(USAGE_DAYS),
        facts=rows,
        worked_days=outlook.worked_days(_WORKED_DAYS),
        long_usage=long_usage,
        persons_until=outlook.persons_until,
        contact_days=outlook.contact_days,
        late=outlook.late,
    )


def _read_usage(unit: Unit, outlook: Outlook, accounts: facts.Facts, *, is_span: bool) -> Usage:
    values = read_window(
        unit.connection,
        unit.workspace_id,
        outlook.packings,
        accounts.account_ids,
        [metric.name for metric in outlook.metrics],
        outlook.days,
        is_span=is_span,
    )
    _mend_usage(values, outlook)
    names = [country or outlook.home.country for country in accounts.words["country"]]
    known = {name: place for place, name in enumerate(dict.fromkeys(names))}
    off = np.array([outlook.off_days(name) for name in known or [outlook.home.country]])
    countries = np.array([known[name] for name in names], dtype=np.int64)
    return Usage(values, outlook.metrics, off, countries, outlook.days[0].weekday())


def _mend_usage(values: NDArray[np.floating], outlook: Outlook) -> None:
    """Take what hit everybody at once out of [account][metric][day], in place."""
    for place, metric in enumerate(outlook.metrics):
        own = [each for each in outlook.breaks if each.metric == metric.name]
        mending = build_mending(own, outlook.days[0], values.shape[2])
        if mending.is_needed:
            values[:, place] *= mending.scale.astype(values.dtype)


_WORDS: dict[str, type[StrEnum]] = {
    "tier": Tier,
    "touch": Touch,
    "stage": Stage,
    "difficulty": Difficulty,
}


def _account_columns(accounts: facts.Facts) -> dict[str, FloatArray | Words]:
    numbers, words = accounts.numbers, accounts.words
    return {
        **{name: _words(words[name], known) for name, known in _WORDS.items() if name in words},
        **{("arr" if name == "arr_base" else name): values for name, values in numbers.items()},
    }


def _words(words: Sequence[str | None], known: type[StrEnum]) -> Words:
    names = [each.value for each in known]
    places: dict[str | None, int] = {name: place for place, name in enumerate(names)}
    codes = [places.get(word, -1) for word in words]
    made = pd.Categorical.from_codes(np.array(codes, dtype=np.int64), pd.Index(names))
    return cast("Words", made)


def _place(ids: IdArray, found: facts.Facts) -> Rows:
    """Facts as rows of the block; those of accounts that are not in it fall away."""
    at = np.minimum(np.searchsorted(ids, found.account_ids), len(ids) - 1)
    meant = ids[at] == found.account_ids
    if meant.all():
        return Rows(len(ids), at, found.numbers, found.words)
    kept = np.flatnonzero(meant)
    return Rows(
        size=len(ids),
        place=at[kept],
        numbers={name: values[kept] for name, values in found.numbers.items()},
        words={name: [words[row] for row in kept] for name, words in found.words.items()},
    )


def _with_common(size: int, own: Rows | None, common: facts.Facts) -> Rows:
    """Incidents of single accounts together with those that hit everybody."""
    count = len(common.account_ids)
    everyone = Rows(
        size=size,
        place=np.repeat(np.arange(size), count),
        numbers={name: np.tile(values, size) for name, values in common.numbers.items()},
        words={name: words * size for name, words in common.words.items()},
    )
    if own is None:
        return everyone
    return Rows(
        size=size,
        place=np.concatenate([own.place, everyone.place]),
        numbers={n: np.concatenate([own.numbers[n], everyone.numbers[n]]) for n in own.numbers},
        words={n: own.words[n] + everyone.words[n] for n in own.words},
    )


def _with_worked_days(monthly: Rows, home: WorkCalendar) -> Rows:
    """How many business days each row's month has at home; a slow one counts half."""
    counted = {}
    for day in np.unique(monthly.numbers["month_on"]):
        month: date = np.datetime64(int(day), "D").astype(object)
        after = date(month.year + month.month // 12, month.month % 12 + 1, 1)
        slow = list_slow_days(home, month, after)
        counted[day] = home.business_days(month, after) - len(slow) / 2
    worked = np.array([counted[day] for day in monthly.numbers["month_on"]])
    return replace(monthly, numbers={**monthly.numbers, "worked_days": worked})
