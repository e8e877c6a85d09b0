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

BLANK, TOTAL, HEADER = -1, -2, -3

# Most references look like this and need no folding; a million of them take a second less.
_PLAIN = re.compile(r"(?:[A-Za-z]{1,4}[_-]?)?[0-9][0-9_-]{0,60}")


class Refs:
    """Numbers given out in order of first appearance; `names[n]` is what number `n` stands for."""

    def __init__(self, setting: Setting, header: str = "", as_metric: bool = False) -> None:
        self.names: list[str] = []
        self._header = header
        self._setting = setting
        self._as_metric = as_metric
        # Names are texts too, so one table serves both: a million of them are 100 MB less.
        self._numbers: dict[str, int | Fault] = {}

    def number_all(self, written: list[str]) -> list[int | Fault]:
        """The number of each text as written; BLANK, TOTAL or HEADER where it names nothing."""
        known = list(map(self._numbers.get, written))
        return [
            self._number_new(text) if number is None else number
            for text, number in zip(written, known, strict=True)
        ]

    def number_named(self, name: str) -> int:
        """The number of an account that is only named; TOTAL where the name is that of a sum."""
        return TOTAL if says_total(name) else self._number(name)

    def _number_new(self, written: str) -> int | Fault:
        number = self._numbers[written] = self._learn(written)
        return number

    def _learn(self, written: str) -> int | Fault:
        if _PLAIN.fullmatch(written) and not self._as_metric:
            return self._number(written)
        if is_missing(written):
            return BLANK
        if written == self._header:
            return HEADER
        if says_total(written) and not self._as_metric:
            return TOTAL
        if is_ditto(written):
            return Fault("ditto_first", {"value": written})
        parsed = parse_cell(written, self._setting)
        if isinstance(parsed, Fault):
            return parsed
        name = metric_name(str(parsed)) if self._as_metric else str(parsed)
        return self._number(written if name == written else name)

    def _number(self, name: str) -> int:
        number = self._numbers.get(name)
        if not isinstance(number, int) or number < 0:
            number = self._numbers[name] = len(self.names)
            self.names.append(name)
        return number
