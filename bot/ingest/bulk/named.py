"""Account names beside references: they stand in for blank ones and help to link unknown ones.

Refuses to change a name: the first one a reference comes with stays.
"""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from bot.ingest.bulk.columns import Column, distinct
from bot.ingest.bulk.refs import BLANK, Refs
from bot.ingest.fields import Field, Type
from bot.ingest.fold import is_missing
from bot.ingest.parse import parse_cell
from bot.ingest.values.setting import Setting

_NAME = Field("account_name", Type.TEXT, ())


class Named:
    """`by_ref` holds the name of each reference that came with one."""

    def __init__(self, refs: Refs, setting: Setting) -> None:
        self.by_ref: dict[str, str] = {}
        self._refs = refs
        self._setting = Setting(_NAME, setting.today)
        self._known = np.zeros(0, bool)

    def take(self, column: pa.ChunkedArray, accounts: Column) -> None:
        """Learn a piece's names; blank references among `accounts` become their names' numbers."""
        texts, codes = distinct(column)
        names = [self._parse(text) for text in texts]
        is_name = np.array([name is not None for name in names], bool)[codes]
        self._stand_in(names, codes, accounts.values, is_name)
        self._learn(names, codes, accounts.values, is_name)

    def _parse(self, text: str) -> str | None:
        parsed = None if is_missing(text) else parse_cell(text, self._setting)
        return parsed if isinstance(parsed, str) and parsed else None

    def _stand_in(
        self,
        names: list[str | None],
        codes: npt.NDArray[np.int64],
        accounts: npt.NDArray[np.float64],
        is_name: npt.NDArray[np.bool_],
    ) -> None:
        blank = np.flatnonzero((accounts == BLANK) & is_name)
        for code in np.unique(codes[blank]).tolist():
            name = names[code]
            if name is not None:
                accounts[blank[codes[blank] == code]] = self._refs.number_named(name)

    def _learn(
        self,
        names: list[str | None],
        codes: npt.NDArray[np.int64],
        accounts: npt.NDArray[np.float64],
        is_name: npt.NDArray[np.bool_],
    ) -> None:
        known = np.zeros(len(self._refs.names), bool)
        known[: len(self._known)], self._known = self._known, known
        rows = np.flatnonzero((accounts >= 0) & is_name)
        fresh = rows[~known[accounts[rows].astype(np.int64)]]
        numbers, first = np.unique(accounts[fresh].astype(np.int64), return_index=True)
        for number, at in zip(numbers.tolist(), fresh[first].tolist(), strict=True):
            self.by_ref[self._refs.names[number]] = str(names[codes[at]])
        known[numbers] = True
