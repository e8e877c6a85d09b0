"""Account references and metrics as small numbers, the same all through a file.

Refuses nothing: what is no reference gets a negative number, and a fault where it is one.
"""

import re

from bot.ingest.fault import Fault
from bot.ingest.fold import is_ditto, is_missing
from bot.ingest.metrics import metric_name
from bot.ingest.parse import parse_cell
from bot.ingest.rows import says_total
from bot.ingest.values.setting import Setting

BLANK, TOTAL = -1, -2

# Most references look like this and need no folding; a million of them take a second less.
_PLAIN = re.compile(r"[A-Za-z]{0,2}[0-9][0-9_-]{0,60}")


class Refs:
    """Numbers given out in order of first appearance; `names[n]` is what number `n` stands for."""

    def __init__(self, setting: Setting, as_metric: bool = False) -> None:
        self.names: list[str] = []
        self._setting = setting
        self._as_metric = as_metric
        self._by_written: dict[str, int | Fault] = {}
        self._by_name: dict[str, int] = {}

    def number(self, written: str) -> int | Fault:
        """The number of a text as written; BLANK or TOTAL where it names nothing."""
        number = self._by_written.get(written)
        if number is None:
            number = self._by_written[written] = self._learn(written)
        return number

    def _learn(self, written: str) -> int | Fault:
        if _PLAIN.fullmatch(written) and not self._as_metric:
            return self._number(written)
        if is_missing(written):
            return BLANK
        if says_total(written) and not self._as_metric:
            return TOTAL
        if is_ditto(written):
            return Fault("ditto_first", {"value": written})
        parsed = parse_cell(written, self._setting)
        if isinstance(parsed, Fault):
            return parsed
        return self._number(metric_name(str(parsed)) if self._as_metric else str(parsed))

    def _number(self, name: str) -> int:
        number = self._by_name.setdefault(name, len(self.names))
        if number == len(self.names):
            self.names.append(name)
        return number
