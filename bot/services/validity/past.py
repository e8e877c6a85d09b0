"""The measures as they stood on each case's day: as the night kept them, else computed as of it.

For heavy work alone: it loads pandas. Refuses what is only known as it stands today: a contact who
has left, a contract written over at its renewal say afterwards what became of the account. Of such
measures only what the night of that day kept counts.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import select

from bot.frame.build import build_frame
from bot.frame.catalogue import get_measure
from bot.health.details import HEAD, PAIR
from bot.health.model import read_document
from bot.services.blocks import read_those
from bot.services.outlook import read_outlook
from bot.services.validity.cases import Case
from bot.store.breaks import list_known_breaks
from bot.store.past_scores import list_documents
from bot.store.score_runs import list_runs_in_time, run_of
from bot.store.tables import AccountScore
from bot.store.unit import Store, Unit

# Kinds of facts whose rows bear no day of their own, or are written over.
_WRITTEN_OVER = frozenset(
    {"accounts", "contacts", "champions", "key_people", "deciders"}
    | {"contracts", "deadlines", "licences", "limits"}
)
_CHUNK, _BLOCK = 500, 1024

Table = pd.DataFrame
Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Past:
    """`table` has a row a case, in their order, and a column a measure; `kept` counts the values
    of each measure that the night itself kept."""

    table: Table
    kept: Mapping[str, int]


def is_dated(measure: str) -> bool:
    """Whether all it rests on can be known again as of a past day."""
    needs = {need.partition(":")[0] for need in get_measure(measure).needs}
    return not needs & _WRITTEN_OVER and "usage:limit" not in get_measure(measure).needs


def read_past(
    store: Store,
    workspace_id: int,
    cases: Sequence[Case],
    measures: Sequence[str],
    tell: Tell = lambda *_: None,
) -> Past:
    """One value a case and measure, NaN where none was known; `tell` hears of the days done."""
    values = np.full((len(cases), len(measures)), np.nan)
    table, kept = pd.DataFrame(values, columns=list(measures)), dict.fromkeys(measures, 0)
    with store.reading(workspace_id) as unit:
        runs = list_runs_in_time(unit)
    days = sorted({each.looked_on for each in cases})
    for number, day in enumerate(days):
        rows = np.array([at for at, each in enumerate(cases) if each.looked_on == day])
        ids = [cases[at].account_id for at in rows]
        known = _of_night(store, workspace_id, run_of(runs, day), ids, measures)
        table.iloc[rows] = _filled(store, workspace_id, day, known).loc[ids].to_numpy()
        for name in measures:
            kept[name] += int(known[name].loc[ids].notna().sum())
        tell(number + 1, len(days))
    return Past(table, kept)


def read_day(
    store: Store, workspace_id: int, day: date, ids: Collection[int], measures: Sequence[str]
) -> Table:
    """The measures of one past day by account, as `read_past` knows them; NaN where none was."""
    with store.reading(workspace_id) as unit:
        run_on = run_of(list_runs_in_time(unit), day)
    known = _of_night(store, workspace_id, run_on, ids, measures)
    return _filled(store, workspace_id, day, known)


def _filled(store: Store, workspace_id: int, day: date, known: Table) -> Table:
    """What the night kept, and the rest computed as of that day where that can be known.

    The night keeps four bytes a value. What is computed is rounded alike: else equal values would
    differ in the last digits, and the newer ones stand above the older.
    """
    dated = [name for name in known.columns if is_dated(name)]
    computed = _read_as_of(store, workspace_id, day, known.index, dated)
    rounded = computed.astype(np.float32).astype(np.float64)
    return known.fillna(rounded.reindex(columns=known.columns))


def _read_as_of(
    store: Store, workspace_id: int, day: date, ids: Collection[int], measures: Sequence[str]
) -> Table:
    """The measures of these accounts as a run of that day would find them, by account."""
    with store.reading(workspace_id) as unit:
        outlook = read_outlook(unit, day, measures, list_known_breaks(unit, day))
    wanted = np.array(sorted(set(ids)), dtype=np.int64)
    found = pd.DataFrame(columns=list(measures))
    for at in range(0, len(wanted), _BLOCK):
        block = read_those(store, workspace_id, outlook, wanted[at : at + _BLOCK])
        part = build_frame(block, outlook.columns).table
        found = pd.concat([found, part]) if at else part
    return found.astype(float).reindex(wanted)


def _of_night(
    store: Store,
    workspace_id: int,
    run_on: date | None,
    ids: Collection[int],
    measures: Sequence[str],
) -> Table:
    """What the night's own run kept, by account; NaN where it kept nothing."""
    wanted = sorted(set(ids))
    empty = pd.DataFrame(np.nan, index=wanted, columns=list(measures))
    if run_on is None:
        return empty
    with store.reading(workspace_id) as unit:
        parts = [
            part
            for at in range(0, len(wanted), _CHUNK)
            for part in _read_kept(unit, run_on, wanted[at : at + _CHUNK])
        ]
    if not parts:
        return empty
    return pd.concat(parts).reindex(index=wanted, columns=list(measures)).astype(float)


def _read_kept(unit: Unit, run_on: date, ids: Sequence[int]) -> Iterator[Table]:
    """A table for each version of the model that scored that day."""
    score = AccountScore
    wanted = select(score.account_id, score.model_version, score.details).where(
        score.run_on == run_on, score.account_id.in_(ids)
    )
    rows = unit.session.execute(wanted).all()
    documents = list_documents(unit, {row.model_version for row in rows})
    for version, document in documents.items():
        names = read_document(document).measures()
        size = HEAD.size + PAIR.size * len(names)
        own = [row for row in rows if row.model_version == version and len(row.details) == size]
        if own:
            values = _unpack([row.details for row in own], len(names))
            yield pd.DataFrame(values, [row.account_id for row in own], list(names))


def _unpack(details: Sequence[bytes], count: int) -> NDArray[np.float64]:
    """Values by account and measure; one that was too old that night was no value."""
    body = b"".join(each[HEAD.size :] for each in details)
    pairs = np.frombuffer(body, dtype="<f4").reshape(len(details), count, 2)
    return np.where(np.isnan(pairs[:, :, 1]), np.nan, pairs[:, :, 0]).astype(np.float64)
