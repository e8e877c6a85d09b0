"""What earlier digests said, read from the marks of their rows. Refuses marks of other messages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.core.vocabulary import Band

OVERDUE, TODAY, WAITING, AGREED, ALERT = "overdue", "today", "waiting", "agreed", "alert"
WATCH, WORSE, DUE, RESULT, UNRECORDED = "watch", "worse", "due", "result", "unrecorded"
CLEARED, BETTER, FIRST, UNSCORED = "cleared", "better", "first", "unscored"
# What the day asks for, told every morning until it is done; the rest is news, told once.
DEEDS = (OVERDUE, TODAY, WAITING, AGREED, ALERT)
GROUPS = (*DEEDS, WATCH, WORSE, DUE, RESULT, UNRECORDED, CLEARED, BETTER, FIRST, UNSCORED)

# In place of a band: one row that stood for many first scores.
MANY = "many"
_HEAD = "head"
_BANDS = (Band.RED, Band.YELLOW, Band.GREEN, Band.UNKNOWN)

Counts = Mapping[Band, int]


@dataclass(frozen=True)
class Told:
    """What earlier digests said; `is_first` when there were none lately.

    `marks` and `bands` are of the last few; `asked` are accounts without a score asked about in
    any, `firsts` those whose first score was told. `head` are the newest one's counts by band,
    `last_on` its day, `first_on` that of the oldest, `had_many` whether it told first scores in
    one row.
    """

    marks: frozenset[str] = frozenset()
    bands: Mapping[int, Band] = field(default_factory=dict)
    asked: frozenset[int] = frozenset()
    firsts: frozenset[int] = frozenset()
    head: Counts | None = None
    last_on: date | None = None
    first_on: date | None = None
    had_many: bool = False
    is_first: bool = True

    @property
    def knew_none(self) -> bool:
        """Whether the newest one said that no account can be judged."""
        return self.head is not None and sum(self.head.values()) == self.head[Band.UNKNOWN] > 0


def head_mark(counts: Counts) -> str:
    """The mark of a digest's first line: how many accounts it said stand in each band."""
    return f"{_HEAD}.{sum(counts.values())}." + "-".join(str(counts.get(b, 0)) for b in _BANDS)


def read_told(recent: Sequence[Iterable[str]], older: Sequence[Iterable[str]] = ()) -> Told:
    """From the marks of the last few digests and of those before them, oldest first."""
    days = [[mark.split(".") for mark in day] for day in recent]
    said = [mark for day in days for mark in day]
    before = [mark.split(".") for day in older for mark in day]
    newest = days[-1] if days else []
    return Told(
        marks=frozenset(".".join(mark) for mark in said),
        bands=_bands(said),
        asked=_accounts(UNSCORED, [*before, *said]),
        firsts=_accounts(FIRST, said),
        head=_head(newest),
        had_many=any(mark[0] == FIRST and mark[2] == MANY for mark in newest),
        is_first=not recent,
    )


def _bands(said: Iterable[Sequence[str]]) -> dict[int, Band]:
    """Where each account was last said to stand."""
    return {
        int(account_id): Band(detail)
        for group, account_id, detail in said
        if group in (WORSE, BETTER, FIRST) and detail != MANY
    }


def _accounts(group: str, said: Iterable[Sequence[str]]) -> frozenset[int]:
    return frozenset(int(mark[1]) for mark in said if mark[0] == group)


def _head(newest: Iterable[Sequence[str]]) -> Counts | None:
    found = [mark[2] for mark in newest if mark[0] == _HEAD]
    if not found:
        return None
    return dict(zip(_BANDS, map(int, found[0].split("-")), strict=True))
