"""A kind's frame as table rows, and what of it is new. Runs in the child process alone."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pandas as pd

from bot.services.imports.targets import Target
from bot.store.bulk import rows as bulk
from bot.store.unit import Unit

# What nearly every cell is already; asking pandas of each costs a second per hundred thousand.
_PLAIN = frozenset({str, int, bool, date})


@dataclass(frozen=True)
class Difference:
    """Row counts of a kind against what is stored, and the rows worth writing.

    `corrected` are the places among `rows` of those that are stored already, but otherwise.
    """

    new: int
    changed: int
    unchanged: int
    rows: Sequence[Mapping[str, Any]]
    corrected: frozenset[int]


def build_rows(target: Target, frame: pd.DataFrame) -> pd.DataFrame:
    """Columns of the table in plain Python values.

    A column the file leaves wholly blank is left out, so that a partial file does not wipe what
    another one said; what is missing in single rows is None, or the kind's default.
    """
    named = frame.rename(columns=dict(target.renames))
    if target.finish is not None:
        named = target.finish(named)
    said = [name for name in target.columns if name in named and named[name].notna().any()]
    kept = [name for name in target.columns if name in said or name in target.key]
    made = named.reindex(columns=kept).astype(object)
    for name in map(str, made.columns):
        default, places = target.defaults.get(name), target.decimals.get(name)
        plain = [_plain(value, default, places) for value in made[name]]
        made[name] = pd.Series(plain, index=made.index, dtype=object)
    return made.drop_duplicates(subset=list(target.key), keep="last")


def _plain(value: Any, default: object, places: int | None) -> Any:
    if type(value) in _PLAIN and places is None:
        return value
    if isinstance(value, list | tuple):
        return list(value)
    if value is None or pd.isna(value):
        return default
    if isinstance(value, pd.Timestamp | datetime):
        return value.date()
    if places is not None:
        return Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return value.item() if hasattr(value, "item") else value


def compare(
    unit: Unit,
    target: Target,
    rows: pd.DataFrame,
    renamed: Mapping[tuple[int, str], tuple[int, str]] | None = None,
) -> Difference:
    """What `rows` would change; reads the kind's stored rows in one query.

    `renamed` are keys that will be others before the rows are written.
    """
    columns = [str(name) for name in rows.columns]
    named = [columns.index(name) for name in target.key]
    stored: dict[Hashable, Hashable] = dict(
        _told(row, named) for row in bulk.load_rows(unit, target.model, columns)
    )
    for before, after in (renamed or {}).items():
        stored[after] = stored.pop(before)
    writes: list[Mapping[str, Any]] = []
    new, corrected = 0, set[int]()
    for row in rows.itertuples(index=False, name=None):
        key, told = _told(row, named)
        known = stored.get(key)
        if known is None:
            new += 1
        elif known != told:
            corrected.add(len(writes))
        else:
            continue
        writes.append(dict(zip(columns, row, strict=True)))
    changed = len(corrected)
    return Difference(new, changed, len(rows) - new - changed, writes, frozenset(corrected))


def _told(row: Sequence[Any], named: Sequence[int]) -> tuple[Hashable, Hashable]:
    """The key of a row, whose columns stand at `named`, and all it says."""
    told = tuple(map(_canonical, row))
    return tuple(told[at] for at in named), told


def _canonical(value: Any) -> Hashable:
    """One spelling for what two databases and a file may write differently."""
    match value:
        case None:
            return None
        case bool() | str() | int():
            # Keys have 62 bits: as a float two neighbours would be one.
            return value
        case Decimal():
            return round(float(value), 8)
        case float():
            return round(float(value), 4)
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case list() | tuple():
            return tuple(_canonical(inner) for inner in value)
    return str(value)
