"""Sheets of cells as the file has them, with their row numbers.  Refuses to interpret cells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.ingest.fault import Fault


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader did that a person should know; a `note_<code>` block says it."""

    code: str
    params: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Grid:
    """One sheet.  `rows[i]` is row `first + i` of the file as Excel numbers it, from 1.

    `broken` are rows the reader could not take apart, with the reason.
    """

    name: str
    rows: list[Sequence[object]]
    first: int = 1
    broken: dict[int, Fault] = field(default_factory=dict)

    def numbered(self, start: int = 0) -> Iterator[tuple[int, Sequence[object]]]:
        """(row number, cells) from index `start` on."""
        return ((self.first + at, self.rows[at]) for at in range(start, len(self.rows)))


@dataclass(slots=True)
class Book:
    """All sheets of a file and what was noticed on the way; `fault` where it is no table at all."""

    grids: list[Grid] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    fault: Fault | None = None
