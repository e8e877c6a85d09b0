"""The same fact in several sheets of one book.  Refuses both where they contradict each other."""

import pandas as pd

from bot.ingest.reading import Reading
from bot.ingest.registry import get_kind


def settle_sheets(reading: Reading) -> None:
    """Keep one of equal facts, and none of those whose sheets disagree; both are said."""
    parsed = [tally for tally in reading.tallies if tally.parsed]
    kinds = [kind for tally in parsed for kind in (tally.kind, tally.also)]
    for kind, table in reading.tables.items():
        if kinds.count(kind) > 1 or kind not in kinds:
            reading.tables[kind] = _settled(reading, kind, table)


def _settled(reading: Reading, kind: str, table: pd.DataFrame) -> pd.DataFrame:
    key = [name for name in get_kind(kind).key if name in table.columns]
    whole = table.astype(str)
    once = table[~whole.duplicated()]
    if len(once) < len(table):
        reading.note("sheets_repeat", kind=kind, count=str(len(table) - len(once)))
    clash = once[key].astype(str).duplicated(keep=False)
    if clash.any():
        first = " / ".join(map(str, once[clash].iloc[0][key].tolist()))
        reading.refuse("sheets_contradict", kind=kind, count=str(int(clash.sum())), value=first)
    return once[~clash].reset_index(drop=True)
