"""What a digest says of a book of accounts, and in which order. Pure arithmetic over plain values.

Refuses to say a thing twice: what was told lately is handed in, as marks.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.core.account_card import BookRow
from bot.core.standing import WORST_FIRST
from bot.core.steady import Reading, find_steady_band
from bot.core.vocabulary import Band

# Days before a deadline on which it is said; each step once.
STEPS = (90, 60, 30, 14, 7, 1)
# Somebody who has heard nothing lately is told of what comes within this many days.
FIRST_TOLD_WITHIN = 30

WORSE, DUE, BETTER, FIRST, UNSCORED = "worse", "due", "better", "first", "unscored"
GROUPS = (WORSE, DUE, BETTER, FIRST, UNSCORED)

# Readings of each account on the mornings before today, oldest first; accounts without are absent.
History = Mapping[int, Sequence[Reading]]


@dataclass(frozen=True)
class Deadline:
    """A notice deadline or a renewal ahead; `kind` is notice or renewal."""

    kind: str
    on: date


@dataclass(frozen=True)
class Days:
    """The digest's day, and the days before and after on which there is one."""

    today: date
    last_on: date
    next_on: date


@dataclass(frozen=True)
class Item:
    """One row: its group, the account, and what the group needs to know."""

    group: str
    row: BookRow
    before: Band | None = None
    deadline: Deadline | None = None
    step: int = 0

    @property
    def mark(self) -> str:
        """What is remembered once this was told, the same as long as nothing changes."""
        detail = self.row.standing.measured.value
        if self.deadline:
            detail = f"{self.deadline.kind}{self.step}"
        return f"{self.group}.{self.row.id}.{detail}"


@dataclass(frozen=True)
class Told:
    """What earlier digests said, newest last; `is_first` when there were none lately."""

    marks: frozenset[str] = frozenset()
    bands: Mapping[int, Band] = field(default_factory=dict)
    is_first: bool = True


def read_told(marks_by_day: Sequence[Iterable[str]]) -> Told:
    """From the marks of the last few digests, oldest first."""
    marks = [mark for day in marks_by_day for mark in day]
    bands = {}
    for mark in marks:
        group, account_id, detail = mark.split(".")
        if group in (WORSE, BETTER):
            bands[int(account_id)] = Band(detail)
    return Told(frozenset(marks), bands, is_first=not marks_by_day)


def list_items(
    rows: Sequence[BookRow],
    history: History,
    told: Told,
    days: Days,
    never_scored: Collection[int] = (),
) -> list[Item]:
    """All rows worth saying, by group and within one in the order of `rows`, worst first.

    `never_scored` are the accounts that had no score on any day before the last digest.
    """
    changes = [item for row in rows for item in _change(row, history.get(row.id, ()), told, days)]
    due = [item for row in rows for item in _due(row, told, days)]
    unscored = [Item(UNSCORED, row) for row in _unknown(rows) if row.id not in history]
    first = [Item(FIRST, row) for row in rows if row.id in never_scored and _is_measured(row)]
    unsaid = [item for item in [*due, *first, *unscored] if item.mark not in told.marks]
    # A row that says how it got worse bears the deadline too.
    worse = {item.row.id for item in changes if item.group == WORSE}
    unsaid = [item for item in unsaid if item.row.id not in worse]
    return sorted([*changes, *unsaid], key=lambda item: GROUPS.index(item.group))


def count_lost(rows: Iterable[BookRow], history: History) -> int:
    """Accounts that had a score and have none now: their data is missing, nobody is to guess."""
    return sum(row.id in history for row in _unknown(rows))


def count_groups(items: Iterable[Item]) -> dict[str, int]:
    """How many items each group has, zeros included."""
    counts = dict.fromkeys(GROUPS, 0)
    for item in items:
        counts[item.group] += 1
    return counts


def _unknown(rows: Iterable[BookRow]) -> list[BookRow]:
    return [row for row in rows if row.standing.band is Band.UNKNOWN]


def _is_measured(row: BookRow) -> bool:
    return row.standing.measured is not Band.UNKNOWN


def _change(row: BookRow, history: Sequence[Reading], told: Told, days: Days) -> list[Item]:
    """A move between measured bands that is steady; what a person says by hand is no news to them.

    A score may still move on a day whose digest was said, so bands are compared from before the
    last one. A row bears the band of its score: a steady band that was left again is not told.
    """
    readings = _with_today(row, history)
    now = find_steady_band(readings)
    earlier = find_steady_band([each for each in readings if each.on < days.last_on])
    earlier = told.bands.get(row.id, earlier)
    if row.standing.by_hand or now is not row.standing.measured or earlier in (None, now):
        return []
    is_worse = WORST_FIRST.index(now) < WORST_FIRST.index(earlier)
    return [Item(WORSE if is_worse else BETTER, row, before=earlier)]


def _with_today(row: BookRow, history: Sequence[Reading]) -> list[Reading]:
    """The history and the row's own reading; a run that is not of today is there only once."""
    standing = row.standing
    if standing.score is None or standing.run_on is None:
        return list(history)
    today = Reading(standing.run_on, standing.measured, standing.score)
    return [*(each for each in history if each.on < today.on), today]


def _due(row: BookRow, told: Told, days: Days) -> list[Item]:
    """The account's next deadline, once at each step.

    A step on a day off is said on the next digest, the last one before a deadline on a day off.
    While the customer can still give notice, that deadline speaks for the renewal behind it.
    """
    deadline = _next_deadline(row, days.today)
    if deadline is None:
        return []
    left, before = (deadline.on - days.today).days, (deadline.on - days.last_on).days
    crossed = [step for step in STEPS if left <= step < before]
    if not crossed and days.today < deadline.on < days.next_on:
        crossed = [min(STEPS)]
    if not crossed and told.is_first and left <= FIRST_TOLD_WITHIN:
        crossed = [step for step in STEPS if left <= step]
    return [Item(DUE, row, deadline=deadline, step=min(crossed))] if crossed else []


def _next_deadline(row: BookRow, today: date) -> Deadline | None:
    renewal = row.renewal
    ahead = [
        Deadline(kind, on)
        for kind, on in (("notice", renewal.notice_on), ("renewal", renewal.renews_on))
        if on is not None and on >= today
    ]
    return min(ahead, key=lambda each: each.on, default=None)
