"""What a digest says of a book of accounts, and in which order. Pure arithmetic over plain values.

Refuses to say a thing twice: what was told lately is handed in, as marks.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.core.account_card import BookRow, Renewal
from bot.core.contract_results import (
    RESULTS,
    Endings,
    Result,
    find_following,
    find_unrecorded,
)
from bot.core.deadlines import RENEWAL, Days, Deadline, find_due, find_passed, nearest_first
from bot.core.digest_item import Item
from bot.core.digest_work import (
    NO_WORK,
    Work,
    fold_news,
    leave_to_alerts,
    list_alert_ids,
    list_work,
)
from bot.core.focus import Focus, leads
from bot.core.standing import WORST_FIRST, Standing
from bot.core.steady import Reading, find_steady_band
from bot.core.told import (
    BETTER,
    DEEDS,
    DUE,
    FIRST,
    GROUPS,
    RESULT,
    UNRECORDED,
    UNSCORED,
    WORSE,
    Counts,
    Told,
)
from bot.core.vocabulary import Band

# More first scores than this on one morning are one row that says how many.
FEW = 5

# Readings of each account on the mornings before today, oldest first; accounts without are absent.
History = Mapping[int, Sequence[Reading]]


@dataclass(frozen=True)
class Morning:
    """What is known beside the book: earlier scores, what became of contracts, what is to be done.

    `never_scored` are the accounts that had no score on any day before the last digest.
    """

    days: Days
    told: Told
    history: History
    never_scored: Collection[int] = ()
    endings: Endings | None = None
    work: Work = NO_WORK
    focus: Focus = Focus.CHURN

    @property
    def troubled(self) -> frozenset[int]:
        """The accounts with an open alert."""
        return frozenset(each.row.id for each in self.work.alerts)


def list_items(rows: Sequence[BookRow], morning: Morning) -> list[Item]:
    """All rows worth saying, by group: what is to be done, then news; within one worst first.

    Deadlines within two weeks come nearest first, results worst first; within the other groups
    whom the company's focus is on comes before the rest. What is news of an account with something
    to do is borne by that row.
    """
    work = list_work(morning.work, morning.told, morning.days.today)
    idle = [each for each in morning.work.alerts if each.id not in list_alert_ids(work)]
    said = fold_news(work, leave_to_alerts(_list_news(rows, morning), idle))
    return sorted(said, key=lambda item: _place(item, morning))


def _list_news(rows: Sequence[BookRow], morning: Morning) -> list[Item]:
    """An account has one row: a row of a move bears its deadline, and the result of a contract
    stands for the end of it."""
    results = _results(rows, morning)
    moved = [item for row in rows for item in _change(row, morning)]
    due = _one_each(results, _passed(rows, morning), _due(rows, morning))[len(results) :]
    deadlines = {item.row.id: item for item in due if item.mark not in morning.told.marks}
    moved = [_with_deadline(item, deadlines.get(item.row.id)) for item in moved]
    others = [*due, *_unrecorded(rows, morning), *_first(rows, morning), *_unscored(rows, morning)]
    unsaid = [item for item in [*results, *others] if item.mark not in morning.told.marks]
    return _one_each(moved, unsaid)


def _one_each(*groups: Sequence[Item]) -> list[Item]:
    """The items in order, of each account the first; a row of many stands for itself."""
    kept: dict[object, Item] = {}
    for item in (item for group in groups for item in group):
        kept.setdefault(item.mark if item.many else item.row.id, item)
    return list(kept.values())


def _with_deadline(moved: Item, due: Item | None) -> Item:
    return replace(moved, deadline=due.deadline, step=due.step) if due else moved


def _unscored(rows: Sequence[BookRow], morning: Morning) -> list[Item]:
    return [
        Item(UNSCORED, row, again=row.id in morning.told.asked)
        for row in _unknown(rows)
        if row.id not in morning.history
    ]


def count_lost(rows: Iterable[BookRow], history: History) -> int:
    """Accounts that had a score and have none now: their data is missing, nobody is to guess."""
    return sum(row.id in history for row in _unknown(rows))


def count_pending(rows: Iterable[BookRow], history: History) -> int:
    """Accounts whose score is in another band than they are steadily in: told if it lasts."""
    return sum(
        row.standing.by_hand is None
        and _is_measured(row)
        and find_steady_band(_with_today(row, history.get(row.id, ()))) is not row.standing.measured
        for row in rows
    )


def count_bands(rows: Iterable[BookRow]) -> dict[Band, int]:
    """Accounts by the band people act on, zeros included."""
    counted = Counter(row.standing.band for row in rows)
    return {band: counted[band] for band in Band}


def find_earlier_counts(rows: Iterable[BookRow], told: Told) -> Counts | None:
    """Accounts by band as the last digest said them; None where they are the same or none was."""
    return None if told.head in (None, count_bands(rows)) else told.head


def count_deeds(items: Iterable[Item]) -> int:
    """How many rows are to be done today; the others are news."""
    return sum(item.count for item in items if item.group in DEEDS)


def count_groups(items: Iterable[Item]) -> dict[str, int]:
    """How many accounts each group tells of, zeros included."""
    counts = dict.fromkeys(GROUPS, 0)
    for item in items:
        counts[item.group] += item.count
    return counts


def _place(item: Item, morning: Morning) -> tuple[int, bool, Decimal | int]:
    group = GROUPS.index(item.group)
    is_behind = not leads(morning.focus, item.row, morning.troubled)
    if item.is_work:
        return group, is_behind, -item.row.at_risk
    if item.result:
        return group, False, RESULTS.index(item.result.kind)
    if item.group == DUE and item.deadline:
        return group, *nearest_first(item.deadline.on, morning.days.today)
    return group, is_behind, 0


def _unknown(rows: Iterable[BookRow]) -> list[BookRow]:
    return [row for row in rows if row.standing.band is Band.UNKNOWN]


def _is_measured(row: BookRow) -> bool:
    return row.standing.measured is not Band.UNKNOWN


def _change(row: BookRow, morning: Morning) -> list[Item]:
    """A move between measured bands that is steady; what a person says by hand is no news to them.

    A score may still move on a day whose digest was said, so bands are compared from before the
    last one. A row bears the band of its score: a steady band that was left again is not told.
    """
    readings = _with_today(row, morning.history.get(row.id, ()))
    now = find_steady_band(readings)
    earlier = find_steady_band([each for each in readings if each.on < morning.days.last_on])
    earlier = morning.told.bands.get(row.id, earlier)
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


def _due(rows: Sequence[BookRow], morning: Morning) -> list[Item]:
    found = [
        (row, find_due(row.renewal, morning.days, is_first=morning.told.is_first)) for row in rows
    ]
    return [Item(DUE, row, deadline=due[0], step=due[1]) for row, due in found if due]


def _passed(rows: Sequence[BookRow], morning: Morning) -> list[Item]:
    """What became of a notice deadline on a day off; somebody who gave notice is a result."""
    terms = morning.endings.terms if morning.endings else {}
    notices = {
        row.id: [term.notice_on for term in terms.get(row.id, ()) if term.notice_on] for row in rows
    }
    found = [(row, find_passed(notices[row.id], morning.days)) for row in rows]
    return [Item(DUE, row, deadline=passed) for row, passed in found if passed]


def _results(rows: Sequence[BookRow], morning: Morning) -> list[Item]:
    """What became known of contracts; who has left is no row of the book any more."""
    if morning.endings is None:
        return []
    row_of = {row.id: row for row in rows}
    return [
        Item(
            RESULT,
            row_of.get(news.account_id) or _gone(news),
            result=news,
            term=find_following(morning.endings.terms.get(news.account_id, ()), news.ended_on),
            is_gone=news.account_id not in row_of,
        )
        for news in morning.endings.news
    ]


def _gone(result: Result) -> BookRow:
    return BookRow(result.account_id, result.name, Standing(), None, Renewal(), None)


def _unrecorded(rows: Sequence[BookRow], morning: Morning) -> list[Item]:
    endings = morning.endings
    if endings is None:
        return []
    found = [(row, find_unrecorded(endings, row.id, morning.days.today)) for row in rows]
    return [Item(UNRECORDED, row, deadline=Deadline(RENEWAL, on)) for row, on in found if on]


def _first(rows: Sequence[BookRow], morning: Morning) -> list[Item]:
    """First scores, each once; many on one morning are one row."""
    new = [
        row
        for row in rows
        if row.id in morning.never_scored and _is_measured(row) and not _was_first(row, morning)
    ]
    if len(new) > FEW:
        return [Item(FIRST, new[0], many=new)]
    return [Item(FIRST, row) for row in new]


def _was_first(row: BookRow, morning: Morning) -> bool:
    """Whether it was told on its own, or stood among many that were scored by then."""
    told, readings = morning.told, morning.history.get(row.id, ())
    was_there = any(each.on <= morning.days.last_on for each in readings)
    return row.id in told.firsts or (told.had_many and was_there)
